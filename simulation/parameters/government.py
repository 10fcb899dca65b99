"""What a city government is like, and how that moves its decisions to contract out and to adopt a programme."""

from typing import Annotated, NamedTuple

from coproduction.simulation.evidence import derived, fact
from coproduction.simulation.parameters.declaration import Declared


class CityGovernment(NamedTuple):
    """The table [government] of a scenario file: read where the city decides, by no kernel."""

    population: Annotated[
        float, Declared("residents of the real city, persons", 1000, 1e7, "assumption: a middling city")
    ] = 100_000.0
    contracted: Annotated[
        float,
        Declared(
            "share of police posts that another government holds", 0, 1, "definition: an own department"
        ),
    ] = 0.0
    conservative: Annotated[
        float, Declared("share of voters who are conservative", 0, 1, "assumption: the middle of the scale")
    ] = 0.5
    property_crime: Annotated[
        float, Declared("recorded property crime, ratio to the usual", 0.1, 10, "definition: as usual")
    ] = 1.0
    bargaining: Annotated[
        float, Declared("strength of police unions, 0 to 1", 0, 1, "assumption: the middle of the scale")
    ] = 0.5
    problem_solving: Annotated[
        float, Declared("how far the police solve problems with residents, 0 to 1", 0, 1,
                        "assumption: the middle of the scale"),
    ] = 0.5  # fmt: skip
    deficiency: Annotated[
        float, Declared("shortage of resources, 0 to 1", 0, 1, "assumption: the middle of the scale")
    ] = 0.5
    decides: Annotated[
        float,
        Declared(
            "1 if the city decides whether to take up the policy's arrangement, a contract on offer; 0 if it does",
            0, 1, "definition: a policy is carried out",
        ),
    ] = 0.0  # fmt: skip


class Contracting(NamedTuple):
    """Log odds of contracting police out; signs from studies of Californian cities, sizes assumed but for the level."""

    usual: Annotated[
        float,
        Declared("probability, everything in the middle", 0.01, 0.99, fact("T1-08")),
    ] = 0.30
    size: Annotated[
        float, Declared("per unit of log population", -2, 0, fact("T1-10", "sign; the size is assumed"))
    ] = -0.5
    property_crime: Annotated[
        float, Declared("per unit of log property crime", -3, 0, fact("T1-10", "sign; the size is assumed"))
    ] = -0.5
    bargaining: Annotated[
        float,
        Declared(
            "per unit of bargaining", -6, 0, "assumption: unions guard the department's posts; size unknown"
        ),
    ] = -1.0
    deficiency: Annotated[
        float,
        Declared(
            "per unit of deficiency", 0, 6, "assumption: a contract is sought to save money; size unknown"
        ),
    ] = 1.5


class Adoption(NamedTuple):
    """Log odds of adopting a programme; signs from surveys of cities, sizes assumed but for the level."""

    usual: Annotated[
        float,
        Declared("probability, own department, everything else in the middle", 0.01, 0.99, fact("T1-09")),
    ] = 0.55
    contracted: Annotated[
        float,
        Declared(
            "per unit of contracted",
            -8,
            0,
            derived(("T1-03", "T1-05"), "near exclusion; the size is assumed"),
        ),
    ] = -4.0
    size: Annotated[
        float, Declared("per unit of log population", -2, 0, fact("T1-04", "sign; the size is assumed"))
    ] = -0.3
    property_crime: Annotated[
        float, Declared("per unit of log property crime", 0, 3, fact("T1-04", "sign; the size is assumed"))
    ] = 0.7
    conservative: Annotated[
        float, Declared("per unit of conservative", 0, 6, fact("T1-04", "sign; the size is assumed"))
    ] = 1.5
    bargaining: Annotated[
        float, Declared("per unit of bargaining", -6, 0, fact("T1-17", "sign; the size is assumed"))
    ] = -1.0
    problem_solving: Annotated[
        float, Declared("per unit of problem_solving", 0, 6, fact("T1-16", "sign; the size is assumed"))
    ] = 1.5
    deficiency: Annotated[
        float, Declared("per unit of deficiency", 0, 6, fact("T1-16", "sign; the size is assumed"))
    ] = 1.0


USUAL_POPULATION = 100_000.0
"""Residents at which the size of a city neither raises nor lowers adoption."""
