"""What contacts and offences do to trust and fear, and how both relax."""

from coproduction.simulation._compiled import rule


@rule
def trust_after_contact(trust: float, fair: bool, gain: float, asymmetry: float) -> float:
    """Return trust, 0 to 1, after a contact: a bad one weighs ``asymmetry`` times a good one (Skogan 2006)."""
    if fair:
        return trust + gain * (1.0 - trust)
    return trust - min(gain * asymmetry, 1.0) * trust


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
