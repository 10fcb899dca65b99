"""O:careers: how careers begin and end and how offences are spread over them, by closed forms and production phases."""

import dataclasses

import numpy as np
import pytest

from coproduction.experiments.oracle_careers import (
    COHORT,
    Cohort,
    again_by,
    careers_after,
    careers_rows,
    cohort_of_a_year,
    constant_hazards,
    counts_row,
    share_of_top_tenth,
    top_tenth_of_counts,
    top_tenth_of_rates,
)
from coproduction.simulation.state import ACTIVE, POTENTIAL


@pytest.fixture(scope="module")
def cohort() -> Cohort:
    return cohort_of_a_year(seed=2)


def test_every_row_holds() -> None:
    assert [row.quantity for row in careers_rows() if not row.holds] == []


def test_counts_are_not_poisson_and_not_of_another_shape(cohort: Cohort) -> None:
    """The check would see equal rates, and rates that differ more or less than declared."""
    assert counts_row(cohort).holds
    for shape in (0.5 * cohort.shape, 2.0 * cohort.shape, 1e6):
        assert not counts_row(dataclasses.replace(cohort, shape=shape)).holds


def test_mean_and_variance_are_those_of_the_mixture(cohort: Cohort) -> None:
    assert cohort.count.mean() == pytest.approx(cohort.mean, rel=0.05)
    assert cohort.count.var() == pytest.approx(cohort.mean + cohort.mean**2 / cohort.shape, rel=0.15)


def test_share_of_the_top_tenth_by_hand() -> None:
    assert share_of_top_tenth(np.array([1.0] * 9 + [11.0])) == pytest.approx(0.55)
    # Of exponential rates the highest tenth has 0.1 (1 + ln 10) of the sum.
    assert top_tenth_of_rates(1.0) == pytest.approx(0.1 * (1.0 + np.log(10.0)))
    # With many offences each, counts are as unequal as rates; with equal rates and many offences, hardly at all.
    assert top_tenth_of_counts(0.7, 300.0) == pytest.approx(top_tenth_of_rates(0.7), abs=0.002)
    assert top_tenth_of_counts(1e6, 400.0) == pytest.approx(0.1, abs=0.01)


def test_statuses_part_a_cohort_and_nobody_comes_back() -> None:
    _, stages = careers_after(POTENTIAL, constant_hazards(0.5, 0.5), 26, seed=3)
    assert stages.sum() == COHORT
    assert (stages > 0).all()
    _, ended = careers_after(ACTIVE, constant_hazards(0.5, 0.5), 26, seed=3)
    assert ended[POTENTIAL] == 0


def test_without_hazards_nothing_begins_or_ends() -> None:
    for stage in (POTENTIAL, ACTIVE):
        _, stages = careers_after(stage, constant_hazards(0.0, 0.0), 13, seed=3)
        assert stages[stage] == COHORT


def test_a_hazard_that_does_not_decline_would_be_seen() -> None:
    """Most offend again early: constant rates of the same total would give less at first."""
    early, late = (again_by(4.0, 10.0, 5e-4, weeks * 21) for weeks in (4, 52))
    even = -np.log1p(-late) / (52 * 21)
    assert -np.expm1(-even * 4 * 21) < early - 0.05
