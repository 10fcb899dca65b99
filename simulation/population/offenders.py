"""Offenders: who has an offending career at the start, and how often the declared base rates make them try."""

import numpy as np

from coproduction.simulation.city import City, FloatArray
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.courts import custody_weeks_per_arrest
from coproduction.simulation.rules.justice import custody_share
from coproduction.simulation.state import FREE, IMPRISONED, NOBODY, Offenders, Rates, Residents


def draw_offenders(city: City, people: Residents, p: Parameters, random: np.random.Generator) -> Offenders:
    """Draw who has an offending career, at which rate, and who starts in custody.

    Rates are gamma-distributed and scaled so that, with the most active more often in custody, the free ones
    together make the attempts that the declared base rates call for.
    """
    n = len(people.home)
    log_income = np.log(city.income)
    scale = max(float(np.std(log_income)), 1e-9)
    standing = (log_income - log_income.mean()) / scale
    weight = np.exp(-p.population.offender_gradient * standing[people.neighbourhood])
    count = max(round(p.population.offender_share * n), 1)
    who = np.sort(random.choice(n, count, replace=False, p=weight / weight.sum())).astype(np.int32)
    shape = p.population.rate_shape
    relative = random.gamma(shape, 1.0 / shape, count)
    rate, held = _scaled_rates(relative, attempts_per_watch(p) * n, p)
    in_custody = random.random(count) < held
    weeks = 1 + random.exponential(_mean_rest(p), count).astype(np.int32)
    in_custody &= p.setting.movement == 0.0
    free_from = np.where(in_custody, weeks * WATCHES_PER_WEEK, 0).astype(np.int32)
    return Offenders(
        who, people.home[who], rate, np.full(count, p.offending.certainty),
        free_from, np.full(count, NOBODY, np.int32), np.zeros(count, np.int64), np.zeros(count, np.int64),
        np.where(in_custody, IMPRISONED, FREE).astype(np.int8), np.zeros(count, np.int8), np.zeros(count, np.int32),
    )  # fmt: skip


def _mean_rest(p: Parameters) -> float:
    """Return the mean weeks left to those found in custody: of exponential sentences, the longer ones weigh more."""
    served = [s.share * s.held * s.weeks for s in p.sanctions]
    rest = sum(time * s.weeks for time, s in zip(served, p.sanctions, strict=True))
    return rest / sum(served) if sum(served) > 0.0 else 0.0


def attempts_per_watch(p: Parameters) -> float:
    """Return planned attempts per resident and watch that the declared recorded rates imply."""
    a_year = sum(c.recorded_rate / c.reported_share for c in p.crimes) / 100_000.0
    return a_year / p.offending.success_share / WATCHES_PER_YEAR


def _scaled_rates(relative: FloatArray, wanted: float, p: Parameters) -> tuple[FloatArray, FloatArray]:
    """Return rates whose free part sums to ``wanted``, and each offender's long-run share in custody."""
    mean_clearance = _expected_clearance(p)
    an_arrest = custody_weeks_per_arrest(p) * WATCHES_PER_WEEK
    factor = wanted / relative.sum()
    held = np.zeros_like(relative)
    for _ in range(30):  # a contraction: some ten rounds reach the last digit
        rate = relative * factor
        arrests = rate * p.offending.success_share * mean_clearance
        held = np.array([custody_share(a, an_arrest) for a in arrests])
        factor = wanted / (relative * (1.0 - held)).sum()
    return relative * factor, held


def _expected_clearance(p: Parameters) -> float:
    """Return the share of offences that are reported and cleared, by the declared figures, over all types."""
    weights = [c.recorded_rate / c.reported_share for c in p.crimes]
    cleared = [w * c.reported_share * c.clearance for w, c in zip(weights, p.crimes, strict=True)]
    return sum(cleared) / max(sum(weights), 1e-12)


def derive_rates(city: City, p: Parameters) -> Rates:
    """Return the daily rhythm and the mix of types at each time of day."""
    level = np.array([c.recorded_rate / c.reported_share for c in p.crimes])
    night = np.array([c.night_share for c in p.crimes])
    day = np.array([c.day_share for c in p.crimes])
    by_time = np.stack([night, day, 1.0 - night - day]) * level
    total = max(float(by_time.sum()), 1e-12)
    rhythm = by_time.sum(axis=1) * 3.0 / total
    share = np.cumsum(by_time, axis=1) / np.maximum(by_time.sum(axis=1, keepdims=True), 1e-12)
    return Rates(rhythm, np.ascontiguousarray(share), np.array([city.rows, city.columns], np.int64))
