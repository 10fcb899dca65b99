"""Arrest, clearance, and the share of time in custody."""

import math

from coproduction.simulation._compiled import rule
from coproduction.simulation.rules.logistic import from_log_odds, log_odds


@rule
def scene_arrest_probability(minutes: float, at_once: float, decay: float) -> float:
    """Return the probability of an arrest at the scene, falling with the minutes from offence to arrival."""
    return at_once * math.exp(-minutes / decay)


@rule
def clearance_terms(without_witness: float, informed: tuple[float, float], known: tuple[float, float],
                    load: tuple[float, float]) -> tuple[float, float, float, float]:  # fmt: skip
    """Return the terms of clearance by investigation, in log odds: kind of offence, information, knowledge, caseload.

    without_witness  probability without a witness at knowledge 0.5 and no other case, in (0, 1)
    informed         value of what witnesses told, 0 to 1, and its weight
    known            local knowledge, 0 to 1, and its weight per unit above 0.5
    load             recorded cases of the week per officer's post, and the weight of the logarithm of one plus these
    """
    information, knowledge = informed[1] * informed[0], known[1] * (known[0] - 0.5)
    return log_odds(without_witness), information, knowledge, -load[1] * math.log1p(load[0])


@rule
def clearance_probability(without_witness: float, informed: tuple[float, float], known: tuple[float, float],
                          load: tuple[float, float]) -> float:  # fmt: skip
    """Return the probability that an investigation clears a recorded offence; see :func:`clearance_terms`."""
    kind, information, knowledge, caseload = clearance_terms(without_witness, informed, known, load)
    return from_log_odds(kind + information + knowledge + caseload)


@rule
def custody_share(arrests_per_watch: float, watches_per_arrest: float) -> float:
    """Return the share of time in custody of an offender who alternates between freedom and custody.

    In the long run L / (1 + L) with L = arrests per watch while free times the mean custody that one leads to (renewal
    theory).
    """
    load = arrests_per_watch * watches_per_arrest
    return load / (1.0 + load)
