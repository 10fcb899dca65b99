"""The quick parts of set-up, each against the plain way to say the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coproduction.simulation.population.blocks import BLOCK, blocks, by_blocks, draws
from coproduction.simulation.population.listing import by_group
from coproduction.simulation.population.ranking import highest
from coproduction.simulation.population.tie_rows import rows_of
from coproduction.simulation.state import NOBODY


@pytest.mark.parametrize("n", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_blocks_hold_everybody_once(n: int) -> None:
    assert [resident for part in blocks(n) for resident in range(n)[part]] == list(range(n))


def test_draws_by_blocks_are_the_draws_as_a_whole() -> None:
    n = 2 * BLOCK + 7
    whole = np.random.default_rng(3).random(n)
    random = np.random.default_rng(3)
    assert (np.concatenate([u for _, u in draws(n, random)]) == whole).all()
    assert (by_blocks(n, lambda part: 2.0 * whole[part]) == 2.0 * whole).all()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.data())
def test_the_highest_are_the_first_of_a_stable_sort(values: list[int], data: st.DataObject) -> None:
    count = data.draw(st.integers(0, len(values)))
    numbers = np.array(values, np.float64)
    expected = np.zeros(len(values), bool)
    expected[np.argsort(-numbers, kind="stable")[:count]] = True
    assert (highest(numbers, count) == expected).all()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=1, max_size=40), st.randoms(use_true_random=False))
def test_groups_hold_their_members_in_the_given_order(group: list[int], random: object) -> None:
    order = list(range(len(group)))
    random.shuffle(order)  # type: ignore[attr-defined]
    start, listed = by_group(np.array(group, np.int32), np.array(order, np.int32), 7)
    for one in range(7):
        assert listed[start[one] : start[one + 1]].tolist() == [r for r in order if group[r] == one]


@settings(max_examples=200, deadline=None)
@given(st.integers(2, 12), st.integers(0, 4), st.integers(0, 30), st.integers(0, 2**32))
def test_rows_hold_every_tie_from_both_ends_and_none_twice(
    n: int, rounds: int, pairs: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    bonds = random.integers(0, n, (rounds, n)).astype(np.int32)
    bonds[(bonds == np.arange(n)) | (random.random((rounds, n)) < 0.3)] = NOBODY
    bridges = random.integers(0, n, (2, pairs)).astype(np.int32)
    bonding = {(one, int(other)) for line in bonds for one, other in enumerate(line) if other != NOBODY}
    bonding |= {(b, a) for a, b in bonding}
    bridging = {
        (int(a), int(b)) for one, other in bridges.T for a, b in ((one, other), (other, one)) if a != b
    }
    rows = rows_of(bonds, bridges)
    assert rows.partner.dtype == np.int32
    assert len(rows.partner) == rows.start[-1]
    for one in range(n):
        start, middle, end = rows.start[one], rows.bonding_end[one], rows.start[one + 1]
        assert rows.partner[start:middle].tolist() == sorted(b for a, b in bonding if a == one)
        assert rows.partner[middle:end].tolist() == sorted(b for a, b in bridging - bonding if a == one)
