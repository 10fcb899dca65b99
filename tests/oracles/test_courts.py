"""O:courts, O:custody. Fates are products of declared probabilities; custody is an alternating renewal process."""

import pytest

from coproduction.experiments.oracle_justice import (
    court_parameters,
    court_rows,
    custody_rows,
    expected_custody,
    expected_fates,
    fates,
)
from coproduction.experiments.oracle_rows import of_share
from coproduction.simulation.state import Fate


@pytest.mark.parametrize("seed", [1, 2])
def test_fates_are_products_of_probabilities(seed: int) -> None:
    assert [row for row in court_rows(seed) if not row.holds] == []


@pytest.mark.parametrize("called", [1, 2])
def test_the_probabilities_of_all_fates_sum_to_one(called: int) -> None:
    assert sum(expected_fates(court_parameters(), called).values()) == pytest.approx(1.0)


def test_one_witness_more_is_seen() -> None:
    fate, seen = fates(1)
    alone = fate[~seen]
    counted = int((alone == Fate.WITHDRAWN).sum()), len(alone)
    wrong = expected_fates(court_parameters(), 2)[Fate.WITHDRAWN]
    assert not of_share("O:courts", "withdrawn", wrong, counted).holds


@pytest.mark.parametrize(("weeks", "rate"), [(4.0, 0.003), (20.0, 0.001), (1.0, 0.02)])
def test_share_in_custody_is_that_of_alternating_renewal(weeks: float, rate: float) -> None:
    exact, by_rule = custody_rows(2, weeks, rate)
    assert exact.holds, exact
    assert by_rule.measured > by_rule.predicted, "sentences that run together are counted one by one"
    assert by_rule.measured == pytest.approx(by_rule.predicted, rel=0.15)


def test_share_in_custody_by_hand() -> None:
    """Arrested in every watch, for sentences of one week: a week free, a week of remand, a week of prison."""
    assert expected_custody(1.0, 1e-3) == pytest.approx(2.0 / 3.0)
