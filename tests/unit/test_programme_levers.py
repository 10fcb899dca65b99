"""Programmes move levers where they run, while they run, and never beyond a lever's largest value."""

from collections.abc import Callable

import numpy as np
import pytest

from coproduction.simulation.city import City
from coproduction.simulation.engine import branch, run_core
from coproduction.simulation.parameters import Numbers, Parameters, Policing, Portfolio
from coproduction.simulation.parameters import levers as declared
from coproduction.simulation.parameters.declaration import PATHWAYS
from coproduction.simulation.parameters.levers import DESIGN, FAIRNESS, LEVERS, lever_declarations
from coproduction.simulation.parameters.portfolio import CITY, NO_PROGRAMMES, NONPROFIT, PAYERS
from coproduction.simulation.population import populate
from coproduction.simulation.rules.calendar import WATCHES_PER_YEAR
from coproduction.simulation.state import PROGRAMMES_PAID, State, copied, differences

START, END = 5, 20


def staffed(n: int = 9, **changes: object) -> Portfolio:
    """Return one programme of staff that adds 0.5 to design and 0.9 to fairness, for 1,092 USD a year and 1,000."""
    amounts = np.zeros((1, len(LEVERS)))
    amounts[0, DESIGN], amounts[0, FAIRNESS] = 0.5, 0.9
    cost = np.zeros((1, len(PAYERS)))
    cost[0, CITY], cost[0, NONPROFIT] = 1092.0, 2184.0
    programme = NO_PROGRAMMES._replace(
        start=np.array([START], np.int32), end=np.array([END], np.int32), amounts=amounts, dose=np.ones(1),
        fidelity=np.ones(1), targets=np.ones((1, n), np.int8), hottest=np.zeros(1, np.int32),
        members_wanted=np.zeros(1), members_supported=np.zeros(1), invitation=np.zeros(1), cost=cost,
        member_cost=np.zeros((1, len(PAYERS))), from_budget=np.ones(1, np.int8), adoption=np.ones(1),
        adoption_contracted=np.ones(1),
    )  # fmt: skip
    return programme._replace(**changes)  # type: ignore[arg-type]


def numbers_of(portfolio: Portfolio) -> Numbers:
    return Numbers(Parameters(), Policing(), Policing(), START, 0, portfolio)


@pytest.fixture(scope="module")
def run(grid_city: Callable[..., City]) -> Callable[..., State]:
    """Give a function that runs a town of 900 residents with a portfolio for some watches."""

    def after(portfolio: Portfolio, watches: int) -> State:
        numbers = numbers_of(portfolio)
        return run_core(populate(grid_city(), 900, numbers, 1, 84), numbers, 1, 0, watches)

    return after


def test_every_lever_has_a_column_a_pathway_and_is_0_by_default() -> None:
    rows = lever_declarations()
    assert [row.key for row in rows] == list(LEVERS)
    assert [getattr(declared, row.key.upper()) for row in rows] == list(range(len(LEVERS)))
    assert all(row.default == 0.0 and row.low == 0.0 < row.high for row in rows)
    assert {row.pathway for row in rows} <= set(PATHWAYS) - {"cost"}
    assert NO_PROGRAMMES.most.tolist() == [row.high for row in rows]


def test_a_lever_is_moved_from_the_start_to_the_end(run: Callable[..., State]) -> None:
    assert not run(staffed(), START).neighbourhoods.levers.any()
    running = run(staffed(), START + 1).neighbourhoods.levers
    assert (running[:, DESIGN] == 0.5).all()
    assert (np.delete(running, [DESIGN, FAIRNESS], axis=1) == 0.0).all()
    assert (run(staffed(), END).neighbourhoods.levers[:, DESIGN] == 0.5).all()
    assert not run(staffed(), END + 1).neighbourhoods.levers.any()


def test_dose_and_fidelity_multiply_and_a_lever_has_a_largest_value(run: Callable[..., State]) -> None:
    portfolio = staffed(dose=np.array([2.0]), fidelity=np.array([0.75]))
    levers = run(portfolio, START + 1).neighbourhoods.levers
    assert (levers[:, DESIGN] == 0.5 * 2.0 * 0.75).all()
    assert (levers[:, FAIRNESS] == 1.0).all()


def test_a_programme_works_only_where_it_runs(run: Callable[..., State]) -> None:
    targets = np.zeros((1, 9), np.int8)
    targets[0, [2, 7]] = 1
    state = run(staffed(targets=targets), START + 1)
    assert np.flatnonzero(state.neighbourhoods.levers[:, DESIGN]).tolist() == [2, 7]
    assert np.flatnonzero(state.programmes.spent[0, CITY]).tolist() == [2, 7]


def test_the_hottest_places_are_those_with_most_recorded_crime_a_head(run: Callable[..., State]) -> None:
    start, hottest = 60, np.array([2], np.int32)
    portfolio = staffed(start=np.array([start], np.int32), end=np.array([100], np.int32), hottest=hottest)
    before, state = run(portfolio, start), run(portfolio, start + 1)
    inside = before.cells.neighbourhood
    known = before.cells.crime_map + before.cells.late.sum(axis=0) + before.cells.recorded
    mapped = np.bincount(inside, weights=known, minlength=9)
    expected = np.argsort(-mapped / before.neighbourhoods.residents, kind="stable")[:2]
    assert set(np.flatnonzero(state.programmes.targets[0])) == set(expected)


def test_money_is_booked_by_payer_and_place_and_comes_out_of_the_budget(run: Callable[..., State]) -> None:
    without, state = run(NO_PROGRAMMES, END + 3), run(staffed(), END + 3)
    a_watch = 1092.0 * 0.9 / WATCHES_PER_YEAR
    spent = state.programmes.spent[0].sum(axis=1)
    assert spent[CITY] == pytest.approx(a_watch * (END - START))
    assert spent[NONPROFIT] == pytest.approx(2 * spent[CITY])
    assert state.books.usd[:, PROGRAMMES_PAID].sum() == pytest.approx(spent[CITY])
    assert state.books.usd.sum() == pytest.approx(without.books.usd.sum())


def test_extra_money_leaves_the_budget_as_it_is(run: Callable[..., State]) -> None:
    without = run(NO_PROGRAMMES, END)
    state = run(staffed(from_budget=np.zeros(1, np.int8)), END)
    assert state.books.usd.sum() - without.books.usd.sum() == pytest.approx(
        state.programmes.spent[0, CITY].sum()
    )


def test_with_every_pathway_cut_and_money_extra_nothing_changes_but_the_books(
    run: Callable[..., State],
) -> None:
    cut = staffed(switches=np.zeros(len(LEVERS)), from_budget=np.zeros(1, np.int8))
    one, other = run(cut, 84), run(NO_PROGRAMMES, 84)
    assert set(differences(one._replace(programmes=other.programmes), other)) == {"state.books.usd"}
    assert set(differences(one._replace(programmes=other.programmes, books=other.books), other)) == set()


def test_a_branch_takes_on_programmes(run: Callable[..., State]) -> None:
    burnt_in = run(NO_PROGRAMMES, START)
    numbers = numbers_of(staffed())
    one = run_core(branch(burnt_in, numbers), numbers, 1, START, END)
    assert differences(one, run(staffed(), END)) == []
    assert differences(copied(burnt_in), burnt_in) == []
