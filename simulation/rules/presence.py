"""Routine activity: who is where (Cohen and Felson 1979, as expected presence and as single persons)."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.parameters.residents import Presence
from coproduction.simulation.rules.logistic import from_log_odds, log_odds

GROWN_UP, OLD = 18, 65
"""Ages in years from which on people need not go to school, and are old."""

AT_HOME, AT_DAY_PLACE, OUT_OF_TOWN = 0, 1, 2


@rule
def whereabouts(u: float, home_share: float, day_place_share: float) -> int:
    """Return where a resident is in this watch, from the resident's own draw ``u`` in [0, 1).

    home_share       0 to 1, share at home at this time of day
    day_place_share  0 to 1, share of the others who are at their day place in the city
    """
    if u < home_share:
        return AT_HOME
    if u < home_share + (1.0 - home_share) * day_place_share:
        return AT_DAY_PLACE
    return OUT_OF_TOWN


@rule
def staying_in_terms(p: Presence, old: bool, woman: bool, avoids: bool) -> tuple[float, float, float]:
    """Return what keeps somebody at home in the evening, in log odds: age, sex, avoidance of the dark."""
    return (
        p.old_stay_in if old else 0.0,
        p.women_stay_in if woman else 0.0,
        p.avoiders_stay_in if avoids else 0.0,
    )


@rule
def home_probability(usual: float, stays_in: float) -> float:
    """Return the probability to be at home: the usual one, moved by log odds of staying in (0 changes nothing)."""
    if usual <= 0.0 or usual >= 1.0 or stays_in == 0.0:
        return usual
    return from_log_odds(log_odds(usual) + stays_in)


@rule
def day_place_probability(home_share: float, day_place_share: float) -> float:
    """Return the probability to be at one's day place: that of not being at home times the share who are there."""
    return (1.0 - home_share) * day_place_share
