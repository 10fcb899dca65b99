"""Closed forms of offending careers: how offences are spread over offenders whose rates differ.

Rates are drawn from a gamma distribution, so that the counts of offenders who meet nobody and learn nothing are Poisson
counts of gamma-distributed means: negative-binomial (Greenwood and Yule 1920). Both give the share of the most active.
"""

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
from coproduction.simulation.parameters import CRIME_NAMES
from coproduction.simulation.phases.offend import offend
from coproduction.simulation.population import populate
from coproduction.simulation.population.empty import empty_cases
from coproduction.simulation.population.offenders import attempts_per_watch
from coproduction.simulation.rules.calendar import WATCHES_PER_YEAR

ORACLE = "O:careers"
RESIDENTS = 30_000
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
    undeterred: Tables = {"offending": {"certainty_weight": 0.0}, "population": {"offender_share": 0.15}}
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


def careers_rows() -> list[Row]:
    """Return the rows of O:careers."""
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
