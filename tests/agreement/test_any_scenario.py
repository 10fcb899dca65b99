"""The engines agree on any scenario that a file can say: programmes, pathways, dysfunctions, added crime, adoption."""

import runpy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from coproduction.agents.city_model import run_agents
from coproduction.experiments.run import start
from coproduction.scenarios.programmes import library
from coproduction.scenarios.scenario import from_dict, load
from coproduction.simulation.engine import run_core
from coproduction.simulation.errors import ScenarioFileError
from coproduction.simulation.parameters.crimes import CRIME_TYPES
from coproduction.simulation.parameters.declaration import PATHWAYS
from coproduction.simulation.parameters.dysfunctions import Dysfunctions
from coproduction.simulation.parameters.levers import lever_declarations
from coproduction.simulation.parameters.portfolio import PAYERS
from coproduction.simulation.state import copied, differences

DRAWN: dict[str, Any] = runpy.run_path(str(Path(__file__).parent / "test_any_parameters.py"))
LEVERS = {row.key: row for row in lever_declarations()}
NAMES = load("own_department").city.city.names
WATCHES = 126

shares = st.floats(0.0, 1.0) | st.sampled_from([0.0, 1.0])


@st.composite
def programmes(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Draw what a file says of some programmes of the library: any lever, places, weeks, members, money."""
    return {
        name: draw(programme()) for name in draw(st.lists(st.sampled_from(sorted(library())), unique=True))
    }


@st.composite
def programme(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the table of one programme."""
    begins = draw(st.integers(0, 3))
    levers = draw(st.dictionaries(st.sampled_from(sorted(LEVERS)), shares, max_size=6))
    payers = st.dictionaries(st.sampled_from(PAYERS), st.floats(0.0, 30_000.0), max_size=3)
    table = {
        "levers": {key: share * LEVERS[key].high for key, share in levers.items()},
        "targets": draw(
            st.sampled_from(["all", "poorest", "hottest"]) | st.lists(st.sampled_from(NAMES), min_size=1)
        ),
        "start_week": begins,
        "end_week": draw(st.none() | st.integers(begins + 1, begins + 5)),
        "dose": draw(st.floats(0.0, 2.0)),
        "fidelity": draw(shares),
        "members_wanted": draw(st.sampled_from([0.0, 20.0, 300.0])),
        "members_supported": draw(st.floats(0.0, 400.0)),
        "invitation": draw(st.floats(-2.0, 6.0)),
        "cost": draw(payers),
        "funded": draw(st.sampled_from(["budget", "extra"])),
        "adoption": draw(st.sampled_from(["always", "city"])),
    }
    return {key: value for key, value in table.items() if value is not None}


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the tables of a whole scenario."""
    values, tables = DRAWN["values"], DRAWN["tables"]
    before, after = (
        tables(draw(values(lambda table: table == "policing"))).get("policing", {}) for _ in range(2)
    )
    parameters = tables(draw(values(lambda table: table != "policing")))
    parameters["dysfunctions"] = {key: draw(shares) for key in Dysfunctions._fields[:2]}
    parameters["crime"] = {
        f"added_{place}": {
            "like": like,
            "recorded_rate": draw(st.floats(0.0, 3000.0)),
            "seriousness": draw(shares),
        }
        for place, like in enumerate(draw(st.lists(st.sampled_from(sorted(CRIME_TYPES)), max_size=2)))
    }
    return {
        "scenario": {
            "name": "any", "residents": draw(st.integers(60, 200)), "burn_in_weeks": 2, "measured_weeks": 4,
            "policy_start_watch": draw(st.integers(0, 60)),
        },
        "policing": before,
        "policy": {"budget": 1500.0, **after},
        "programmes": draw(programmes()),
        "government": draw(st.fixed_dictionaries({}, optional={"contracted": shares, "deficiency": shares})),
        "pathways": {key: draw(st.booleans()) for key in draw(st.lists(st.sampled_from(PATHWAYS), unique=True))},
        "parameters": parameters,
    }  # fmt: skip


ANY = (scenarios(), st.integers(0, 2**63 - 1))


@settings(deadline=None, max_examples=20, suppress_health_check=list(HealthCheck))
@given(*ANY)
def test_engines_agree_whatever_a_file_says(tables: dict[str, Any], seed: int) -> None:
    agree(tables, seed)


@pytest.mark.nightly
@settings(deadline=None, max_examples=400, suppress_health_check=list(HealthCheck))
@given(*ANY)
def test_engines_agree_on_many_scenarios(tables: dict[str, Any], seed: int) -> None:
    agree(tables, seed)


def agree(tables: dict[str, Any], seed: int) -> None:
    """Run both engines on a scenario that is read back as it was written; leave out those that cost too much."""
    try:
        scenario = from_dict(tables, source="any.toml")
    except ScenarioFileError as error:
        assume("must cost less than budget" not in str(error))
        raise
    assert from_dict(scenario.to_dict(), source="any.toml").to_dict() == scenario.to_dict()
    town = start(scenario, seed)
    core = run_core(copied(town), scenario.numbers, seed, 0, WATCHES)
    agents = run_agents(town, scenario.numbers, seed, 0, WATCHES)
    assert differences(core, agents) == []
