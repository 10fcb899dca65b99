"""Closed forms of offending careers: how they begin and end, and how offences are spread over them.

Under constant hazards careers begin and end after exponential times. After release the rate of offending is higher and
declines, which gives the share who have offended again. Rates are drawn from a gamma distribution, so that counts of
offenders who meet nobody and learn nothing are Poisson counts of gamma-distributed means: negative-binomial (Greenwood
and Yule 1920). Both give the share of the most active.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from coproduction.experiments.oracle_city import (
    WITHOUT_BOOST,
    WITHOUT_CUSTODY,
    WITHOUT_GUARDIANS,
    WITHOUT_LEARNING,
    Tables,
    one_neighbourhood,
    unchanging,
    with_offenders,
    with_tables,
)
from coproduction.experiments.oracle_rows import Row, of_dispersion, of_mean, of_share
from coproduction.simulation.city import FloatArray
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import CRIME_NAMES, Numbers
from coproduction.simulation.phases.careers import careers
from coproduction.simulation.phases.justice import release
from coproduction.simulation.phases.offend import offend
from coproduction.simulation.population import populate
from coproduction.simulation.population.empty import empty_cases
from coproduction.simulation.population.offenders import attempts_per_watch
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.state import ACTIVE, DESISTED, IMPRISONED, POTENTIAL, State

ORACLE = "O:careers"
RESIDENTS = 30_000
COHORT = 5000
"""Offenders who begin, give up or leave prison together."""

GROUP = 450
"""Offenders in each of the groups over which the share of the most active is averaged."""

ALL_HOURS_ALIKE: Tables = {name: {"night_share": 1.0 / 3.0, "day_share": 1.0 / 3.0} for name in CRIME_NAMES}


@dataclass(frozen=True, slots=True)
class Cohort:
    """Offenders at large for a year, whom nothing stops, teaches or deters.

    shape  of the gamma distribution of rates
    mean   offences expected of an offender in the year
    rate   drawn by the production code, attempts per watch, shape (O,)
    count  offences in the year, shape (O,)
    """

    shape: float
    mean: float
    rate: FloatArray
    count: NDArray[np.int64]


def cohort_of_a_year(seed: int = 1) -> Cohort:
    """Draw the city's offenders and run the production phase of offending alone for a year."""
    undeterred: Tables = {
        "offending": {"certainty_weight": 0.0},
        "population": {"offender_share": 0.15},
        "careers": {"specialisation": 0.0},
    }
    p = with_tables(
        WITHOUT_GUARDIANS, WITHOUT_LEARNING, WITHOUT_CUSTODY, WITHOUT_BOOST, ALL_HOURS_ALIKE, undeterred
    )
    numbers = unchanging(p)
    drawn = populate(one_neighbourhood(2, 5), RESIDENTS, numbers, seed, WATCHES_PER_YEAR)
    rate = drawn.offenders.rate.copy()
    state = with_offenders(drawn, len(rate), rate)
    room = empty_cases(int(2.0 * rate.sum() * WATCHES_PER_YEAR))
    packed = pack_state(state._replace(cases=room)), pack_numbers(numbers)
    for watch in range(WATCHES_PER_YEAR):
        offend(*packed, seed, watch)
    wanted = attempts_per_watch(p) * RESIDENTS * WATCHES_PER_YEAR
    active = round(p.population.offender_share * RESIDENTS)
    return Cohort(p.population.rate_shape, wanted / active, rate, state.offenders.offences)


def share_of_top_tenth(values: FloatArray | NDArray[np.int64]) -> float:
    """Return what the tenth with the largest values has of their sum."""
    return float(np.sort(values)[::-1][: len(values) // 10].sum() / values.sum())


def top_tenth_of_rates(shape: float) -> float:
    """Return the share of the sum of gamma-distributed rates that the highest tenth of them has."""
    return float(stats.gamma.sf(stats.gamma.isf(0.1, shape), shape + 1.0))


def top_tenth_of_counts(shape: float, mean: float) -> float:
    """Return the share of all offences that the most active tenth does, by negative-binomial counts."""
    n = np.arange(200 + int(50.0 * mean))
    probability = stats.nbinom.pmf(n, shape, shape / (shape + mean))
    above = stats.nbinom.sf(n, shape, shape / (shape + mean))
    among_top = np.clip(0.1 - above, 0.0, probability)
    return float((n * among_top).sum() / mean)


def counts_row(cohort: Cohort) -> Row:
    """Compare how many offenders have 0, 1, 2 ... offences with the negative-binomial distribution; the tail is one."""
    success = cohort.shape / (cohort.shape + cohort.mean)
    n = np.arange(25)
    probability = stats.nbinom.pmf(n, cohort.shape, success)
    expected = len(cohort.count) * np.append(probability, stats.nbinom.sf(n[-1], cohort.shape, success))
    counted = np.bincount(np.minimum(cohort.count, n[-1] + 1), minlength=len(n) + 1)
    return of_dispersion(ORACLE, "dispersion of offenders by offences in a year", expected, counted)


def constant_hazards(entry: float, desistance: float) -> Numbers:
    """Return numbers under which nothing but the declared hazards moves careers; both as their parameters say."""
    equal = {"age_weight": 0.0, "bonds_weight": 0.0, "efficacy_weight": 0.0, "peers_weight": 0.0}
    return unchanging(with_tables({"careers": {**equal, "entry": entry, "desistance": desistance}}))


def careers_after(stage: int, numbers: Numbers, months: int, seed: int) -> tuple[State, NDArray[np.int64]]:
    """Return the state and the stages counted of a cohort that begins in one stage, after months of the phase alone."""
    state = populate(one_neighbourhood(2, 5), COHORT, numbers, seed, WATCHES_PER_MONTH)
    state = with_offenders(state, COHORT, 0.0)
    state.offenders.career[:] = stage
    packed = pack_state(state), pack_numbers(numbers)
    for month in range(1, months + 1):
        careers(*packed, seed, month * WATCHES_PER_MONTH - 1)
    return state, np.bincount(state.offenders.career, minlength=DESISTED + 1)


def survival_rows(desistance: float = 0.4, seed: int = 1) -> list[Row]:
    """Compare who is still active after some months with exp(-hazard t)."""
    numbers, rows = constant_hazards(0.0, desistance), []
    for months in (3, 13, 39):
        _, stages = careers_after(ACTIVE, numbers, months, seed)
        left = math.exp(-desistance * months * WATCHES_PER_MONTH / WATCHES_PER_YEAR)
        rows.append(of_share(ORACLE, f"active after {months} months", left, (int(stages[ACTIVE]), COHORT)))
    return rows


def entry_row(entry: float = 0.5, months: int = 13, seed: int = 1) -> Row:
    """Compare who has begun within a year with 1 - exp(-hazard t)."""
    state, stages = careers_after(POTENTIAL, constant_hazards(entry, 0.0), months, seed)
    hazard = entry * float(state.rates.entry[0])
    begun = 1.0 - math.exp(-hazard * months * WATCHES_PER_MONTH / WATCHES_PER_YEAR)
    return of_share(ORACLE, f"begun after {months} months", begun, (int(stages[ACTIVE]), COHORT))


def again_by(factor: float, weeks: float, rate: float, watches: int) -> float:
    """Return the share who have offended again, 1 - exp(-sum of the declining rate over the watches since release)."""
    since = np.arange(watches)
    return -math.expm1(
        -rate * float((1.0 + (factor - 1.0) * np.exp(-since / (weeks * WATCHES_PER_WEEK))).sum())
    )


def watches_until_again(numbers: Numbers, rate: float, seed: int) -> NDArray[np.int64]:
    """Release a cohort of prisoners of one rate; return the watches until each offends, a year if none."""
    drawn = populate(one_neighbourhood(2, 5), COHORT, numbers, seed, WATCHES_PER_YEAR + WATCHES_PER_WEEK)
    state = with_offenders(drawn, COHORT, rate)
    state.offenders.held[:], state.offenders.free_from[:] = IMPRISONED, WATCHES_PER_WEEK
    room = empty_cases(int(10.0 * COHORT * rate * WATCHES_PER_YEAR))
    packed = pack_state(state._replace(cases=room)), pack_numbers(numbers)
    release(*packed, seed, WATCHES_PER_WEEK - 1)
    for watch in range(WATCHES_PER_WEEK, WATCHES_PER_WEEK + WATCHES_PER_YEAR):
        offend(*packed, seed, watch)
    until = np.full(COHORT, WATCHES_PER_YEAR, np.int64)
    n = room.count[0]
    np.minimum.at(until, room.offender[:n], room.watch[:n] - WATCHES_PER_WEEK)
    return until


def release_rows(factor: float = 4.0, weeks: float = 10.0, rate: float = 5e-4, seed: int = 1) -> list[Row]:
    """Compare the curve of prisoners released, who offend again, with the closed form of the declining hazard."""
    declining: Tables = {
        "careers": {"release_factor": factor, "release_weeks": weeks, "specialisation": 0.0},
        "offending": {"certainty_weight": 0.0},
    }
    numbers = unchanging(
        with_tables(WITHOUT_GUARDIANS, WITHOUT_LEARNING, WITHOUT_BOOST, ALL_HOURS_ALIKE, declining)
    )
    until = watches_until_again(numbers, rate, seed)
    return [
        of_share(
            ORACLE, f"offended again {after} weeks after release",
            again_by(factor, weeks, rate, after * WATCHES_PER_WEEK),
            (int((until < after * WATCHES_PER_WEEK).sum()), COHORT),
        )
        for after in (4, 13, 52)
    ]  # fmt: skip


def careers_rows() -> list[Row]:
    """Return the rows of O:careers."""
    return [*spread_rows(), *survival_rows(), entry_row(), *release_rows()]


def spread_rows() -> list[Row]:
    """Return the rows of how offences are spread over offenders."""
    cohort = cohort_of_a_year()
    groups = len(cohort.rate) // GROUP
    rates, counts = (
        values[: groups * GROUP].reshape(groups, GROUP) for values in (cohort.rate, cohort.count)
    )
    none = (cohort.shape / (cohort.shape + cohort.mean)) ** cohort.shape
    without = int((cohort.count == 0).sum())
    of_rates = np.array([share_of_top_tenth(group) for group in rates])
    of_counts = np.array([share_of_top_tenth(group) for group in counts])
    return [
        of_share(ORACLE, "offenders without an offence in a year", none, (without, len(cohort.count))),
        counts_row(cohort),
        of_mean(ORACLE, "top tenth's share of rates", top_tenth_of_rates(cohort.shape), of_rates),
        of_mean(
            ORACLE, "top tenth's share of offences", top_tenth_of_counts(cohort.shape, cohort.mean), of_counts
        ),
    ]
