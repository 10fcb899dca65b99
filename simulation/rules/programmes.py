"""Programmes: how strongly one runs in a neighbourhood, what it adds to a lever, what it costs."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.rules.calendar import WATCHES_PER_YEAR


@rule
def runs_at(start: int, end: int, watch: int) -> bool:
    """Say whether a programme runs in a watch: from its start, and until its end, which is no more part of it."""
    return start <= watch < end


@rule
def voluntary_strength(members: int, wanted: float, residents: int) -> float:
    """Return how strongly a programme of members runs, 0 to 1: members as a share of those wanted.

    wanted  members per 1,000 residents at full strength, above 0
    """
    return min(members * 1000.0 / (wanted * max(residents, 1)), 1.0)


@rule
def lever_added(switch: float, amount: float, dose: float, fidelity: float, strength: float) -> float:
    """Return what a programme adds to a lever in a neighbourhood, in the lever's unit.

    switch    1, or 0 where the lever's pathway is cut
    amount    at usual dose, full fidelity and full strength, in the lever's unit
    dose      multiple of the usual, at least 0
    fidelity  0 to 1, share carried out as meant
    strength  0 to 1
    """
    return switch * amount * dose * fidelity * strength


@rule
def programme_cost(a_year: float, dose: float, residents: int, member_a_year: float, members: int) -> float:
    """Return what a programme costs one payer in a neighbourhood in a watch, USD.

    a_year         USD per 1,000 residents and year at usual dose
    member_a_year  USD per member and year
    """
    return (a_year * dose * residents / 1000.0 + member_a_year * members) / WATCHES_PER_YEAR
