"""O:allocation and O:delay through the production phases, and that another rule would be seen."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats
from scipy.optimize import brentq

from coproduction.experiments import oracle_delay
from coproduction.experiments.oracle_allocation import (
    EQUAL,
    UNEQUAL,
    reported_rows,
    urn,
    where_it_settles,
)
from coproduction.experiments.oracle_delay import POSTS, Loop, growth, growth_in_expectation, hopf
from coproduction.experiments.oracle_rows import Row
from coproduction.experiments.oracle_swings import NEAR, swing_rows

RowsOf = Callable[[str, str, int], list[Row]]
TRUE = UNEQUAL[0] / sum(UNEQUAL)


@pytest.mark.parametrize("rates", [EQUAL, UNEQUAL])
def test_patrol_by_what_it_found_is_an_urn(rates: tuple[float, float], rows_of: RowsOf) -> None:
    for row in rows_of("O:allocation", f"discovered at {rates[0]:g} and {rates[1]:g}", 4):
        assert row.holds, row


def test_the_urn_by_counting() -> None:
    """With an incident at every visit the first week's five are binomial, by even shares."""
    share, chance = urn((1.0, 1.0), 1)
    np.testing.assert_allclose(np.diag(np.fliplr(chance)), stats.binom.pmf(np.arange(6), 5, 0.5), atol=1e-15)
    assert share[2, 3] == 3 / 7


def test_the_urn_spreads_to_a_uniform_share() -> None:
    """From one ball each and five visits a week the squared distance tends to 1/12 from below, or near it."""
    spread = [
        float(((share - 0.5) ** 2 * chance).sum()) for share, chance in (urn(EQUAL, w) for w in (5, 20, 80))
    ]
    assert spread == sorted(spread)
    assert 0.06 < spread[-1] < 1 / 12


def test_patrol_by_what_was_reported_settles_at_the_true_ratio(rows_of: RowsOf) -> None:
    for row in rows_of("O:allocation", ", reported", 3):
        assert row.holds, row


def test_the_urn_would_be_told_from_reports() -> None:
    share, chance = urn(UNEQUAL, 60)
    for row in reported_rows(runs=50)[:1]:
        assert abs(float((share * chance).sum()) - row.measured) > 10.0 * row.tolerance


def test_importance_weights_settle_near_the_true_ratio_and_discoveries_as_found_do_not(
    rows_of: RowsOf,
) -> None:
    (corrected,), (found,) = (
        rows_of("O:allocation", words, 1) for words in (", corrected, ", ", as found, ")
    )
    for row in (corrected, found):
        assert row.holds, row
    assert abs(where_it_settles(1.0) - TRUE) < 0.003
    assert abs(found.measured - TRUE) > 5.0 * found.tolerance


def test_small_differences_grow_as_the_delay_equation_says(rows_of: RowsOf) -> None:
    growth, critical = ("growth a week of a difference", 9), ("first week past the critical delay", 2)
    for row in [*rows_of("O:delay", *growth), *rows_of("O:delay", *critical)]:
        assert row.holds, row


def test_another_delay_would_be_seen() -> None:
    assert abs(growth(Loop(3)) - growth_in_expectation(Loop(2))) > 1000.0 * NEAR


def test_at_the_critical_delay_a_difference_neither_grows_nor_fades(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a stop prevents is chosen so that the critical delay is whole; the largest root is then on the circle."""

    def excess(patrol: float) -> float:
        monkeypatch.setattr(oracle_delay, "PATROL", patrol)
        return hopf(POSTS)[0] - 2.0

    brentq(excess, 0.007, 0.012, xtol=1e-15)
    assert growth(Loop(2)) == pytest.approx(1.0, abs=1e-9)
    assert growth_in_expectation(Loop(2)) == pytest.approx(1.0, abs=NEAR)


def test_a_shorter_delay_stabilises_more_than_more_police() -> None:
    late, more_police, earlier = Loop(3), Loop(3, 2 * POSTS), Loop(1)
    assert growth_in_expectation(late) > 1.0
    assert growth_in_expectation(more_police) > growth_in_expectation(late)
    assert growth_in_expectation(earlier) < 1.0


def test_the_week_as_drawn_is_the_week_expected(rows_of: RowsOf) -> None:
    (row,) = rows_of("O:delay", "records in the week after a kick, drawn", 1)
    assert row.holds, row


@pytest.mark.parametrize(("delay", "measured"), [(1, 1), (4, 2)])
def test_drawn_patrol_rests_below_the_critical_delay_and_swings_above(
    delay: int, measured: int, rows_of: RowsOf
) -> None:
    """At rest there is a size of swings alone, above a length too."""
    for row in rows_of("O:delay", f", drawn, {delay} weeks late", measured):
        assert row.holds, row


@pytest.mark.nightly
@pytest.mark.parametrize("delay", [2, 6])
def test_drawn_patrol_rests_and_swings_alike_nearer_to_the_critical_delay_and_far_above(delay: int) -> None:
    for row in swing_rows(delay):
        assert row.holds, row
