"""Police conduct: fair or unfair treatment, whom officers stop, how a stop comes to force, who complains.

Treatment that people can see as fair carries trust, and trust carries cooperation (Tyler 1990; Sunshine and Tyler
2003); where officers differ and bias is there, stops, force and complaints fall unequally on groups.
"""

import math

from coproduction.simulation._compiled import rule
from coproduction.simulation.rules.logistic import shifted


@rule
def corrected(by_complaints: float, by_programme: float) -> float:
    """Return how far an officer's own unfairness and bias are corrected, 0 to 1, by supervision of both kinds."""
    return 1.0 - (1.0 - by_complaints) * (1.0 - min(by_programme, 1.0))


@rule
def misconduct(u: float, spread: float, correction: float) -> float:
    """Return an officer's own tendency to unfair treatment, log odds, 0 for the middle one.

    u           the officer's draw, [0, 1), kept while the post is held
    spread      logistic scale over officers
    correction  0 to 1, share of it taken away
    """
    return (1.0 - correction) * spread * (math.log(u + 1e-12) - math.log1p(-u))


@rule
def bias_factor(u: float, correction: float) -> float:
    """Return an officer's bias against the mean one's, at least 0; exponential over officers, mean 1."""
    return -(1.0 - correction) * math.log1p(-u)


@rule
def group_bias(minority: bool, discrimination: float, weight: float, factor: float) -> float:
    """Return log odds that bias adds against a resident of the minority, 0 for others.

    discrimination  0 to 1, strength of the dysfunction
    weight          log odds at full strength, of the mean officer
    factor          the officer's own, see :func:`bias_factor`
    """
    return discrimination * weight * factor if minority else 0.0


@rule
def fair_probability(fairness: float, own: float, bias: float, burden: float) -> float:
    """Return the probability that a contact is felt as fair.

    fairness  0 to 1 and more, of the arrangement with what programmes add; from 1 on all is felt as fair
    own       log odds of the officer's own tendency to unfair treatment
    bias      log odds against the resident's group
    burden    log odds of being stopped and questioned, 0 for a talk
    """
    return shifted(min(fairness, 1.0), -(own + bias + burden))


@rule
def stop_probability(per_100: float, bias: float) -> float:
    """Return the probability that a resident is stopped at a patrol stop; bias in log odds."""
    return shifted(min(per_100 / 100.0, 1.0), bias)


@rule
def escalation_probability(
    base: float, unfair: bool, weights: tuple[float, float], trust: float, bias: float
) -> float:
    """Return the probability that a stop comes to a head.

    base     at trust 0.5, felt as fair
    weights  log odds of unfair treatment, and per unit of trust
    trust    of the resident, 0 to 1
    bias     log odds of being taken for a threat
    """
    return shifted(base, (weights[0] if unfair else 0.0) - weights[1] * (trust - 0.5) + bias)


@rule
def calmed_probability(trained: float, calming: float) -> float:
    """Return the probability that a stop that comes to a head ends without force; trained is a share of officers."""
    return min(trained, 1.0) * calming


@rule
def excess_probability(excess: float, second_officer: float, duty: float) -> float:
    """Return the probability that force is excessive and no colleague steps in; duty is the share who must."""
    return excess * (1.0 - second_officer * min(duty, 1.0))


@rule
def complaint_probability(base: float, force: float, efficacy: float) -> float:
    """Return the probability of a complaint after unfair treatment; force and self-efficacy in log odds."""
    return shifted(base, force + efficacy)


@rule
def sustained_probability(department: float, board: float, oversight: float) -> float:
    """Return the probability that a complaint is found true; oversight is the share that a board of residents hears."""
    return (1.0 - oversight) * department + oversight * board


@rule
def further_evidence(asymmetry: float, weight: float) -> float:
    """Return what excessive force counts as evidence beyond an unfair contact, in fair contacts.

    asymmetry  what an unfair contact counts as
    weight     unfair contacts that excessive force counts as, at least 1
    """
    return asymmetry * (weight - 1.0)


@rule
def suspicion_probability(minority: bool, discrimination: float, weight: float) -> float:
    """Return the probability that a resident who is out there looks suspicious enough to others to be called about.

    With bias, others look at those of the minority and pass over those of the majority; weight is in log odds.
    """
    return 1.0 if minority else math.exp(-discrimination * weight)
