"""What moves on the map, as the state has it: where the watch that was run last saw offences, officers, volunteers.

Between offences offenders are nowhere in the model, unless they walk on a lattice; an officer is known by the cells of
the stops, a volunteer by the cells of the visits. So these are what is drawn, and nothing is made up beside them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coproduction.dashboard.city_view import CityView
from coproduction.simulation.state import NOBODY

Cells = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mark.

    name    key in the address of the page
    title   in words, for the legend
    colour  of Okabe and Ito's palette
    shape   drawn by the map, so that colour is never the only sign: square, triangle, diamond or circle
    """

    name: str
    title: str
    colour: str
    shape: str


KINDS = (
    Kind("offences", "offences of this watch", "#E69F00", "diamond"),
    Kind("stops", "patrol stops of this watch", "#FFFFFF", "square"),
    Kind("visits", "volunteers' visits of this watch", "#56B4E9", "triangle"),
    Kind("offenders", "offenders on the street", "#CC79A7", "circle"),
)
OFFENCES, STOPS, VISITS, OFFENDERS = range(len(KINDS))


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks in the order of their kinds, shape (n,) each.

    cell  of the grid
    kind  index into ``KINDS``
    """

    cell: Cells
    kind: NDArray[np.uint8]

    def count(self, kind: int) -> int:
        """Return how many marks there are of a kind."""
        return int((self.kind == kind).sum())


def marks_of(view: CityView) -> Marks:
    """Return the marks of the watch that was run last; none before the first."""
    last = view.watch - 1
    found = [_offences(view, last), _stops(view, last), _visits(view, last), _offenders(view)]
    kinds = np.repeat(np.arange(len(KINDS), dtype=np.uint8), [len(cells) for cells in found])
    return Marks(np.concatenate(found), kinds)


def _offences(view: CityView, watch: int) -> Cells:
    cases, n = view.state.cases, int(view.state.cases.count[0])
    first, last = np.searchsorted(cases.watch[:n], (watch, watch + 1))
    return cases.cell[first:last].astype(np.int64)


def _stops(view: CityView, watch: int) -> Cells:
    cells = view.state.cells
    return np.flatnonzero((cells.patrol_seen == watch) & (cells.stops > 0))


def _visits(view: CityView, watch: int) -> Cells:
    cells = view.state.cells
    return np.flatnonzero((cells.visits_seen == watch) & (cells.visits > 0))


def _offenders(view: CityView) -> Cells:
    position = view.state.offenders.position
    return np.asarray(position[position != NOBODY], np.int64)
