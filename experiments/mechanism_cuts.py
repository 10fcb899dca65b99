"""Mechanisms of the model cut one at a time, to see what each of them does to the map of crime."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduction.simulation.parameters import CRIME_NAMES, policing

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

Values = Mapping[str, Mapping[str, float]]
"""Table to key to value, as in a scenario file; ``policing`` stands for the levers before and after the start."""

INCOME_TIES: Values = {
    "population": {"offender_gradient": 0.0, "social_capital_gradient": 0.0, "fear_gradient": 0.0}
}


@dataclass(frozen=True, slots=True)
class Cut:
    """One mechanism cut.

    key     names it in tables
    what    in words, after "with ..."
    values  that cut it
    """

    key: str
    what: str
    values: Values


CUTS = (
    Cut("offenders", "offenders living in rich and poor places alike", {"population": {"offender_gradient": 0.0}}),
    Cut("social_capital", "equal social capital of rich and poor", {"population": {"social_capital_gradient": 0.0}}),
    Cut("fear", "equal fear of rich and poor", {"population": {"fear_gradient": 0.0}}),
    Cut("income", "nothing tied to income", INCOME_TIES),
    Cut("housing_value", "no pull of valuable homes", {"offending": {"housing_value_pull": 0.0}}),
    Cut("near", "targets near home", {"offending": {"distance_decay": 1.0}}),
    Cut("far", "targets far from home", {"offending": {"distance_decay": 8.0}}),
    Cut("boost", "no repeats", {name: {"boost": 0.0} for name in CRIME_NAMES}),
    Cut("eyes", "no eyes on the street", {"guardianship": {"eyes": 0.0}}),
    Cut("patrol", "no effect of patrol", {"guardianship": {"patrol": 0.0}}),
    Cut("hot_spots", "no patrol by the crime map", {"policing": {"hot_spots": 0.0}}),
    Cut("volunteers", "no effect of volunteers", {"guardianship": {"volunteer": 0.0}, "reporting": {"volunteer": 0.0}}),
    Cut("trust", "reporting whatever the trust", {"reporting": {"trust_weight": 0.0}}),
    Cut("witnesses", "no reports by witnesses", {"reporting": {"witness": 0.0}}),
    Cut("deterrence", "no deterrence", {"offending": {"certainty_weight": 0.0}}),
    Cut("custody", "nobody held", {"justice": {"charge": 0.0}}),
)  # fmt: skip


def with_values(scenario: "Scenario", values: Values) -> "Scenario":
    """Return the scenario with some parameters and levers replaced, checked as those of a file are.

    Raises
    ------
    ParameterError
        A table or key is unknown, or a value is out of range.
    """
    from coproduction.scenarios.scenario import changed_parameters, replace

    source = scenario.source or scenario.name
    levers = values.get("policing", {})
    given = {table: keys for table, keys in values.items() if table != "policing"}
    return replace(
        scenario,
        parameters=changed_parameters(source, scenario.parameters, given),
        policing=policing(source, "policing", scenario.policing, levers),
        policy=policing(source, "policy", scenario.policy, levers),
    )
