"""One file of a store: written whole or not at all, and read with a sentence where it is torn.

Tables are Parquet. Blocks in the journal, a few rows of many columns that are read once, are Arrow files (Feather),
which take a fraction of the time to write and to read.
"""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from coproduction.simulation.errors import DesignError

if TYPE_CHECKING:
    import pyarrow as pa

COMPRESSION = "zstd"
BLOCK = ".arrow"
"""Ending of the files in the journal."""


class StoreError(DesignError):
    """A store cannot be written, read, or gone on with."""


def write_table(table: "pa.Table", file: Path) -> None:
    """Write a table as Parquet; it stands in its place whole, on the disk, or not at all. Raises ``StoreError``."""
    import pyarrow.parquet as pq

    write_whole(file, lambda stream: pq.write_table(table, stream, compression=COMPRESSION))


def write_block(table: "pa.Table", file: Path) -> None:
    """Write a finished block into the journal; raises as ``write_table`` does."""
    import pyarrow as pa

    def write(stream: BinaryIO) -> None:
        options = pa.ipc.IpcWriteOptions(compression=COMPRESSION)
        with pa.ipc.new_file(stream, table.schema, options=options) as writer:
            writer.write_table(table)

    write_whole(file, write)


def write_whole(file: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file beside its place, and put it there when it is on the disk.

    Raises
    ------
    StoreError
        It cannot be written; nothing is left behind.
    """
    part = file.with_name(f".{file.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("wb") as stream:
                write(stream)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(file)
        finally:
            part.unlink(missing_ok=True)
        _keep_name(file.parent)
    except OSError as error:
        raise StoreError(cannot_write(file, error)) from error


def cannot_write(place: Path, error: OSError) -> str:
    """Say that a place cannot be written, and what to do."""
    return (
        f"{place}: cannot be written ({os.strerror(error.errno) if error.errno else error}). What was finished is "
        "kept. Make room or give permission, then run the same command again."
    )


def _keep_name(folder: Path) -> None:
    """Have the system write down the folder's names, so that a finished file outlives a loss of power."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def read_table(file: Path, columns: list[str] | None = None) -> "pa.Table":
    """Read a file of the store.

    Raises
    ------
    StoreError
        It is torn, is no Parquet file, or lacks a column.
    """
    import pyarrow as pa

    try:
        return _read_block(file, columns) if file.suffix == BLOCK else _read_parquet(file, columns)
    except (pa.ArrowException, OSError) as error:
        kind = "Arrow" if file.suffix == BLOCK else "Parquet"
        raise StoreError(f"{file}: cannot be read as {kind} ({_first_line(error)}).") from error


def _read_parquet(file: Path, columns: list[str] | None) -> "pa.Table":
    import pyarrow.parquet as pq

    with pq.ParquetFile(file) as opened:
        _require(file, columns, opened.schema_arrow.names)
        return opened.read(columns, use_threads=False)  # many small files: threads cost more than they give


def _read_block(file: Path, columns: list[str] | None) -> "pa.Table":
    import pyarrow as pa

    with pa.OSFile(str(file)) as source, pa.ipc.open_file(source) as opened:
        _require(file, columns, opened.schema.names)
        table = opened.read_all()
    return table if columns is None else table.select(columns)


def _require(file: Path, columns: list[str] | None, names: list[str]) -> None:
    missing = set(columns or ()) - set(names)
    if missing:
        raise StoreError(f"{file}: lacks the column {min(missing)}; it is no part of this store.")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".") if str(error) else type(error).__name__
