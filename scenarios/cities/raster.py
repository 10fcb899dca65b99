"""Turning outlines into square cells: about as many as asked for, at least one a neighbourhood."""

import math
from dataclasses import dataclass

import numpy as np
import shapely

from coproduction.scenarios.cities.messages import refusal
from coproduction.scenarios.cities.outlines import Geometries
from coproduction.simulation.city import FloatArray, IntArray

LARGEST_GRID = 5_000_000
"""Cells, those outside the city included; a grid of this size takes about a gigabyte to lay."""
SEARCH_STEPS = 6
CLOSE_ENOUGH = 0.005
"""Share by which the number of cells may miss the number asked for before the search goes on."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Square cells over the city's bounding box; row 0 is the northernmost.

    left, top  coordinates of the north-western corner
    side       side of a cell, in the units of the coordinates
    """

    rows: int
    columns: int
    left: float
    top: float
    side: float

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, right, bottom and top."""
        return (
            self.left,
            self.left + self.columns * self.side,
            self.top - self.rows * self.side,
            self.top,
        )

    def centres(self) -> FloatArray:
        """Return the centre of every cell in row-major order, shape (rows * columns, 2)."""
        x = self.left + (np.arange(self.columns) + 0.5) * self.side
        y = self.top - (np.arange(self.rows) + 0.5) * self.side
        return np.column_stack([np.tile(x, self.rows), np.repeat(y, self.columns)])


@dataclass(frozen=True, slots=True)
class Raster:
    """The neighbourhood of every cell.

    neighbourhood  shape (rows * columns,), -1 outside the city
    contested      number of cells whose centre lies inside more than one outline, not on a border that they share; the
                   first in the table keeps them
    squeezed_in    shape (k,), neighbourhoods too small for the cells that were given the nearest cell
    """

    grid: Grid
    neighbourhood: IntArray
    contested: int
    squeezed_in: IntArray


def rasterise(file: str, outlines: Geometries, cells: int, side: float | None = None) -> Raster:
    """Return the city on a grid with about ``cells`` cells inside.

    side  side of a cell, when it must be this one

    Raises CityError for fewer cells than neighbourhoods and for outlines too far apart for one grid.
    """
    if cells < len(outlines):
        problem = f"cells must be at least one for each of the {len(outlines)} neighbourhoods; got {cells}."
        raise refusal(file, "assumptions.cells", f"{problem} Ask for more cells.")
    grid, owner, contested = (
        search(file, outlines, cells) if side is None else covered(outlines, lay_grid(file, outlines, side))
    )
    squeezed_in = np.flatnonzero(np.bincount(owner[owner >= 0], minlength=len(outlines)) == 0)
    if len(squeezed_in):
        squeeze_in(file, grid, owner, outlines, squeezed_in)
    return Raster(grid, owner, contested, squeezed_in.astype(np.int64))


def search(file: str, outlines: Geometries, cells: int) -> tuple[Grid, IntArray, int]:
    """Return the grid whose number of cells inside the city comes nearest to ``cells``, and its owners."""
    side = math.sqrt(float(shapely.area(outlines).sum()) / cells)
    trials: list[tuple[int, tuple[Grid, IntArray, int]]] = []
    for _ in range(SEARCH_STEPS):
        trial = covered(outlines, lay_grid(file, outlines, side))
        inside = int((trial[1] >= 0).sum())
        trials.append((abs(inside - cells), trial))
        if trials[-1][0] <= CLOSE_ENOUGH * cells:
            break
        side *= math.sqrt(max(inside, 1) / cells)
    return min(trials, key=lambda missed_by: missed_by[0])[1]


def lay_grid(file: str, outlines: Geometries, side: float) -> Grid:
    """Return a grid of cells with this side, centred on the bounding box of the outlines."""
    west, south, east, north = (float(bound) for bound in shapely.total_bounds(outlines))
    columns = max(1, math.ceil((east - west) / side - 1e-9))
    rows = max(1, math.ceil((north - south) / side - 1e-9))
    if rows * columns > LARGEST_GRID:
        problem = f"outlines must lie in one city; got a grid of {rows:,} by {columns:,} cells, mostly empty."
        raise refusal(file, "table", f"{problem} Ask for fewer cells or leave far-away outlines out.")
    left = (west + east - columns * side) / 2
    top = (south + north + rows * side) / 2
    return Grid(rows, columns, left, top, side)


def covered(outlines: Geometries, grid: Grid) -> tuple[Grid, IntArray, int]:
    """Return the first outline that covers the centre of each cell, and how many lie inside several."""
    centres = shapely.points(grid.centres())
    tree = shapely.STRtree(centres)
    outline_of, cell_of = tree.query(outlines, predicate="intersects")
    owner = np.full(grid.rows * grid.columns, len(outlines), dtype=np.int64)
    np.minimum.at(owner, cell_of, outline_of)
    owner[owner == len(outlines)] = -1
    claimed_twice = np.flatnonzero(np.bincount(cell_of, minlength=len(owner)) > 1)
    return grid, owner, inside_several(outlines, centres[claimed_twice])


def inside_several(outlines: Geometries, points: Geometries) -> int:
    """Return how many points lie inside more than one outline; a shared border is inside neither."""
    _, point_of = shapely.STRtree(points).query(outlines, predicate="contains_properly")
    return int((np.bincount(point_of, minlength=len(points)) > 1).sum())


def squeeze_in(
    file: str, grid: Grid, owner: IntArray, outlines: Geometries, neighbourhoods: IntArray
) -> None:
    """Give each of the neighbourhoods, in table order, the nearest cell that no other one needs; in place.

    A cell is needed when it is the only one of its neighbourhood.
    """
    centres = grid.centres()
    counts = np.bincount(owner[owner >= 0], minlength=len(outlines))
    inside = shapely.get_coordinates(shapely.point_on_surface(outlines[neighbourhoods]))
    for neighbourhood, point in zip(neighbourhoods, inside, strict=True):
        free = np.flatnonzero((owner < 0) | (counts[owner] > 1))
        if not len(free):
            problem = f"cells must leave one for each of the {len(outlines)} neighbourhoods; they do not."
            raise refusal(file, "assumptions.cells", f"{problem} Ask for more cells.")
        cell = free[np.argmin(np.square(centres[free] - point).sum(axis=1))]
        if owner[cell] >= 0:
            counts[owner[cell]] -= 1
        owner[cell] = neighbourhood
        counts[neighbourhood] = 1
