"""Which runs of a store are finished: sixteen bytes a run, so that a million take sixteen megabytes."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Addresses = NDArray[np.bytes_]
MERGED = 10_000
"""Addresses that may have come since before they are merged."""


def packed(addresses: Sequence[str]) -> Addresses:
    """Return content addresses as sixteen bytes each."""
    return np.frombuffer(bytes.fromhex("".join(addresses)), dtype="S16")


class Finished:
    """A set of content addresses: a large sorted part, and what has come since, merged when that has grown."""

    def __init__(self) -> None:
        self._sorted: Addresses = np.empty(0, dtype="S16")
        self._new: set[bytes] = set()

    def __len__(self) -> int:
        """Count them."""
        self._merge()
        return len(self._sorted)

    def add(self, addresses: Sequence[str]) -> None:
        """Put addresses in."""
        self._new.update(packed(addresses).tolist())
        if len(self._new) > max(MERGED, len(self._sorted) // 8):
            self._merge()

    def _merge(self) -> None:
        if self._new:
            new = np.array(list(self._new), dtype="S16")
            self._sorted = np.unique(np.concatenate([self._sorted, new]))
            self._new.clear()

    def holds(self, addresses: Sequence[str]) -> NDArray[np.bool_]:
        """Say of each address whether it is in."""
        asked = packed(addresses)
        recent = np.array([each in self._new for each in asked.tolist()], dtype=np.bool_)
        if not len(self._sorted):
            return recent
        place = np.minimum(np.searchsorted(self._sorted, asked), len(self._sorted) - 1)
        return np.asarray((self._sorted[place] == asked) | recent)

    def update(self, many: Iterable[Sequence[str]]) -> None:
        """Put lists of addresses in."""
        for addresses in many:
            self.add(addresses)
