"""O:patrol. Random patrol: m units over N cells, P(a given cell is visited within t watches) = 1 - (1 - 1/N)^(m t).

The production rota, phase and plan, without hot spots and boards: each unit on duty makes one stop in each watch.
"""

import math

import numpy as np

from coproduction.experiments.oracle_city import WITHOUT_CALLS, WITHOUT_CRIME, Tables, unchanging, with_tables
from coproduction.experiments.oracle_rows import STANDARD_ERRORS, Row
from coproduction.experiments.oracle_supply import SIDE, city
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import Numbers, Policing
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.state import State, copied

UNITS, WITHIN = (5, 10, 20), (7, 21, 63)
"""On duty in each watch; watches."""
SHIFTS = 5
"""A week, as declared: 21 posts put five on duty in every watch."""
RESIDENTS, SEEDS = 2000, 10


def unvisited(stops: int, cells: int) -> tuple[float, float]:
    """Return mean and variance of the number of cells that none of so many stops, each at random, falls on."""
    one, two = (1.0 - 1.0 / cells) ** stops, (1.0 - 2.0 / cells) ** stops
    return cells * one, cells * one + cells * (cells - 1) * two - (cells * one) ** 2


def random_patrol(units: int) -> Numbers:
    """Return numbers of a city with so many units on duty in each watch, who stop once each, anywhere alike."""
    stops: Tables = {"patrol": {"stops": 1.0, "shifts": float(SHIFTS)}}
    levers = Policing(hot_spots=0.0, coordinators=0.0, co_responders=0.0, engagement=0.0)
    posts = units * WATCHES_PER_WEEK // SHIFTS
    budget = posts * levers.officer_cost / RESIDENTS * (1.0 + 1e-12)  # not a rounding less than all posts
    return unchanging(with_tables(WITHOUT_CRIME, WITHOUT_CALLS, stops), levers._replace(budget=budget))


def share_visited(start: State, numbers: Numbers, watches: int) -> float:
    """Return the share of cells visited in runs of so many watches, mean over seeds."""
    ends = [run_core(copied(start), numbers, seed, 0, watches) for seed in range(SEEDS)]
    return float(np.mean([(end.cells.total_stops > 0).mean() for end in ends]))


def visit_rows(units: tuple[int, ...] = UNITS, within: tuple[int, ...] = WITHIN) -> list[Row]:
    """Compare the share of cells visited with 1 - (1 - 1/N)^(m t)."""
    cells, rows = SIDE * SIDE, []
    for m in units:
        numbers = random_patrol(m)
        start = city(numbers, 1, max(within), RESIDENTS)
        for t in within:
            mean, variance = unvisited(m * t, cells)
            error = STANDARD_ERRORS * math.sqrt(variance / SEEDS) / cells
            quantity = f"cells visited within {t} watches by {m} units"
            rows.append(
                Row("O:patrol", quantity, 1.0 - mean / cells, share_visited(start, numbers, t), error)
            )
    return rows
