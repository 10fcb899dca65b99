"""Declared parameters of joining, serving and leaving as a volunteer."""

from typing import Annotated, NamedTuple

from coproduction.simulation.evidence import fact
from coproduction.simulation.parameters.declaration import Declared


class Volunteering(NamedTuple):
    """Joining, serving and leaving."""

    joining: Annotated[
        float,
        Declared("probability per four weeks to offer help, at mean traits and no invitation", 0, 0.05,
                 "assumption: not found for safety", ("volunteer_hours", 1)),
    ] = 0.0012  # fmt: skip
    self_efficacy_weight: Annotated[
        float,
        Declared("log odds of joining per unit of self-efficacy", 0, 8,
                 "assumption: size unknown; sign from Parrado and others 2013", ("volunteer_efficacy_lead", 1)),
    ] = 3.0  # fmt: skip
    social_capital_weight: Annotated[
        float,
        Declared("log odds of joining per unit of social capital", 0, 8,
                 "assumption: size unknown; sign from Dodgen on Musso and others, and Hope and Trickett 2004",
                 ("volunteer_gap", -1)),
    ] = 2.0  # fmt: skip
    tie_invitation: Annotated[
        float,
        Declared("log odds of joining added when somebody one knows volunteers", 0, 5,
                 "assumption: size unknown; most who volunteer were asked by somebody they know",
                 ("volunteer_hours", 1)),
    ] = 1.0  # fmt: skip
    concern_weight: Annotated[
        float,
        Declared("log odds of joining per unit of fear", 0, 8,
                 "assumption: size unknown; good neighbourhood safety discourages (Parrado and others 2013)",
                 ("volunteer_gap", 1)),
    ] = 1.0  # fmt: skip
    education_weight: Annotated[
        float,
        Declared("log odds of joining, and of coming to a meeting, per step of education", 0, 2,
                 "assumption: size unknown; schooling gives civic skills and brings invitations (Brady, Verba and "
                 "Schlozman 1995)", ("volunteer_education_lead", 1)),
    ] = 0.3  # fmt: skip
    owner_weight: Annotated[
        float,
        Declared("log odds of joining, and of coming to a meeting, of those who own their home above tenants", 0, 4,
                 "assumption: size unknown; owners are more involved in safety than tenants (Percy 1987)",
                 ("volunteer_owner_lead", 1)),
    ] = 0.4  # fmt: skip
    leaving: Annotated[
        float,
        Declared("probability per four weeks to leave", 0, 0.5,
                 "assumption: size unknown; interest fades quickly (National Research Council 1994)",
                 ("volunteer_hours", -1)),
    ] = 0.04  # fmt: skip
    unsupported_leaving: Annotated[
        float,
        Declared("added probability per four weeks to leave when nobody coordinates", 0, 0.5,
                 "assumption: support keeps volunteers", ("volunteer_hours", -1)),
    ] = 0.06  # fmt: skip
    self_organised: Annotated[
        float,
        Declared("volunteers per 1,000 residents who get by without a coordinator", 0, 20,
                 "assumption: a small watch organises itself", ("volunteer_hours", 1)),
    ] = 1.0  # fmt: skip
    peer_weight: Annotated[
        float,
        Declared("log odds of joining a programme when all whom one knows are members", 0, 8,
                 "assumption: size unknown; people join when somebody they know asks them", ("members", 1)),
    ] = 2.0  # fmt: skip
    hours: Annotated[
        float,
        Declared("hours per volunteer a year", 10, 400,
                 fact("T6-12", "volunteer police officers in Kent give about 333 (T1-21)"), ("volunteer_hours", 1)),
    ] = 67.5  # fmt: skip
    shift_hours: Annotated[
        float,
        Declared("hours of one patrol by a volunteer", 1, 8, "assumption: an evening walk", role="fixed",
                 fixed="a convention: hours a year are the quantity; it only cuts them into walks"),
    ] = 2.0  # fmt: skip
    visits_per_hour: Annotated[
        float,
        Declared("cells visited per hour on patrol", 1, 10, "assumption: a block in fifteen minutes",
                 ("volunteer_visits", 1)),
    ] = 4.0  # fmt: skip
    training_cost: Annotated[
        float,
        Declared("USD of 2020 per person who joins", 0, 5000, "assumption: vetting and a weekend of training",
                 ("patrol_stops", -1)),
    ] = 400.0  # fmt: skip
    hour_value: Annotated[
        float,
        Declared("USD of 2019 per hour given", 0, 100, fact("T7-05"),
                 ("volunteer_value", 1)),
    ] = 27.2  # fmt: skip
