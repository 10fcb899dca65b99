"""O:delay, in runs: below the critical delay patrol and crime come to rest, above it they swing, drawn as expected.

The linear delay equation stands in ``oracle_delay``. Here it is held against the production rules and plan in
expectation, and these against the production phases as they are drawn, far from the even state too.
"""

import math

import numpy as np

from coproduction.experiments.oracle_delay import (
    ATTEMPTS,
    BEFORE,
    MAP_WEEKS,
    OFFENDERS,
    POSTS,
    WEEKS,
    Loop,
    even_state,
    expect,
    growth,
    growth_in_expectation,
    hopf,
    kicked,
)
from coproduction.experiments.oracle_rows import Row, of_mean
from coproduction.experiments.oracle_two_places import rate_of, share_of_first
from coproduction.simulation.engine import run_core
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.state import Floats, State, copied

ORACLE = "O:delay"
SETTLED = 150
"""Weeks at the end of a run in which swings are looked at."""
NEAR = 1e-5
"""Of a growth: what the third order of the kick, and whole records, may make up."""
FEWER = 0.5 * OFFENDERS / ATTEMPTS
"""Records as drawn for each expected: an offender attempts in half of all watches."""
AT_REST = 0.06
"""Size of what luck alone stirs up, with some 500 records a week in each place."""
NEAR_SIZE, NEAR_LENGTH = 0.1, 0.03
"""Of the size and length of swings: what luck may add in one run."""


def with_kicked_map(loop: Loop, kick: float) -> State:
    """Return the even state with so much more of the first place on the map, relatively."""
    kicks = np.zeros(loop.delay + 2)
    kicks[0] = kick
    return kicked(even_state(loop), loop, BEFORE, kicks)


def swings_in_expectation(loop: Loop, kick: float = 0.1) -> Floats:
    """Return the map's difference between the places by week, (WEEKS,), in expectation, after a kick of the map."""
    state, series = with_kicked_map(loop, kick), np.zeros(WEEKS)
    for place in range(WEEKS):
        expect(state, loop, BEFORE + place)
        series[place] = 2.0 * share_of_first(state) - 1.0
    return series


def drawn_state(loop: Loop, kick: float) -> State:
    """Return the even state with offenders who attempt in half of all watches, and records as few as theirs."""
    state = with_kicked_map(loop, kick)
    state.offenders.rate[:] = rate_of(0.5)
    for records in (state.cells.crime_map, state.cells.late):
        records[:] = records * FEWER
    return state


def swings_as_drawn(loop: Loop, seed: int, kick: float = 0.1) -> Floats:
    """Return the same as the production phases draw it."""
    state, numbers, series = drawn_state(loop, kick), loop.numbers, np.zeros(WEEKS)
    for place in range(WEEKS):
        first = (BEFORE + place) * WATCHES_PER_WEEK
        state = run_core(state, numbers, seed, first, first + WATCHES_PER_WEEK)
        series[place] = 2.0 * share_of_first(state) - 1.0
    return series


def size(series: Floats) -> float:
    """Return the root mean square of the last ``SETTLED`` weeks."""
    return float(np.sqrt(np.mean(series[-SETTLED:] ** 2)))


def length(series: Floats) -> float:
    """Return the weeks of a swing: where the spectrum of the last ``SETTLED`` weeks peaks, between its values."""
    power = np.abs(np.fft.rfft(series[-SETTLED:] * np.hanning(SETTLED))) ** 2
    top = 1 + int(np.argmax(power[1:-1]))
    low, middle, high = np.log(power[top - 1 : top + 2]).tolist()
    return float(SETTLED / (top + 0.5 * (low - high) / (low - 2.0 * middle + high)))


def growth_rows() -> list[Row]:
    """Compare growth of a small difference with the equation's largest root, by delay, also with twice the police."""
    loops = [*(Loop(delay) for delay in (0, 1, 2, 3, 4, 6)), *(Loop(delay, 2 * POSTS) for delay in (0, 1, 3))]
    return [
        Row(
            ORACLE, f"growth a week of a difference, {loop.delay} weeks late, {loop.posts} officers", growth(loop),
            growth_in_expectation(loop), NEAR,
        )
        for loop in loops
    ]  # fmt: skip


def first_that_swings(posts: int) -> int:
    """Return the least delay in whole weeks at which a small difference grows, by the production rules."""
    delay = 0
    while growth_in_expectation(Loop(delay, posts)) < 1.0:
        delay += 1
    return delay


def critical_rows() -> list[Row]:
    """Compare the least whole delay that swings with the next one above the Hopf point."""
    rows = []
    for posts in (POSTS, 2 * POSTS):
        critical, _ = hopf(posts)
        quantity = f"first week past the critical delay of {critical:.3f}, {posts} officers"
        rows.append(Row(ORACLE, quantity, float(math.ceil(critical)), float(first_that_swings(posts)), 0.0))
    return rows


def week_row(runs: int = 60) -> Row:
    """Compare the records of a week as drawn with those expected, where one place has half as much again of patrol."""
    loop, kick, first = Loop(0), 0.2, BEFORE * WATCHES_PER_WEEK
    start, expected = drawn_state(loop, kick), with_kicked_map(loop, kick)
    expect(expected, loop, BEFORE)
    kept = float(start.cells.crime_map[0]) * math.exp(-1.0 / MAP_WEEKS)
    mean = FEWER * float(expected.cells.crime_map[0]) - kept
    ends = (
        run_core(copied(start), loop.numbers, seed, first, first + WATCHES_PER_WEEK) for seed in range(runs)
    )
    records = np.array([float(end.cells.crime_map[0]) - kept for end in ends])
    return of_mean(ORACLE, "records in the week after a kick, drawn", mean, records)


def swing_rows(delay: int, seed: int = 1) -> list[Row]:
    """Compare a drawn run with the expected one: at rest below the critical delay, swings alike above."""
    loop = Loop(delay)
    expected, drawn = swings_in_expectation(loop), swings_as_drawn(loop, seed)
    if growth(loop) < 1.0:
        return [Row(ORACLE, f"size of swings, drawn, {delay} weeks late", 0.0, size(drawn), AT_REST)]
    sizes, lengths = (size(expected), size(drawn)), (length(expected), length(drawn))
    return [
        Row(ORACLE, f"size of swings, drawn, {delay} weeks late", *sizes, NEAR_SIZE * sizes[0]),
        Row(ORACLE, f"weeks of a swing, drawn, {delay} weeks late", *lengths, NEAR_LENGTH * lengths[0]),
    ]


def delay_rows() -> list[Row]:
    """Return the rows of O:delay that take seconds."""
    return [*growth_rows(), *critical_rows(), week_row(), *swing_rows(1), *swing_rows(4)]


def long_delay_rows() -> list[Row]:
    """Return those that take a minute: drawn runs on either side of the critical delay, with other luck."""
    return [row for seed in (2, 3) for delay in (0, 2, 4, 6) for row in swing_rows(delay, seed)]
