"""What crime and punishment do to those concerned: victims' harm and recovery, offenders' lives under a sanction."""

import math

from coproduction.simulation._compiled import rule
from coproduction.simulation.parameters.experience import Recovery


@rule
def remaining_harm(harm: float, watches: int, memory: float, support: float) -> float:
    """Return what is left of a victim's psychological harm, harm * exp(-watches (1 + support) / memory), 0 to 1.

    harm     as it was that many watches ago, 0 to 1
    memory   watches until it has fallen to 37 % without help
    support  how much faster help makes recovery, at least 0
    """
    return harm * math.exp(-watches * (1.0 + support) / memory)


@rule
def harm_after_offence(harm: float, share: float, seriousness: float) -> float:
    """Return a victim's harm after an offence: a share of the way to full harm at seriousness 1."""
    return harm + share * seriousness * (1.0 - harm)


@rule
def life_of_offender(r: Recovery, held: bool, on_bail: bool, regime: float) -> float:
    """Return how an offender lives, 0 to 1: in custody (better under a good regime), waiting for the court, or free.

    regime  share of the way from custody as it is to life at large that the regime makes good, 0 to 1
    """
    if held:
        return r.life_in_custody + regime * (1.0 - r.life_in_custody)
    if on_bail:
        return r.life_on_bail
    return 1.0
