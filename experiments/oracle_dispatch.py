"""O:dispatch. Calls that come at random, wait in one queue and are served by c units for exponential times.

Erlang's formula gives the chance to wait and the mean wait; with two classes of which the first goes first, but calls
nobody away, Cobham's (1954) formulas give the mean wait of each. The production dispatch runs in a city without crime.
"""

import math

import numpy as np

from coproduction.experiments.oracle_city import (
    WITHOUT_CALLS,
    WITHOUT_CRIME,
    WITHOUT_TURNOVER,
    Tables,
    at_limits,
    one_neighbourhood,
    unchanging,
    with_tables,
)
from coproduction.experiments.oracle_rows import STANDARD_ERRORS, Row
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import Numbers, Policing
from coproduction.simulation.population import populate
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH, WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.state import (
    BEGUN,
    GENERAL_CALL,
    MENTAL_HEALTH_CALL,
    NUISANCE_CALL,
    WAITED,
    WAITED_SECONDS,
    Counts,
)

ORACLE = "O:dispatch"
RESIDENTS, MINUTES = 500, 60.0
WEEKS, BATCH = 800, 20
"""Weeks of a run, and of a batch: long against the hours for which a queue remembers."""


def chance_to_wait(units: int, load: float) -> float:
    """Return Erlang's C for c units and an offered load in units."""
    full = load**units / math.factorial(units) / (1.0 - load / units)
    return full / (sum(load**k / math.factorial(k) for k in range(units)) + full)


def queue_of(units: int, loads: Tables) -> Numbers:
    """Return numbers of a city with that many officers on duty in every watch, and kinds of calls by offered load."""
    a_year = WATCHES_PER_YEAR * SECONDS_PER_WATCH / 60.0 / MINUTES / RESIDENTS
    kinds: Tables = {
        name: {
            "calls": kind["load"] * a_year,
            "priority": kind["priority"],
            "minutes": MINUTES,
            "shared": 0.0,
        }
        for name, kind in loads.items()
    }
    quiet = with_tables(WITHOUT_CRIME, WITHOUT_CALLS, WITHOUT_TURNOVER)
    p = at_limits(quiet, {**kinds, "patrol": {"shifts": float(WATCHES_PER_WEEK)}})
    budget = (units + 1e-9) * Policing().officer_cost / RESIDENTS
    return unchanging(p, Policing(budget=budget, engagement=0.0, coordinators=0.0, co_responders=0.0))


def served(units: int, loads: Tables, seed: int) -> Counts:
    """Return calls begun, calls that waited and seconds waited, by batch of weeks and kind of call."""
    numbers, watches = queue_of(units, loads), WEEKS * WATCHES_PER_WEEK
    state = run_core(
        populate(one_neighbourhood(2, 2), RESIDENTS, numbers, seed, watches), numbers, seed, 0, watches
    )
    books: Counts = state.books.queue
    return books.reshape(-1, BATCH, *books.shape[1:]).sum(axis=1)


def of_ratio(quantity: str, expected: float, above: Counts, below: Counts) -> Row:
    """Compare the ratio of two sums over batches with its expectation; the batches give the error (ratio estimator)."""
    ratio = above.sum() / below.sum()
    error = np.std(above - ratio * below, ddof=1) / below.mean() / math.sqrt(len(above))
    return Row(ORACLE, quantity, expected, float(ratio), STANDARD_ERRORS * float(error))


def erlang_rows(units: int, load: float, seed: int) -> list[Row]:
    """Compare the share of calls that wait, and the mean wait, with Erlang's formula."""
    books = served(units, {"general_calls": {"load": load, "priority": 3.0}}, seed)[:, GENERAL_CALL]
    waiting = chance_to_wait(units, load)
    what = f"{units} units, load {load / units:g}"
    return [
        of_ratio(f"share that waits, {what}", waiting, books[:, WAITED], books[:, BEGUN]),
        of_ratio(
            f"seconds waited, {what}",
            waiting * 60.0 * MINUTES / (units - load),
            books[:, WAITED_SECONDS],
            books[:, BEGUN],
        ),
    ]


def priority_rows(units: int, first: float, second: float, seed: int) -> list[Row]:
    """Compare the mean wait of two classes with Cobham's formulas; first and second are their offered loads."""
    loads: Tables = {
        "nuisance_calls": {"load": first, "priority": 0.0},
        "mental_health_calls": {"load": second, "priority": 5.0},
    }
    books = served(units, loads, seed)
    mean = chance_to_wait(units, first + second) * 60.0 * MINUTES / units / (1.0 - first / units)
    expected = {NUISANCE_CALL: mean, MENTAL_HEALTH_CALL: mean / (1.0 - (first + second) / units)}
    names = {NUISANCE_CALL: "first", MENTAL_HEALTH_CALL: "second"}
    return [
        of_ratio(
            f"seconds waited, {units} units, {names[kind]} class",
            seconds,
            books[:, kind, WAITED_SECONDS],
            books[:, kind, BEGUN],
        )
        for kind, seconds in expected.items()
    ]


def dispatch_rows() -> list[Row]:
    """Return the rows of the queue of calls."""
    return [
        *erlang_rows(1, 0.5, 1),
        *erlang_rows(3, 2.4, 2),
        *erlang_rows(6, 4.2, 3),
        *priority_rows(1, 0.3, 0.4, 4),
        *priority_rows(4, 1.2, 2.0, 5),
    ]
