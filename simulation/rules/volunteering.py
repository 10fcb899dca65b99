"""Volunteering: joining, going on patrol, learning from it, leaving."""

import math

from coproduction.simulation._compiled import rule
from coproduction.simulation.parameters.residents import Volunteering
from coproduction.simulation.rules.logistic import from_log_odds, log_odds
from coproduction.simulation.state import Residents


@rule
def wish_terms(residents: Residents, v: Volunteering, resident: int,
               invitation: float) -> tuple[float, float, float, float]:  # fmt: skip
    """Return what moves a resident to help, in log odds: self-efficacy, social capital, concern, invitation."""
    return (
        v.self_efficacy_weight * (residents.self_efficacy[resident] - 0.5),
        v.social_capital_weight * (residents.social_capital[resident] - 0.5),
        v.concern_weight * (residents.fear[resident] - 0.5),
        invitation,
    )


@rule
def joining_terms(base: float, efficacy: float, capital: float, concern: float,
                  invitation: float) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Return the terms of the wish to join, in log odds: base, self-efficacy, social capital, concern, invitation.

    base        probability per four weeks at mean traits without invitation, in (0, 1)
    efficacy    weight times self-efficacy above 0.5; capital and concern alike
    """
    return log_odds(base), efficacy, capital, concern, invitation


@rule
def joining_probability(base: float, efficacy: float, capital: float, concern: float,
                        invitation: float) -> float:  # fmt: skip
    """Return the probability to offer help within four weeks; the terms are those of :func:`joining_terms`."""
    if base <= 0.0:
        return 0.0
    habit, able, tied, worried, asked = joining_terms(base, efficacy, capital, concern, invitation)
    return from_log_odds(habit + able + tied + worried + asked)


@rule
def helping_pays(share: float, others: int, cost: float) -> bool:
    """Say whether to help is the best response in the volunteer's dilemma (Diekmann 1985).

    One helper is enough for all: to help pays if nobody of the others does with a probability above cost / benefit.

    share   of residents who help, as seen so far, 0 to 1
    others  in the own neighbourhood, persons
    cost    of helping over the benefit, 0 to 1
    """
    nobody = math.exp(others * math.log1p(-min(share, 1.0 - 1e-12)))
    return nobody > cost


@rule
def seen_to_help(so_far: float, share: float, months: int) -> float:
    """Return the share of residents who help as it is seen: the mean of all months, later of the last score or so."""
    return so_far + (share - so_far) * max(1.0 / (months + 1.0), 0.05)


@rule
def practised(readiness: float, pays: bool, months: int) -> float:
    """Return the readiness to help after one more month: the mean of all best responses so far (fictitious play)."""
    return readiness + ((1.0 if pays else 0.0) - readiness) / (months + 1.0)


@rule
def leaving_terms(leaving: float, unsupported: float, support: float) -> tuple[float, float]:
    """Return the terms of leaving within four weeks, as probabilities: interest that fades, nobody who coordinates."""
    return leaving, unsupported * (1.0 - support)


@rule
def leaving_probability(leaving: float, unsupported: float, support: float) -> float:
    """Return the probability to leave within four weeks; support is the share of volunteers coordinated, 0 to 1."""
    tired, alone = leaving_terms(leaving, unsupported, support)
    return min(tired + alone, 1.0)


@rule
def supported_volunteers(residents: int, self_organised: float, coordinators: float, span: float) -> float:
    """Return how many volunteers can be kept going: those who organise themselves, and coordinators' span.

    self_organised  per 1,000 residents; coordinators per 10,000 residents; span in persons
    """
    return residents * (self_organised / 1000.0 + coordinators / 10000.0 * span)


@rule
def shift_probability(hours_a_year: float, shift_hours: float, watches_a_year: int) -> float:
    """Return the probability that a volunteer patrols in a watch that is open to patrols."""
    return hours_a_year / shift_hours / watches_a_year


@rule
def learnt_efficacy(efficacy: float, success: bool, gain: float) -> float:
    """Return self-efficacy, 0 to 1, after an act or a month of volunteering that succeeded or not (Bandura 1977)."""
    return efficacy + gain * ((1.0 if success else 0.0) - efficacy)


@rule
def meeting_terms(
    meetings_a_month: float, attendance: float, residents: int, concern: float
) -> tuple[float, float]:
    """Return the factors of coming to a meeting: chairs filled per resident within four weeks, and concern."""
    return meetings_a_month * attendance / residents, 0.5 + concern


@rule
def attendance_probability(
    meetings_a_month: float, attendance: float, residents: int, concern: float
) -> float:
    """Return the probability to come to a meeting within four weeks; fear (0 to 1) of 0.5 gives the mean.

    meetings_a_month  in the whole city, per four weeks
    attendance        persons per meeting
    """
    usual, factor = meeting_terms(meetings_a_month, attendance, residents, concern)
    return min(usual * factor, 1.0)
