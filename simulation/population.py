"""Who lives in the city: residents, offenders and the empty books, drawn once from the city's margins.

The only place with a stateful generator: NumPy's, seeded by the run's seed, before the first watch.
"""

import math
from typing import Any, get_type_hints

import numpy as np
from numpy.typing import NDArray

from coproduction.simulation.city import City, FloatArray
from coproduction.simulation.errors import CityError
from coproduction.simulation.parameters import N_CRIMES, Numbers, Parameters
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.guardianship import collective_efficacy
from coproduction.simulation.rules.justice import custody_share
from coproduction.simulation.rules.presence import expected_presence
from coproduction.simulation.state import (
    ITEMS,
    MOST_STOPS,
    NOBODY,
    PANEL,
    WEEKLY,
    Books,
    Cases,
    Cells,
    Flags,
    Floats,
    Government,
    Ints,
    Neighbourhoods,
    Offenders,
    Officers,
    Rates,
    Residents,
    State,
)

CASE_CAPACITY = 4096
MOST_CALLS = 500
"""Calls per neighbourhood and watch that the Poisson draw by inversion can bear."""
_QUINTILES = 5
_DTYPES: dict[Any, type] = {Ints: np.int32, Flags: np.int8, Floats: np.float64}


def populate(city: City, residents: int, numbers: Numbers, seed: int, watches: int) -> State:
    """Return the state of a city before its first watch.

    residents  number of residents, at least 20
    watches    length of the run, watches; sizes the books
    """
    _check_size(city, residents, numbers.parameters)
    random = np.random.default_rng(np.random.SeedSequence(seed))
    people = draw_residents(city, residents, numbers.parameters, random)
    offenders = draw_offenders(city, people, numbers.parameters, random)
    cells = lay_out_cells(city, people, numbers.parameters)
    return State(
        residents=people,
        offenders=offenders,
        officers=empty_officers(posts_needed(residents, numbers)),
        cells=cells,
        neighbourhoods=lay_out_neighbourhoods(city, people, numbers.parameters),
        cases=empty_cases(max(CASE_CAPACITY, 4 * len(offenders.resident))),
        government=Government(
            np.zeros(1),
            np.zeros(1),
            np.zeros(1),
            np.array([people.volunteer.sum()], np.int64),
        ),
        books=empty_books(city.n_neighbourhoods, watches),
        rates=derive_rates(city, numbers.parameters),
    )


def _check_size(city: City, residents: int, p: Parameters) -> None:
    """Refuse a city that is empty, too small, or has a neighbourhood with more calls in a watch than can be drawn."""
    if city.population_share.sum() <= 0.0 or residents < 20:
        raise CityError(f"{city.name}: a city needs at least 20 residents; got {residents}. Raise residents.")
    calls = p.patrol.calls / WATCHES_PER_YEAR * residents * float(city.population_share.max())
    if calls > MOST_CALLS:
        raise CityError(
            f"{city.name}: a neighbourhood must have at most {MOST_CALLS} calls a watch; got {calls:.0f}. "
            "Divide the largest neighbourhood or lower residents."
        )


def draw_residents(city: City, n: int, p: Parameters, random: np.random.Generator) -> Residents:
    """Draw residents to the city's margins; income is log-normal around the neighbourhood's mean."""
    where = np.repeat(np.arange(city.n_neighbourhoods), counts_to_margin(city.population_share, n))
    home = _cells_of(city, where, random)
    spread = p.population.income_spread
    income = city.income[where] * np.exp(spread * random.standard_normal(n) - spread * spread / 2.0)
    quintile = (np.argsort(np.argsort(income, kind="stable"), kind="stable") * _QUINTILES // n).astype(
        np.int8
    )
    rank = quintile / (_QUINTILES - 1.0) - 0.5
    pop = p.population
    capital = _trait(pop.social_capital + pop.social_capital_gradient * rank, pop.trait_spread, random)
    trust = _trait(np.full(n, pop.trust), pop.trait_spread, random)
    fear = _trait(pop.fear - pop.fear_gradient * rank, pop.trait_spread, random)
    efficacy = _trait(np.full(n, pop.self_efficacy), pop.trait_spread, random)
    day_cell = home[random.permutation(n)]
    volunteer = (random.random(n) < pop.volunteer_share).astype(np.int8)
    roster = np.zeros(n, np.int32)
    roster[: volunteer.sum()] = np.flatnonzero(volunteer)
    return Residents(
        home, day_cell, where.astype(np.int32), quintile, efficacy, capital, trust, trust.copy(), fear, fear.copy(),
        volunteer, np.zeros(n, np.int8), roster,
    )  # fmt: skip


def counts_to_margin(share: FloatArray, n: int) -> NDArray[np.int64]:
    """Return whole residents by neighbourhood that sum to ``n``, by largest remainders; ties to the first."""
    exact = share / share.sum() * n
    counts = np.floor(exact).astype(np.int64)
    missing = n - int(counts.sum())
    counts[np.argsort(counts - exact, kind="stable")[:missing]] += 1
    return counts


def _cells_of(city: City, where: NDArray[np.int64], random: np.random.Generator) -> NDArray[np.int32]:
    """Draw a home cell, each cell of the neighbourhood being as likely."""
    order = np.argsort(city.neighbourhood, kind="stable")
    start = np.searchsorted(city.neighbourhood[order], np.arange(city.n_neighbourhoods + 1))
    size = np.diff(start)
    chosen = start[where] + (random.random(len(where)) * size[where]).astype(np.int64)
    return order[chosen].astype(np.int32)


def _trait(mean: FloatArray, spread: float, random: np.random.Generator) -> FloatArray:
    """Draw a trait in (0, 1): beta-distributed with these means, and this spread where the mean is one half."""
    mean = np.clip(mean, 0.02, 0.98)
    size = 0.25 / (spread * spread) - 1.0
    return random.beta(mean * size, (1.0 - mean) * size)


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
    length = random.exponential(p.justice.custody_weeks * WATCHES_PER_WEEK, count)
    free_from = np.where(in_custody, length, 0.0).astype(np.int32)
    on_lattice = p.setting.movement > 0.0
    return Offenders(
        who, people.home[who], rate, np.full(count, p.offending.certainty),
        np.where(on_lattice, 0, free_from).astype(np.int32),
        np.full(count, NOBODY, np.int32), np.zeros(count, np.int64), np.zeros(count, np.int64),
    )  # fmt: skip


def attempts_per_watch(p: Parameters) -> float:
    """Return planned attempts per resident and watch that the declared recorded rates imply."""
    a_year = sum(c.recorded_rate / c.reported_share for c in p.crimes) / 100_000.0
    return a_year / p.offending.success_share / WATCHES_PER_YEAR


def _scaled_rates(relative: FloatArray, wanted: float, p: Parameters) -> tuple[FloatArray, FloatArray]:
    """Return rates whose free part sums to ``wanted``, and each offender's long-run share in custody."""
    mean_clearance = _expected_clearance(p)
    factor = wanted / relative.sum()
    held = np.zeros_like(relative)
    for _ in range(30):  # a contraction: some ten rounds reach the last digit
        rate = relative * factor
        arrests = rate * p.offending.success_share * mean_clearance
        held = np.array(
            [custody_share(a, p.justice.custody, p.justice.custody_weeks * WATCHES_PER_WEEK) for a in arrests]
        )
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


def lay_out_cells(city: City, people: Residents, p: Parameters) -> Cells:
    """Return the grid's fields, with residents listed by the cell they live in and the cell they come to by day."""
    n = city.n_cells
    living_start, living = _listed(people.home, n)
    coming_start, coming = _listed(people.day_cell, n)
    neighbours, n_neighbours = _neighbours(city, p.setting.periodic > 0.0)
    homes = np.diff(living_start).astype(np.float64)
    shares = (p.presence.home_night, p.presence.home_day, p.presence.home_evening)
    day_homes = np.diff(coming_start).astype(np.float64)
    by_time: list[Any] = [expected_presence(homes, day_homes, s, p.presence.day_place) for s in shares]  # type: ignore[arg-type]
    present = np.stack(by_time)
    inside = city.neighbourhood >= 0
    even = np.cumsum(inside / inside.sum())
    return Cells(
        city.neighbourhood.astype(np.int32), neighbours, n_neighbours, _fixed_attraction(city, p),
        np.zeros((N_CRIMES, n)), np.zeros((N_CRIMES, n)), np.zeros((N_CRIMES, n), np.int32), homes, present,
        np.zeros(n), np.zeros(n, np.int32), np.zeros(n, np.int32), np.full(n, NOBODY, np.int32), np.zeros(n), even,
        living_start, living, coming_start, coming, np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int32),
    )  # fmt: skip


def _fixed_attraction(city: City, p: Parameters) -> FloatArray:
    """Return the fixed attractiveness (K, C): homes pull by housing value, people alike; 0 outside the city."""
    residential = city.population_share > 0.0
    mean = float(np.average(city.housing_value, weights=city.population_share))
    pull = (city.housing_value / mean) ** p.offending.housing_value_pull
    inside = (city.neighbourhood >= 0) & residential[city.neighbourhood]
    by_cell = np.where(inside, pull[city.neighbourhood], 0.0)
    rows = [np.where(inside, 1.0, 0.0) if c.against_persons > 0.0 else by_cell for c in p.crimes]
    return p.setting.fixed_attraction * np.stack(rows)


def _listed(cell: NDArray[np.int32], n_cells: int) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return residents by cell as start (n_cells + 1,) and list (R,)."""
    order = np.argsort(cell, kind="stable").astype(np.int32)
    start = np.searchsorted(cell[order], np.arange(n_cells + 1)).astype(np.int32)
    return start, order


def _neighbours(city: City, periodic: bool) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the four neighbours (C, 4) of each cell within the city, packed to the left, and their number."""
    row, column = np.divmod(np.arange(city.n_cells), city.columns)
    found = np.full((city.n_cells, 4), NOBODY, np.int32)
    count = np.zeros(city.n_cells, np.int32)
    for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        r, c = row + down, column + right
        if periodic:
            r, c = r % city.rows, c % city.columns
        valid = (r >= 0) & (r < city.rows) & (c >= 0) & (c < city.columns)
        other = np.where(valid, r * city.columns + c, 0)
        valid &= (city.neighbourhood[other] >= 0) & (city.neighbourhood >= 0)
        at = np.flatnonzero(valid)
        found[at, count[at]] = other[at]
        count[at] += 1
    return found, count


def lay_out_neighbourhoods(city: City, people: Residents, p: Parameters) -> Neighbourhoods:
    """Return the neighbourhoods' fields, collective efficacy and fear as their residents have them at the start."""
    n = city.n_neighbourhoods
    inside = np.flatnonzero(city.neighbourhood >= 0)
    order = inside[np.argsort(city.neighbourhood[inside], kind="stable")].astype(np.int32)
    start = np.searchsorted(city.neighbourhood[order], np.arange(n + 1)).astype(np.int32)
    residents = np.bincount(people.neighbourhood, minlength=n).astype(np.int32)
    traits = (people.social_capital, people.self_efficacy, people.fear)
    capital, efficacy, fear = (_means(people.neighbourhood, trait, n) for trait in traits)
    g = p.guardianship
    means = zip(capital, efficacy, fear, strict=True)
    together = [collective_efficacy(*three, g.cohesion, g.fear_withdrawal) for three in means]
    return Neighbourhoods(
        residents, start, order, np.array(together), fear, np.zeros(n, np.int64), np.zeros(n, np.int32),
        residents * fear / max(float((residents * fear).sum()), 1e-12), np.zeros(n, np.int32), np.zeros(n),
        np.zeros(n, np.int32), np.zeros(n, np.int32),
    )  # fmt: skip


def _means(group: NDArray[np.int32], values: FloatArray, n: int) -> FloatArray:
    """Return the mean of values by group, shape (n,); 0 for an empty group."""
    size = np.bincount(group, minlength=n)
    return np.bincount(group, weights=values, minlength=n) / np.maximum(size, 1)


def posts_needed(residents: int, numbers: Numbers) -> int:
    """Return the officers' posts that either arrangement could pay from its whole budget, with one to spare."""
    most = max(p.budget * residents / p.officer_cost for p in (numbers.before, numbers.after))
    return math.ceil(most) + 1


def empty_officers(posts: int) -> Officers:
    """Return officers who have done nothing yet."""
    return Officers(
        np.zeros(posts, np.int64), np.zeros(posts, np.int32), np.zeros(posts, np.int8),
        np.full((posts, MOST_STOPS), NOBODY, np.int32),
    )  # fmt: skip


def empty_cases(capacity: int) -> Cases:
    """Return case files without a case; dtypes as :class:`Cases` says."""
    kinds = get_type_hints(Cases)
    columns: list[Any] = [np.zeros(capacity, _DTYPES[kinds[field]]) for field in Cases._fields[2:]]
    return Cases(np.zeros(1, np.int64), np.zeros(2, np.int64), *columns)


def empty_books(neighbourhoods: int, watches: int) -> Books:
    """Return empty books for a run of that many watches."""
    weeks = -(-watches // WATCHES_PER_WEEK)
    months = max(-(-watches // WATCHES_PER_MONTH), 1)
    return Books(
        np.zeros((weeks, len(ITEMS))), np.zeros((weeks, len(WEEKLY)), np.int64),
        np.zeros((months, neighbourhoods, len(PANEL))), np.zeros((months, _QUINTILES, len(PANEL))),
    )  # fmt: skip
