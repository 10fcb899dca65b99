"""O:delay. Patrol that follows crime data which are late, and crime that gives way to patrol: past a delay it swings.

Two places, patrol by their shares of the crime map. Near the even state let m be by how much, relatively, the map has
more of the first. In the week after, patrol is there by so much more, and crime by a m less; b m is the part that comes
a week later still, since patrol is felt for a while. The map takes in the records of tau weeks ago and keeps f of what
it had:

    m' = f m - (1 - f) (a m of tau weeks ago + b m of tau + 1 weeks ago)

a linear delay equation with the roots of z^tau (z^2 - f z) + (1 - f)(a z + b). It settles while all lie within the unit
circle. Where a pair first crosses it (a Hopf point, in discrete time Neimark and Sacker's), z = exp(i theta) gives
theta from the moduli and the critical delay from the arguments. The gain a + b is the log of what patrol keeps down:
more police raise it.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from coproduction.experiments.oracle_city import Tables
from coproduction.experiments.oracle_two_places import (
    BY_MAP,
    CRIME,
    follow_shares,
    mapped_patrol,
    reported_with,
    share_of_first,
    two_places,
)
from coproduction.simulation.expected_patrol import expected_week
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK, on_rota
from coproduction.simulation.state import MOST_STOPS, Floats, State, copied

RESIDENTS, OFFENDERS = 1300, 300
"""In all; in each place."""
POSTS = 42
"""A multiple of 21: the rota then has as many officers on duty in every watch."""
PATROL, PATROL_MEMORY, MAP_WEEKS = 0.009, 1.0, 2.0
ATTEMPTS = 5e7
KICK = 1e-3
BEFORE, WEEKS = 60, 300
"""Weeks that make the even state, and that are run from it."""


@dataclass(frozen=True, slots=True)
class Loop:
    """The closed loop at a delay in weeks and with so many officers' posts."""

    delay: int
    posts: int = POSTS

    @property
    def stops(self) -> Floats:
        """Stops in each watch of the week, all made, shape (21,)."""
        on_duty = [
            [on_rota(post, watch, 5.0) for post in range(self.posts)] for watch in range(WATCHES_PER_WEEK)
        ]
        return MOST_STOPS * np.array(on_duty).sum(axis=1).astype(np.float64)

    @property
    def numbers(self) -> Numbers:
        """What the production phases read."""
        tables: Tables = {
            "guardianship": {"patrol": PATROL, "patrol_memory": PATROL_MEMORY},
            "patrol": {
                "stops": float(MOST_STOPS), "discovery": 0.0, "map_delay": float(self.delay),
                "crime_map_weeks": MAP_WEEKS,
            },
        }  # fmt: skip
        return mapped_patrol(RESIDENTS, self.posts, BY_MAP, reported_with(1.0), tables)


def gains(loop: Loop) -> tuple[float, float]:
    """Return a and b: how much crime falls, relatively, with patrol by the last plan and by the one before.

    Patrol felt in a watch is the sum of all stops so far, fading; crime of a watch weighs by what patrol leaves of it.
    """
    fading = math.exp(-1.0 / PATROL_MEMORY)
    age = np.subtract.outer(np.arange(WATCHES_PER_WEEK), np.arange(WATCHES_PER_WEEK))
    new = np.where(age >= 0, fading ** np.maximum(age, 0), 0.0) @ loop.stops
    old = fading ** (age + WATCHES_PER_WEEK) @ loop.stops / (1.0 - fading**WATCHES_PER_WEEK)
    crime = np.exp(-PATROL * (new + old) / 2.0)
    weights = crime / crime.sum()
    return PATROL / 2.0 * float(weights @ new), PATROL / 2.0 * float(weights @ old)


def growth(loop: Loop) -> float:
    """Return the largest |z|: by how much a small difference between the places grows in a week."""
    (a, b), kept = gains(loop), math.exp(-1.0 / MAP_WEEKS)
    polynomial = np.zeros(loop.delay + 3)
    polynomial[:2] = 1.0, -kept
    polynomial[-2:] += (1.0 - kept) * a, (1.0 - kept) * b
    return float(np.abs(np.roots(polynomial)).max())


def hopf(posts: int) -> tuple[float, float]:
    """Return the critical delay and the length of a swing there, weeks; the gain must be above 1."""
    (a, b), kept = gains(Loop(0, posts)), math.exp(-1.0 / MAP_WEEKS)

    def excess(theta: float) -> float:
        z = complex(math.cos(theta), math.sin(theta))
        return abs(z - kept) - (1.0 - kept) * abs(a + b / z)

    theta = brentq(excess, 1e-9, math.pi)
    z = complex(math.cos(theta), math.sin(theta))
    turn = math.pi + math.atan2(*_parts(a + b / z)) - math.atan2(*_parts(z - kept))
    return turn / theta, 2.0 * math.pi / theta


def _parts(z: complex) -> tuple[float, float]:
    return z.imag, z.real


def even_state(loop: Loop) -> State:
    """Return the two places in the even state of the loop, in expectation, before week ``BEFORE``."""
    state = two_places(loop.numbers, RESIDENTS, (OFFENDERS, OFFENDERS), (BEFORE + WEEKS) * WATCHES_PER_WEEK)
    for week in range(BEFORE):
        expect(state, loop, week)
    return state


def expect(state: State, loop: Loop, week: int) -> None:
    """Carry the state through a week in expectation, by the production rules and plan."""
    packed = pack_state(state), pack_numbers(loop.numbers)
    expected_week(*packed, loop.stops, np.full(2, ATTEMPTS), (CRIME, week))


def differences(state: State, loop: Loop, week: int) -> Floats:
    """Return by how much, relatively, the first place has more: on the map, of late records by age, of patrol felt."""
    return np.array([(first - second) / (first + second) for first, second in _remembered(state, loop, week)])


def kicked(state: State, loop: Loop, week: int, kick: Floats) -> State:
    """Return a copy in which the first place has so much more of each, and patrol goes by the map as it then is."""
    after: State = copied(state)
    for pair, one in zip(_remembered(after, loop, week), kick, strict=True):
        pair[:] = pair * np.array([1.0 + one, 1.0 - one])
    follow_shares(after, share_of_first(after))
    return after


def _remembered(state: State, loop: Loop, week: int) -> list[Floats]:
    """Return all that a week hands on to the next, each (2,): map, late records of one week ago and on, patrol."""
    cells, ring = state.cells, len(state.cells.late)
    late = [cells.late[(week - age) % ring] for age in range(1, loop.delay + 1)]
    return [cells.crime_map, *late, cells.patrol]


def growth_in_expectation(loop: Loop) -> float:
    """Return the largest |eigenvalue| of a week in expectation near the even state, from its answer to small kicks."""
    even, week = even_state(loop), BEFORE
    columns = []
    for one in np.eye(loop.delay + 2):
        answers = []
        for kick in (KICK, -KICK):
            state = kicked(even, loop, week, kick * one)
            expect(state, loop, week)
            answers.append(differences(state, loop, week + 1))
        columns.append((answers[0] - answers[1]) / (2.0 * KICK))
    return float(np.abs(np.linalg.eigvals(np.array(columns).T)).max())
