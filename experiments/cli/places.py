"""Where results go: checked before the work begins, never over anybody else's files, written whole or not at all."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from coproduction.simulation.errors import DesignError, ManifestError

if TYPE_CHECKING:
    from coproduction.experiments.comparison import Comparison
    from coproduction.experiments.report import ValidationRow

PAGE_NAME, TABLES_FOLDER = "report.html", "tables"
"""As the report names them; importing it to ask would load what draws."""
REPORT_ONLY = ("parameters", "assumptions")
"""Tables that only the report writes."""
LONGEST_NAME = 60
ELSEWHERE = "Choose another place with --out."


def default_folder(*names: str) -> Path:
    """Return the folder for a result that was given none, from what it is a result of."""
    joined = "-".join(re.sub(r"[^\w.-]+", "_", name) for name in names)
    return Path(f"coproduce-{joined[:LONGEST_NAME]}")


def check_folder(folder: Path) -> None:
    """Make sure, before any work, that a result can take this place later.

    Raises
    ------
    DesignError
        It is a file, holds anything but an earlier result of this program, or cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise DesignError(f"{folder}: must be a folder; it is a file. {ELSEWHERE}")
    foreign = foreign_files(folder)
    if foreign:
        raise DesignError(
            f"{folder}: must be a new folder, an empty one, or one that holds an earlier result and nothing else; it "
            f"holds {foreign[0]}. {ELSEWHERE}"
        )
    check_writable(folder)


def check_file(file: Path) -> None:
    """Make sure, before any work, that a new file can be written there; raises as ``check_folder`` does."""
    if file.exists():
        raise DesignError(f"{file}: must be a new file; it exists already. {ELSEWHERE}")
    check_writable(file)


def check_writable(path: Path) -> None:
    """Refuse a place in a folder that cannot be written to, or below a file."""
    existing = next(each for each in path.absolute().parents if each.exists())
    if not existing.is_dir():
        raise DesignError(f"{path}: cannot be written ({existing} is a file). {ELSEWHERE}")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise DesignError(f"{path}: cannot be written (no permission in {existing}). {ELSEWHERE}")


def foreign_files(folder: Path) -> list[str]:
    """Return what a folder holds that is no earlier result of this program, sorted; nothing if there is no folder."""
    from coproduction.experiments.comparison import TABLES
    from coproduction.experiments.manifest import FILE_NAME, read_manifest
    from coproduction.experiments.store import RUN_TABLES

    found = sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if not each.is_dir())
    try:
        _ = found and read_manifest(folder)
    except ManifestError:
        return found
    names = {*TABLES, *RUN_TABLES, *REPORT_ONLY, "outcomes", "cells", "columns"}
    tables = {f"{name}.csv" for name in names}
    ours = {FILE_NAME, PAGE_NAME, *tables, *(f"{TABLES_FOLDER}/{file}" for file in (FILE_NAME, *tables))}
    return [each for each in found if each not in ours]


def write_with_report(
    comparison: "Comparison", folder: Path, validation: "Mapping[str, ValidationRow] | None"
) -> Path:
    """Write a comparison: the page, the manifest, and everything else under tables; return the path of the page.

    validation  what the report says on how far the model is from observations, see ``report``
    """
    from coproduction.experiments.cli.column_notes import of_comparison, write_column_notes
    from coproduction.experiments.manifest import FILE_NAME
    from coproduction.experiments.report import report
    from coproduction.experiments.store import atomic_folder, put_comparison, write_json

    with atomic_folder(folder) as part:
        tables = part / TABLES_FOLDER
        tables.mkdir()
        put_comparison(
            comparison, tables
        )  # with a manifest of its own, so that it can be read back from there
        write_column_notes(of_comparison(), tables)
        write_json(comparison.manifest, part / FILE_NAME)
        page = report(comparison, part, validation)
    return folder / page.name


def read_back(folder: Path) -> "Comparison":
    """Read a comparison from a folder that ``write_with_report`` or the store has written; raises ManifestError."""
    from coproduction.experiments.reading import read_comparison

    tables = folder / TABLES_FOLDER
    return read_comparison(tables if tables.is_dir() else folder)
