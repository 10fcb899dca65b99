"""Inequality indices: bounds, scale, replication of the population, and adding up, for any values."""

import math
from random import Random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from coproduction.experiments.equity import concentration_index, gini, theil, theil_decomposition

amounts = st.lists(st.floats(0, 1e6).map(lambda x: round(x, 6)), min_size=1, max_size=40)


@given(amounts)
def test_bounds(values: list[float]) -> None:
    n = len(values)
    assert -1e-12 <= gini(values) <= (n - 1) / n + 1e-12
    assert 0 <= theil(values) <= math.log(n) + 1e-12


@given(amounts, st.floats(0.01, 100), st.integers(2, 4))
def test_neither_the_unit_nor_copies_of_everybody_matter(
    values: list[float], unit: float, copies: int
) -> None:
    for index in (gini, theil):
        assert math.isclose(index(np.array(values) * unit), index(values), abs_tol=1e-9)
        assert math.isclose(index(values * copies), index(values), abs_tol=1e-9)


@given(amounts, st.randoms(use_true_random=False))
def test_within_and_between_add_up_for_any_groups(values: list[float], random: Random) -> None:
    parts = theil_decomposition(values, [random.choice("abc") for _ in values])
    assert math.isclose(parts.within + parts.between, parts.total, abs_tol=1e-9)
    assert parts.within >= 0
    assert parts.between >= 0


@given(amounts)
def test_concentration_lies_within_gini_and_turns_with_the_ranks(values: list[float]) -> None:
    rank = np.arange(len(values), dtype=float)
    index = concentration_index(values, rank)
    assert abs(index) <= gini(values) + 1e-9
    assert math.isclose(concentration_index(values, -rank), -index, abs_tol=1e-9)
