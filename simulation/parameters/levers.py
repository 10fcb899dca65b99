"""The levers that programmes move, neighbourhood by neighbourhood. None of them is an effect on crime.

A lever is 0 where no programme runs. What a programme does to it is in ``simulation.rules.programmes``; what the lever
does is in the mechanism that reads ``state.neighbourhoods.levers[neighbourhood, LEVER]``.
"""

from typing import Annotated, NamedTuple

from coproduction.simulation.parameters.declaration import Declaration, Declared, declarations


class Levers(NamedTuple):
    """What programmes can add; every default is 0."""

    hardening: Annotated[
        float,
        Declared("protection added to homes, share of the way from unprotected to impregnable", 0, 1,
                 "form: target hardening (Clarke 1995)", ("burglary", -1), "lever", pathway="opportunity"),
    ] = 0.0  # fmt: skip
    design: Annotated[
        float,
        Declared("guardianship added in every cell by lighting and design", 0, 3,
                 "form: natural surveillance (Welsh and Farrington 2008)", ("true_crime", -1), "lever",
                 pathway="opportunity"),
    ] = 0.0  # fmt: skip
    visible_stops: Annotated[
        float,
        Declared("stops on foot by the programme's own officers per 1,000 residents a week", 0, 2000,
                 "form: foot patrol (Ratcliffe and others 2011)", ("true_crime", -1), "lever", pathway="deterrence"),
    ] = 0.0  # fmt: skip
    member_patrols: Annotated[
        float,
        Declared("hours that members patrol per 1,000 residents a year", 0, 20000,
                 "form: street watch, a shift as volunteers walk it", ("volunteer_hours", 1), "lever",
                 pathway="deterrence"),
    ] = 0.0  # fmt: skip
    certainty: Annotated[
        float,
        Declared("certainty of being caught that offenders think is added, 0 to 1", 0, 1,
                 "form: focused deterrence (Braga and Weisburd 2012)", ("true_crime", -1), "lever",
                 pathway="deterrence"),
    ] = 0.0  # fmt: skip
    desistance: Annotated[
        float,
        Declared("added to the log hazard of giving up offending, for those who live there", 0, 4,
                 "form: proportional hazards", ("offences_per_offender", -1), "lever", pathway="desistance"),
    ] = 0.0  # fmt: skip
    witness_support: Annotated[
        float,
        Declared("log odds added that a witness attends court", 0, 4, "form: logit", ("trials_lost", -1), "lever",
                 pathway="removal"),
    ] = 0.0  # fmt: skip
    witness_reporting: Annotated[
        float,
        Declared("log odds added that somebody who saw an offence reports it", 0, 4, "form: logit", ("reporting", 1),
                 "lever", pathway="detection"),
    ] = 0.0  # fmt: skip
    messages: Annotated[
        float,
        Declared("share of residents whom the message network reaches", 0, 1, "form: share",
                 ("told_by_message", 1), "lever", pathway="detection"),
    ] = 0.0  # fmt: skip
    anonymity: Annotated[
        float,
        Declared("share by which the norm against telling loses weight", 0, 1, "form: share", ("reporting", 1),
                 "lever", pathway="detection"),
    ] = 0.0  # fmt: skip
    engagement: Annotated[
        float,
        Declared("probability added that an officer on a stop speaks with somebody there", 0, 1, "form: share",
                 ("contacts", 1), "lever", pathway="contact"),
    ] = 0.0  # fmt: skip
    meetings: Annotated[
        float,
        Declared("beat meetings added per 10,000 residents a year", 0, 120,
                 "form: beat meetings (Skogan and Steiner 2004)", ("contacts", 1), "lever", pathway="contact"),
    ] = 0.0  # fmt: skip
    alarm: Annotated[
        float,
        Declared("factor added to what residents tell each other of crime", 0, 5,
                 "form: alarm that is shared raises fear (Chicago neighbourhood organising, 1985)", ("fear", 1),
                 "lever", pathway="contact"),
    ] = 0.0  # fmt: skip
    conferences: Annotated[
        float,
        Declared("share of eligible cases referred to a restorative conference", 0, 1, "form: share",
                 ("justice_cost", -1), "lever", pathway="justice"),
    ] = 0.0  # fmt: skip
    victim_support: Annotated[
        float,
        Declared("factor added to the speed at which victims recover", 0, 5, "form: relative speed of recovery",
                 ("victim_harm", -1), "lever", pathway="victims"),
    ] = 0.0  # fmt: skip
    regime: Annotated[
        float,
        Declared("share of the way from an ordinary custody regime to the best that is thought possible", 0, 1,
                 "form: share", ("offender_life", 1), "lever", pathway="offenders"),
    ] = 0.0  # fmt: skip
    resettlement: Annotated[
        float,
        Declared("share of those released who are met and helped through the gate", 0, 1, "form: share",
                 ("offences_per_offender", -1), "lever", pathway="offenders"),
    ] = 0.0  # fmt: skip
    fairness: Annotated[
        float,
        Declared("probability added that a contact is felt as fair", 0, 1,
                 "form: procedural-justice training (Mazerolle and others 2013)", ("trust", 1), "lever",
                 pathway="legitimacy"),
    ] = 0.0  # fmt: skip
    field_stops: Annotated[
        float,
        Declared("investigative stops of residents added per 100 patrol stops", 0, 100,
                 "form: field interviews that come with more patrol (Ratcliffe and others 2011); what they deter is "
                 "what they are for, what they cost in trust comes with them", ("field_stops", 1), "lever",
                 pathway="deterrence"),
    ] = 0.0  # fmt: skip
    deescalation: Annotated[
        float,
        Declared("share of officers trained to de-escalate", 0, 1, "form: share", ("force", -1), "lever",
                 pathway="legitimacy"),
    ] = 0.0  # fmt: skip
    duty_to_intervene: Annotated[
        float,
        Declared("share of officers who must step in, and do, when a colleague goes too far", 0, 1, "form: share",
                 ("excessive_force", -1), "lever", pathway="legitimacy"),
    ] = 0.0  # fmt: skip
    supervision: Annotated[
        float,
        Declared("share of officers' own unfairness and bias that training and supervision take away", 0, 1,
                 "form: share", ("unfair_stops", -1), "lever", pathway="legitimacy"),
    ] = 0.0  # fmt: skip
    upkeep: Annotated[
        float,
        Declared("factor added to the speed at which traces of disorder are cleared", 0, 10,
                 "form: relative speed; lots cleaned and greened (Branas and others 2018)", ("disorder", -1), "lever",
                 pathway="contact"),
    ] = 0.0  # fmt: skip
    organisations: Annotated[
        float,
        Declared("nonprofits added per 100,000 residents", 0, 200,
                 "form: organisations as a neighbourhood has them anyway (Sharkey and others 2017)",
                 ("active_offenders", -1), "lever", pathway="desistance"),
    ] = 0.0  # fmt: skip


LEVERS = Levers._fields
(
    HARDENING, DESIGN, VISIBLE_STOPS, MEMBER_PATROLS, CERTAINTY, DESISTANCE, WITNESS_SUPPORT, WITNESS_REPORTING,
    MESSAGES, ANONYMITY, ENGAGEMENT, MEETINGS, ALARM, CONFERENCES, VICTIM_SUPPORT, REGIME, RESETTLEMENT, FAIRNESS,
    FIELD_STOPS, DEESCALATION, DUTY_TO_INTERVENE, SUPERVISION, UPKEEP, ORGANISATIONS,
) = range(len(LEVERS))  # fmt: skip


def lever_declarations() -> list[Declaration]:
    """Return one row a lever, in the order of the columns of ``levers``."""
    return declarations("levers", Levers(), {})
