"""Volunteering: joining, going on patrol, learning from it, leaving."""

import math

from coproduction.simulation._compiled import rule
from coproduction.simulation.parameters.volunteering import Volunteering
from coproduction.simulation.rules.logistic import from_log_odds, log_odds
from coproduction.simulation.state import Residents


@rule
def wish_terms(residents: Residents, v: Volunteering, resident: int,
               invitation: float) -> tuple[float, float, float, float, float, float]:  # fmt: skip
    """Return what moves a resident to help, in log odds.

    In order: self-efficacy, social capital, concern, education, tenure, invitation. Traits count against one half.
    """
    schooled, settled = resource_terms(v, residents.education[resident], residents.owner[resident])
    return (
        v.self_efficacy_weight * (residents.self_efficacy[resident] - 0.5),
        v.social_capital_weight * (residents.social_capital[resident] - 0.5),
        v.concern_weight * (residents.fear[resident] - 0.5),
        schooled,
        settled,
        invitation,
    )


@rule
def resources_of(residents: Residents, v: Volunteering, resident: int) -> float:
    """Return what education and tenure add to taking part, log odds; see :func:`resource_terms`."""
    schooled, settled = resource_terms(v, residents.education[resident], residents.owner[resident])
    return schooled + settled


@rule
def resource_terms(v: Volunteering, education: int, owner: int) -> tuple[float, float]:
    """Return what schooling and a home of one's own add to taking part, log odds; 0 in the middle of each.

    education  step, 0 (no diploma) to 3 (a degree)
    owner      1 where the home is owned, else 0

    Civic voluntarism: who has skills and roots is asked, and can (Brady, Verba and Schlozman 1995).
    """
    return v.education_weight * (education - 1.5), v.owner_weight * (owner - 0.5)


@rule
def joining_probability(base: float, wish: tuple[float, float, float, float, float, float]) -> float:
    """Return the probability to offer help within four weeks.

    base  probability at middling traits without invitation, at least 0, below 1
    wish  terms of :func:`wish_terms`, log odds
    """
    if base <= 0.0:
        return 0.0
    able, tied, worried, schooled, settled, asked = wish
    return from_log_odds(log_odds(base) + able + tied + worried + schooled + settled + asked)


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
def meeting_terms(meetings_a_month: float, attendance: float, residents: int, concern: float,
                  resources: float) -> tuple[float, float, float]:  # fmt: skip
    """Return the factors of coming to a meeting: chairs filled per resident in four weeks, concern, resources."""
    return meetings_a_month * attendance / residents, 0.5 + concern, math.exp(resources)


@rule
def attendance_probability(meetings_a_month: float, attendance: float, residents: int, concern: float,
                           resources: float) -> float:  # fmt: skip
    """Return the probability to come to a meeting within four weeks; fear (0 to 1) of 0.5 gives the mean.

    meetings_a_month  in the whole city, per four weeks
    attendance        persons per meeting
    resources         log odds that education and tenure add, see :func:`resource_terms`
    """
    usual, factor, resourceful = meeting_terms(meetings_a_month, attendance, residents, concern, resources)
    return min(usual * factor * resourceful, 1.0)
