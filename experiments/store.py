"""Write a result to a folder, whole or not at all: tables as CSV, and the manifest."""

import csv
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from coproduction.experiments.comparison import TABLES, Comparison
from coproduction.experiments.digest import FloatArray
from coproduction.experiments.manifest import FILE_NAME, read_manifest
from coproduction.simulation.errors import DesignError, ManifestError

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.result import Result

RUN_TABLES = ("series", "neighbourhoods", "quintiles", "cases", "ledger")


def write_comparison(comparison: Comparison, folder: str | Path) -> Path:
    """Write every table of a comparison and its manifest; return the folder.

    Raises
    ------
    DesignError
        The folder cannot be written, or holds something that is not a result of this program.
    """
    with atomic_folder(folder) as part:
        put_comparison(comparison, part)
    return Path(folder)


def put_comparison(comparison: Comparison, part: Path) -> None:
    """Write a comparison into a folder that `atomic_folder` has given, beside whatever else goes there."""
    for name in TABLES:
        write_table(getattr(comparison, name), part / f"{name}.csv", index=False)
    _write_cells({(policy,): maps for policy, maps in comparison.cells.items()}, part / "cells.csv")
    write_json(comparison.manifest, part / FILE_NAME)


def write_run(result: "Result", folder: str | Path) -> Path:
    """Write the tables of one run, its outcomes and its manifest; return the folder. Raises as above."""
    with atomic_folder(folder) as part:
        put_run(result, part)
    return Path(folder)


def put_run(result: "Result", part: Path) -> None:
    """Write a run into a folder that `atomic_folder` has given, beside whatever else goes there."""
    for name in RUN_TABLES:
        table = getattr(result, name)
        write_table(table, part / f"{name}.csv", index=name in {"neighbourhoods", "quintiles"})
    _write_outcomes(result.outcomes, part / "outcomes.csv")
    _write_cells({(): result.cells}, part / "cells.csv")
    write_json(result.manifest, part / FILE_NAME)


@contextmanager
def atomic_folder(folder: str | Path) -> Iterator[Path]:
    """Give an empty folder to write into, which takes the place of ``folder`` when the block ends well.

    When it does not, nothing is left behind and an earlier result stays as it was. A folder that exists is
    replaced only if it is empty or holds a manifest, so that nobody's other files are lost.
    """
    goal = Path(folder).absolute()
    _refuse_foreign(goal)
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{goal.name}.", dir=goal.parent))
    except OSError as error:
        raise DesignError(_cannot_write(goal, error)) from error
    try:
        yield part
        _put_in_place(part, goal)
    except OSError as error:
        raise DesignError(_cannot_write(goal, error)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def write_table(table: "pd.DataFrame", file: Path, *, index: bool) -> None:
    """Write a table as CSV in UTF-8; numbers in full, so that reading them gives the same bits."""
    table.to_csv(file, index=index, encoding="utf-8", lineterminator="\n")


def write_json(value: Any, file: Path) -> None:
    """Write plain data as JSON in UTF-8, indented for people."""
    text = json.dumps(value, indent=1, ensure_ascii=False, default=_plain)
    file.write_text(text + "\n", encoding="utf-8")


def _put_in_place(part: Path, goal: Path) -> None:
    part.chmod(0o755)
    if not goal.exists():
        os.replace(part, goal)  # noqa: PTH105 - the same word for files and folders
        return
    # A folder that is not empty cannot be replaced in one step: the old one steps aside first.
    aside = Path(tempfile.mkdtemp(prefix=f".{goal.name}.old.", dir=goal.parent))
    aside.rmdir()
    os.replace(goal, aside)  # noqa: PTH105
    try:
        os.replace(part, goal)  # noqa: PTH105
    except OSError:
        os.replace(aside, goal)  # noqa: PTH105
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _refuse_foreign(goal: Path) -> None:
    if not goal.exists():
        return
    if not goal.is_dir():
        message = f"{goal}: must be a folder; it is a file. Choose another place for the result."
        raise DesignError(message)
    if any(goal.iterdir()):
        try:
            read_manifest(goal)
        except ManifestError as error:
            message = (
                f"{goal}: must be a new folder, an empty one, or one that holds an earlier result; it holds "
                f"other files. Choose another place for the result."
            )
            raise DesignError(message) from error


def _write_outcomes(outcomes: Mapping[str, float], file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("outcome", "value"))
        writer.writerows((name, repr(float(value))) for name, value in outcomes.items())


def _write_cells(maps: Mapping[tuple[str, ...], Mapping[str, FloatArray]], file: Path) -> None:
    """Write maps as one row a cell of the city; cells outside it are left out."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        policy = ("policy",) if any(maps) else ()
        writer.writerow((*policy, "name", "row", "column", "value"))
        for key, named in maps.items():
            for name, values in named.items():
                for row, column in np.argwhere(np.isfinite(values)).tolist():
                    writer.writerow((*key, name, row, column, repr(float(values[row, column]))))


def _plain(value: Any) -> Any:
    """Turn numpy's numbers and arrays, and paths, into what JSON knows."""
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    return str(value)


def _cannot_write(goal: Path, error: OSError) -> str:
    return f"{goal}: cannot be written ({error.strerror or error}). Choose another place for the result."
