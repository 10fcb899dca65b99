"""O:allocation. Patrol sent by what patrol found runs away; sent by what was reported, it settles.

Ensign, Friedler, Neville, Scheidegger and Venkatasubramanian (2018), *Runaway feedback loops in predictive policing*,
Proceedings of Machine Learning Research 81. An officer goes to one of two places by their shares of all incidents so
far, and what is discovered there is added: a generalised Polya urn. With equal rates its share of one colour tends to a
beta distribution, uniform from one ball each; with unequal rates to 1 for the worse place, whatever the ratio is. The
urn's own distribution after some weeks, five visits each by the same shares, is computed exactly.
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from coproduction.experiments.oracle_city import Tables
from coproduction.experiments.oracle_rows import Row, of_mean, of_share
from coproduction.experiments.oracle_two_places import (
    BY_MAP,
    follow_shares,
    mapped_patrol,
    rate_of,
    reported_with,
    share_of_first,
    two_places,
)
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.state import MOST_STOPS, Floats, State, copied

ORACLE = "O:allocation"
WEEKS, RUNS, RESIDENTS = 60, 400, 40
VISITS = 5
"""Of the one officer in a week, a stop each."""
EQUAL, UNEQUAL = (0.5, 0.5), (0.6, 0.4)
"""Offences a watch in each place."""
MOST, LEAST = 0.9, 0.1
MANY = (60, 40)
"""Offenders, each with an offence a watch, where discoveries are corrected for patrol: in the ratio of ``UNEQUAL``."""
FOUND = 0.005
"""Of an offence at a stop."""
FEW, RUNS_OF_MANY, LONG = 8, 40, 120
"""Runs, and their weeks: many times what the map remembers."""


def urn(rates: tuple[float, float], weeks: int) -> tuple[Floats, Floats]:
    """Return the first place's share of balls and its probability, after weeks of visits from one ball each."""
    size = VISITS * weeks + 1
    first, second = np.meshgrid(1.0 + np.arange(size), 1.0 + np.arange(size), indexing="ij")
    share = first / (first + second)
    found = share * rates[0], (1.0 - share) * rates[1]
    nothing = 1.0 - found[0] - found[1]
    steps = [
        (a, b, _ways(a, b) * found[0] ** a * found[1] ** b * nothing ** (VISITS - a - b))
        for a in range(VISITS + 1)
        for b in range(VISITS + 1 - a)
    ]
    chance = np.zeros((size, size))
    chance[0, 0] = 1.0
    for _ in range(weeks):
        after = np.zeros_like(chance)
        for a, b, step in steps:
            after[a:, b:] += (chance * step)[: size - a, : size - b]
        chance = after
    return share, chance


def _ways(a: int, b: int) -> int:
    return math.comb(VISITS, a) * math.comb(VISITS - a, b)


def visited_by_map(reported: float, discovery: float) -> Numbers:
    """Return numbers with one officer who makes one stop a watch, and a map that is never late and never fades."""
    urn_like: Tables = {
        "patrol": {"stops": 1.0, "discovery": discovery, "map_delay": 0.0, "crime_map_weeks": math.inf}
    }
    return mapped_patrol(RESIDENTS, 1, BY_MAP, reported_with(reported), urn_like)


def shares_after(numbers: Numbers, start: State, runs: int, weeks: int = WEEKS) -> NDArray[np.float64]:
    """Return the first place's share of the map at the end of each run."""
    ends = (run_core(copied(start), numbers, seed, 0, weeks * WATCHES_PER_WEEK) for seed in range(runs))
    return np.array([share_of_first(end) for end in ends])


def one_offender_each(numbers: Numbers, rates: tuple[float, float], balls: float) -> State:
    """Return the two places with an offender each and so many incidents on the map of each."""
    state = two_places(numbers, RESIDENTS, (1, 1), WEEKS * WATCHES_PER_WEEK)
    state.offenders.rate[:] = [rate_of(rate) for rate in rates]
    state.cells.crime_map[:] = balls
    return state


def urn_rows(rates: tuple[float, float], runs: int = RUNS) -> list[Row]:
    """Compare runs with discoveries alone with the urn: how many end in one place, the spread, the mean."""
    numbers = visited_by_map(reported=0.0, discovery=1.0)
    ends = shares_after(numbers, one_offender_each(numbers, rates, 1.0), runs)
    share, chance = urn(rates, WEEKS)
    what = f"discovered at {rates[0]:g} and {rates[1]:g}"
    rows = [
        of_share(
            ORACLE, f"runs that end {where}, {what}", float(chance[chosen].sum()), (int(hit.sum()), runs)
        )
        for where, chosen, hit in (
            (f"above {MOST:g}", share > MOST, ends > MOST),
            (f"below {LEAST:g}", share < LEAST, ends < LEAST),
        )
    ]
    mean = float((share * chance).sum())
    spread = float(((share - 0.5) ** 2 * chance).sum())
    return [
        *rows,
        of_mean(ORACLE, f"share of the first place, {what}", mean, ends),
        of_mean(ORACLE, f"squared distance of the share from a half, {what}", spread, (ends - 0.5) ** 2),
    ]


def reported_rows(probability: float = 0.5, runs: int = RUNS) -> list[Row]:
    """Compare runs in which victims report, and patrol finds nothing, with the true ratio and binomial spread."""
    numbers = visited_by_map(reported=probability, discovery=0.0)
    ends = shares_after(numbers, one_offender_each(numbers, UNEQUAL, 0.0), runs)
    true = UNEQUAL[0] / sum(UNEQUAL)
    thinned = [rate * probability for rate in UNEQUAL]
    by_place = [(1.0 - one) / one for one in thinned]
    variance = (true * (1.0 - true)) ** 2 * sum(by_place) / (WEEKS * WATCHES_PER_WEEK)
    return [
        of_mean(ORACLE, f"share of the worse place, of which the true one is {true:g}, reported", true, ends),
        of_mean(ORACLE, "squared distance from it, reported", variance, (ends - true) ** 2),
        Row(ORACLE, f"runs that end above {MOST:g}, reported", 0.0, float((ends > MOST).mean()), 0.0),
    ]


def runs_of_many(correction: float, start: float, runs: int) -> NDArray[np.float64]:
    """Return shares of the map at the end of runs with discoveries alone, begun with a map in that share.

    A tenth of patrol goes everywhere alike: where nobody looks, nothing can be corrected.
    """
    residents = 20 * RESIDENTS
    levers = BY_MAP._replace(discovery_correction=correction, hot_spots=0.9)
    found: Tables = {"patrol": {"stops": float(MOST_STOPS), "discovery": FOUND, "map_delay": 0.0}}
    numbers = mapped_patrol(residents, 1, levers, reported_with(0.0), found)
    state = two_places(numbers, residents, MANY, LONG * WATCHES_PER_WEEK)
    state.offenders.rate[:] = 40.0
    state.cells.crime_map[:] = start, 1.0 - start
    follow_shares(state, start)
    return shares_after(numbers, state, runs, LONG)


def where_it_settles(correction: float) -> float:
    """Return the map's share of the first place at which a week's records are in the map's own ratio.

    Several stops find a little less than so many times what one does, which keeps it near the true ratio, not at it.
    """

    def recorded(share: float) -> float:
        patrol = np.array([0.05 + 0.9 * share, 0.95 - 0.9 * share])
        found = np.array(MANY) * (1.0 - (1.0 - FOUND * patrol) ** MOST_STOPS)
        counted = found * (1.0 - correction + correction * 0.5 / patrol)
        return float(counted[0] / counted.sum())

    return float(brentq(lambda share: recorded(share) - share, 0.5, 0.999))


def many_row(correction: float, start: float, runs: int = RUNS_OF_MANY) -> Row:
    """Compare runs with discoveries alone, corrected for patrol or not, with where they should settle."""
    how = "corrected" if correction else "as found"
    quantity = f"share on the map of the worse place, true {MANY[0] / sum(MANY):g}, {how}, at first {start:g}"
    return of_mean(ORACLE, quantity, where_it_settles(correction), runs_of_many(correction, start, runs))


def allocation_rows() -> list[Row]:
    """Return the rows of O:allocation that take seconds."""
    short = [*urn_rows(EQUAL), *urn_rows(UNEQUAL), *reported_rows()]
    return [*short, many_row(0.0, 0.2, FEW), many_row(1.0, 0.9, FEW)]


def long_allocation_rows() -> list[Row]:
    """Return those that take a minute: corrected or not, from either side of where they settle."""
    return [many_row(correction, start) for correction in (0.0, 1.0) for start in (0.2, 0.9)]
