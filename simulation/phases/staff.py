"""Phase 12, officers: who leaves the beat and who comes, and what those who stay come to know of it."""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.beats import (
    knowledge_after_month,
    learning_pace,
    leaving_beat_probability,
    mode_of,
)
from coproduction.simulation.rules.police import duty_share
from coproduction.simulation.state import State


@kernel
def staff(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 12, monthly, officers. Writes who holds each post, local knowledge of officers and beats."""
    leaving = leaving_beat_probability(policing_at(state, numbers, watch).turnover)
    for officer in range(len(state.officers.holder)):
        if duty_share(officer, state.government.posts[0]) > 0.0:  # vacant posts know and forget nothing
            if uniform(seed, Decision.LEAVES_BEAT, officer, watch) < leaving:
                come_new(state, officer)
            else:
                learn_beat(state, numbers, officer, watch)
    pool_knowledge(state)


@rule
def hand_over(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Let the arrangement that begins bring new officers to some posts."""
    takeover = policing_at(state, numbers, watch).takeover
    if takeover > 0.0:
        for officer in range(len(state.officers.holder)):
            if uniform(seed, Decision.TAKEN_OVER, officer, watch) < takeover:
                come_new(state, officer)
        pool_knowledge(state)


@rule
def come_new(state: State, officer: int) -> None:
    """Let somebody take a post who does not know the beat, and against whom nothing stands."""
    officers = state.officers
    officers.holder[officer] += 1
    officers.knowledge[officer] = 0.0
    officers.supervision[officer] = 0.0
    officers.complaints[officer] = 0


@rule
def learn_beat(state: State, numbers: Numbers, officer: int, watch: int) -> None:
    """Let an officer come to know the beat better, faster on foot."""
    levers, b, officers = policing_at(state, numbers, watch), numbers.parameters.beats, state.officers
    mode = mode_of(officer, levers.foot, levers.sub_stations)
    pace = learning_pace(mode, levers.beat_integrity, b.foot_learning)
    officers.knowledge[officer] = knowledge_after_month(officers.knowledge[officer], b.weeks_to_know, pace)


@rule
def pool_knowledge(state: State) -> None:
    """Set what is known of each beat to the mean of its officers, posts paid in part for their part.

    Where no post is paid what was known stays.
    """
    officers, beats, posts = state.officers, state.beats, state.government.posts[0]
    for beat in range(len(beats.knowledge)):
        known, paid = 0.0, 0.0
        for officer in range(beat, len(officers.holder), len(beats.knowledge)):
            share = duty_share(officer, posts)
            known += share * officers.knowledge[officer]
            paid += share
        if paid > 0.0:
            beats.knowledge[beat] = known / paid


@rule
def local_knowledge(state: State, cell: int) -> float:
    """Return what officers know of the beat that a cell lies in, 0 to 1."""
    return float(state.beats.knowledge[state.beats.of[state.cells.neighbourhood[cell]]])
