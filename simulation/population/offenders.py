"""Offenders: who has an offending career at the start, and how often the declared base rates make them try."""

import numpy as np
from numpy.typing import NDArray

from coproduction.simulation.city import City, FloatArray
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.population.blocks import by_blocks
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.courts import custody_weeks_per_arrest
from coproduction.simulation.rules.justice import custody_share
from coproduction.simulation.rules.offending import distance_pull, reach_of
from coproduction.simulation.state import (
    ACTIVE,
    FREE,
    IMPRISONED,
    NOBODY,
    PEERS,
    POTENTIAL,
    Offenders,
    Rates,
    Residents,
    Ties,
)

PEAK, TOO_YOUNG, BEGINNING = 18, 11, 5.0
"""Years: the age of most active careers, an age of none, and how far from the first beginners' ages spread."""


def draw_offenders(
    city: City, people: Residents, ties: Ties, p: Parameters, random: np.random.Generator
) -> Offenders:
    """Draw who has an offending career or may begin one, at which rate, in what, with whom, and who is in custody.

    Rates are gamma-distributed and scaled so that, with the most active more often in custody, the active and free
    ones together make the attempts that the declared base rates call for.
    """
    n = len(people.home)
    who, active = _draw_careers(city, people, p, random)
    count = len(who)
    shape = p.population.rate_shape
    relative = random.gamma(shape, 1.0 / shape, count)
    factor, held = _factor_and_custody(relative, active, attempts_per_watch(p) * n, p)
    in_custody = active & (random.random(count) < held) & (p.setting.movement == 0.0)
    weeks = 1 + random.exponential(_mean_rest(p), count).astype(np.int32)
    free_from = np.where(in_custody, weeks * WATCHES_PER_WEEK, 0).astype(np.int32)
    peers = find_peers(people, who)
    known = active[peers] & (peers != NOBODY)
    nothing, never = np.zeros(count, np.int64), np.full(count, NOBODY, np.int32)
    return Offenders(
        who, people.home[who], relative * factor, np.full(count, p.offending.certainty), free_from, never.copy(),
        nothing.copy(), nothing.copy(), np.where(in_custody, IMPRISONED, FREE).astype(np.int8),
        np.zeros(count, np.int8), np.zeros(count, np.int32), np.where(active, ACTIVE, POTENTIAL).astype(np.int8),
        _draw_specialities(p, count, random), _draw_leisure(people, ties, who, random), never.copy(), peers,
        known.sum(axis=1).astype(np.int8), never.copy(), nothing.copy(), nothing.copy(),
    )  # fmt: skip


def _draw_careers(
    city: City, people: Residents, p: Parameters, random: np.random.Generator
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Draw residents with a career now, likelier in poorer places and in their youth, and those who may begin one.

    Returns residents in order of their index (O,) and whether each is active (O,).
    """
    n = len(people.home)
    log_income = np.log(city.income)
    scale = max(float(np.std(log_income)), 1e-9)
    standing = (log_income - log_income.mean()) / scale
    poor = np.exp(-p.population.offender_gradient * standing)
    years = np.arange(np.iinfo(np.int8).max) - float(PEAK)
    growing = np.where(years < 0.0, (years + PEAK - TOO_YOUNG) / (PEAK - TOO_YOUNG), 1.0)
    fading = np.exp(-np.maximum(years, 0.0) / p.careers.age_fading)
    weight = _weights(people, poor, growing, fading)
    weight /= weight.sum()
    count, more = careers_among(n, p)
    now = random.choice(n, count, replace=False, p=weight)
    weight = _weights(people, poor, np.exp(-np.abs(years) / BEGINNING))
    weight[now] = 0.0
    weight /= weight.sum()
    later = random.choice(n, more, replace=False, p=weight)
    who = np.sort(np.concatenate([now, later])).astype(np.int32)
    return who, np.isin(who, now)


def careers_among(residents: int, p: Parameters) -> tuple[int, int]:
    """Return how many have an offending career at the start, and how many more may begin one."""
    count = max(round(p.population.offender_share * residents), 1)
    return count, min(max(round(p.careers.reserve * count), 1), residents - count)


def _weights(people: Residents, place: FloatArray, *ages: FloatArray) -> FloatArray:
    """Return a weight for each resident (R,): the neighbourhood's, times those of the age from each of some tables."""

    def weights(part: slice) -> FloatArray:
        weight: FloatArray = place[people.neighbourhood[part]]
        for age in ages:
            weight *= age[people.age[part]]
        return weight

    return by_blocks(len(people.home), weights)


def find_peers(people: Residents, who: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the offenders (O, PEERS) next in a round of those of the same neighbourhood, by home; NOBODY if too few.

    Two before and two after: whoever is somebody's peer has that one as a peer.
    """
    found = np.full((len(who), PEERS), NOBODY, np.int32)
    order = np.lexsort((people.home[who], people.neighbourhood[who]))
    places = people.neighbourhood[who][order]
    for start, size in zip(*np.unique(places, return_index=True, return_counts=True)[1:], strict=True):
        group = order[start : start + size]
        for column, step in enumerate((1, -1, 2, -2)):
            if size > 2 * abs(step):
                found[group, column] = np.roll(group, step)
    return found


def _draw_specialities(p: Parameters, count: int, random: np.random.Generator) -> NDArray[np.int8]:
    """Draw what each is best at, by the mix of types that the base rates make."""
    level = np.array([c.recorded_rate / c.reported_share for c in p.crimes])
    share = level / level.sum() if level.sum() > 0.0 else np.full(len(level), 1.0 / len(level))
    return random.choice(len(level), count, p=share).astype(np.int8)


def _draw_leisure(
    people: Residents, ties: Ties, who: NDArray[np.int32], random: np.random.Generator
) -> NDArray[np.int32]:
    """Draw where each spends leisure: the home of one of those whom one knows, or the own."""
    u = random.random(len(who))
    first, size = ties.start[who], ties.start[who + 1] - ties.start[who]
    place = first + np.minimum((u * size).astype(np.int64), np.maximum(size - 1, 0))
    host, known = who.copy(), size > 0
    host[known] = ties.partner[place[known]]
    return people.home[host].astype(np.int32)


def _mean_rest(p: Parameters) -> float:
    """Return the mean weeks left to those found in custody: of exponential sentences, the longer ones weigh more."""
    served = [s.share * s.held * s.weeks for s in p.sanctions]
    rest = sum(time * s.weeks for time, s in zip(served, p.sanctions, strict=True))
    return rest / sum(served) if sum(served) > 0.0 else 0.0


def offences_per_year(p: Parameters) -> float:
    """Return offences per resident and year that the declared recorded rates imply."""
    return sum(c.recorded_rate / c.reported_share for c in p.crimes) / 100_000.0


def attempts_per_watch(p: Parameters) -> float:
    """Return planned attempts per resident and watch that the declared recorded rates imply."""
    return offences_per_year(p) / p.offending.success_share / WATCHES_PER_YEAR


def _factor_and_custody(
    relative: FloatArray, active: NDArray[np.bool_], wanted: float, p: Parameters
) -> tuple[float, FloatArray]:
    """Return the factor that makes rates of the active and free sum to ``wanted``, and long-run shares in custody."""
    mean_clearance = _expected_clearance(p)
    an_arrest = custody_weeks_per_arrest(p) * WATCHES_PER_WEEK
    factor = wanted / relative[active].sum()
    held = np.zeros_like(relative)
    for _ in range(30):  # a contraction: some ten rounds reach the last digit
        rate = relative * factor
        arrests = rate * p.offending.success_share * mean_clearance
        held = custody_share(arrests, an_arrest)  # type: ignore[arg-type, assignment]
        factor = wanted / (relative * (1.0 - held))[active].sum()
    return float(factor), held


def _expected_clearance(p: Parameters) -> float:
    """Return the share of offences that are reported and cleared, by the declared figures, over all types."""
    weights = [c.recorded_rate / c.reported_share for c in p.crimes]
    cleared = [w * c.reported_share * c.clearance for w, c in zip(weights, p.crimes, strict=True)]
    return sum(cleared) / max(sum(weights), 1e-12)


def derive_rates(city: City, p: Parameters, offenders: Offenders) -> Rates:
    """Return the daily rhythm, the types' mix by time of day, careers per potential one, and the pull of distance."""
    active = float((offenders.career == ACTIVE).sum())
    entry = np.array([active / max(float((offenders.career == POTENTIAL).sum()), 1.0)])
    level = np.array([c.recorded_rate / c.reported_share for c in p.crimes])
    night = np.array([c.night_share for c in p.crimes])
    day = np.array([c.day_share for c in p.crimes])
    by_time = np.stack([night, day, 1.0 - night - day]) * level
    total = max(float(by_time.sum()), 1e-12)
    rhythm = by_time.sum(axis=1) * 3.0 / total
    share = np.cumsum(by_time, axis=1) / np.maximum(by_time.sum(axis=1, keepdims=True), 1e-12)
    return Rates(
        rhythm, np.ascontiguousarray(share), np.array([city.rows, city.columns], np.int64),
        np.ascontiguousarray(3.0 * by_time / np.maximum(level, 1e-12)), entry,
        _pulls(p.offending.distance_decay), np.zeros(1),
    )  # fmt: skip


def _pulls(decay: float) -> FloatArray:
    """Return the pull of targets by how many rows and columns away they are, as far as journeys reach."""
    away = range(reach_of(decay) + 1)
    return np.array([[distance_pull(row * row + column * column, decay) for column in away] for row in away])
