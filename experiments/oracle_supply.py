"""Closed forms of what police and volunteers supply, of what it costs, and of feelings left alone.

Each runs the whole schedule, in a city without crime.
"""

import math

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.oracle_city import (
    CALL_TABLES,
    WITHOUT_CALLS,
    WITHOUT_CRIME,
    WITHOUT_TURNOVER,
    Tables,
    at_limits,
    one_neighbourhood,
    unchanging,
    with_tables,
)
from coproduction.experiments.oracle_rows import STANDARD_ERRORS, Row, of_share
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import Numbers, Policing
from coproduction.simulation.population import populate
from coproduction.simulation.rules.calendar import (
    WATCHES_PER_MONTH,
    WATCHES_PER_WEEK,
    WATCHES_PER_YEAR,
)
from coproduction.simulation.rules.guardianship import remaining_patrol
from coproduction.simulation.state import (
    BUSY_SECONDS,
    CALLS,
    CUSTODY_PAID,
    OVERTIME_SECONDS,
    SHIFTS,
    STOPS,
    TRAINING_PAID,
    VISITS,
    State,
)

SIDE, RESIDENTS = 20, 10_000
POSTS, STOPS_PER_WATCH = 4, 10
WEEKS_PER_YEAR = WATCHES_PER_YEAR // WATCHES_PER_WEEK


def even_patrol() -> Numbers:
    """Return numbers of a city that pays ``POSTS`` officers and nothing else, who patrol all cells alike."""
    stops: Tables = {"patrol": {"stops": float(STOPS_PER_WATCH)}}
    p = with_tables(WITHOUT_CRIME, WITHOUT_CALLS, WITHOUT_TURNOVER, stops)
    cost = Policing().officer_cost
    return unchanging(
        p,
        Policing(
            budget=POSTS * cost / RESIDENTS,
            hot_spots=0.0,
            coordinators=0.0,
            co_responders=0.0,
            engagement=0.0,
            field_stops=0.0,
        ),
    )


def city(numbers: Numbers, seed: int, watches: int, residents: int = RESIDENTS) -> State:
    """Return the city of these checks before its first watch."""
    return populate(one_neighbourhood(SIDE, SIDE), residents, numbers, seed, watches)


def residual_patrol_row(seed: int = 1) -> Row:
    """Compare patrol still felt with stops per watch / (1 - exp(-1 / memory)), averaged over a week's rota."""
    numbers, memory, settled = even_patrol(), with_tables().guardianship.patrol_memory, 10 * WATCHES_PER_WEEK
    state = run_core(city(numbers, seed, settled + WATCHES_PER_WEEK), numbers, seed, 0, settled)
    felt = []
    for watch in range(settled, settled + WATCHES_PER_WEEK):
        state = run_core(state, numbers, seed, watch, watch + 1)
        cells = zip(state.cells.patrol, state.cells.patrol_seen, strict=True)
        felt.append(sum(remaining_patrol(float(stops), watch - int(seen), memory) for stops, seen in cells))
    stops = POSTS * numbers.parameters.patrol.shifts * STOPS_PER_WATCH / WATCHES_PER_WEEK
    predicted = stops / -math.expm1(-1.0 / memory)
    return Row("O:patrol", "stops still felt in the city", predicted, float(np.mean(felt)), 1e-9 * predicted)


def stops_row(seed: int = 1) -> Row:
    """Compare a year's patrol stops without a call with posts times shifts times stops."""
    numbers = even_patrol()
    state = run_core(city(numbers, seed, WATCHES_PER_YEAR), numbers, seed, 0, WATCHES_PER_YEAR)
    predicted = WEEKS_PER_YEAR * POSTS * numbers.parameters.patrol.shifts * STOPS_PER_WATCH
    return Row("O:patrol", "stops in a year", predicted, float(state.books.weekly[:, STOPS].sum()), 0.0)


def call_rows(seed: int = 1) -> list[Row]:
    """Compare calls other than crime, and the time they take, with Poisson and exponential means."""
    numbers = unchanging(with_tables(WITHOUT_CRIME), Policing(budget=1500.0, co_responders=0.0))
    state = run_core(city(numbers, seed, WATCHES_PER_YEAR), numbers, seed, 0, WATCHES_PER_YEAR)
    kinds = [getattr(numbers.parameters, name) for name in CALL_TABLES]
    a_year = [kind.calls for kind in kinds]
    expected, counted = sum(a_year) * RESIDENTS, int(state.books.weekly[:, CALLS].sum())
    means = [
        1.0 / math.expm1(1.0 / (60.0 * kind.minutes)) for kind in kinds
    ]  # of whole seconds, rounded down
    seconds = float(np.average(means, weights=a_year))
    spread = math.sqrt(2.0 * float(np.average(np.square(means), weights=a_year)) - seconds**2)
    taken = float(state.books.weekly[:, [BUSY_SECONDS, OVERTIME_SECONDS]].sum()) / counted
    return [
        Row("O:calls", "calls in a year", expected, float(counted), STANDARD_ERRORS * math.sqrt(expected)),
        Row(
            "O:calls",
            "seconds taken by a call",
            seconds,
            taken,
            STANDARD_ERRORS * spread / math.sqrt(counted),
        ),
    ]


def spending(seed: int = 1) -> tuple[NDArray[np.float64], float, float]:
    """Return USD by week (W,), what is owed at the end, and the weekly budget, in a city of recruits and meetings."""
    levers = Policing(coordinators=4.0, meetings=11.0, invitation=2.0)
    numbers = unchanging(with_tables(), levers)
    state = run_core(city(numbers, seed, WATCHES_PER_YEAR), numbers, seed, 0, WATCHES_PER_YEAR)
    usd = state.books.usd.copy()
    usd[:, CUSTODY_PAID:] = 0.0  # paid by county and state
    return usd.sum(axis=1), float(state.government.owed[0]), levers.budget * RESIDENTS / WEEKS_PER_YEAR


def training_row(seed: int = 1) -> Row:
    """Compare what training was paid and is owed with the number who joined times its cost, where nobody leaves."""
    staying: Tables = {"volunteering": {"leaving": 0.0, "unsupported_leaving": 0.0}}
    numbers = unchanging(with_tables(staying), Policing(coordinators=4.0, invitation=2.0))
    state = city(numbers, seed, WATCHES_PER_YEAR)
    before = int(state.government.volunteers[0])
    state = run_core(state, numbers, seed, 0, WATCHES_PER_YEAR)
    bill = (int(state.government.volunteers[0]) - before) * numbers.parameters.volunteering.training_cost
    booked = float(state.books.usd[:, TRAINING_PAID].sum() + state.government.owed[0])
    return Row("O:budget", "USD of training, paid and owed", bill, booked, 1e-9 * bill)


def budget_rows() -> list[Row]:
    """Compare spending with the budget: week by week without recruits, in sum with recruits."""
    numbers = even_patrol()
    state = run_core(city(numbers, 1, WATCHES_PER_YEAR), numbers, 1, 0, WATCHES_PER_YEAR)
    weekly = state.books.usd.sum(axis=1)
    even = numbers.before.budget * RESIDENTS / WEEKS_PER_YEAR
    worst = float(weekly[np.argmax(np.abs(weekly - even))])
    paid, _, budget = spending()
    year = budget * WEEKS_PER_YEAR
    return [
        Row("O:budget", "USD of the week farthest from its budget", even, worst, 1e-9 * even),
        Row("O:budget", "USD of a year with recruits to train", year, float(paid.sum()), 1e-9 * year),
        training_row(),
    ]


def volunteer_rows(seed: int = 1) -> list[Row]:
    """Compare volunteers' hours, visits and staying on with the declared figures."""
    many: Tables = {"population": {"volunteer_share": 0.05}}
    numbers = unchanging(with_tables(WITHOUT_CRIME, WITHOUT_TURNOVER, many))
    before = city(numbers, seed, WATCHES_PER_YEAR)
    serving = int(before.government.volunteers[0])
    state = run_core(before, numbers, seed, 0, WATCHES_PER_YEAR)
    v, week = numbers.parameters.volunteering, state.books.weekly.sum(axis=0)
    evenings = WATCHES_PER_YEAR // 3
    chance = v.hours / v.shift_hours / evenings
    error = STANDARD_ERRORS * v.shift_hours * math.sqrt(evenings * chance * (1.0 - chance) / serving)
    visits = float(week[SHIFTS] * v.shift_hours * v.visits_per_hour)
    hours = float(week[SHIFTS] * v.shift_hours / serving)
    return [
        Row("O:volunteering", "hours per volunteer in a year", v.hours, hours, error),
        Row("O:volunteering", "visits in a year", visits, float(week[VISITS]), 0.0),
        staying_row(seed),
    ]


def staying_row(seed: int, leaving: float = 0.04, months: int = 13) -> Row:
    """Compare the share of volunteers who stay for some months with (1 - leaving)^months."""
    rules: Tables = {
        "population": {"volunteer_share": 0.05},
        "volunteering": {"joining": 0.0, "leaving": leaving, "unsupported_leaving": 0.0},
    }
    numbers = unchanging(with_tables(WITHOUT_CRIME, rules))
    state = city(numbers, seed, months * WATCHES_PER_MONTH, residents=100_000)
    serving = int(state.government.volunteers[0])
    state = run_core(state, numbers, seed, 0, months * WATCHES_PER_MONTH)
    staying = int(state.government.volunteers[0])
    quantity = f"share of volunteers who stay for {months} months"
    return of_share("O:volunteering", quantity, (1.0 - leaving) ** months, (staying, serving))


def relaxation_rows(months: int = 6) -> list[Row]:
    """Compare fear and trust left alone with own level + distance from it times (1 - share)^months.

    And traces of disorder that nobody adds to or takes care of with exp(-4 months / weeks).
    """
    off = {"fear": 0.0}
    alone = {"change": {"talk_weight": 0.0}, "perception": off, "disorder": {**off, "care": 0.0}}
    numbers = even_patrol()
    numbers = numbers._replace(parameters=at_limits(numbers.parameters, alone))
    state = city(numbers, 1, months * WATCHES_PER_MONTH)
    state.residents.fear[:] = 0.9
    state.residents.trust[:] = 0.1
    state.cells.disorder[:] = 1.0
    state = run_core(state, numbers, 1, 0, months * WATCHES_PER_MONTH)
    residents, c = state.residents, numbers.parameters.change
    fear = residents.own_fear + (0.9 - residents.own_fear) * (1.0 - c.fear_relaxation) ** months
    trust = residents.own_trust + (0.1 - residents.own_trust) * (1.0 - c.trust_relaxation) ** months
    traces = np.exp(-4.0 * months / numbers.parameters.disorder.weeks)
    farthest = {
        "fear": np.abs(residents.fear - fear).max(),
        "trust": np.abs(residents.trust - trust).max(),
        "traces of disorder": np.abs(state.cells.disorder[state.neighbourhoods.cell] - traces).max(),
    }
    return [
        Row("O:memory", f"farthest {name} from its closed form", 0.0, float(distance), 1e-12)
        for name, distance in farthest.items()
    ]


def supply_rows() -> list[Row]:
    """Return the rows of patrol, calls, budget, volunteering and memory."""
    return [
        stops_row(), residual_patrol_row(), *call_rows(), *budget_rows(), *volunteer_rows(),
        *relaxation_rows(),
    ]  # fmt: skip
