"""Declared parameters of who lives in the city, and of where they are."""

from typing import Annotated, NamedTuple

from coproduction.simulation.evidence import fact
from coproduction.simulation.parameters.declaration import Declared


class Population(NamedTuple):
    """Who lives in the city, drawn once at the start."""

    income_spread: Annotated[
        float,
        Declared("standard deviation of log income among residents of one neighbourhood", 0.1, 1.2,
                 "assumption: most US income inequality lies within neighbourhoods; the city data have means only",
                 ("quintile_sorting", -1)),
    ] = 0.5  # fmt: skip
    trait_spread: Annotated[
        float,
        Declared("standard deviation of self-efficacy, social capital, trust and fear among equals", 0.02, 0.25,
                 "assumption: a sixth of the scale", ("trust_dispersion", 1)),
    ] = 0.16  # fmt: skip
    self_efficacy: Annotated[
        float,
        Declared("mean, 0 to 1", 0.1, 0.9, "assumption: the middle of the scale", ("self_efficacy", 1)),
    ] = 0.5
    social_capital: Annotated[
        float,
        Declared("mean, 0 to 1; share who trust most neighbours", 0.1, 0.9,
                 fact("T6-14", "level of 2025, 44 %"), ("true_crime", -1)),
    ] = 0.44  # fmt: skip
    social_capital_gradient: Annotated[
        float,
        Declared("social capital of the richest less that of the poorest quintile, 0 to 1", 0, 0.6,
                 fact("T6-14", "2016: 67 less 37 %"),
                 ("social_capital_gap", -1)),
    ] = 0.30  # fmt: skip
    trust: Annotated[
        float,
        Declared("mean trust in police, 0 to 1", 0.1, 0.9,
                 fact("T6-07", "confidence of all: 48 and 51 %"), ("trust", 1)),
    ] = 0.5  # fmt: skip
    fear: Annotated[
        float,
        Declared("mean fear, 0 to 1; share afraid to walk alone at night", 0.05, 0.8,
                 fact("T6-03"), ("fear", 1)),
    ] = 0.37  # fmt: skip
    silence: Annotated[
        float,
        Declared("mean of the norm against telling the police, 0 to 1", 0.02, 0.8,
                 "assumption: size unknown; strongest where police are trusted least", ("silence", 1)),
    ] = 0.2  # fmt: skip
    silence_gradient: Annotated[
        float,
        Declared("norm against telling of the poorest less that of the richest quintile, 0 to 1", 0, 0.4,
                 "assumption: size unknown; reprisal is feared most in poor neighbourhoods", ("silence_gap", 1)),
    ] = 0.15  # fmt: skip
    silence_by_trust: Annotated[
        float,
        Declared("norm against telling of somebody without trust in police less that of somebody with full trust",
                 0, 0.5, "assumption: size unknown; low trust acts on informing and testifying (sign only)",
                 ("silence_by_trust", 1)),
    ] = 0.2  # fmt: skip
    fear_gradient: Annotated[
        float,
        Declared("fear of the poorest less that of the richest quintile, 0 to 1", 0, 0.4,
                 fact("T6-05"), ("fear_gap", 1)),
    ] = 0.18  # fmt: skip
    offender_share: Annotated[
        float,
        Declared("share of residents with an active offending career", 0.005, 0.15,
                 "assumption: a few per cent offend in a year; not found for the types modelled",
                 ("offences_per_offender", -1)),
    ] = 0.03  # fmt: skip
    offender_gradient: Annotated[
        float,
        Declared("fall of the log odds of an offending career per standard deviation of neighbourhood log income",
                 0, 2, "assumption: offending careers concentrate where disadvantage does; Sampson, Raudenbush and "
                 "Earls 1997 give the sign", ("crime_gap", 1)),
    ] = 0.6  # fmt: skip
    rate_shape: Annotated[
        float,
        Declared("shape of the gamma distribution of offending rates; small is heavy-tailed", 0.2, 5,
                 "assumption: 0.7, so that the most active tenth of offenders do about 41 % of crime "
                 "(Martinez and others 2017), a target and not an input", ("top_tenth_share", -1)),
    ] = 0.7  # fmt: skip
    volunteer_share: Annotated[
        float,
        Declared("share of residents who volunteer for safety at the start", 0, 0.05,
                 "assumption: about one in a thousand; some 40,000 volunteered inside police services in England "
                 "and Wales in 2016", ("volunteer_hours", 1)),
    ] = 0.001  # fmt: skip


class Presence(NamedTuple):
    """Where residents are in a watch: at home, at their day place in the city, or away."""

    home_night: Annotated[
        float,
        Declared("share at home from 0 to 8 h", 0, 1, "assumption: time use, most are asleep at home",
                 ("true_crime", -1)),
    ] = 0.93  # fmt: skip
    home_day: Annotated[
        float,
        Declared("share at home from 8 to 16 h of those without work or school", 0, 1,
                 "assumption: time use, errands and visits take a quarter of it", ("true_crime", -1)),
    ] = 0.75  # fmt: skip
    home_working: Annotated[
        float,
        Declared("share at home from 8 to 16 h of those with work or school", 0, 1,
                 "assumption: time use, days off and work from home", ("true_crime", -1)),
    ] = 0.22  # fmt: skip
    home_evening: Annotated[
        float,
        Declared("share at home from 16 to 24 h of men below 65 who do not avoid going out", 0, 1,
                 "assumption: time use", ("true_crime", -1)),
    ] = 0.55  # fmt: skip
    old_stay_in: Annotated[
        float,
        Declared("log odds of being at home in the evening added from 65 years on", 0, 4,
                 "assumption: size unknown; routine activity shrinks with age (Hindelang, Gottfredson and Garofalo "
                 "1978)", ("home_in_evening", 1)),
    ] = 0.9  # fmt: skip
    women_stay_in: Annotated[
        float,
        Declared("log odds of being at home in the evening added for women", 0, 3,
                 "assumption: size unknown; the sign as for age", ("home_in_evening", 1)),
    ] = 0.15  # fmt: skip
    avoiders_stay_in: Annotated[
        float,
        Declared("log odds of being at home in the evening added for those who avoid going out after dark", 0, 5,
                 "assumption: size unknown; avoidance is staying in", ("home_in_evening", 1)),
    ] = 1.0  # fmt: skip
    day_place: Annotated[
        float,
        Declared("share of those not at home who are at their day place in the city", 0, 1,
                 "assumption: the others are outside the city", ("true_crime", -1)),
    ] = 0.6  # fmt: skip
