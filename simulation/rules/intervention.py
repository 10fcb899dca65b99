"""Bystanders who step in, and what that does to the victim (routine activity: a guardian is somebody who acts)."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.parameters.intervention import Intervention
from coproduction.simulation.rules.logistic import from_log_odds, log_odds

NOBODY_DID, HELPED, WORSENED, NEITHER = 0, 1, 2, 3
"""How an intervention ended, as the column ``intervention`` of a case file says."""


@rule
def intervention_terms(p: Intervention, self_efficacy: float, efficacy: float,
                       fear: float) -> tuple[float, float, float, float]:  # fmt: skip
    """Return the terms of stepping in, in log odds: usual, self-efficacy, the neighbourhood's efficacy, fear.

    The traits are 0 to 1; each counts against one half.
    """
    return (
        log_odds(p.usual),
        p.self_efficacy_weight * (self_efficacy - 0.5),
        p.efficacy_weight * (efficacy - 0.5),
        p.fear_weight * (0.5 - fear),
    )


@rule
def intervention_probability(p: Intervention, traits: tuple[float, float, float], reach: float) -> float:
    """Return the probability that somebody who sees an offence steps in.

    traits  self-efficacy, the neighbourhood's collective efficacy, fear, 0 to 1 each
    reach   share of such offences that a bystander can get at, 0 to 1
    """
    if p.usual <= 0.0:
        return 0.0
    usual, able, together, bold = intervention_terms(p, traits[0], traits[1], traits[2])
    return reach * from_log_odds(usual + able + together + bold)


@rule
def ending_of(u: float, p: Intervention) -> int:
    """Return how an intervention ends: helpful for draws below its share, harmful above 1 less its share."""
    if u < p.helps:
        return HELPED
    if u >= 1.0 - p.worsens:
        return WORSENED
    return NEITHER


@rule
def seriousness_lived(seriousness: float, ending: int, p: Intervention) -> float:
    """Return an offence's seriousness to its victim, 0 to 1, after what a bystander did."""
    if ending == HELPED:
        return seriousness * (1.0 - p.relief)
    if ending == WORSENED:
        return min(seriousness * (1.0 + p.aggravation), 1.0)
    return seriousness
