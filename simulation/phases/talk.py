"""Phase 12, what residents hear and how they settle: news, talk along ties, forgetting."""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.phases.disorder import seen_from
from coproduction.simulation.prefetch import AHEAD, prefetch
from coproduction.simulation.rules.disorder import unsettling
from coproduction.simulation.rules.perception import attention, believed_level, fear_level, media_signal
from coproduction.simulation.rules.trust import forgotten_evidence, forgotten_trust, relaxed, trust_after_talk
from coproduction.simulation.state import State


@kernel
def talk(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 12, monthly, first. Everybody hears how far ties trust the police and whether one volunteers; writes both.

    And what the media tell of crime.
    """
    tone = numbers.parameters.perception.media_tone
    state.government.media[0] = media_signal(uniform(seed, Decision.MEDIA, 0, watch), tone)
    residents, ties = state.residents, state.ties
    residents.asked[:] = 0
    last_tie = len(ties.partner) - 1
    for resident in range(len(residents.home)):
        first, last = ties.start[resident], ties.start[resident + 1]
        if residents.volunteer[resident] == 1:  # they are few, and ties are mutual
            for place in range(first, last):
                residents.asked[ties.partner[place]] = 1
        heard = 0.0
        for place in range(first, last):
            prefetch(residents.trust, ties.partner[min(place + AHEAD, last_tie)])
            heard += residents.trust[ties.partner[place]]
        residents.told_trust[resident] = heard / (last - first) if last > first else residents.trust[resident]


@rule
def settle(state: State, numbers: Numbers, resident: int) -> None:
    """Let contacts and threats be forgotten, talk count, perceived crime and fear follow what is seen and heard."""
    residents, p = state.residents, numbers.parameters
    own = residents.own_trust[resident]
    evidence = forgotten_evidence(
        residents.evidence[resident], p.contact.prior_strength, p.change.trust_relaxation
    )
    trust = forgotten_trust(
        (residents.trust[resident], residents.evidence[resident]), (own, p.contact.prior_strength), evidence,
        p.change.trust_relaxation,
    )  # fmt: skip
    residents.evidence[resident] = evidence
    residents.trust[resident] = trust_after_talk(trust, residents.told_trust[resident], p.change.talk_weight)
    level = state.neighbourhoods.level[residents.neighbourhood[resident]]
    media = p.perception.media_weight * attention(residents.age[resident]) * state.government.media[0]
    residents.perceived[resident] = relaxed(
        residents.perceived[resident],
        believed_level(level, p.perception.observation, media),
        p.perception.pace,
    )
    disorder = unsettling(seen_from(state, residents.home[resident]), p.disorder.fear)
    residents.fear[resident] = relaxed(
        residents.fear[resident],
        fear_level(residents.own_fear[resident], residents.perceived[resident], p.perception.fear, disorder),
        p.change.fear_relaxation,
    )
    residents.silence[resident] = relaxed(
        residents.silence[resident], residents.own_silence[resident], p.change.silence_relaxation
    )
