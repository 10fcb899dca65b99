"""Where the neighbourhoods of a city are: their outlines, their cells, and who touches whom."""

import math
from dataclasses import dataclass
from typing import cast

import numpy as np
import shapely

from coproduction.scenarios.cities.contiguity import pieces, touching
from coproduction.scenarios.cities.joining import join
from coproduction.scenarios.cities.loading import Sources
from coproduction.scenarios.cities.margins import NOT_TO_SCALE
from coproduction.scenarios.cities.messages import listed, refusal
from coproduction.scenarios.cities.outlines import (
    Geometries,
    around_centroids,
    as_blocks,
    project,
    read_outlines,
)
from coproduction.scenarios.cities.raster import Raster, rasterise
from coproduction.scenarios.cities.tables import numbers
from coproduction.simulation.city import IntArray

STREET_BLOCK = 100.0
"""Metres; the size of cell that the model's distances are meant for."""
NAMES_IN_A_NOTE = 8


@dataclass(frozen=True, slots=True)
class Geography:
    """Outlines, cells and neighbours.

    outlines    one a neighbourhood, in metres when the source is to scale
    neighbours  pairs that touch, shape (n_pairs, 2)
    """

    outlines: Geometries
    raster: Raster
    neighbours: IntArray
    notes: tuple[str, ...]


def lay_out(sources: Sources, names: tuple[str, ...], cells: int) -> Geography:
    """Return the geography of a city with about ``cells`` cells; ``names`` is one label a neighbourhood."""
    file, coordinates = sources.path.name, sources.document.grid.coordinates
    outlines, notes = find_outlines(sources, names)
    neighbours = touching(outlines)
    plane = project(file, outlines, coordinates)
    side = None if sources.is_located else 1 / max(1, round(math.sqrt(cells / len(names))))
    raster = rasterise(file, plane, cells, side)
    notes += note_pieces(names, neighbours) + note_cells(names, raster)
    if coordinates != NOT_TO_SCALE:
        notes += note_scale(raster, cells)
    return Geography(plane, raster, neighbours, notes)


def find_outlines(sources: Sources, names: tuple[str, ...]) -> tuple[Geometries, tuple[str, ...]]:
    """Return the outlines in the coordinates of the source, and notes."""
    if sources.boundaries is not None:
        joined, left_over = join(sources.document, sources.table, sources.boundaries)
        note = f"{left_over} outlines of {sources.boundaries.file} have no row in the table; left out."
        return read_outlines(joined, names), (note,) if left_over else ()
    if sources.table.geometries is not None:
        return read_outlines(sources.table, names), ()
    if sources.is_located:
        return around_centroids(centroids(sources)), ()
    return as_blocks(len(names)), ()


def centroids(sources: Sources) -> Geometries:
    """Return the points of the columns x and y, all different."""
    table, roles = sources.table, sources.document.columns.roles
    points = np.column_stack([numbers(table, roles[axis], low=-math.inf) for axis in ("x", "y")])
    if np.isnan(points).any():
        row = int(np.flatnonzero(np.isnan(points).any(axis=1))[0])
        problem = f"row {row + 1}, columns {roles['x']} and {roles['y']} must have a value; got none."
        raise refusal(table.file, "", f"{problem} Fill it in or leave the row out.")
    _, first, counts = np.unique(points, axis=0, return_index=True, return_counts=True)
    if (counts > 1).any():
        row = int(first[counts > 1].min())
        problem = f"row {row + 1} must have a centroid of its own; got that of another row."
        raise refusal(table.file, "", f"{problem} Correct columns {roles['x']} and {roles['y']}.")
    return cast("Geometries", shapely.points(points))


def note_pieces(names: tuple[str, ...], neighbours: IntArray) -> tuple[str, ...]:
    """Return a line on the pieces of a city that hang together, none when it is all one."""
    piece = pieces(len(names), neighbours)
    if piece.max() == 0:
        return ()
    alone = np.setdiff1d(np.arange(len(names)), neighbours)
    islands = listed([names[row] for row in alone], NAMES_IN_A_NOTE)
    without = f" Without any neighbour: {islands}." if len(alone) else ""
    return (f"The outlines form {piece.max() + 1} pieces that do not touch.{without}",)


def note_cells(names: tuple[str, ...], raster: Raster) -> tuple[str, ...]:
    """Return lines on outlines that the cells could not follow."""
    notes: tuple[str, ...] = ()
    if raster.contested:
        notes += (f"Outlines overlap at {raster.contested} cells; the first in the table keeps a cell.",)
    if len(raster.squeezed_in):
        small = listed([names[row] for row in raster.squeezed_in], NAMES_IN_A_NOTE)
        notes += (f"Too small for these cells, so given the one nearest cell: {small}.",)
    return notes


def note_scale(raster: Raster, cells: int) -> tuple[str, ...]:
    """Return a line when a cell is far from a street block in size."""
    ratio = raster.grid.side / STREET_BLOCK
    if 0.5 <= ratio <= 2:
        return ()
    wanted = round(cells * ratio**2, -2)
    size = f"A cell is {raster.grid.side:,.0f} m wide"
    meant = f"the model means a street block of about {STREET_BLOCK:.0f} m"
    return (f"{size}; {meant}, which would take about {wanted:,.0f} cells.",)
