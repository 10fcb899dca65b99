"""The runs that facts are measured in: the own department as declared, and changes of one thing in it."""

import dataclasses
from typing import TYPE_CHECKING

from coproduction.experiments.mechanism_cuts import Values, with_values
from coproduction.simulation.parameters import policing

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

PRESET = "own_department"
PROGRAMMES = (
    "neighbourhood_watch",
    "message_network",
    "foot_patrol",
    "restorative_conference",
    "district_security",
    "nonprofits",
    "lot_greening",
)
DECADE = 520
"""Measured weeks of the run in which those who leave prison are followed."""
POLICIES: dict[str, Values] = {
    "even_patrol": {"policy": {"hot_spots": 0.0}},
    "hot_spots": {"policy": {"hot_spots": 0.9}},
    "contact": {"policy": {"engagement": 0.4, "meetings": 11.0}},
    "fair": {"policy": {"fairness": 0.98}},
    "more_money": {"policy": {"budget": 338.0}},
}
"""What each policy changes from its start; the burn-in is the same as the city's, luck included."""


def scenarios(base: "Scenario") -> "dict[str, Scenario]":
    """Return every run by name; ``base`` is the city that policies are compared with."""
    from coproduction.scenarios.scenario import replace

    decade = replace(base, measured_weeks=DECADE)
    policies = {name: _from_start(base, values) for name, values in POLICIES.items()}
    return {"city": base, "decade": decade, **policies, **_with_programmes(base)}


def _with_programmes(base: "Scenario") -> "dict[str, Scenario]":
    """Return the city with each of our programmes, as the library has it and paid for by extra money."""
    from coproduction.scenarios.programmes import library
    from coproduction.scenarios.scenario import replace

    ours = {name: dataclasses.replace(library()[name], funded="extra") for name in PROGRAMMES}
    return {name: replace(base, programmes=(programme,)) for name, programme in ours.items()}


def _from_start(base: "Scenario", values: Values) -> "Scenario":
    from coproduction.scenarios.scenario import replace

    source = base.source or base.name
    parameters = {table: keys for table, keys in values.items() if table != "policy"}
    changed = replace(base, policy=policing(source, "policy", base.policy, values.get("policy", {})))
    return with_values(changed, parameters) if parameters else changed
