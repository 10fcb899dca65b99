"""One city at one moment, as layers, marks and figures look at it: read, never changed."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from coproduction.simulation.parameters import Numbers, Policing
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.state import State


@dataclass(frozen=True)
class CityView:
    """A city before a watch.

    state    as the watch before left it
    numbers  that the next watch is run with
    watch    the next to be run, from 0
    """

    state: State
    numbers: Numbers
    watch: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the grid; row 0 is in the north."""
        rows, columns = self.state.rates.grid.tolist()
        return rows, columns

    @property
    def cells(self) -> int:
        """Cells of the grid, those outside the city included."""
        return len(self.state.cells.neighbourhood)

    @cached_property
    def inside(self) -> NDArray[np.bool_]:
        """Whether a cell lies in the city, shape (cells,)."""
        return self.state.cells.neighbourhood >= 0

    @property
    def policing(self) -> Policing:
        """The arrangement of the next watch."""
        return policing_at(self.state, self.numbers, self.watch)
