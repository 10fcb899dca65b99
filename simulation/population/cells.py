"""The grid's fields and the neighbourhoods, as the residents make them at the start."""

import numpy as np

from coproduction.simulation._compiled import kernel
from coproduction.simulation.city import City, FloatArray
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.parameters.careers import Careers
from coproduction.simulation.parameters.crimes import HOMES
from coproduction.simulation.parameters.levers import LEVERS
from coproduction.simulation.population.listing import by_group
from coproduction.simulation.population.streams import Stream, stream
from coproduction.simulation.rules.calendar import DAY, EVENING, NIGHT
from coproduction.simulation.rules.guardianship import collective_efficacy
from coproduction.simulation.rules.presence import OLD, day_place_probability
from coproduction.simulation.rules.protection import AVOIDANCE
from coproduction.simulation.rules.targets import home_share
from coproduction.simulation.state import NOBODY, Cells, Flags, Ints, Neighbourhoods, Residents

KINDS = 16
"""Kinds of residents whose presence differs: with or without work, either sex, old or not, avoiding the dark or not."""


def lay_out_cells(city: City, people: Residents, p: Parameters) -> Cells:
    """Return the grid's fields, with residents listed by the cell they come to by day; by home they are in order."""
    n = city.n_cells
    everybody = np.arange(len(people.home), dtype=np.int32)
    living_start = np.searchsorted(people.home, np.arange(n + 1)).astype(np.int32)
    coming_start, coming = by_group(people.day_cell, everybody, n)
    neighbours, n_neighbours = _neighbours(city, p.setting.periodic > 0.0)
    homes = np.diff(living_start).astype(np.float64)
    present = expected_present(people, p, n)
    by_type = len(p.crimes), n
    return Cells(
        city.neighbourhood.astype(np.int32), neighbours, n_neighbours, _fixed_attraction(city, p),
        np.zeros(by_type), np.zeros(by_type, np.int32), homes,
        present,
        np.zeros(n), np.zeros(n, np.int32), np.zeros(n, np.int32), np.full(n, NOBODY, np.int32), np.zeros(n),
        living_start, coming_start, coming, np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int32),
        np.zeros(n, np.int32), np.zeros((int(p.patrol.map_delay) + 1, n)), np.zeros(n, np.int32), np.zeros(n),
        np.zeros(n),
    )  # fmt: skip


def expected_present(people: Residents, p: Parameters, n_cells: int) -> FloatArray:
    """Return the residents expected in each cell by time of day, shape (3, C): the sum of their probabilities."""
    kind = kinds_of_presence(people)
    present, at_home, away = np.empty((3, n_cells)), np.zeros(KINDS), np.zeros(KINDS)
    for time in (NIGHT, DAY, EVENING):
        for one in range(KINDS):
            first = int(np.argmax(kind == one))
            at_home[one] = home_share(people, p.presence, first, time)
            away[one] = day_place_probability(at_home[one], p.presence.day_place)
        present[time] = _summed(people.home, at_home, kind, n_cells)
        present[time] += _summed(people.day_cell, away, kind, n_cells)
    return present


def kinds_of_presence(people: Residents) -> Flags:
    """Return which of the ``KINDS`` each resident is (R,): work first, then age, sex and avoidance, in binary."""
    kind: Flags = 4 * (people.age >= OLD).view(np.int8) + (people.protection & AVOIDANCE != 0)
    kind += 8 * people.works
    kind += 2 * people.sex
    return kind


@kernel
def _summed(cell: Ints, share: FloatArray, kind: Flags, n_cells: int) -> FloatArray:
    """Return the sum by cell (C,) of residents' shares, which their kinds have."""
    total = np.zeros(n_cells)
    for resident in range(len(cell)):
        total[cell[resident]] += share[kind[resident]]
    return total


def _fixed_attraction(city: City, p: Parameters) -> FloatArray:
    """Return the fixed attractiveness (K, C): homes pull by housing value, people alike; 0 outside the city."""
    residential = city.population_share > 0.0
    mean = float(np.average(city.housing_value, weights=city.population_share))
    pull = (city.housing_value / mean) ** p.offending.housing_value_pull
    inside = (city.neighbourhood >= 0) & residential[city.neighbourhood]
    by_cell = np.where(inside, pull[city.neighbourhood], 0.0)
    rows = [by_cell if c.exposure == HOMES else np.where(inside, 1.0, 0.0) for c in p.crimes]
    return p.setting.fixed_attraction * np.stack(rows)


def _neighbours(city: City, periodic: bool) -> tuple[Ints, Ints]:
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


def lay_out_neighbourhoods(city: City, people: Residents, p: Parameters, seed: int) -> Neighbourhoods:
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
        residents, start, order, np.array(together), fear, np.zeros(n, np.int64),
        residents * fear / max(float((residents * fear).sum()), 1e-12), np.zeros(n, np.int32), np.zeros(n),
        np.zeros(n, np.int32), np.zeros(n, np.int32), np.ones(n), np.zeros(n),
        np.zeros(n, np.int64), draw_organisations(n, p.careers, stream(seed, Stream.ORGANISATIONS)),
        np.zeros((n, len(LEVERS))),
    )  # fmt: skip


def _means(group: Ints, values: FloatArray, n: int) -> FloatArray:
    """Return the mean of values by group, shape (n,); 0 for an empty group."""
    size = np.bincount(group, minlength=n)
    return np.bincount(group, weights=values, minlength=n) / np.maximum(size, 1)


def draw_organisations(n: int, c: Careers, random: np.random.Generator) -> FloatArray:
    """Draw nonprofits per 100,000 residents by neighbourhood (N,): log-normal, with the declared mean."""
    spread = c.organisations_spread
    drawn: FloatArray = c.organisations * np.exp(spread * random.standard_normal(n) - spread * spread / 2.0)
    return drawn
