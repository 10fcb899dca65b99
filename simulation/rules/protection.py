"""Protective behaviour: five domains, each a binary logit with predictors of its own, and what they do."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.parameters.protection import Protection
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.logistic import from_log_odds, log_odds
from coproduction.simulation.state import NOBODY

LOCKS, TECHNOLOGY, WATCHING, SELF_DEFENCE, AVOIDANCE = 1, 2, 4, 8, 16
"""The domains as bits of a resident's column ``protection``; a domain's draw has its place in this order as partner."""
N_DOMAINS = 5


@rule
def standing(quintile: int) -> float:
    """Return income as the predictors take it: -1 in the poorest quintile, 0 in the middle, 1 in the richest."""
    return (quintile - 2.0) / 2.0


@rule
def remembers(last: int, watch: int, weeks: float) -> float:
    """Return 1 if a victimisation in the watch ``last`` (NOBODY if never) is no more than so many weeks ago, else 0."""
    return 1.0 if last != NOBODY and watch - last <= weeks * WATCHES_PER_WEEK else 0.0


@rule
def tenure(owner: int) -> float:
    """Return tenure as the predictors take it: half a unit for an owned home, minus half for a rented one."""
    return owner - 0.5


@rule
def locks_terms(p: Protection, fear: float, victimised: float, income: float,
                owned: float) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Return the terms of the wish to have good locks, log odds: usual share, fear, victimisation, income, tenure."""
    usual, afraid = log_odds(p.locks), p.locks_fear * fear
    return usual, afraid, p.locks_victim * victimised, p.locks_income * income, p.locks_owner * owned


@rule
def locks_probability(p: Protection, fear: float, victimised: float, income: float, owned: float) -> float:
    """Return the probability to have good locks, from fear (0 to 1), victimisation (0 or 1), income (-1 to 1), tenure.

    owned  see :func:`tenure`
    """
    usual, afraid, hit, richer, owning = locks_terms(p, fear, victimised, income, owned)
    return from_log_odds(usual + afraid + hit + richer + owning)


@rule
def technology_terms(
    p: Protection, victimised: float, income: float, owned: float
) -> tuple[float, float, float, float]:
    """Return the terms of the wish to have an alarm or camera, log odds: usual share, victimisation, income, tenure."""
    usual, hit = log_odds(p.technology), p.technology_victim * victimised
    return usual, hit, p.technology_income * income, p.technology_owner * owned


@rule
def technology_probability(p: Protection, victimised: float, income: float, owned: float) -> float:
    """Return the probability to have an alarm or camera, from victimisation (0 or 1), income (-1 to 1), tenure."""
    usual, hit, richer, owning = technology_terms(p, victimised, income, owned)
    return from_log_odds(usual + hit + richer + owning)


@rule
def watching_terms(p: Protection, social_capital: float) -> tuple[float, float]:
    """Return the terms of the wish to keep an eye on neighbours' homes, in log odds: usual share, social capital."""
    return log_odds(p.watching), p.watching_capital * social_capital


@rule
def watching_probability(p: Protection, social_capital: float) -> float:
    """Return the probability to keep an eye on neighbours' homes, from social capital (0 to 1)."""
    usual, tied = watching_terms(p, social_capital)
    return from_log_odds(usual + tied)


@rule
def self_defence_terms(p: Protection, fear: float, trust: float) -> tuple[float, float, float]:
    """Return the terms of the wish to be ready for self-defence, in log odds: usual share, fear, distrust."""
    return log_odds(p.self_defence), p.self_defence_fear * fear, p.self_defence_distrust * (1.0 - trust)


@rule
def self_defence_probability(p: Protection, fear: float, trust: float) -> float:
    """Return the probability to be ready for self-defence, from fear and trust in police (0 to 1 each)."""
    usual, afraid, distrustful = self_defence_terms(p, fear, trust)
    return from_log_odds(usual + afraid + distrustful)


@rule
def avoidance_terms(p: Protection, fear: float) -> tuple[float, float]:
    """Return the terms of the wish to avoid going out after dark, in log odds: usual share, fear."""
    return log_odds(p.avoidance), p.avoidance_fear * fear


@rule
def avoidance_probability(p: Protection, fear: float) -> float:
    """Return the probability to avoid going out after dark, from fear (0 to 1)."""
    usual, afraid = avoidance_terms(p, fear)
    return from_log_odds(usual + afraid)


@rule
def changing_probability(does: bool, probability: float, pace: float) -> float:
    """Return the probability to give a thing up, or else to take it up, within four weeks: see :func:`keeps_up`."""
    return pace * (1.0 - probability) if does else pace * probability


@rule
def keeps_up(does: bool, probability: float, pace: float, u: float) -> bool:
    """Say whether somebody does a thing after four weeks in which a share ``pace`` think it over.

    Of those who think it over the probability takes it up or keeps it, so that it is the share who do in the long run.
    """
    changes = u < changing_probability(does, probability, pace)
    return does != changes


@rule
def thinks_over(u: float, pace: float) -> bool:
    """Say whether the draw of :func:`keeps_up` may change anything: no probability to change is above ``pace``."""
    return u < pace


@rule
def does(protection: int, domain: int) -> bool:
    """Say whether a domain's bit is set."""
    return protection & domain != 0


@rule
def home_holds_probability(protection: int, p: Protection, hardening: float) -> float:
    """Return the probability that an attempt on a home fails: locks, technology, programmes each hold independently.

    hardening  what programmes add to homes here, probability that it holds, 0 to 1
    """
    gives_way = 1.0 - hardening
    if does(protection, LOCKS):
        gives_way *= 1.0 - p.locks_effect
    if does(protection, TECHNOLOGY):
        gives_way *= 1.0 - p.technology_effect
    return 1.0 - gives_way


@rule
def sees_probability(visibility: float, watches: bool, gain: float) -> float:
    """Return the probability that somebody there sees an offence; watching raises it by a share of itself, to 1."""
    return min(visibility * (1.0 + gain), 1.0) if watches else visibility
