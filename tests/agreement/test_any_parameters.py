"""The engines agree under any parameters and levers within their declared ranges."""

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coproduction.agents.city_model import run_agents
from coproduction.simulation.city import City
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import Numbers, build, describe, policing
from coproduction.simulation.parameters.crimes import CRIME_TYPES, CrimeType
from coproduction.simulation.parameters.declaration import Declaration
from coproduction.simulation.parameters.policing import Policing
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


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(
    values(lambda table: table != "policing"),
    st.tuples(*2 * [values(lambda table: table == "policing")]),
    st.integers(0, 2**63 - 1),
    st.booleans(),
)
def test_engines_agree_whatever_the_parameters(
    grid_city: Callable[..., City],
    parameters: dict[Declaration, float],
    arrangements: tuple[dict[Declaration, float], dict[Declaration, float]],
    seed: int,
    lattice: bool,
) -> None:
    given_tables = tables(parameters)
    if lattice:
        given_tables["setting"] = {"movement": 1.0, "arrivals": 0.5}
    before, after = [
        policing("test", "policing", Policing(), tables(places).get("policing", {}))
        for places in arrangements
    ]
    numbers = Numbers(build("test", given_tables), before, after, policy_start=40, measured_from=30)
    start = populate(grid_city(6, 2), 120, numbers, seed, WATCHES)
    core = run_core(copied(start), numbers, seed, 0, WATCHES)
    agents = run_agents(start, numbers, seed, 0, WATCHES)
    assert differences(core, agents) == []
