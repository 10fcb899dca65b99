"""The engines agree under any parameters and levers within their declared ranges."""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coproduction.agents.city_model import run_agents
from coproduction.simulation.city import City
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import Numbers, build, describe, policing
from coproduction.simulation.parameters.crimes import CRIME_TYPES, CrimeType
from coproduction.simulation.parameters.declaration import Declaration
from coproduction.simulation.parameters.levers import LEVERS
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.parameters.portfolio import NO_PROGRAMMES, PAYERS, Portfolio
from coproduction.simulation.population import populate
from coproduction.simulation.state import copied, differences

WATCHES = 90  # a month and some watches of the next
VARIED = [row for row in describe() if row.role != "fixed"]
PLACES = st.floats(0.0, 1.0) | st.sampled_from([0.0, 1.0])


def values(table: Callable[[str], bool]) -> st.SearchStrategy[dict[Any, float]]:
    """Draw places in the ranges of some parameters of the tables asked for."""
    rows = [row for row in VARIED if table(row.table)]
    return st.dictionaries(st.sampled_from(rows), PLACES, max_size=len(rows))


def tables(places: dict[Declaration, float]) -> dict[str, dict[str, float]]:
    """Turn places in ranges into tables of values."""
    found: dict[str, dict[str, float]] = {}
    for row, place in places.items():
        value = row.low + place * (row.high - row.low)
        found.setdefault(row.table, {})[row.key] = min(max(value, row.low), row.high)
    for name, crime in CRIME_TYPES.items():
        leave_an_evening(found.get(name, {}), crime)
    return found


def leave_an_evening(table: dict[str, float], crime: CrimeType) -> None:
    """Scale the shares of night and day down where they sum to more than one, which a file may not say."""
    night, day = (table.get(key, getattr(crime, key)) for key in ("night_share", "day_share"))
    if night + day > 1.0:
        table["night_share"], table["day_share"] = 0.99 * night / (night + day), 0.99 * day / (night + day)


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    """Draw up to three programmes of any levers, members, places and costs, in a city of four neighbourhoods."""
    n = draw(st.integers(0, 3))

    def column(low: float, high: float) -> np.ndarray:
        return np.array(draw(st.lists(st.floats(low, high), min_size=n, max_size=n)), np.float64)

    def table(high: float, width: int) -> np.ndarray:
        cells = st.lists(st.sampled_from([0.0, 0.3, 1.0]), min_size=n * width, max_size=n * width)
        return high * np.array(draw(cells), np.float64).reshape(n, width)

    start = draw(st.lists(st.integers(40, 86), min_size=n, max_size=n))
    return NO_PROGRAMMES._replace(
        start=np.array(start, np.int32),
        end=np.array([s + draw(st.integers(1, 60)) for s in start], np.int32),
        amounts=table(1.0, len(LEVERS)) * NO_PROGRAMMES.most,
        switches=np.array(
            draw(st.lists(st.sampled_from([0.0, 1.0]), min_size=len(LEVERS), max_size=len(LEVERS)))
        ),
        dose=column(0, 3),
        fidelity=column(0, 1),
        targets=table(1.0, 4).astype(np.int8),
        hottest=np.array(draw(st.lists(st.integers(0, 5), min_size=n, max_size=n)), np.int32),
        members_wanted=column(0, 200),
        members_supported=column(0, 300),
        invitation=column(0, 8),
        cost=table(20_000.0, len(PAYERS)),
        member_cost=table(50.0, len(PAYERS)),
        from_budget=np.array(draw(st.lists(st.integers(0, 1), min_size=n, max_size=n)), np.int8),
        adoption=column(0, 1),
    )


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(
    values(lambda table: table != "policing"),
    st.tuples(*2 * [values(lambda table: table == "policing")]),
    portfolios(),
    st.tuples(st.integers(0, 2**63 - 1), st.booleans()),
)
def test_engines_agree_whatever_the_parameters(
    grid_city: Callable[..., City],
    parameters: dict[Declaration, float],
    arrangements: tuple[dict[Declaration, float], dict[Declaration, float]],
    programmes: Portfolio,
    seed_and_lattice: tuple[int, bool],
) -> None:
    seed, lattice = seed_and_lattice
    given_tables = tables(parameters)
    if lattice:
        given_tables["setting"] = {"movement": 1.0, "arrivals": 0.5}
    before, after = [
        policing("test", "policing", Policing(), tables(places).get("policing", {}))
        for places in arrangements
    ]
    numbers = Numbers(build("test", given_tables), before, after, 40, 30, programmes)
    start = populate(grid_city(6, 2), 120, numbers, seed, WATCHES)
    core = run_core(copied(start), numbers, seed, 0, WATCHES)
    agents = run_agents(start, numbers, seed, 0, WATCHES)
    assert differences(core, agents) == []
