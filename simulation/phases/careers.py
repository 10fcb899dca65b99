"""Phase 12, offending careers, monthly: who begins, who gives up, and what peers teach."""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import DESISTANCE, ORGANISATIONS
from coproduction.simulation.rules.careers import (
    age_at,
    desistance_probability,
    desistance_terms,
    entry_probability,
    organisations_hold,
    social_causes,
)
from coproduction.simulation.rules.offending import learnt_certainty
from coproduction.simulation.state import ACTIVE, DESISTED, NOBODY, PEERS, POTENTIAL, State


@kernel
def careers(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 12, monthly, offenders. Reads age, bonds and peers; writes careers and perceived certainty."""
    offenders = state.offenders
    for offender in range(len(offenders.resident)):
        look_around(state, offender)
    for offender in range(len(offenders.resident)):
        if offenders.career[offender] == POTENTIAL:
            perhaps_begin(state, numbers, seed, watch, offender)
        elif offenders.career[offender] == ACTIVE and watch >= offenders.free_from[offender]:
            perhaps_give_up(state, numbers, seed, watch, offender)
        learn_from_peers(state, numbers.parameters.careers.peer_learning, offender)
    for offender in range(
        len(offenders.resident)
    ):  # what is copied as a whole takes a second more to compile
        offenders.offences_before[offender] = offenders.offences[offender]
        offenders.arrests_before[offender] = offenders.arrests[offender]


@rule
def look_around(state: State, offender: int) -> None:
    """Count the peers whose careers are active."""
    offenders, active = state.offenders, 0
    for place in range(PEERS):
        peer = offenders.peers[offender, place]
        if peer != NOBODY and offenders.career[peer] == ACTIVE:
            active += 1
    offenders.active_peers[offender] = active


@rule
def perhaps_begin(state: State, numbers: Numbers, seed: int, watch: int, offender: int) -> None:
    """Decide whether a potential offender begins a career, driven by social causes from outside."""
    c = numbers.parameters.careers
    causes = social_causes(c.social_causes, c.social_trend, watch)
    home = state.residents.neighbourhood[state.offenders.resident[offender]]
    chance = entry_probability(
        c.entry, causes, state.rates.entry[0], held_by_organisations(state, numbers, home)
    )
    if uniform(seed, Decision.BEGINS, offender, watch) < chance:
        state.offenders.career[offender] = ACTIVE


@rule
def held_by_organisations(state: State, numbers: Numbers, n: int) -> float:
    """Return what the nonprofits of a neighbourhood do to the log hazards of careers of those who live there."""
    c, places = numbers.parameters.careers, state.neighbourhoods
    here = places.organisations[n] + places.levers[n, ORGANISATIONS]
    return organisations_hold(here, c.organisations, c.organisations_weight)


@rule
def perhaps_give_up(state: State, numbers: Numbers, seed: int, watch: int, offender: int) -> None:
    """Decide whether an offender at large gives up for good."""
    chance = giving_up_probability(state, numbers, watch, offender)
    if uniform(seed, Decision.GIVES_UP, offender, watch) < chance:
        state.offenders.career[offender] = DESISTED


@rule
def giving_up_probability(state: State, numbers: Numbers, watch: int, offender: int) -> float:
    """Return the probability that an offender gives up within four weeks."""
    terms = giving_up_terms(state, numbers, watch, offender)
    return desistance_probability(numbers.parameters.careers.desistance, terms)


@rule
def giving_up_terms(
    state: State, numbers: Numbers, watch: int, offender: int
) -> tuple[float, float, float, float, float]:
    """Return the terms of an offender's giving up, see :func:`desistance_terms`."""
    c, residents = numbers.parameters.careers, state.residents
    resident = state.offenders.resident[offender]
    place = residents.neighbourhood[resident]
    return desistance_terms(
        c.age_weight * (age_at(residents.age[resident], watch) - 25) / 10.0,
        c.bonds_weight * (residents.social_capital[resident] - 0.5),
        c.efficacy_weight * (residents.self_efficacy[resident] - 0.5),
        c.peers_weight * state.offenders.active_peers[offender] / PEERS,
        state.neighbourhoods.levers[place, DESISTANCE]
        + held_by_organisations(state, numbers, place)
        + c.resettlement_weight * state.offenders.resettled[offender],
    )


@rule
def learn_from_peers(state: State, share: float, offender: int) -> None:
    """Let what befell peers who offended in these four weeks move the perceived certainty of being caught."""
    offenders = state.offenders
    for place in range(PEERS):
        peer = offenders.peers[offender, place]
        if peer != NOBODY:
            arrested = offenders.arrests[peer] > offenders.arrests_before[peer]
            if arrested or offenders.offences[peer] > offenders.offences_before[peer]:
                offenders.certainty[offender] = learnt_certainty(
                    offenders.certainty[offender], 1.0 if arrested else 0.0, share
                )
