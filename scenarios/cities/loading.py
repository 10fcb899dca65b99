"""Loading a city: a packaged one by its name, or any city file by its path."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coproduction.scenarios.cities.city_file import CityFile
from coproduction.scenarios.cities.messages import did_you_mean, refusal
from coproduction.simulation.errors import CityError

if TYPE_CHECKING:
    from coproduction.scenarios.cities.schema import CityDocument
    from coproduction.scenarios.cities.tables import Table

TABLE_SUFFIXES = frozenset({".csv", ".geojson", ".json"})
PACKAGE_FOLDER = Path(__file__).parent


def packaged_cities() -> tuple[str, ...]:
    """Return the names of the cities that come with the package."""
    return tuple(sorted(path.stem for path in PACKAGE_FOLDER.glob("*.toml")))


def load_city(name_or_path: str | os.PathLike[str], *, cells: int | None = None) -> CityFile:
    """Load a city.

    name_or_path  a packaged name such as ``columbus``, a city file, or a folder with one city file
    cells         about how many cells the city is to have; None for the number that the city file declares

    Raises CityError, with one sentence that says what is wrong and what to do, when the file or its table cannot
    be read or does not describe a city.
    """
    from coproduction.scenarios.cities.assembly import assemble

    return assemble(read_sources(find_city_file(name_or_path)), cells)


def find_city_file(name_or_path: str | os.PathLike[str]) -> Path:
    """Return the path of the city file that is meant."""
    given = os.fspath(name_or_path)
    if given in packaged_cities():
        return PACKAGE_FOLDER / f"{given}.toml"
    path = Path(given)
    if path.is_dir():
        return only_city_file(path)
    if path.suffix.lower() in TABLE_SUFFIXES:
        problem = "must be a city file (.toml); got a table. Import it first, with coproduce city import."
        raise refusal(path.name, "", problem)
    if path.suffix == ".toml" or path.is_file():
        return path
    cities = packaged_cities()
    problem = f'city must be a city file (.toml) or one of: {", ".join(cities)}; got "{given}".'
    raise CityError(f"{problem}{did_you_mean(given, cities) or ' Check the path.'}")


def only_city_file(folder: Path) -> Path:
    """Return the one TOML file of a folder."""
    found = sorted(folder.glob("*.toml"))
    if len(found) != 1:
        raise refusal(
            folder.name, "", f"must hold one city file (.toml); got {len(found)}. Name the file itself."
        )
    return found[0]


@dataclass(frozen=True, slots=True)
class Sources:
    """A city file and its tables, read but not yet understood."""

    path: Path
    document: "CityDocument"
    table: "Table"
    boundaries: "Table | None"

    @property
    def has_outlines(self) -> bool:
        """Whether polygons are given, in the table or beside it."""
        return self.boundaries is not None or self.table.geometries is not None

    @property
    def is_located(self) -> bool:
        """Whether anything says where the neighbourhoods are."""
        return self.has_outlines or {"x", "y"} <= self.document.columns.roles.keys()

    @property
    def files(self) -> tuple[Path, ...]:
        """The city file, its table and its boundaries."""
        names = [self.document.table.file]
        if self.document.boundaries is not None:
            names.append(self.document.boundaries.file)
        return (self.path, *(self.path.parent / name for name in names))


def read_sources(path: Path) -> Sources:
    """Read a city file and the tables that it names, which stand in its folder."""
    from coproduction.scenarios.cities.schema import read_document
    from coproduction.scenarios.cities.tables import read_table

    document = read_document(path)
    table = read_table(path.parent / document.table.file)
    if document.boundaries is None:
        return Sources(path, document, table, None)
    return Sources(path, document, table, read_table(path.parent / document.boundaries.file))
