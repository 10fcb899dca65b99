"""The city as the simulation sees it: cells on a grid, neighbourhoods, and what is known of each.

A :class:`City` holds margins only: who lives where is synthesised from it by ``population``. Observed crime
is deliberately no part of it, so that no parameter can be set from what the model is to be checked against.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class City:
    """A rasterised city.

    name                short name, as in the city file
    rows, columns       grid size, cells
    neighbourhood       shape (rows * columns,), index into ``names`` by cell in row-major order, row 0 in the
                        north; -1 where the cell lies outside the city
    names               one label a neighbourhood, in the order of the table
    population_share    shape (n,), share of the city's residents, sums to 1; 0 for a non-residential one
    income              shape (n,), thousand USD of the table's year, mean household income, above 0
    housing_value       shape (n,), thousand USD of the table's year, mean housing value, above 0
    household_size      persons a household, at least 1
    cell_metres         nominal side of a cell, metres; only as good as the city file's word for it
    distances_in_metres True when the source's coordinates are to scale, so that distances may be quoted
    """

    name: str
    rows: int
    columns: int
    neighbourhood: IntArray
    names: tuple[str, ...]
    population_share: FloatArray
    income: FloatArray
    housing_value: FloatArray
    household_size: float
    cell_metres: float
    distances_in_metres: bool

    @property
    def n_cells(self) -> int:
        """Number of cells of the grid, those outside the city included."""
        return self.rows * self.columns

    @property
    def n_neighbourhoods(self) -> int:
        """Number of neighbourhoods, residential or not."""
        return len(self.names)
