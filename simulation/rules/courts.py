"""From clearance to sanction: charge, diversion, bail, who comes to court, conviction, sentence."""

import math

from coproduction.simulation._compiled import rule
from coproduction.simulation.parameters import Parameters
from coproduction.simulation.rules.logistic import from_log_odds, log_odds


@rule
def shifted(probability: float, by: float) -> float:
    """Return a probability after adding log odds ``by``; 0 and 1 stay what they are."""
    if probability <= 0.0:
        return 0.0
    if probability >= 1.0:
        return 1.0
    return from_log_odds(log_odds(probability) + by)


@rule
def charge_probability(bare: float, evidence: float, weight: float) -> float:
    """Return the probability that a cleared offence is charged, logit P = logit p + weight times evidence.

    bare      probability without evidence from others, 0 to 1
    evidence  0 to 1: value of witnesses' information, or 1 after an arrest at the scene
    weight    log odds per unit of evidence
    """
    return shifted(bare, weight * evidence)


@rule
def diversion_probability(share: float, seriousness: float, arrests: int) -> float:
    """Return the probability that a charge ends with a caution: at a first arrest only, less the more serious."""
    return share * (1.0 - seriousness) if arrests <= 1 else 0.0


@rule
def conference_share(usual: float, referred: float) -> float:
    """Return the share of charged cases that are offered a conference: the usual one and what programmes refer."""
    return min(usual + referred, 1.0)


@rule
def attendance_terms(trust: float, trust_weight: float, silence: float, threatened: float,
                     support: float) -> tuple[float, float, float, float]:  # fmt: skip
    """Return the terms of the decision to come to court, in log odds: trust, norm against telling, threat, support.

    trust       in police, 0 to 1, with its weight in log odds per unit above 0.5
    silence     log odds that the norm against telling takes, at least 0
    threatened  log odds that a threat takes, at least 0
    support     log odds that supporters of witnesses add
    """
    return trust_weight * (trust - 0.5), -silence, -threatened, support


@rule
def court_attendance_probability(usual: float, terms: tuple[float, float, float, float]) -> float:
    """Return the probability that a victim or witness comes to court; terms of :func:`attendance_terms`."""
    trust, silence, threat, support = terms
    return shifted(usual, trust + silence + threat + support)


@rule
def retaliation_probability(per_offence: float, rate: float, watches: int, anonymity: float) -> float:
    """Return the probability that a witness is threatened before the trial, 1 - exp(-hazard).

    per_offence  threats per offence that the offender would plan
    rate         planned offences per watch
    watches      that the offender is at large until the trial
    anonymity    share of witnesses whom the offender cannot know, 0 to 1
    """
    return 1.0 - math.exp(-per_offence * rate * watches * (1.0 - anonymity))


@rule
def trial_is_lost(called: int, came: int, at_scene: bool) -> bool:
    """Say whether a trial is lost since none of those called came; officers testify to an arrest at the scene."""
    return called > 0 and came == 0 and not at_scene


@rule
def conviction_probability(bare: float, testifying: int, weight: float) -> float:
    """Return the probability of conviction, logit P = logit p + weight times the persons who testify."""
    return shifted(bare, weight * testifying)


@rule
def sanction_of(p: Parameters, custodial: float, u: float) -> int:
    """Return the sanction that the draw falls on, an index of ``sanctions``.

    custodial  0 to 1, share of such convictions for which custody is open; the first sanction takes the rest
    """
    total = 0.0
    for sanction in p.sanctions:
        total += sanction.share
    below = 1.0
    for kind in range(1, len(p.sanctions)):
        below -= sanction_share(p, custodial, kind) / total
    chosen = 0
    while chosen < len(p.sanctions) - 1 and u >= below:
        chosen += 1
        below += sanction_share(p, custodial, chosen) / total
    return chosen


@rule
def sanction_share(p: Parameters, custodial: float, kind: int) -> float:
    """Return the share of a sanction that may be custody, less where custody is not open to all such convictions."""
    return float(p.sanctions[kind].share * (1.0 - p.sanctions[kind].held * (1.0 - custodial)))


@rule
def whole_weeks(u: float, mean: float) -> int:
    """Turn a uniform draw into whole weeks, at least 1: one and the whole part of an exponential of that mean."""
    return 1 + int(-mean * math.log1p(-u))


@rule
def mean_whole_weeks(mean: float) -> float:
    """Return the mean of :func:`whole_weeks`, weeks; to the last bit 1 where mean is below a hundredth."""
    return 1.0 + 1.0 / math.expm1(1.0 / mean) if mean > 0.01 else 1.0


@rule
def custody_weeks_per_arrest(p: Parameters) -> float:
    """Return the weeks in custody that an arrest leads to on average, where one person testifies.

    The product of charge, neither diversion nor conference, then remand until the court sits, and of conviction, the
    sanction drawn and its length. What evidence adds, and withdrawals take away, is left out.
    """
    j, total, sentence, open_to = p.justice, 0.0, 0.0, custodial_share(p)
    for sanction in p.sanctions:
        total += sanction.share
        sentence += open_to * sanction.share * sanction.held * mean_whole_weeks(sanction.weeks)
    to_court = j.charge * (1.0 - j.conference * j.victim_agrees * j.offender_agrees)
    convicted = conviction_probability(j.conviction, 1, j.testimony_weight)
    return to_court * (open_to * j.remand * mean_whole_weeks(j.court_weeks) + convicted * sentence / total)


@rule
def custodial_share(p: Parameters) -> float:
    """Return the share of cleared offences, by the declared figures, for which custody is open."""
    cleared, serious = 0.0, 0.0
    for crime in p.crimes:
        cleared += crime.recorded_rate * crime.clearance
        serious += crime.recorded_rate * crime.clearance * crime.custodial
    return serious / cleared if cleared > 0.0 else 1.0
