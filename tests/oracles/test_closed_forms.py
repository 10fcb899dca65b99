"""Closed forms of offending, patrol, calls, budget, volunteering and memory, run by the whole schedule."""

import math

import numpy as np
import pytest

from coproduction.experiments.oracle_offending import (
    attempts_row,
    mix_row,
    planned_attempts_row,
    year_without_guardians,
)
from coproduction.experiments.oracle_patrol import unvisited, visit_rows
from coproduction.experiments.oracle_rows import Row, of_dispersion, of_mean, of_share
from coproduction.experiments.oracle_supply import (
    budget_rows,
    call_rows,
    relaxation_rows,
    residual_patrol_row,
    spending,
    staying_row,
    stops_row,
    volunteer_rows,
)
from coproduction.experiments.oracles import printable


def wrong(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row.holds]


def test_rates_sum_to_the_attempts_that_recorded_crime_implies() -> None:
    assert wrong([planned_attempts_row(seed) for seed in range(1, 4)]) == []


@pytest.mark.parametrize("seed", [3, 4])
def test_attempts_rhythm_and_types_are_as_declared(seed: int) -> None:
    year = year_without_guardians(seed)
    assert wrong([attempts_row(year), mix_row(year)]) == []


def test_rhythm_is_told_from_another() -> None:
    """Exchanging night and evening is seen."""
    year = year_without_guardians(3)
    expected, counted = year.expected_offences()[::-1].ravel(), year.counted_offences().ravel()
    assert not of_dispersion("", "", expected, counted).holds


def test_cells_are_visited_as_by_random_patrol() -> None:
    assert wrong([*visit_rows(), stops_row()]) == []


def test_unvisited_cells_by_counting_all_cases() -> None:
    """Three stops on three cells: of 27 ways, 6 miss none, 18 miss one, 3 miss two."""
    mean, variance = unvisited(3, 3)
    assert mean == pytest.approx((18 * 1 + 3 * 2) / 27)
    assert variance == pytest.approx((18 * 1 + 3 * 4) / 27 - mean**2)


def test_patrol_fades_at_its_declared_rate() -> None:
    row = residual_patrol_row()
    assert row.holds, row


def test_calls_come_and_take_as_long_as_declared() -> None:
    assert wrong(call_rows(seed=1)) == []


def test_spending_equals_the_budget() -> None:
    assert wrong(budget_rows()) == []


def test_what_recruits_cost_comes_out_of_the_same_budget() -> None:
    paid, owed, budget = spending(seed=2)
    assert owed > 0.0, "recruits cost nothing, so nothing was tested"
    assert np.abs(paid - budget).max() <= 1e-9 * budget
    assert owed <= 0.5 * budget


def test_volunteers_give_the_declared_hours_and_stay_as_declared() -> None:
    assert wrong([*volunteer_rows(seed=2), staying_row(3, leaving=0.15, months=6)]) == []


def test_feelings_relax_geometrically() -> None:
    assert wrong(relaxation_rows()) == []


def test_a_row_holds_within_its_tolerance_only() -> None:
    assert Row("o", "q", 1.0, 1.1, 0.11).holds
    assert not Row("o", "q", 1.0, 1.12, 0.11).holds
    assert not Row("o", "q", 1.0, math.nan, 0.11).holds


def test_rows_of_samples_take_four_standard_errors() -> None:
    assert of_share("o", "q", 0.5, (50, 100)).tolerance == pytest.approx(4.0 * 0.05)
    spread = np.array([1.0, -1.0, 1.0, -1.0])
    assert of_mean("o", "q", 0.0, spread).tolerance == pytest.approx(4.0 * math.sqrt(1 / 3))
    even = of_dispersion("o", "q", np.full(100, 25.0), np.full(100, 25))
    assert (even.predicted, even.measured) == (100.0, 0.0)
    assert not even.holds, "counts without any scatter are not Poisson"


@pytest.mark.slow
def test_the_whole_table_holds_and_names_every_oracle(table: list[Row]) -> None:
    assert wrong(table) == []
    oracles = {row.oracle for row in table}
    assert {"O:short", "O:random", "O:reporting", "O:patrol", "O:equity", "O:budget"} <= oracles
    assert {"O:custody", "O:courts", "O:careers", "O:allocation", "O:delay", "O:intervention"} <= oracles
    text = printable([*table, Row("O:none", "no", 0.0, 1.0, 0.5)]).splitlines()
    assert len(text) == len(table) + 2
    assert text[-1].endswith("FAILS")
    assert text[1].endswith("holds")
