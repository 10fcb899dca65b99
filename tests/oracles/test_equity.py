"""O:equity. Indices of inequality have exact values on vectors made by hand, and Theil's T adds up."""

import math
from typing import Any

import numpy as np
import pytest

from coproduction.experiments.equity import (
    concentration_index,
    gini,
    poorest_to_richest,
    theil,
    theil_decomposition,
    worst_off,
)
from coproduction.simulation.errors import DesignError

EXACT = 1e-14


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([3.0], 0.0),
        ([2.0, 2.0, 2.0], 0.0),
        ([0.0, 1.0], 1 / 2),
        ([0.0, 0.0, 0.0, 8.0], 3 / 4),  # one of n has everything: (n - 1) / n
        ([1.0, 2.0, 3.0], 2 / 9),  # sum of |differences| 8, over 2 n^2 mean = 36
        ([1.0, 2.0, 3.0, 4.0, 5.0], 4 / 15),
        ([5.0, 1.0, 4.0, 2.0, 3.0], 4 / 15),
        ([10.0, 20.0, 30.0], 2 / 9),
        ([0.0, 0.0], 0.0),
    ],
)
def test_gini(values: list[float], expected: float) -> None:
    assert gini(values) == pytest.approx(expected, abs=EXACT)


def test_gini_equals_the_mean_absolute_difference_over_twice_the_mean() -> None:
    values = np.random.default_rng(1).gamma(2.0, size=200)
    pairs = np.abs(values[:, None] - values[None, :]).mean()
    assert gini(values) == pytest.approx(pairs / (2 * values.mean()), abs=1e-12)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([4.0, 4.0], 0.0),
        ([0.0, 1.0], math.log(2)),  # one of n has everything: ln n
        ([0.0, 0.0, 0.0, 8.0], math.log(4)),
        ([1.0, 3.0], (0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2),
        ([0.0, 0.0, 0.0], 0.0),
    ],
)
def test_theil(values: list[float], expected: float) -> None:
    assert theil(values) == pytest.approx(expected, abs=EXACT)


def test_theil_within_and_between_by_hand() -> None:
    # Group a has 1 and 3 (mean 2), group b has 6 and 6 (mean 6); the mean of all is 4.
    parts = theil_decomposition([1.0, 3.0, 6.0, 6.0], ["a", "a", "b", "b"])
    inside_a = (0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2
    assert parts.within == pytest.approx(4 / 16 * inside_a, abs=EXACT)
    assert parts.between == pytest.approx((0.5 * math.log(0.5) + 1.5 * math.log(1.5)) / 2, abs=EXACT)
    assert parts.within + parts.between == pytest.approx(parts.total, abs=EXACT)
    assert parts.total == pytest.approx(theil([1.0, 3.0, 6.0, 6.0]), abs=EXACT)


def test_theil_with_groups_of_equals_is_all_between_and_with_one_group_all_within() -> None:
    equal = theil_decomposition([2.0, 2.0, 6.0], ["a", "a", "b"])
    assert equal.within == 0.0
    assert equal.between == pytest.approx(equal.total, abs=EXACT)
    single = theil_decomposition([2.0, 2.0, 6.0], ["a", "a", "a"])
    assert single.between == 0.0
    assert single.within == pytest.approx(single.total, abs=EXACT)


def test_theil_decomposition_of_nothing_at_all_is_zero() -> None:
    parts = theil_decomposition([0.0, 0.0], ["a", "b"])
    assert (parts.total, parts.within, parts.between) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("values", "rank", "expected"),
    [
        ([1.0, 2.0, 3.0], [1, 2, 3], 2 / 9),  # ranked by itself: Gini
        ([3.0, 2.0, 1.0], [1, 2, 3], -2 / 9),
        ([4.0, 0.0, 0.0, 0.0], [1, 2, 3, 4], -3 / 4),
        ([5.0, 5.0, 5.0], [3, 1, 2], 0.0),
        ([1.0, 9.0], [7, 7], 0.0),  # equal ranks: nobody is poorer
        ([0.0, 0.0], [1, 2], 0.0),
    ],
)
def test_concentration_index(values: list[float], rank: list[int], expected: float) -> None:
    assert concentration_index(values, rank) == pytest.approx(expected, abs=EXACT)


def test_weights_count_people_as_if_each_stood_in_the_list() -> None:
    values, people, income = [1.0, 4.0, 2.0], [3, 1, 2], [10.0, 30.0, 20.0]
    spread = np.repeat(values, people)
    assert gini(values, people) == pytest.approx(gini(spread), abs=EXACT)
    assert theil(values, people) == pytest.approx(theil(spread), abs=EXACT)
    assert concentration_index(values, income, people) == pytest.approx(
        concentration_index(spread, np.repeat(income, people)), abs=EXACT
    )
    groups = ["a", "b", "a"]
    weighted = theil_decomposition(values, groups, people)
    listed = theil_decomposition(spread, [str(g) for g in np.repeat(groups, people)])
    assert weighted.between == pytest.approx(listed.between, abs=EXACT)
    assert weighted.within == pytest.approx(listed.within, abs=EXACT)


def test_poorest_to_richest() -> None:
    assert poorest_to_richest([6.0, 5.0, 4.0, 3.0, 2.0]) == 3.0
    assert poorest_to_richest([0.0, 1.0]) == 0.0
    assert poorest_to_richest([0.0, 0.0]) == 1.0
    assert poorest_to_richest([2.0, 0.0]) == math.inf


def test_worst_off_looks_at_the_right_end_and_past_the_unknown() -> None:
    names = ["north", "south", "lake", "east"]
    assert worst_off(names, [3.0, 9.0, math.nan, 9.0]) == ("south", 9.0)
    assert worst_off(names, [0.5, 0.4, math.nan, 0.2], better="higher") == ("east", 0.2)


@pytest.mark.parametrize("index", [gini, theil])
@pytest.mark.parametrize(
    ("values", "weights", "said"),
    [
        ([1.0, -1.0], None, "zero or more; got -1.0"),
        ([1.0, math.nan], None, "finite"),
        ([1.0, math.inf], None, "finite"),
        ([], None, "not empty"),
        ([1.0, 2.0], [1.0], "one length"),
        ([1.0, 2.0], [0.0, 0.0], "above zero"),
        ([1.0, 2.0], [1.0, -1.0], "zero or more"),
    ],
)
def test_what_has_no_index_is_refused(index: Any, values: Any, weights: Any, said: str) -> None:
    with pytest.raises(DesignError, match=said):
        index(values, weights)


def test_wrong_ranks_labels_and_directions_are_refused() -> None:
    with pytest.raises(DesignError, match="rank_by must be 2 finite numbers"):
        concentration_index([1.0, 2.0], [1.0, math.nan])
    with pytest.raises(DesignError, match="one label for each of the 2 values; got 1"):
        theil_decomposition([1.0, 2.0], ["a"])
    with pytest.raises(DesignError, match="better must be 'lower' or 'higher'; got 'worse'"):
        worst_off(["a"], [1.0], better="worse")
    with pytest.raises(DesignError, match="not all nan"):
        worst_off(["a"], [math.nan])
