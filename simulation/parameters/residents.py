"""Declared parameters of residents: who they are, where they are, what they do and learn."""

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


class Contact(NamedTuple):
    """What contacts and offences leave behind in those who live them or hear of them."""

    prior_strength: Annotated[
        float,
        Declared("contacts felt as fair that a resident's own level of trust counts for", 2, 200,
                 "assumption: a score, since legitimacy moves little (Mazerolle and others 2013)",
                 ("trust", 1)),
    ] = 20.0  # fmt: skip
    asymmetry: Annotated[
        float,
        Declared("weight of a contact felt as unfair against one felt as fair, ratio", 1, 14,
                 fact("T2-39", "the low end: at 9 and nine fair contacts in ten, both cancel at a trust of 0.5"),
                 ("trust", -1)),
    ] = 4.0  # fmt: skip
    patience: Annotated[
        float,
        Declared("minutes of police response after which a victim's feeling of fair treatment has fallen to 37 %",
                 10, 1000, "assumption: satisfaction falls slowly with waiting", ("trust", 1)),
    ] = 240.0  # fmt: skip
    victim_fear: Annotated[
        float,
        Declared("share of the way to full fear, victim of an offence of seriousness 1", 0, 1,
                 "assumption: no size found", ("fear", 1)),
    ] = 0.35  # fmt: skip
    told_fear: Annotated[
        float,
        Declared("share of the way to full fear, somebody told of an offence of seriousness 1", 0, 0.5,
                 "assumption: alarm that is shared raises fear (Chicago neighbourhood organising, 1985)",
                 ("fear", 1)),
    ] = 0.05  # fmt: skip
    told: Annotated[
        float,
        Declared("ties that a victim of full social capital tells, persons", 0, 20,
                 "assumption: a handful", ("fear", 1)),
    ] = 6.0  # fmt: skip
    reassurance: Annotated[
        float,
        Declared("share of fear lost per contact felt as fair", 0, 0.5,
                 "assumption: contact lowers fear (Zhao and others 2002), a later meta-analysis finds little "
                 "(Gill and others 2014)", ("fear", -1)),
    ] = 0.03  # fmt: skip


class Recovery(NamedTuple):
    """What victims suffer and how they recover; how offenders live under a sanction."""

    harm: Annotated[
        float,
        Declared("share of the way to full psychological harm, victim of an offence of seriousness 1", 0, 1,
                 "assumption: no size found on a scale from 0 to 1", ("victim_harm", 1)),
    ] = 0.5  # fmt: skip
    weeks: Annotated[
        float,
        Declared("weeks until a victim's harm has fallen to 37 % without help", 1, 520,
                 "assumption: most recover within a year", ("victim_harm", 1)),
    ] = 26.0  # fmt: skip
    conference_relief: Annotated[
        float,
        Declared("share of a victim's harm that a conference felt as satisfying takes away", 0, 1,
                 "assumption: size unknown; victims who meet offenders recover better (Strang and others 2013)",
                 ("victim_harm", -1)),
    ] = 0.4  # fmt: skip
    life_in_custody: Annotated[
        float,
        Declared("how somebody held lives, against 1 at large", 0, 1, "assumption: liberty, work and family are lost",
                 ("offender_life", 1)),
    ] = 0.4  # fmt: skip
    life_on_bail: Annotated[
        float,
        Declared("how somebody lives who waits for the court, against 1", 0, 1,
                 "assumption: free, but under a threat", ("offender_life", 1)),
    ] = 0.8  # fmt: skip


class Change(NamedTuple):
    """Slow change, once in four weeks."""

    fear_relaxation: Annotated[
        float,
        Declared("share of the way back to a resident's own level, per four weeks", 0.01, 1,
                 "assumption: most of it within a year", ("fear", -1)),
    ] = 0.15  # fmt: skip
    trust_relaxation: Annotated[
        float,
        Declared("share of what contacts taught that is forgotten, per four weeks", 0.01, 1,
                 "assumption: a bad contact is remembered for about a year", ("trust", 1)),
    ] = 0.06  # fmt: skip
    silence_relaxation: Annotated[
        float,
        Declared("share of what a threat added to a witness's norm against telling that fades, per four weeks", 0.01, 1,
                 "assumption: a threat is remembered for about a year, as a bad contact is", ("silence", -1)),
    ] = 0.06  # fmt: skip
    talk_weight: Annotated[
        float,
        Declared("weight of the mean trust of one's ties in one's own, per four weeks", 0, 0.5,
                 "assumption: small; contacts of people one knows count (review of 27 studies, Johnson 2015)",
                 ("trust_dispersion", -1)),
    ] = 0.02  # fmt: skip
    act_gain: Annotated[
        float,
        Declared("share of the way up or down in self-efficacy, per report that led to a cleared case or did not, or "
                 "meeting at which one was heard or was not", 0, 0.3,
                 "assumption: size unknown; people learn what they can do from what their acts bring (Bandura 1977)",
                 ("self_efficacy", -1)),
    ] = 0.04  # fmt: skip
    efficacy_gain: Annotated[
        float,
        Declared("share of the way up (no offence in the neighbourhood) or down (more than its usual number), per "
                 "four weeks of volunteering", 0, 0.3,
                 "assumption: 59 % of Burgernet members felt more grip on safety; no size per episode found",
                 ("efficacy_dispersion", 1)),
    ] = 0.04  # fmt: skip
    usual_share: Annotated[
        float,
        Declared("weight of the last four weeks in what a neighbourhood takes for its usual number of offences", 0, 1,
                 "assumption: four months count", role="fixed",
                 fixed="a smoothing: it sets what volunteers compare a month with, no outcome's level"),
    ] = 0.25  # fmt: skip


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
