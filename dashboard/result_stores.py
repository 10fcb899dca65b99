"""The results that visitors may choose from: those named when the server was started, and the sweep of the manual.

A link names one of them; it can never make the server read another folder. What was read is kept for the next visitor.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coproduction.dashboard.findings import Findings, read_findings
from coproduction.experiments.sweeps.store import SWEEPS, is_store
from coproduction.simulation.errors import DesignError

MANUAL = Path(__file__).parents[1] / "docs" / "columbus_sweep-store"
"""Lies beside the sources, not in an installed package."""
MOST_KEPT = 4
"""Results kept in memory; one of 2,048 runs takes some 10 MB."""
READ = ("runs/*", "outcomes/*", "design/*", "journal/*", "sweeps/*", "tables/*", "*.json")


@dataclass(frozen=True, slots=True)
class Entry:
    """A result by its folder, of a store that holds several the name of the sweep."""

    folder: Path
    sweep: str | None


class ResultStores:
    """Results by name.

    folders  stores of sweeps or folders of comparisons, named by whoever started the server
    """

    def __init__(self, folders: Sequence[str | Path] = ()) -> None:
        """Look what there is; raises ``DesignError`` where a folder holds no result."""
        self._entries: dict[str, Entry] = {}
        for folder in map(Path, folders):
            self._enter(folder)
        if is_store(MANUAL):
            self._enter(MANUAL)
        self._kept: OrderedDict[str, tuple[tuple[object, ...], Findings]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """Their names, those named by whoever started the server first."""
        return tuple(self._entries)

    def read(self, name: str) -> Findings:
        """Return what a result says, read anew only where its files have changed; ``name`` must be one of ``names``.

        Raises
        ------
        CoproductionError
            It cannot be read.
        """
        entry = self._entries[name]
        state = _state(entry.folder)
        with self._lock:
            known = self._kept.get(name)
            if known and known[0] == state:
                self._kept.move_to_end(name)
                return known[1]
        found = read_findings(entry.folder, entry.sweep)
        with self._lock:
            self._kept[name] = (state, found)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return found

    def _enter(self, folder: Path) -> None:
        from coproduction.experiments.manifest import FILE_NAME

        if not (folder / FILE_NAME).is_file():
            raise DesignError(
                f"--results {folder}: must be the store of a sweep or the folder of a comparison; there is no "
                f"{FILE_NAME} in it. Give the folder that coproduce sweep or coproduce compare has written."
            )
        if folder.resolve() in {entry.folder.resolve() for entry in self._entries.values()}:
            return
        name = folder.resolve().name
        sweeps = sorted(file.stem for file in (folder / SWEEPS).glob("*.json")) if is_store(folder) else []
        for sweep in sweeps if len(sweeps) > 1 else [None]:
            self._entries[self._free(name if sweep is None else f"{name}-{sweep}")] = Entry(folder, sweep)

    def _free(self, name: str) -> str:
        number = 1
        while (numbered := name if number == 1 else f"{name}-{number}") in self._entries:
            number += 1
        return numbered


def _state(folder: Path) -> tuple[object, ...]:
    """Return what is another when a file of the result was written."""
    files = sorted(file for pattern in READ for file in folder.glob(pattern) if file.is_file())
    return tuple((file.as_posix(), file.stat().st_mtime_ns, file.stat().st_size) for file in files)


_served: list[ResultStores] = []


def serve_results(stores: ResultStores) -> None:
    """Say which results are served from now on; set once before the first visitor comes."""
    _served[:] = [stores]


def results_served() -> ResultStores:
    """Return the results that are served: the sweep of the manual where nobody said otherwise."""
    if not _served:
        _served.append(ResultStores())
    return _served[0]
