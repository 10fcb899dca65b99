"""Where neighbourhoods lie on the map: outlines in units of cells, (0, 0) the middle of the top left cell."""

from typing import TYPE_CHECKING, cast

import numpy as np
from matplotlib.path import Path as Outline
from numpy.typing import NDArray


if TYPE_CHECKING:
    from coproduction.scenarios.cities.city_file import CityFile
    from coproduction.simulation.city import City
    from shapely import MultiPolygon, Polygon

FloatArray = NDArray[np.float64]


def neighbourhood_outlines(place: "CityFile") -> list[Outline] | None:
    """One path a neighbourhood, in the order of the table; None where the source has no outlines."""
    if place.polygons is None:
        return None
    return [_from_polygon(place, polygon) for polygon in place.polygons]


def borders(place: "CityFile") -> list[Outline]:
    """Paths to draw over a map of cells: the source's outlines, else the borders between cells."""
    return neighbourhood_outlines(place) or [_between_cells(place.city)]


def by_cell(city: "City", values: FloatArray) -> FloatArray:
    """Values of shape (n,) spread over the cells: shape (rows, columns), nan outside the city."""
    index = city.neighbourhood
    spread = np.where(index >= 0, values[np.maximum(index, 0)], np.nan)
    return np.asarray(spread.reshape(city.rows, city.columns), dtype=np.float64)


def inner_cell(city: "City", index: int) -> tuple[int, int]:
    """Row and column of the neighbourhood's cell nearest to its middle: unlike the middle, always inside."""
    row, column = np.divmod(np.flatnonzero(city.neighbourhood == index), city.columns)
    nearest = int(np.argmin((row - row.mean()) ** 2 + (column - column.mean()) ** 2))
    return int(row[nearest]), int(column[nearest])


def _from_polygon(place: "CityFile", polygon: "Polygon | MultiPolygon") -> Outline:
    """The rings of a polygon, holes included, on the grid."""
    parts = cast("list[Polygon]", list(getattr(polygon, "geoms", [polygon])))
    rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
    paths = [Outline(_on_grid(place, np.asarray(ring.coords)[:, :2]), closed=True) for ring in rings]
    return Outline.make_compound_path(*paths)


def _on_grid(place: "CityFile", points: FloatArray) -> FloatArray:
    """Coordinates of the source turned into columns and rows of the grid."""
    left, right, bottom, top = place.extent
    column = (points[:, 0] - left) / (right - left) * place.city.columns - 0.5
    row = (top - points[:, 1]) / (top - bottom) * place.city.rows - 0.5
    return np.stack([column, row], axis=1)


def _between_cells(city: "City") -> Outline:
    """The sides of cells at which one neighbourhood, or the city, ends."""
    grid = np.pad(city.neighbourhood.reshape(city.rows, city.columns), 1, constant_values=-1)
    row, column = np.nonzero(grid[:, 1:] != grid[:, :-1])
    upright = (column - 0.5, row - 1.5, column - 0.5, row - 0.5)
    row, column = np.nonzero(grid[1:, :] != grid[:-1, :])
    level = (column - 1.5, row - 0.5, column - 0.5, row - 0.5)
    ends = np.concatenate([np.stack(side, axis=1) for side in (upright, level)])
    codes = np.tile([Outline.MOVETO, Outline.LINETO], len(ends))
    return Outline(ends.reshape(-1, 2), codes)
