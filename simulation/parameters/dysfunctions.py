"""Dysfunctions: what can turn a good programme bad, each with a strength from 0, not there, to 1."""

from typing import Annotated, NamedTuple

from coproduction.simulation.parameters.declaration import Declared


class Dysfunctions(NamedTuple):
    """Strengths, and what full strength means."""

    discrimination: Annotated[
        float,
        Declared("strength of discrimination by group in reports and stops", 0, 1,
                 "definition: 0 unless a scenario says so; report_bias = 0 leaves that of officers, stop_bias = 0 that "
                 "of residents", ("report_group_gap", 1)),
    ] = 0.0  # fmt: skip
    unreliable_volunteers: Annotated[
        float,
        Declared("strength 0 to 1 of unreliable supply: share of shifts missed, and members who fade away", 0, 1,
                 "definition: 0 unless a scenario says so", ("volunteer_hours", -1)),
    ] = 0.0  # fmt: skip
    report_bias: Annotated[
        float,
        Declared("log odds of reporting added at full discrimination when the offender is of the minority, and of "
                 "calling the police about somebody who only looks suspicious", 0, 4,
                 "assumption: size unknown", ("report_group_gap", 1)),
    ] = 1.0  # fmt: skip
    stop_bias: Annotated[
        float,
        Declared("log odds, at full discrimination, of the mean officer, that a resident of the minority is stopped, "
                 "treated unfairly, taken for a threat", 0, 4,
                 "assumption: size unknown; at full strength the minority is then stopped less than twice as often",
                 ("stop_group_gap", 1)),
    ] = 0.5  # fmt: skip
    fading: Annotated[
        float,
        Declared("probability per four weeks that a volunteer or member fades away where supply is wholly unreliable",
                 0, 1, "assumption: interest fades within a year (National Research Council 1994)",
                 ("volunteer_hours", -1)),
    ] = 0.25  # fmt: skip
