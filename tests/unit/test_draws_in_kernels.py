"""Draws inside kernels against the same draws in plain Python, in the ways in which kernels draw.

The compiler behind numba once drew wrongly where all arguments but the entity stood in a kernel as numbers. No kernel
has that, and none may draw otherwise than Python does.
"""

import numpy as np
import pytest

from coproduction.simulation._compiled import kernel
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import BLOCK, draw_rows, line_up, uniform
from coproduction.simulation.state import Floats, Ints

SEEDS = (0, 1, 123_456_789_123_456_789, 2**63 - 1)
FIRST = 4_000_000
"""Entities beyond what 16 or 22 bits hold."""


@kernel
def drawn_one_by_one(u: Floats, first: int, seed: int, watch: int) -> None:
    """Draw as phases do: the decision by name, with a partner, with none, and with a number for one."""
    for place in range(u.shape[1]):
        u[0, place] = uniform(seed, Decision.ATTEMPT, first + place, watch)
        u[1, place] = uniform(seed, Decision.PROTECT, first + place, watch, place % 5)
        u[2, place] = uniform(seed, Decision.STOPPED, first + place, watch, 1)
        u[3, place] = uniform(seed, Decision.MEDIA, 0, watch + place)


@kernel
def drawn_in_rows(u: Floats, first: int, seed: int, watch: int) -> None:
    """Draw in blocks, the last one shorter, for entities in order and for partners of one entity."""
    who = np.empty(BLOCK, np.int32), np.zeros(BLOCK, np.int32)
    n = u.shape[1]
    for place in range(0, n, BLOCK):
        size = line_up(who[0], first + place, first + n)
        draw_rows(u[0, place : place + size], seed, Decision.ATTEMPT, (who[0][:size], who[1][:size]), watch)
    same, partners = np.full(n, first, np.int32), np.arange(n).astype(np.int32)
    draw_rows(u[1], seed, Decision.PATROL_CELL, (same, partners), watch)


@pytest.mark.parametrize("seed", SEEDS)
def test_kernels_draw_what_python_draws(seed: int) -> None:
    u, watch = np.empty((4, 100)), 1091
    drawn_one_by_one(u, FIRST, seed, watch)
    for place in range(100):
        assert u[0, place] == uniform(seed, Decision.ATTEMPT, FIRST + place, watch)
        assert u[1, place] == uniform(seed, Decision.PROTECT, FIRST + place, watch, place % 5)
        assert u[2, place] == uniform(seed, Decision.STOPPED, FIRST + place, watch, 1)
        assert u[3, place] == uniform(seed, Decision.MEDIA, 0, watch + place)


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_are_drawn_as_one_by_one(seed: int) -> None:
    n = BLOCK + 77
    u, watch = np.empty((2, n)), 1091
    drawn_in_rows(u, FIRST, seed, watch)
    for place in range(n):
        assert u[0, place] == uniform(seed, Decision.ATTEMPT, FIRST + place, watch)
        assert u[1, place] == uniform(seed, Decision.PATROL_CELL, FIRST, watch, place)


def test_rows_in_python_are_those_of_kernels() -> None:
    entities: Ints = np.array([0, 7, FIRST, 2**31 - 1], np.int32)
    partners, row = np.array([0, 3, 23, 10_000], np.int32), np.empty(4)
    draw_rows(row, 9, Decision.AWAY, (entities, partners), 5)
    pairs = zip(entities.tolist(), partners.tolist(), strict=True)
    assert row.tolist() == [uniform(9, Decision.AWAY, entity, 5, partner) for entity, partner in pairs]
