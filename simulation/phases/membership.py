"""Phase 12, programmes: residents join and leave programmes that members carry, and places are given out."""

import numpy as np

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.programmes import fading_probability, peer_pull, places_of, runs_at
from coproduction.simulation.rules.volunteering import (
    joining_probability,
    leaving_probability,
    wish_terms,
)
from coproduction.simulation.state import State


@kernel
def enlist(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 12, monthly. Residents leave programmes of members, or offer to join; writes memberships."""
    portfolio, levers = numbers.programmes, policing_at(state, numbers, watch)
    for p in range(len(portfolio.start)):
        if portfolio.members_wanted[p] > 0.0:
            running = runs_at(portfolio.start[p], portfolio.end[p], watch)
            for resident in range(len(state.residents.home)):
                if is_member(state, p, resident):
                    stay_or_quit(state, numbers, (seed, watch), (p, resident), running)
                elif running and state.programmes.targets[p, state.residents.neighbourhood[resident]] == 1:
                    consider_programme(state, numbers, levers, (seed, watch), (p, resident))
    if np.any(portfolio.members_wanted > 0.0):
        fill_places(state, numbers, seed, watch)


@rule
def is_member(state: State, p: int, resident: int) -> bool:
    """Say whether a resident is a member of a programme."""
    return bool((state.residents.memberships[resident] >> p) & 1)


@rule
def stay_or_quit(
    state: State, numbers: Numbers, when: tuple[int, int], who: tuple[int, int], running: bool
) -> None:
    """Let a member leave, as all do when the programme has ended; when is seed, watch; who is programme, resident."""
    (seed, watch), (p, resident) = when, who
    v, d = numbers.parameters.volunteering, numbers.parameters.dysfunctions
    support = members_support(state, numbers, p, state.residents.neighbourhood[resident])
    chance = leaving_probability(v.leaving, v.unsupported_leaving, support)
    chance = fading_probability(chance, d.unreliable_volunteers, d.fading)
    if not running or uniform(seed, Decision.QUIT, resident, watch, p) < chance:
        state.residents.memberships[resident] &= ~(1 << p)


@rule
def members_support(state: State, numbers: Numbers, p: int, n: int) -> float:
    """Return the share of a programme's members in a neighbourhood whom its coordination can keep, 0 to 1."""
    places = places_of(numbers.programmes.members_supported[p], state.neighbourhoods.residents[n])
    return float(min(places / max(state.programmes.members[p, n], 1), 1.0))


@rule
def consider_programme(
    state: State, numbers: Numbers, levers: Policing, when: tuple[int, int], who: tuple[int, int]
) -> None:
    """Perhaps offer to join a programme; when is seed, watch; who is programme, resident."""
    (seed, watch), (p, resident) = when, who
    residents, v, programmes = state.residents, numbers.parameters.volunteering, numbers.programmes
    fellows, ties = fellow_members(state, p, resident)
    pull = peer_pull(fellows, ties, v.peer_weight)
    invited = levers.invitation + programmes.invitation[p] + pull
    chance = joining_probability(v.joining, wish_terms(residents, v, resident, invited))
    if uniform(seed, Decision.ENLIST, resident, watch, p) < chance:
        residents.offers[resident] |= 1 << p


@rule
def fellow_members(state: State, p: int, resident: int) -> tuple[int, int]:
    """Return how many of those whom a resident knows were members at the start of the month, and how many there are."""
    ties, fellows = state.ties, 0
    for at in range(ties.start[resident], ties.start[resident + 1]):
        fellows += (state.residents.belonged[ties.partner[at]] >> p) & 1
    return fellows, ties.start[resident + 1] - ties.start[resident]


@kernel
def fill_places(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Give places to those who offered, by the draw with which they did and then by index, and count members.

    Places are scarce, so they are settled here for both engines.
    """
    residents, members = state.residents, state.programmes.members
    for p in range(members.shape[0]):
        members[p, :] = 0
        for resident in range(len(residents.home)):
            if is_member(state, p, resident):
                members[p, residents.neighbourhood[resident]] += 1
        offering = np.flatnonzero(residents.offers & (1 << p))
        draws = np.empty(len(offering))
        for i in range(len(offering)):
            draws[i] = uniform(seed, Decision.ENLIST, offering[i], watch, p)
        for place in np.argsort(draws, kind="mergesort"):
            take_place(state, numbers, p, offering[place])
    for resident in range(len(residents.home)):
        residents.offers[resident] = 0
        residents.belonged[resident] = residents.memberships[resident]


@rule
def take_place(state: State, numbers: Numbers, p: int, resident: int) -> None:
    """Make a resident a member where there is a place left."""
    n = state.residents.neighbourhood[resident]
    places = places_of(numbers.programmes.members_supported[p], state.neighbourhoods.residents[n])
    if state.programmes.members[p, n] < places:
        state.residents.memberships[resident] |= 1 << p
        state.programmes.members[p, n] += 1
