"""Both engines agree in every bit with everything switched on: 2,000 residents, 500 watches."""

import sys
import time
from typing import Any

import pytest

from coproduction.agents.city_model import run_agents
from coproduction.experiments.run import start
from coproduction.scenarios.programmes import library
from coproduction.scenarios.scenario import Scenario, from_dict, load
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import CRIME_NAMES, Parameters
from coproduction.simulation.state import Fate, State, copied, differences

WATCHES, POLICY_START = 500, 130
STOPS = (1, 21, 130, 131, 168, 252, 336, 420, WATCHES)
LIVELY: dict[str, dict[str, float]] = {
    "population": {"offender_share": 0.06, "volunteer_share": 0.005},
    "reporting": {"witness": 0.7},
    "justice": {
        "court_weeks": 2,
        "attendance": 0.7,
        "conference": 0.3,
        "diversion": 0.8,
        "retaliation": 5,
        "scene_arrest": 0.6,
    },
    "jail": {"weeks": 3},
    "prison": {"weeks": 4},
    "careers": {"entry": 0.5, "desistance": 1},
}
ADDED = {"graffiti": {"like": "antisocial_behaviour", "recorded_rate": 900}}


def everything_on() -> Scenario:
    """Return a hybrid under boards, with co-responders, every programme of the library and every dysfunction."""
    hybrid = load("hybrid").to_dict()
    programmes: dict[str, Any] = {name: {"start_week": place} for place, name in enumerate(library())}
    programmes["restorative_conference"]["adoption"] = "city"
    programmes["message_network"]["end_week"] = 14
    programmes["foot_patrol"]["dose"] = 0.3
    levers = {
        "boards": 0.5,
        "board_funding": 0.5,
        "voice": 0.3,
        "meetings": 12,
        "co_responders": 2,
        "invitation": 1,
    }
    dysfunctions = {key: max(value, 0.4) for key, value in Parameters().dysfunctions._asdict().items()}
    crimes = {name: {"recorded_rate": 4000, "reported_share": 0.3} for name in CRIME_NAMES}
    changed = {**crimes, **LIVELY, "dysfunctions": dysfunctions}
    parameters = {table: {**keys, **changed.get(table, {})} for table, keys in hybrid["parameters"].items()}
    head = {"residents": 2000, "burn_in_weeks": 4, "measured_weeks": 20, "policy_start_watch": POLICY_START}
    tables = {
        **hybrid,
        "scenario": {**hybrid["scenario"], **head},
        "policing": {**hybrid["policing"], "budget": 400, "meetings": 6},
        "policy": {**hybrid["policy"], "budget": 450, **levers},
        "programmes": programmes,
        "parameters": {**parameters, "crime": ADDED},
    }
    return from_dict(tables, source="everything.toml")


@pytest.mark.slow
@pytest.mark.parametrize("seed", [5, 2**63 - 1])
def test_engines_agree_at_full_size_with_everything_on(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    scenario = everything_on()
    numbers, begun = scenario.numbers, time.process_time()
    core = start(scenario, seed)
    agents: State = copied(core)
    watch = 0
    for stop in STOPS:
        core = run_core(core, numbers, seed, watch, stop)
        agents = run_agents(agents, numbers, seed, watch, stop)
        assert differences(core, agents) == [], f"after {stop} watches"
        watch = stop
    cases, n = core.cases, int(core.cases.count[0])
    happened = {
        "every programme": core.programmes.spent.any(axis=(1, 2)).sum() >= len(library()) - 1,
        "every item of the ledger": core.books.usd.any(axis=0).all(),
        "every column of the weekly books": core.books.weekly.any(axis=0).all(),
        "all fates but a rare one": len(set(cases.fate[:n].tolist())) >= len(Fate) - 1,
        "every type of crime": len(set(cases.crime[:n].tolist())) == len(CRIME_NAMES) + 1,
    }
    assert [name for name, did in happened.items() if not did] == []
    with capsys.disabled():
        sys.stdout.write(f"\n{n} offences, {time.process_time() - begun:.0f} CPU seconds\n")
