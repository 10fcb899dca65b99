"""What comes onto the crime map, when, and for how much."""

from collections.abc import Callable

import numpy as np
import pytest

from coproduction.simulation.city import City
from coproduction.simulation.engine import run_core
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers, Parameters, Policing
from coproduction.simulation.phases.change import plan_patrol
from coproduction.simulation.population import populate
from coproduction.simulation.rules.police import counted_on_map, patrol_importance
from coproduction.simulation.rules.reporting import discovery_probability
from coproduction.simulation.rules.targets import leave_patrol, stops_in
from coproduction.simulation.state import NOBODY, State

WEEK = 21


def numbers_with(levers: Policing, **patrol: float) -> Numbers:
    """Return numbers with some of the patrol's parameters set, under levers that never change."""
    p = Parameters()
    return Numbers(p._replace(patrol=p.patrol._replace(**patrol)), levers, levers, 10**6, 0)


@pytest.fixture
def town(grid_city: Callable[..., City]) -> Callable[[Numbers], State]:
    """Give a function that peoples a small city."""
    return lambda numbers: populate(grid_city(), 300, numbers, 1, 20 * WEEK)


@pytest.mark.parametrize("delay", [0, 1, 3])
def test_records_come_onto_the_map_after_the_delay(town: Callable[[Numbers], State], delay: int) -> None:
    numbers = numbers_with(Policing(), map_delay=float(delay), crime_map_weeks=1e9)
    state, packed = town(numbers), pack_numbers(numbers)
    seen = []
    for week in range(8):
        state.cells.recorded[5] = 10**week
        plan_patrol(pack_state(state), packed, 1, (week + 1) * WEEK - 1)
        seen.append(round(state.cells.crime_map[5]))
    whole = [int("1" * (week + 1)) for week in range(8)]
    assert seen == [0] * delay + whole[: 8 - delay]
    assert state.cells.late.sum() == sum(10**week for week in range(8 - delay, 8))


def test_discoveries_count_by_weight_and_by_how_much_patrol_there_was(
    town: Callable[[Numbers], State],
) -> None:
    """Five records, two of them found by patrol, which stopped there twelve times against a mean of about four."""
    levers = Policing()._replace(discovery_weight=0.5, discovery_correction=0.5)
    numbers = numbers_with(levers, map_delay=0.0, crime_map_weeks=2.0)
    state = town(numbers)
    cells = state.cells
    cells.patrolled[:] = 4.0
    cells.patrolled[7] = 12.0
    usual = cells.patrolled.sum() / (cells.neighbourhood != NOBODY).sum()
    cells.recorded[7], cells.discovered[7] = 5, 2
    plan_patrol(pack_state(state), pack_numbers(numbers), 1, WEEK - 1)
    assert cells.crime_map[7] == pytest.approx(3.0 + 0.5 * 2.0 * (0.5 + 0.5 * usual / 12.0))
    assert cells.patrolled[7] == pytest.approx(12.0 * np.exp(-0.5))
    assert not cells.recorded.any()
    assert not cells.discovered.any()


def test_rules_at_their_limits() -> None:
    assert counted_on_map(3, 4, 0.0, 9.0) == 3.0
    assert counted_on_map(3, 4, 1.0, 1.0) == 7.0
    assert patrol_importance(8.0, 2.0, 0.0) == 1.0
    assert patrol_importance(8.0, 2.0, 1.0) == 0.25
    assert discovery_probability(0.5, 0.5, 2) == pytest.approx(1.0 - 0.75**2)
    assert discovery_probability(1.0, 1.0, 1) == 1.0
    assert discovery_probability(1.0, 1.0, 0) == 0.0


def test_stops_are_those_of_this_watch(town: Callable[[Numbers], State]) -> None:
    cells = town(numbers_with(Policing())).cells
    for watch, stops in ((0, 2), (4, 3)):
        for _ in range(stops):
            leave_patrol(cells, 2, watch, 3.0)
        assert stops_in(cells, 2, watch) == stops
        assert stops_in(cells, 2, watch + 1) == 0
    assert cells.patrolled[2] == 5.0


def test_patrol_discovers_only_what_nobody_told_and_where_it_stopped(
    town: Callable[[Numbers], State],
) -> None:
    p = Parameters()
    lively = tuple(c._replace(recorded_rate=50_000.0, visibility=1.0) for c in p.crimes)
    many = p.population._replace(offender_share=0.2)
    p = p._replace(crimes=lively, population=many, patrol=p.patrol._replace(discovery=1.0, stops=24.0))
    levers = Policing(budget=1500.0, officer_cost=50_000.0)
    numbers, kinds = Numbers(p, levers, levers, 10**6, 0), set()
    state = town(numbers)
    for watch in range(8 * WEEK):
        state = run_core(state, numbers, 1, watch, watch + 1)
        cases = state.cases
        for row in range(int(cases.marks[0]), int(cases.count[0])):
            told = bool(
                cases.victim_reported[row] or cases.witness_reports[row] or cases.volunteer_report[row]
            )
            stopped = stops_in(state.cells, int(cases.cell[row]), watch) > 0
            kinds.add((told, stopped))
            assert bool(cases.discovered[row]) == (stopped and not told)
            assert not cases.discovered[row] or cases.delay[row] == 0
    assert len(kinds) == 4
