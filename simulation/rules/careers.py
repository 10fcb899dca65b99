"""Offending careers: entry, specialisation, awareness space, peers, release, giving up.

After the criminal-careers framework (Blumstein, Cohen, Roth and Visher 1986): who offends, how often, in what, and for
how long are separate questions with separate answers.
"""

import math

from coproduction.simulation._compiled import rule
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_YEAR

HOME, DAY_PLACE, LEISURE, LAST_TARGET = 0, 1, 2, 3


@rule
def age_at(age: int, watch: int) -> int:
    """Return the age in whole years in a watch, of somebody whose age at the start is given."""
    return int(age) + watch // WATCHES_PER_YEAR


@rule
def social_causes(level: float, yearly: float, watch: int) -> float:
    """Return the driver of entry that no lever reaches, index: ``level`` at the start, growing by a share a year.

    level   1 is as things are, at least 0
    yearly  growth per year, above -1
    """
    return level * math.exp(math.log1p(yearly) * watch / WATCHES_PER_YEAR)


@rule
def entry_probability(a_year: float, causes: float, before: float, held: float) -> float:
    """Return the probability that a potential offender begins a career within four weeks, 1 - exp(-hazard).

    a_year  careers begun a year per active career at the start, when social causes are 1
    causes  index of :func:`social_causes`
    before  active careers at the start per potential one
    held    taken off the log hazard by :func:`organisations_hold`
    """
    hazard = a_year * causes * before * math.exp(-held)
    return 1.0 - math.exp(-hazard * WATCHES_PER_MONTH / WATCHES_PER_YEAR)


@rule
def organisations_hold(here: float, usual: float, weight: float) -> float:
    """Return what nonprofits take off the log hazard of beginning, and add to that of giving up.

    here, usual  nonprofits per 100,000 residents, in the neighbourhood and in a usual one
    weight       per 10 more than usual
    """
    return weight * (here - usual) / 10.0


@rule
def desistance_terms(years_over: float, bonds: float, efficacy: float, peers: float,
                     added: float) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Return the terms of giving up, added to the log hazard: age, bonds, self-efficacy, peers, programmes.

    years_over  weight times decades above 25 years of age (age-graded control, Sampson and Laub 1993)
    bonds       weight times social capital above 0.5; efficacy alike of self-efficacy
    peers       weight times the share of peers who are active; it holds back
    added       by programmes, help at a release included
    """
    return years_over, bonds, efficacy, -peers, added


@rule
def desistance_probability(a_year: float, terms: tuple[float, float, float, float, float]) -> float:
    """Return the probability to give up within four weeks, 1 - exp(-hazard); proportional hazards.

    a_year  hazard a year where all terms are 0; terms of :func:`desistance_terms`
    """
    older, bonds, efficacy, peers, added = terms
    hazard = a_year * math.exp(older + bonds + efficacy + peers + added)
    return 1.0 - math.exp(-hazard * WATCHES_PER_MONTH / WATCHES_PER_YEAR)


@rule
def after_release(factor: float, watches: int, fading: float) -> float:
    """Return the factor on an offender's rate some watches after release, 1 + (factor - 1) exp(-t / fading).

    factor  on the day of release, at least 1; fading in watches

    Declining hazard: most of those who are arrested again are so within a year (Bureau of Justice Statistics).
    """
    return 1.0 + (factor - 1.0) * math.exp(-watches / fading)


@rule
def anchor_of(u: float, day_place: float, leisure: float, last_target: float) -> int:
    """Return the anchor that an attempt starts from: the others by their shares, home for the rest.

    After crime pattern theory (Brantingham and Brantingham 1981); shares 0 to 1, together at most 1.
    """
    if u < day_place:
        return DAY_PLACE
    if u < day_place + leisure:
        return LEISURE
    if u < day_place + leisure + last_target:
        return LAST_TARGET
    return HOME
