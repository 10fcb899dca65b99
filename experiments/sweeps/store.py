"""A store: a folder with the results of sweeps, in files that pandas, DuckDB and polars read by one pattern a table.

manifest.json    what this folder is
sweeps/          one JSON file a sweep: what it asks for, in full
design/          one Parquet file a sweep: a row a run that it asks for
runs/, outcomes/, cases/    Parquet parts: what was found, see ``tables``
journal/         Arrow files, finished blocks that are not yet in the tables: a run is finished when its block was
                 renamed into here
locks/           who is at work
damaged/         files that could not be read, if there were any

A run stands in the journal or in a part. After a crash it may stand in both, and outcomes may stand without runs of the
same name: whoever collects next tells by the addresses, and puts it right.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coproduction.experiments.manifest import FILE_NAME, FORMAT, environment
from coproduction.experiments.sweeps.finished import Finished
from coproduction.experiments.sweeps.shards import (
    BLOCK,
    StoreError,
    cannot_write,
    read_table,
    write_whole,
)
from coproduction.experiments.sweeps.tables import VOLATILE

if TYPE_CHECKING:
    import pyarrow as pa

KIND = "sweep-store"
DAMAGED = "damaged"
JOURNAL, RUNS, OUTCOMES, CASES, DESIGN, SWEEPS, LOCKS = (
    "journal", "runs", "outcomes", "cases", "design", "sweeps", "locks",
)  # fmt: skip


class Store:
    """A folder of results; ``opened`` makes one or finds it.

    notices  sentences on what was found damaged and set aside
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.finished = Finished()
        self.notices: list[str] = []
        self._seen: set[str] = set()

    def __getitem__(self, table: str) -> Path:
        """Return the folder of a table."""
        return self.folder / table

    def files(self, table: str) -> list[Path]:
        """Return the files of a table, sorted; files that are being written are not among them."""
        ending = BLOCK if table == JOURNAL else ".parquet"
        found = self[table].glob(f"*{ending}") if self[table].is_dir() else ()
        return sorted(file for file in found if not file.name.startswith("."))

    def note(self, block: str, addresses: Sequence[str]) -> None:
        """Take in a block that is known to be in the journal, without reading it."""
        self._seen.add(f"{block}{BLOCK}")
        self.finished.add(addresses)

    def refresh(self) -> bool:
        """Read which runs have been finished since the last look, and say whether any; sets damaged files aside."""
        before = len(self._seen)
        # Parts after the journal: what moves from one to the other meanwhile is seen in one of them at least.
        for table in (JOURNAL, RUNS):
            for file in self.files(table):
                if file.name not in self._seen:
                    self._look_at(table, file)
        return len(self._seen) > before

    def forget(self) -> None:
        """Forget what was read, since parts have been written anew."""
        self.finished, self._seen = Finished(), set()

    def failed(self) -> int:
        """Count the failed runs in the tables."""
        return sum(
            table.column("status").to_pylist().count("failed") for table in self.read(RUNS, ["status"])
        )

    def read(self, table: str, columns: list[str] | None = None) -> "Iterator[pa.Table]":
        """Give the parts of a table one by one."""
        for file in self.files(table):
            yield read_table(file, columns)

    def _look_at(self, table: str, file: Path) -> None:
        """Take in a file's runs; sets it aside, with its outcomes, where it cannot be read."""
        together = [file] if table == JOURNAL else [file, self[OUTCOMES] / file.name]
        try:
            addresses, *_ = [read_table(each, ["run"]).column("run").to_pylist() for each in together]
        except StoreError as error:
            if not file.exists():
                return  # another process has collected it since it was listed: it stands in a part
            if "lacks the column" in str(error):
                raise StoreError(f"{error} Move it elsewhere.") from error
            self._set_aside(together, error)
        else:
            self._seen.add(file.name)
            self.finished.add(addresses)

    def _set_aside(self, files: list[Path], error: StoreError) -> None:
        """Move files elsewhere: whoever reads a folder of Parquet files reads all that is in it."""
        self[DAMAGED].mkdir(exist_ok=True)
        for file in files:
            if file.exists():
                file.replace(self[DAMAGED] / f"{file.parent.name}-{file.name}")
        self.notices.append(f"{error} Its runs are run again; the file is kept in {self[DAMAGED]}.")


def opened(folder: str | Path, *, to_write: bool = True) -> Store:
    """Return the store in a folder, made if there is none and it is to be written.

    Raises
    ------
    StoreError
        The folder holds something else, is missing, or cannot be written.
    """
    store = Store(Path(folder))
    described = store.folder / FILE_NAME
    if described.exists():
        _check_manifest(described)
    elif not to_write:
        raise StoreError(
            f"{store.folder}: there is no store of a sweep. Give the folder that one was written to."
        )
    else:
        _check_unused(store.folder)
        try:
            store.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(cannot_write(store.folder, error)) from error
        text = json.dumps(_manifest(), indent=1)
        write_whole(described, lambda stream: stream.write(text.encode()))
    if to_write:
        write_whole(store[LOCKS] / "writable", lambda stream: stream.write(b""))
    return store


def found(folder: Path) -> Store | None:
    """Return the store in a folder, or None where one can be made there, without making it.

    Raises
    ------
    StoreError
        The folder holds something else.
    """
    if (folder / FILE_NAME).exists():
        return opened(folder, to_write=False)
    _check_unused(folder)
    return None


def is_store(folder: Path) -> bool:
    """Say whether a folder holds a store."""
    try:
        return bool(json.loads((folder / FILE_NAME).read_text("utf-8")).get("kind") == KIND)
    except (OSError, ValueError, AttributeError):
        return False


def _check_manifest(file: Path) -> None:
    try:
        manifest = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{file}: cannot be read as JSON ({error}). Choose another store with --out."
        ) from error
    if not isinstance(manifest, dict) or manifest.get("kind") != KIND:
        raise StoreError(
            f"{file}: must be the manifest of a store; it is another. Choose another store with --out."
        )
    if manifest.get("format") != FORMAT:
        raise StoreError(
            f"{file}: must be of format {FORMAT}; it is of format {manifest.get('format')}, of another version of "
            "this program. Choose another store with --out."
        )


def _check_unused(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: must be a folder; it is a file. Choose another store with --out.")
    if folder.is_dir() and any(folder.iterdir()):
        raise StoreError(
            f"{folder}: must be a new folder, an empty one, or a store; it holds {min(folder.iterdir()).name}. "
            "Choose another store with --out."
        )


def _manifest() -> dict[str, Any]:
    return {
        "format": FORMAT,
        "kind": KIND,
        "begun": datetime.now(UTC).isoformat(timespec="seconds"),
        "environment": environment(),
        "tables": {RUNS: "runs/*.parquet", OUTCOMES: "outcomes/*.parquet", DESIGN: "design/*.parquet"},
        "joined_by": "run",
        "volatile": {RUNS: list(VOLATILE)},
    }
