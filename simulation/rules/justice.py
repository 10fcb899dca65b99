"""Arrest, clearance, and the share of time in custody."""

import math

from coproduction.simulation._compiled import rule
from coproduction.simulation.rules.logistic import from_log_odds, log_odds


@rule
def scene_arrest_probability(minutes: float, at_once: float, decay: float) -> float:
    """Return the probability of an arrest at the scene, falling with the minutes from offence to arrival."""
    return at_once * math.exp(-minutes / decay)


@rule
def clearance_terms(without_witness: float, witnessed: float, witness_weight: float, knowledge: float,
                    knowledge_weight: float) -> tuple[float, float, float]:  # fmt: skip
    """Return the terms of clearance by investigation, in log odds: kind of offence, witness, local knowledge.

    without_witness  probability without a witness at knowledge 0.5, in (0, 1)
    witnessed        1 if a witness informed the police, else 0
    knowledge        local knowledge, 0 to 1
    """
    return log_odds(without_witness), witness_weight * witnessed, knowledge_weight * (knowledge - 0.5)


@rule
def clearance_probability(without_witness: float, witnessed: float, witness_weight: float, knowledge: float,
                          knowledge_weight: float) -> float:  # fmt: skip
    """Return the probability that an investigation clears a recorded offence; see :func:`clearance_terms`."""
    kind, witness, known = clearance_terms(
        without_witness, witnessed, witness_weight, knowledge, knowledge_weight
    )
    return from_log_odds(kind + witness + known)


@rule
def custody_share(arrests_per_watch: float, watches_per_arrest: float) -> float:
    """Return the share of time in custody of an offender who alternates between freedom and custody.

    In the long run L / (1 + L) with L = arrests per watch while free times the mean custody that one leads to (renewal
    theory).
    """
    load = arrests_per_watch * watches_per_arrest
    return load / (1.0 + load)
