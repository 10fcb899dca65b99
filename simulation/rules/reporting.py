"""Reporting: who tells the police."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.rules.logistic import from_log_odds, log_odds


@rule
def reporting_terms(at_neutral_trust: float, trust: float, trust_weight: float,
                    silence: float) -> tuple[float, float, float]:  # fmt: skip
    """Return the terms of the decision to report, in log odds: habit, trust in police, norm against telling.

    at_neutral_trust  probability at trust 0.5 and without the norm, in (0, 1)
    trust             0 to 1
    trust_weight      log odds per unit of trust
    silence           log odds that the norm takes, at least 0
    """
    return log_odds(at_neutral_trust), trust_weight * (trust - 0.5), -silence


@rule
def reporting_probability(
    at_neutral_trust: float, trust: float, trust_weight: float, silence: float
) -> float:
    """Return the probability that a victim or a witness reports; the terms are those of :func:`reporting_terms`."""
    if at_neutral_trust <= 0.0:
        return 0.0
    if at_neutral_trust >= 1.0:
        return 1.0
    habit, confidence, norm = reporting_terms(at_neutral_trust, trust, trust_weight, silence)
    return from_log_odds(habit + confidence + norm)


@rule
def prejudice(minority: bool, strength: float, weight: float) -> float:
    """Return log odds of reporting that discrimination adds against an offender of the minority.

    strength  0 to 1, of the dysfunction
    weight    log odds at full strength
    """
    return strength * weight if minority else 0.0


@rule
def with_prejudice(probability: float, added: float) -> float:
    """Return a probability of reporting moved by log odds; 0, and what is certain anyway, change nothing."""
    if added == 0.0 or probability <= 0.0 or probability >= 1.0:
        return probability
    return from_log_odds(log_odds(probability) + added)


@rule
def anybody_probability(one: float, independent: int) -> float:
    """Return the probability that at least one of several independent persons acts, 1 - (1 - q)^k."""
    nobody = 1.0
    for _ in range(independent):
        nobody *= 1.0 - one
    return 1.0 - nobody


@rule
def told_ties(u: float, told: float, social_capital: float) -> int:
    """Return how many ties a victim tells: ``told`` times social capital, rounded by the draw ``u``."""
    return int(told * social_capital + u)
