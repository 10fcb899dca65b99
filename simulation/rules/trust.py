"""What contacts and offences do to trust and fear, and how both relax."""

from coproduction.simulation._compiled import rule


@rule
def contact_weight(fair: bool, asymmetry: float) -> float:
    """Return what a contact counts as evidence: 1 if felt as fair, else ``asymmetry`` (Skogan 2006)."""
    return 1.0 if fair else asymmetry


@rule
def trust_after_contact(trust: float, evidence: float, fair: bool, asymmetry: float) -> float:
    """Return trust, 0 to 1, after a contact: the mean of a beta distribution updated by one more observation.

    trust      before, the mean of beta(trust * evidence, (1 - trust) * evidence)
    evidence   observations that trust rests on, prior and contacts, above 0
    asymmetry  observations that an unfair contact counts for; with 1 this is Bayes's rule for a Bernoulli share

    Where unfair contacts weigh more, a share f of fair ones draws trust to f / (f + (1 - f) asymmetry).
    """
    weight = contact_weight(fair, asymmetry)
    return (trust * evidence + (weight if fair else 0.0)) / (evidence + weight)


@rule
def forgotten_evidence(evidence: float, prior: float, share: float) -> float:
    """Return the evidence that is left when a share of what contacts added to the prior is forgotten."""
    return relaxed(evidence, prior, share)


@rule
def forgotten_trust(
    now: tuple[float, float], prior: tuple[float, float], evidence: float, share: float
) -> float:
    """Return trust, 0 to 1, when a share of what contacts taught is forgotten.

    now, prior  trust and its evidence, with contacts and without
    evidence    what :func:`forgotten_evidence` leaves
    """
    return relaxed(now[0] * now[1], prior[0] * prior[1], share) / evidence


@rule
def trust_after_talk(trust: float, told: float, weight: float) -> float:
    """Return trust after hearing the mean trust of one's ties (DeGroot 1974): a weighted mean of both."""
    return (1.0 - weight) * trust + weight * told


@rule
def fear_after_offence(fear: float, share: float, seriousness: float) -> float:
    """Return fear, 0 to 1, of a victim or of somebody told: a share of the way to full fear."""
    return fear + share * seriousness * (1.0 - fear)


@rule
def fear_after_contact(fear: float, reassurance: float) -> float:
    """Return fear, 0 to 1, after a contact felt as fair."""
    return fear * (1.0 - reassurance)


@rule
def relaxed(value: float, own_level: float, share: float) -> float:
    """Return a value that has gone a share of the way back to the resident's own level."""
    return value + share * (own_level - value)
