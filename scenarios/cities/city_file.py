"""What a city file holds once it is read: the city, where it comes from, and what had to be assumed."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from coproduction.simulation.city import City, FloatArray, IntArray

if TYPE_CHECKING:
    from shapely import MultiPolygon, Polygon


@dataclass(frozen=True, slots=True)
class Assumption:
    """A margin that the table does not have, and what stands in for it.

    margin  what is missing, for example ``household_size``
    value   a number in ``unit``, or the words that say what is done instead
    reason  why this value, in one or two sentences
    """

    margin: str
    value: float | str
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the table comes from and on what terms it may be passed on."""

    source: str
    licence: str
    attribution: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CityFile:
    """A city with everything that a reader must know about it.

    year            year of the table; None when the file does not say
    assumptions     every margin that the table does not have, the nominal cell size included
    observed        shape (n_neighbourhoods,), what the model is to be checked against; nan where the table has
                    no value; None when there is no such column. Nothing in ``city`` or ``digest`` depends on it
    polygons        one outline a neighbourhood, in table order, x to the east and y to the north; in metres when
                    ``city.distances_in_metres``, otherwise in the units of the source
    extent          left, right, bottom and top of the grid in the coordinates of ``polygons``
    neighbours      shape (n_pairs, 2), the neighbourhoods whose outlines touch, each pair once, lower index first
    source_files    the city file, its table and, if there is one, its file of boundaries
    digest          SHA-256 of the city file and its table without the observed column, and of the number of cells
                    asked for; the same on every platform
    notes           what was noticed while reading, one sentence each
    """

    city: City
    title: str
    year: int | None
    assumptions: tuple[Assumption, ...]
    provenance: Provenance
    observed: FloatArray | None
    observed_label: str
    observed_unit: str
    polygons: "tuple[Polygon | MultiPolygon, ...]"
    extent: tuple[float, float, float, float]
    neighbours: IntArray
    source_files: tuple[Path, ...]
    digest: str
    notes: tuple[str, ...]

    @property
    def n_cells(self) -> int:
        """Number of cells inside the city."""
        return int((self.city.neighbourhood >= 0).sum())
