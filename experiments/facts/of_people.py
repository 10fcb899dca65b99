"""Facts of fear, trust and volunteers, measured in one city's run."""

from coproduction.experiments.facts.measure import PER_CENT, Measure
from coproduction.experiments.measures import outcomes
from coproduction.experiments.observation import Observation
from coproduction.simulation.rules.protection import LOCKS, WATCHING

ENGLAND_AND_WALES = 58.4e6
"""Residents of England and Wales in 2016, to turn a share of residents into a count."""


def in_points(outcome: str, how: str) -> Measure:
    """Return the measure of a declared outcome between 0 and 1, in percentage points."""

    def of(seen: Observation) -> float:
        return PER_CENT * outcomes(seen)[outcome]

    return Measure(how, of)


def police_volunteers(seen: Observation) -> float:
    """Volunteers, scaled up from the city to the population of England and Wales."""
    volunteers = seen.monthly("volunteers")[seen.months].sum(axis=1).mean()
    return float(volunteers) / seen.scenario.residents * ENGLAND_AND_WALES


def alone_less_together(seen: Observation) -> float:
    """Residents with good locks or watching neighbours' homes, less those who volunteer or are members, points."""
    people = seen.state.residents
    alone = (people.protection & (LOCKS | WATCHING)) != 0
    together = (people.volunteer == 1) | (people.memberships != 0)
    return PER_CENT * float(alone.mean() - together.mean())


def volunteers_by_education(seen: Observation) -> float:
    """Volunteers and members of those with a degree, against those without a diploma, ratio."""
    people = seen.state.residents
    helps = (people.volunteer == 1) | (people.memberships != 0)
    graduates, others = helps[people.education == 3].mean(), helps[people.education == 0].mean()
    return float(graduates / others) if others > 0.0 else float("nan")


MEASURES = {
    "T1-22": Measure("volunteers per resident times 58.4 million residents", police_volunteers),
    "T6-01": in_points(
        "believes_crime_rose", "residents who perceive more crime than is usual where they live"
    ),
    "T6-03": in_points("fear", "mean fear, which stands for the share afraid"),
    "T6-04": in_points("fear_sex_gap", "mean fear of women less that of men"),
    "T6-05": in_points("fear_gap", "mean fear of the poorest less that of the richest fifth"),
    "T6-07": in_points("trust_group_gap", "mean trust of the majority less that of the minority"),
    "T6-11": Measure(
        "volunteers per graduate against those per resident without a diploma", volunteers_by_education
    ),
    "T8-03": Measure(
        "residents with good locks or watching neighbours' homes, less volunteers and members",
        alone_less_together,
        band=(0.0, PER_CENT, "an order only: the individual above the collective"),
    ),
    "T8-06": in_points("locks_share", "residents with good locks"),
}
