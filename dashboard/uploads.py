"""Files that visitors send: bounded before they are read, kept in a folder of the visitor's own, gone when they leave.

Nothing in a file may make the server read another file, write outside that folder, or take memory without bound.
"""

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from coproduction.experiments.sweeps.shards import StoreError
from coproduction.scenarios.cities import packaged_cities
from coproduction.simulation.errors import DesignError

MEGABYTE = 1_000_000
MOST_BYTES = 50 * MEGABYTE
"""Largest file that is taken."""
MOST_UNPACKED = 200 * MEGABYTE
"""Most bytes that a zip may hold when it is unpacked."""
MOST_FILES = 2_000
MOST_VALUES = 20_000_000
"""Most values in a table, rows times columns: some 160 MB in memory."""
PIECE = 1 << 20
"""Bytes that are unpacked at once."""
KEPT = re.compile(
    r"manifest\.json|sweeps/[^/]+\.json|(design|runs|outcomes)/[^/]+\.parquet|journal/[^/]+\.arrow"
)
"""What is read of a store; whatever else a zip holds is left in it."""
NEEDED = ("manifest.json", "sweeps/", "design/", "runs/", "outcomes/")


class UploadError(DesignError):
    """A file that a visitor has sent cannot be taken; the sentence is for the page."""


def megabytes(size: float) -> str:
    """Return a size in words."""
    return f"{size / MEGABYTE:,.1f} MB"


def require_size(name: str, size: int, most: int = MOST_BYTES) -> None:
    """Refuse a file that is too large; raises ``UploadError``."""
    if size > most:
        raise UploadError(
            f"{name}: must be at most {megabytes(most)}; got {megabytes(size)}. It was not read. Start the server "
            "with --results to look at a larger one."
        )


class Incoming:
    """A file that comes piece by piece: into a folder of its own, never more of it than was allowed.

    name  as the visitor calls it; it names no path here
    """

    def __init__(self, name: str, size: int, most: int = MOST_BYTES) -> None:
        """Make room; raises ``UploadError`` where the file is said to be too large."""
        self.name = PurePosixPath(name.replace("\\", "/")).name[:80] or "file"
        require_size(self.name, size, most)
        self.size, self._most = size, most
        self._place = TemporaryDirectory(prefix="coproduce-visitor-")
        self.folder = Path(self._place.name)
        self.file = self.folder / "sent"
        self.received = 0

    def add(self, piece: bytes) -> bool:
        """Take a piece; return whether that was the last. Raises ``UploadError`` where more comes than was said."""
        self.received += len(piece)
        if self.received > self.size:
            self.close()
            require_size(self.name, self.received, min(self.size, self._most))
        with self.file.open("ab") as stream:
            stream.write(piece)
        return self.received == self.size

    def close(self) -> None:
        """Remove all of it."""
        self._place.cleanup()


def unpacked(incoming: Incoming) -> Path:
    """Unpack the zip of a store beside it; return the folder of the store.

    Raises
    ------
    CoproductionError
        It is no zip, too large, damaged, names places outside, or holds no store.
    """
    folder = incoming.folder / "store"
    try:
        with zipfile.ZipFile(incoming.file) as archive:
            _extract(incoming.name, archive, folder)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise UploadError(
            f"{incoming.name}: must be a zip of a store that coproduce sweep has written; it cannot be unpacked "
            f"({error}). Zip the folder of the store."
        ) from error
    _require_store(incoming.name, folder)
    return folder


def _extract(name: str, archive: zipfile.ZipFile, folder: Path) -> None:
    members = [each for each in archive.infolist() if not each.is_dir()]
    if len(members) > MOST_FILES:
        raise UploadError(f"{name}: must hold at most {MOST_FILES:,} files; it holds {len(members):,}.")
    for each in members:
        _require_inside(name, each.filename)
    top = _top({each.filename for each in members})
    left = MOST_UNPACKED
    for each in members:
        place = each.filename.removeprefix(top)
        if KEPT.fullmatch(place):
            target = folder / place
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(each) as source, target.open("wb") as stream:
                left = _copied(name, source, stream, left)


def _copied(name: str, source: Any, stream: BinaryIO, left: int) -> int:
    """Copy a member as long as it fits, whatever its header says; return what is left of the room."""
    while piece := source.read(PIECE):
        left -= len(piece)
        if left < 0:
            raise UploadError(
                f"{name}: must hold at most {megabytes(MOST_UNPACKED)} when it is unpacked; it holds more. It was "
                "given up. Start the server with --results to look at a larger one."
            )
        stream.write(piece)
    return left


def _require_inside(name: str, member: str) -> None:
    path = PurePosixPath(member.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in member or "\0" in member:
        raise UploadError(
            f"{name}: must name files inside it only; it names {member[:60]!r}. Nothing was unpacked."
        )


def _top(names: set[str]) -> str:
    """Return the folder that a store lies in within the zip, or nothing."""
    manifests = [
        each for each in names if PurePosixPath(each).name == "manifest.json" and each.count("/") < 2
    ]
    return manifests[0].removesuffix("manifest.json") if len(manifests) == 1 else ""


def _require_store(name: str, folder: Path) -> None:
    for needed in NEEDED:
        place = folder / needed
        if not (any(place.iterdir()) if place.is_dir() else place.is_file()):
            raise UploadError(
                f"{name}: must hold the files of a store ({', '.join(NEEDED)}); {needed} is missing or empty. Zip the "
                "whole folder that coproduce sweep has written."
            )
    for file in sorted(folder.glob("*/*.parquet")):
        _require_small(file)
    for file in sorted(folder.glob("sweeps/*.json")):
        _require_packaged_cities(file)


def _require_small(file: Path) -> None:
    """Refuse a table that takes too much memory; what is packed well may be small on disk."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        seen = pq.read_metadata(file)
    except (pa.ArrowException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise StoreError(f"{file.parent.name}/{file.name}: cannot be read as Parquet ({reason}).") from error
    if seen.num_rows * seen.num_columns > MOST_VALUES:
        raise UploadError(
            f"{file.parent.name}/{file.name}: must hold at most {MOST_VALUES:,} values; it holds "
            f"{seen.num_rows * seen.num_columns:,}. Start the server with --results to look at it."
        )


def _require_packaged_cities(file: Path) -> None:
    """Refuse a record that names a city by a path: a file that was sent must not make the server read another."""
    where = f"sweeps/{file.name}"
    try:
        policies = json.loads(file.read_text("utf-8"))["asks"]["policies"]
        cities = [tables["scenario"]["city"] for tables in policies.values()]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"{where}: cannot be read as the record of a sweep ({error}).") from error
    for city in cities:
        require_packaged(where, city)


def require_packaged(source: str, city: object) -> None:
    """Refuse a city that is not packaged, in whatever a visitor has sent; raises ``UploadError``."""
    if city not in packaged_cities():
        raise UploadError(
            f"{source}: [scenario] city must be one that this server has ({', '.join(packaged_cities())}); got "
            f"{str(city)[:60]!r}. A file of your own city stays on your own machine: start coproduce dashboard there."
        )


def head_of(tables: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the table [scenario] of a scenario file, empty where it is none."""
    head = tables.get("scenario", {})
    return head if isinstance(head, Mapping) else {}
