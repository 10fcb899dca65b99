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


@rule
def peer_pull(members: int, ties: int, weight: float) -> float:
    """Return log odds of joining that those one knows add: weight times the share of them who are members."""
    return weight * members / ties if ties > 0 else 0.0


@rule
def places_of(members_supported: float, residents: int) -> int:
    """Return how many members coordination can keep in a neighbourhood, persons; supported is per 1,000 residents."""
    return int(members_supported * residents / 1000.0)


@rule
def events_per_watch(per_1000_residents: float, residents: int, watches: int) -> float:
    """Return how many of a kind of event to expect in a watch, of so many per 1,000 residents in so many watches."""
    return per_1000_residents * residents / 1000.0 / watches


@rule
def fading_probability(leaving: float, unreliability: float, fading: float) -> float:
    """Return the probability to leave within four weeks, with those who fade away without a word.

    leaving        0 to 1, for all other reasons
    unreliability  0 to 1, strength of the dysfunction
    fading         0 to 1, probability at full strength
    """
    return leaving + (1.0 - leaving) * unreliability * fading


@rule
def placed_by_boards(share: float, priority: float, residents: int, all_priority: float,
                     all_residents: int) -> float:  # fmt: skip
    """Return how much of a programme a neighbourhood gets, 1 for as much as every other; the sum of money stays.

    share         0 to 1, of the programme's money, that boards place
    priority      the neighbourhood's share of what boards ask for; all_priority is that of all the programme's places
    """
    if all_priority <= 0.0 or residents == 0:
        return 1.0
    return (1.0 - share) + share * (priority / residents) / (all_priority / all_residents)


@rule
def claim_terms(all_residents: float, attendees: float, voice: float) -> tuple[float, float]:
    """Return the parts of a claim on a board: of all residents, and of those who come to meetings."""
    return voice * all_residents, (1.0 - voice) * attendees


@rule
def blended_claim(all_residents: float, attendees: float, voice: float) -> float:
    """Return a neighbourhood's claim on a board, 0 to 1, from its share of all residents' fear and of that voiced.

    voice  0 where only those who come to meetings count, 1 where all residents count alike
    """
    of_all, of_attendees = claim_terms(all_residents, attendees, voice)
    return of_all + of_attendees
