"""Importing a table of neighbourhoods: a folder with a city file and a copy of the table, or nothing at all."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from coproduction.scenarios.cities.city_file import CityFile
from coproduction.scenarios.cities.loading import load_city
from coproduction.scenarios.cities.messages import did_you_mean, refusal
from coproduction.simulation.errors import CityError

ROLES = ("name", "key", "income", "population", "households", "housing_value", "observed", "x", "y")
"""What a column can be to the model; documented in docs/adding_a_city.md."""

NOT_STATED = "not stated on import"


@dataclass(frozen=True, slots=True)
class Overrides:
    """What an import says beyond the columns; None or empty leaves it to the importer.

    coordinates      ``degrees``, ``metres`` or ``not to scale``; None reads it from the file, and takes the
                     coordinates as not to scale when the file does not state longitude and latitude
    boundaries       a GeoJSON file with the outlines, when the table has none; joined by column ``boundaries_key``
    boundaries_key   None for the same name as the key column of the table
    assumptions      a number for a margin that the table does not have, for example ``{"household_size": 2.3}``
    units            ``thousand USD`` or ``USD`` for ``income`` and ``housing_value``
    """

    title: str | None = None
    year: int | None = None
    coordinates: str | None = None
    boundaries: Path | None = None
    boundaries_key: str | None = None
    assumptions: Mapping[str, float] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    observed_label: str = "Observed values"
    observed_unit: str = f"unit {NOT_STATED}"
    source: str | None = None
    licence: str = NOT_STATED
    attribution: str | None = None
    cautions: tuple[str, ...] = ()


def import_city(
    table: Path, columns: Mapping[str, str], name: str, out: Path, overrides: Overrides | None = None
) -> CityFile:
    """Write the folder ``out`` with a city file and a copy of the table, and return the city.

    table    CSV or GeoJSON, one row a neighbourhood
    columns  from role (one of ``ROLES``) to the name of the column; ``income`` is needed unless it is assumed
    name     short name of the city: lower-case letters, digits, - and _
    out      a folder that does not exist yet, or is empty

    Raises CityError when the table does not describe a city; the folder is then not there.
    """
    from coproduction.scenarios.cities.city_file_text import city_file_text

    chosen = overrides or Overrides()
    check_arguments(columns, out)
    text = encoded(name, city_file_text(table, columns, name, chosen))
    unfinished = make_folder_beside(out)
    try:
        copy_tables(table, chosen.boundaries, unfinished)
        (unfinished / f"{safe(name)}.toml").write_bytes(text)
        city_file = load_city(unfinished / f"{safe(name)}.toml")
        unfinished.chmod(0o755)
        replace_folder(unfinished, out)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return replace(city_file, source_files=tuple(out / path.name for path in city_file.source_files))


def check_arguments(columns: Mapping[str, str], out: Path) -> None:
    """Refuse an unknown role, and a folder in which something would be overwritten."""
    for role in columns:
        if role not in ROLES:
            problem = f"must be among: {', '.join(ROLES)}; got {role!r}.{did_you_mean(role, ROLES)}"
            raise CityError(f"city import: the role of a column {problem}")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise refusal(str(out), "", "must be a new or an empty folder; it is not. Choose another place.")


def encoded(name: str, text: str) -> bytes:
    """Return the text of a city file as UTF-8."""
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        problem = f"must hold texts that are valid UTF-8; got {error.object[error.start]!r}. Type them again."
        raise refusal(f"{safe(name)}.toml", "", problem) from None


def safe(name: str) -> str:
    """Return the name as a file name; a name that is not allowed is refused when the file is loaded."""
    return "".join(letter for letter in name if letter.isalnum() or letter in "-_") or "city"


def make_folder_beside(out: Path) -> Path:
    """Return a new hidden folder on the same disk as ``out``, so that it can take its place in one move."""
    existing = next(folder for folder in out.absolute().parents if folder.exists())
    try:
        return Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=existing))
    except OSError as error:
        raise cannot_write(out, error) from None


def cannot_write(out: Path, error: OSError) -> CityError:
    """Return the error for a folder that cannot be made."""
    problem = f"must be a folder that can be written; got: {error.strerror}. Choose another place."
    return refusal(str(out), "", problem)


def copy_tables(table: Path, boundaries: Path | None, folder: Path) -> None:
    """Copy the table, and the boundaries when there are any, into the folder."""
    shutil.copyfile(table, folder / table.name)
    if boundaries is not None:
        if boundaries.name == table.name:
            raise refusal(
                boundaries.name, "", "must not have the name of the table. Rename one of the two files."
            )
        shutil.copyfile(boundaries, folder / boundaries.name)


def replace_folder(unfinished: Path, out: Path) -> None:
    """Put the finished folder in its place."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if out.exists():
            out.rmdir()
        unfinished.replace(out)
    except OSError as error:
        raise cannot_write(out, error) from None
