"""Phase 6, boost: what recent offences add to the attractiveness of a place, as it spreads to neighbours and fades."""

import numpy as np

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.rules.attractiveness import boosted, decayed_boost, spread_boost
from coproduction.simulation.state import NOBODY, Cells, Counts, Floats, State

KEPT, FIRST = 3, 2
"""Rows of the grid that are kept while others follow: the last two by turns, and in the third place the first."""


@kernel
def spread(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 6, boost. Lets it spread and decay and adds this watch's offences; writes boost, clears offences.

    Row by row of the grid: a row is written once the row behind it has had its share, the first and the last at the
    end, since they may be neighbours. So what neighbours exchanged stays close by, and is never the size of a city.
    """
    cells, types = state.cells, len(state.cells.boost)
    rows, columns = int(state.rates.grid[0]), int(state.rates.grid[1])
    spans, exchanged = spans_of(cells, rows, columns), np.empty((types, KEPT, columns))
    for row in range(rows):
        for crime in range(types):
            share = numbers.parameters.offending.boost_spread
            exchange(state, crime, (row, spans[row, 0], spans[row, 1]), share, exchanged[crime, kept_at(row)])
            if row > 1:
                decay(
                    cells,
                    numbers,
                    crime,
                    (spans[row - 1, 0], spans[row - 1, 1]),
                    exchanged[crime, kept_at(row - 1)],
                )
    for row in range(0, rows, max(rows - 1, 1)):
        for crime in range(types):
            decay(cells, numbers, crime, (spans[row, 0], spans[row, 1]), exchanged[crime, kept_at(row)])
    add_offences(state, numbers)


@rule
def kept_at(row: int) -> int:
    """Return the place among the rows that are kept."""
    return FIRST if row == 0 else row % FIRST


@rule
def spans_of(cells: Cells, rows: int, columns: int) -> Counts:
    """Return the first cell of the city in each row of the grid and the one after the last, shape (rows, 2)."""
    spans = np.empty((rows, 2), np.int64)
    for row in range(rows):
        first, end = row * columns, (row + 1) * columns
        while first < end and cells.neighbourhood[first] == NOBODY:
            first += 1
        while first < end and cells.neighbourhood[end - 1] == NOBODY:
            end -= 1
        spans[row, 0], spans[row, 1] = first, end
    return spans


@rule
def exchange(state: State, crime: int, where: tuple[int, int, int], share: float, exchanged: Floats) -> None:
    """Write what boosts in a row of the grid are after exchange of a share with neighbours, from the span's first on.

    Away from the edges all four neighbours are on the grid, and those outside the city add nothing.

    where  row, its first cell and the one after its last
    """
    (row, first, end), cells = where, state.cells
    rows, columns = int(state.rates.grid[0]), int(state.rates.grid[1])
    if row in (0, rows - 1) or end - first < 3:
        for cell in range(first, end):
            exchanged[cell - first] = exchanged_by_list(cells, crime, cell, share)
        return
    exchanged[0] = exchanged_by_list(cells, crime, first, share)
    exchanged[end - 1 - first] = exchanged_by_list(cells, crime, end - 1, share)
    boost, n_neighbours = cells.boost[crime], cells.n_neighbours[first:end]
    here, north, south = (
        boost[first:end], boost[first - columns : end], boost[first + columns : end + columns],
    )  # fmt: skip
    for place in range(
        1, len(here) - 1
    ):  # slices, since only of these the compiler takes several cells at once
        total = here[place + 1] + here[place - 1] + south[place] + north[place]
        exchanged[place] = spread_boost(here[place], total, n_neighbours[place], share)


@rule
def exchanged_by_list(cells: Cells, crime: int, cell: int, share: float) -> float:
    """Return the same for one cell by the list of its neighbours: at an edge, or where edges are joined."""
    boost, total = cells.boost[crime], 0.0
    for n in range(cells.n_neighbours[cell]):
        total += boost[cells.neighbours[cell, n]]
    return spread_boost(boost[cell], total, cells.n_neighbours[cell], share)


@rule
def decay(cells: Cells, numbers: Numbers, crime: int, span: tuple[int, int], exchanged: Floats) -> None:
    """Write boosts of cells in a span as they are after exchange and decay."""
    p, boost = numbers.parameters, cells.boost[crime][span[0] : span[1]]
    for cell in range(len(boost)):
        boost[cell] = decayed_boost(exchanged[cell], p.offending.boost_decay, p.setting.step_days)


@rule
def add_offences(state: State, numbers: Numbers) -> None:
    """Add what this watch's offences leave behind, case by case: where there was none, nothing is added."""
    cells, cases, p = state.cells, state.cases, numbers.parameters
    for case in range(cases.marks[0], cases.count[0]):
        crime, cell = cases.crime[case], cases.cell[case]
        gained = p.crimes[crime].boost * p.setting.fixed_attraction
        cells.boost[crime, cell] = boosted(cells.boost[crime, cell], cells.offences[crime, cell], gained)
        cells.offences[crime, cell] = 0
