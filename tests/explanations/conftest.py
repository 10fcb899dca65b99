"""A small city in which much happens, at the end of four weeks: every decision that can be explained is open there."""

from typing import Any

import pytest

from coproduction.experiments.explanations.choosing import count
from coproduction.experiments.explanations.explanation import Explanation
from coproduction.experiments.explanations.subjects import ANSWERS, answers
from coproduction.experiments.explanations.watch import STREET, Watch
from coproduction.scenarios.scenario import from_dict

WEEK = 12
EVENTFUL: dict[str, Any] = {
    "scenario": {
        "name": "eventful", "city": "columbus", "residents": 300, "residents_per_cell": 2, "burn_in_weeks": 4,
        "measured_weeks": 12, "policy_start_watch": 0,
    },
    "policy": {"coordinators": 8.0, "invitation": 3.0, "budget": 1500.0, "officer_cost": 50000.0,
               "meetings": 60.0, "attendance": 60.0,
               "boards": 0.3, "board_funding": 0.4, "co_responders": 2.0, "field_stops": 60.0, "turnover": 3.0,
               "foot": 0.2, "sub_stations": 0.2, "oversight": 0.4},
    "programmes": {
        "neighbourhood_watch": {"dose": 0.8, "fidelity": 0.9, "start_week": 1, "members_supported": 900.0},
        "foot_patrol": {"adoption": "city", "targets": "all"},
        "conduct_training": {"dose": 0.5},
    },
    "government": {"decides": 1.0, "population": 1000.0, "deficiency": 1.0, "contracted": 0.1, "conservative": 0.7,
                   "property_crime": 1.3},
    "parameters": {
        "burglary": {"recorded_rate": 5000.0, "reported_share": 0.1, "visibility": 0.6, "clearance": 0.6},
        "robbery": {"recorded_rate": 5000.0, "reported_share": 0.1, "visibility": 0.9, "clearance": 0.6},
        "population": {"offender_share": 0.15, "volunteer_share": 0.05},
        "dysfunctions": {"discrimination": 0.5, "unreliable_volunteers": 0.3},
        "justice": {"scene_arrest": 0.9, "scene_decay": 60.0, "court_weeks": 2.0, "attendance": 0.7},
        "careers": {"entry": 1.0, "desistance": 1.5},
        "volunteering": {"hours": 400.0, "joining": 0.05, "leaving": 0.2},
        "protection": {"pace": 0.5},
    },
}  # fmt: skip


@pytest.fixture(scope="session")
def watch() -> Watch:
    """Return the last watch of a week that ends four weeks."""
    return Watch(from_dict(EVENTFUL, source="eventful.toml"), seed=3, week=WEEK)


@pytest.fixture(scope="session")
def explained(watch: Watch) -> dict[str, list[Explanation]]:
    """Return what is explained, by decision: of all agents."""
    found: dict[str, list[Explanation]] = {}
    for kind in ANSWERS:
        for index in range(count(kind, watch.before(STREET))):
            for each in answers(kind, watch, index):
                found.setdefault(each.decision, []).append(each)
    return found
