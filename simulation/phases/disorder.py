"""Phase 12, streets: what the month's offences leave to be seen, and what is cleared of it."""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import UPKEEP
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH
from coproduction.simulation.rules.disorder import disorder_seen, left_to_see
from coproduction.simulation.state import State


@kernel
def tidy(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 12, monthly. Counts the month's offences by neighbourhood, lays down their traces, clears some.

    Writes offences by neighbourhood and disorder by cell.
    """
    cases, cells, places = state.cases, state.cells, state.neighbourhoods
    for row in range(cases.count[0] - 1, -1, -1):  # the month's offences, newest first
        if cases.watch[row] <= watch - WATCHES_PER_MONTH:
            break
        cell = cases.cell[row]
        places.offences[cells.neighbourhood[cell]] += 1
        cells.disorder[cell] += numbers.parameters.crimes[cases.crime[row]].traces
    for n in range(len(places.residents)):
        left = left_in(state, numbers, n)
        for at in range(places.cell_start[n], places.cell_start[n + 1]):
            cells.disorder[places.cell[at]] *= left


@rule
def left_in(state: State, numbers: Numbers, n: int) -> float:
    """Return the share of traces that four weeks leave in a neighbourhood."""
    p, places = numbers.parameters.disorder, state.neighbourhoods
    return left_to_see(p.weeks, p.care * places.efficacy[n], places.levers[n, UPKEEP])


@rule
def seen_from(state: State, cell: int) -> float:
    """Return how disordered a cell looks to those who live there, 0 to 1."""
    return disorder_seen(state.cells.disorder[cell], state.rates.disorder[0])
