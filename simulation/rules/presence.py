"""Routine activity: who is where (Cohen and Felson 1979, as expected presence and as single persons)."""

from coproduction.simulation._compiled import rule

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
def expected_presence(living: float, coming: float, home_share: float, day_place_share: float) -> float:
    """Return the residents expected in a cell, persons, of those living there and those whose day place it is."""
    return living * home_share + coming * (1.0 - home_share) * day_place_share
