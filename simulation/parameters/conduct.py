"""Declared parameters of officers on their beats, and of what happens when they stop and question residents."""

from typing import Annotated, NamedTuple

from coproduction.simulation.evidence import fact
from coproduction.simulation.parameters.declaration import Declared


class Beats(NamedTuple):
    """Beats, what officers come to know of them, and how work on foot and in a sub-station differs from a car's."""

    posts: Annotated[
        float,
        Declared("officers' posts per beat", 1, 50,
                 "definition: somebody on duty round the clock takes four to five posts", role="fixed",
                 fixed="a convention of rotas, by which the city is divided"),
    ] = 5.0  # fmt: skip
    weeks_to_know: Annotated[
        float,
        Declared("weeks wholly on a beat in which what an officer does not know of it falls to 37 %", 4, 520,
                 "assumption: a year", ("local_knowledge", -1)),
    ] = 52.0  # fmt: skip
    foot_learning: Annotated[
        float,
        Declared("pace at which officers on foot come to know their beat, times that of others there", 1, 10,
                 "assumption: half as fast again; they speak with people and see the back yards",
                 ("local_knowledge", 1)),
    ] = 1.5  # fmt: skip
    foot_engagement: Annotated[
        float,
        Declared("probability added that an officer on foot speaks with a resident at a stop", 0, 0.8,
                 "assumption: one stop in five; nobody sits behind a window", ("contacts", 1)),
    ] = 0.2  # fmt: skip
    desk_engagement: Annotated[
        float,
        Declared("probability added that an officer at a desk speaks with a resident in the time of a stop", 0, 0.8,
                 "assumption: people come in by themselves", ("contacts", 1)),
    ] = 0.3  # fmt: skip
    foot_travel: Annotated[
        float,
        Declared("travel time to an offence of officers on foot or in a sub-station, times that of a car", 1, 10,
                 "assumption: twice; they must be fetched or walk", ("response_minutes", 1)),
    ] = 2.0  # fmt: skip


class Conduct(NamedTuple):
    """Fair or unfair treatment, force, complaints; officers differ."""

    spread: Annotated[
        float,
        Declared("spread of officers' own tendency to unfair treatment, log odds, logistic scale", 0, 2,
                 "assumption: a few officers account for many complaints", ("unfair_stops", 1)),
    ] = 0.4  # fmt: skip
    stop_burden: Annotated[
        float,
        Declared("log odds by which being stopped and questioned is felt as fair less often than a talk", 0, 4,
                 "assumption: size unknown; contacts that the police begin go down worse", ("unfair_stops", 1)),
    ] = 0.5  # fmt: skip
    resistance: Annotated[
        float,
        Declared("probability that a stop comes to a head, at trust 0.5 and felt as fair", 0, 0.5,
                 fact("T11-02", "of all contacts; set for stops"), ("force", 1)),
    ] = 0.016  # fmt: skip
    resistance_unfair: Annotated[
        float,
        Declared("log odds of that added when the resident feels treated unfairly", 0, 4,
                 "assumption: size unknown; unfair treatment provokes", ("force", 1)),
    ] = 1.0  # fmt: skip
    resistance_trust: Annotated[
        float,
        Declared("log odds of that lost per unit of trust in police", 0, 6,
                 "assumption: size unknown; who trusts the police complies", ("force", -1)),
    ] = 1.0  # fmt: skip
    calming: Annotated[
        float,
        Declared("probability that an officer trained to de-escalate calms a stop that comes to a head", 0, 1,
                 "assumption: every other time", ("force", -1)),
    ] = 0.5  # fmt: skip
    excess: Annotated[
        float,
        Declared("probability that force, once used, goes beyond what the stop calls for", 0, 1,
                 "assumption: one time in five; three quarters of those who met with force think so (T11-02)",
                 ("excessive_force", 1)),
    ] = 0.2  # fmt: skip
    second_officer: Annotated[
        float,
        Declared("probability that a colleague is there who could step in", 0, 1,
                 "assumption: every other stop", ("excessive_force", -1)),
    ] = 0.5  # fmt: skip
    excess_weight: Annotated[
        float,
        Declared("unfair contacts that excessive force counts as", 1, 20,
                 "assumption: size unknown; it is remembered and told", ("trust", -1)),
    ] = 4.0  # fmt: skip
    complaint: Annotated[
        float,
        Declared("probability of a complaint after unfair treatment without force, at self-efficacy 0.5", 0, 0.8,
                 "assumption: hardly anybody complains",
                 ("complaints", 1)),
    ] = 0.02  # fmt: skip
    complaint_force: Annotated[
        float,
        Declared("log odds of a complaint added by force, and again by excessive force", 0, 5,
                 "assumption: size unknown", ("complaints", 1)),
    ] = 1.2  # fmt: skip
    complaint_efficacy: Annotated[
        float,
        Declared("log odds of a complaint per unit of self-efficacy above 0.5", 0, 8,
                 "assumption: size unknown; those who believe that they make a difference speak up",
                 ("complaints", 1)),
    ] = 2.0  # fmt: skip
    sustained: Annotated[
        float,
        Declared("probability that the department finds for the complainant", 0, 1, fact("T11-03"),
                 ("complaints_sustained", 1)),
    ] = 0.08  # fmt: skip
    board_sustained: Annotated[
        float,
        Declared("probability that a board of residents finds for the complainant", 0, 1,
                 "assumption: size unknown; boards hear both sides", ("complaints_sustained", 1)),
    ] = 0.25  # fmt: skip
    correction: Annotated[
        float,
        Declared("share of an officer's own unfairness and bias that a complaint found true takes away", 0, 1,
                 "assumption: half; supervision, training or a warning", ("supervision", 1)),
    ] = 0.5  # fmt: skip
    stop_learning: Annotated[
        float,
        Declared("share of the way to certainty of being caught that an offender goes when stopped", 0, 0.5,
                 "assumption: less than an arrest teaches; stops disrupt (Ratcliffe and others 2011)",
                 ("certainty", 1)),
    ] = 0.02  # fmt: skip
