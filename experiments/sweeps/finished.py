"""Which runs of a store are finished: sixteen bytes a run, so that a million take sixteen megabytes."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Addresses = NDArray[np.bytes_]


def packed(addresses: Sequence[str]) -> Addresses:
    """Return content addresses as sixteen bytes each."""
    return np.frombuffer(bytes.fromhex("".join(addresses)), dtype="S16")


class Finished:
    """A set of content addresses."""

    def __init__(self) -> None:
        self._sorted: Addresses = np.empty(0, dtype="S16")
        self._new: list[Addresses] = []
        self._n_new = 0

    def __len__(self) -> int:
        """Count them."""
        return len(self._sorted) + self._n_new

    def add(self, addresses: Sequence[str]) -> None:
        """Put addresses in."""
        if addresses:
            self._new.append(packed(addresses))
            self._n_new += len(addresses)

    def holds(self, addresses: Sequence[str]) -> NDArray[np.bool_]:
        """Say of each address whether it is in."""
        if self._new:
            self._sorted = np.unique(np.concatenate([self._sorted, *self._new]))
            self._new, self._n_new = [], 0
        asked = packed(addresses)
        if not len(self._sorted):
            return np.zeros(len(asked), dtype=np.bool_)
        place = np.minimum(np.searchsorted(self._sorted, asked), len(self._sorted) - 1)
        return np.asarray(self._sorted[place] == asked)

    def update(self, many: Iterable[Sequence[str]]) -> None:
        """Put lists of addresses in."""
        for addresses in many:
            self.add(addresses)
