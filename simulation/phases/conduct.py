"""Phase 11, police conduct: how residents are treated, and what comes of being stopped and questioned."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import DEESCALATION, DUTY_TO_INTERVENE, FAIRNESS, SUPERVISION
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.conduct import (
    bias_factor,
    calmed_probability,
    complaint_probability,
    corrected,
    escalation_probability,
    excess_probability,
    fair_probability,
    further_evidence,
    group_bias,
    misconduct,
    sustained_probability,
)
from coproduction.simulation.rules.offending import learnt_certainty
from coproduction.simulation.rules.targets import offender_of
from coproduction.simulation.rules.trust import contact_weight, fear_after_contact, trust_after_contact
from coproduction.simulation.rules.volunteering import learnt_efficacy
from coproduction.simulation.state import (
    COMPLAINTS,
    EXCESSIVE,
    FELT_UNFAIR,
    FORCE,
    FORCE_COMPLAINTS,
    NOBODY,
    SUSTAINED,
    UNFAIR,
    Counts,
    State,
)


@rule
def meet_police(state: State, numbers: Numbers, resident: int, fair: bool, watch: int) -> None:
    """Change a resident's trust, and fear if the contact was felt as fair."""
    residents, c = state.residents, numbers.parameters.contact
    residents.trust[resident] = trust_after_contact(
        residents.trust[resident], residents.evidence[resident], fair, c.asymmetry
    )
    residents.evidence[resident] += contact_weight(fair, c.asymmetry)
    if fair:
        residents.fear[resident] = fear_after_contact(residents.fear[resident], c.reassurance)
    else:
        state.books.weekly[watch // WATCHES_PER_WEEK, UNFAIR] += 1


@rule
def correction_of(state: State, officer: int, place: int) -> float:
    """Return how far an officer, or NOBODY in particular, is corrected in a neighbourhood, 0 to 1."""
    by_complaints = state.officers.supervision[officer] if officer != NOBODY else 0.0
    return corrected(by_complaints, state.neighbourhoods.levers[place, SUPERVISION])


@rule
def bias_against(state: State, numbers: Numbers, seed: int, who: tuple[int, int], place: int) -> float:
    """Return log odds of an officer's bias against a resident; who is officer or NOBODY, resident."""
    officer, resident = who
    d = numbers.parameters.dysfunctions
    if d.discrimination == 0.0 or state.residents.group[resident] == 0:
        return 0.0
    factor = 1.0 - correction_of(state, officer, place)
    if officer != NOBODY:
        u = uniform(seed, Decision.PREJUDICE, officer, state.officers.holder[officer])
        factor = bias_factor(u, correction_of(state, officer, place))
    return group_bias(True, d.discrimination, d.stop_bias, factor)


@rule
def fair_chance(
    state: State, numbers: Numbers, seed: int, who: tuple[int, int], at: tuple[int, int, float]
) -> float:
    """Return the probability that a resident feels treated fairly by an officer.

    who  officer or NOBODY in particular, resident
    at   neighbourhood that the officer works in, watch, log odds of being stopped (0 for a talk)
    """
    (officer, _), (place, watch, burden) = who, at
    own = 0.0
    if officer != NOBODY:
        u = uniform(seed, Decision.TEMPER, officer, state.officers.holder[officer])
        own = misconduct(u, numbers.parameters.conduct.spread, correction_of(state, officer, place))
    fairness = policing_at(state, numbers, watch).fairness + state.neighbourhoods.levers[place, FAIRNESS]
    return fair_probability(fairness, own, bias_against(state, numbers, seed, who, place), burden)


@rule
def question(
    state: State, numbers: Numbers, seed: int, who: tuple[int, int], at: tuple[int, int, int, int]
) -> None:
    """Let a resident be stopped and questioned, with what comes of it.

    who  officer or NOBODY in particular, resident
    at   neighbourhood that the officer works in, watch, entity and partner of the draws
    """
    (_, resident), (place, watch, entity, partner) = who, at
    c, burden = numbers.parameters.conduct, (place, watch, numbers.parameters.conduct.stop_burden)
    counts = state.books.encounters[watch // WATCHES_PER_WEEK, state.residents.group[resident]]
    chance = fair_chance(state, numbers, seed, who, burden)
    fair = uniform(seed, Decision.STOP_TREATED, entity, watch, partner) < chance
    force, excessive = use_force(state, numbers, seed, who, (*at, fair))
    felt = fair and not force
    state.neighbourhoods.questioned[state.residents.neighbourhood[resident]] += 1
    meet_police(state, numbers, resident, felt, watch)
    if excessive:
        shake_trust(state, further_evidence(numbers.parameters.contact.asymmetry, c.excess_weight), resident)
    warn(state, numbers, resident)
    counts[FELT_UNFAIR] += 0 if felt else 1
    counts[FORCE] += 1 if force else 0
    counts[EXCESSIVE] += 1 if excessive else 0
    if not felt:
        perhaps_complain(state, numbers, seed, who, (*at, int(force) + int(excessive)))


@rule
def use_force(
    state: State, numbers: Numbers, seed: int, who: tuple[int, int], at: tuple[int, int, int, int, bool]
) -> tuple[bool, bool]:
    """Say whether a stop ends in force, and whether that is excessive; who, at as above, and whether felt as fair."""
    (_, resident), (place, watch, entity, partner, fair) = who, at
    c, levers = numbers.parameters.conduct, state.neighbourhoods.levers
    bias = bias_against(state, numbers, seed, who, place)
    weights = (c.resistance_unfair, c.resistance_trust)
    chance = escalation_probability(c.resistance, not fair, weights, state.residents.trust[resident], bias)
    if uniform(seed, Decision.COMES_TO_A_HEAD, entity, watch, partner) >= chance:
        return False, False
    calmed = calmed_probability(levers[place, DEESCALATION], c.calming)
    if uniform(seed, Decision.CALMED, entity, watch, partner) < calmed:
        return False, False
    excess = excess_probability(c.excess, c.second_officer, levers[place, DUTY_TO_INTERVENE])
    return True, uniform(seed, Decision.TOO_MUCH, entity, watch, partner) < excess


@rule
def shake_trust(state: State, weight: float, resident: int) -> None:
    """Let excessive force count for more than an unfair contact; weight in fair ones."""
    residents = state.residents
    residents.trust[resident] = trust_after_contact(
        residents.trust[resident], residents.evidence[resident], False, weight
    )
    residents.evidence[resident] += weight


@rule
def warn(state: State, numbers: Numbers, resident: int) -> None:
    """Let an offender who is stopped think that being caught is likelier."""
    offender, certainty = offender_of(state.offenders, resident), state.offenders.certainty
    if offender != NOBODY:
        share = numbers.parameters.conduct.stop_learning
        certainty[offender] = learnt_certainty(certainty[offender], 1.0, share)


@rule
def perhaps_complain(
    state: State, numbers: Numbers, seed: int, who: tuple[int, int], at: tuple[int, int, int, int, int]
) -> None:
    """Let a resident who was treated unfairly complain or not; at as above, and 1 for force, 2 if excessive."""
    (_, resident), (_, watch, entity, partner, severity) = who, at
    c, residents = numbers.parameters.conduct, state.residents
    efficacy = c.complaint_efficacy * (residents.self_efficacy[resident] - 0.5)
    chance = complaint_probability(c.complaint, c.complaint_force * severity, efficacy)
    if uniform(seed, Decision.COMPLAINS, entity, watch, partner) >= chance:
        return
    oversight = policing_at(state, numbers, watch).oversight
    chance = sustained_probability(c.sustained, c.board_sustained, oversight)
    true = uniform(seed, Decision.FOUND_TRUE, entity, watch, partner) < chance
    counts = state.books.encounters[watch // WATCHES_PER_WEEK, residents.group[resident]]
    counts[FORCE_COMPLAINTS] += 1 if severity > 0 else 0
    book_complaint(state, counts, c.correction, who[0], true)
    meet_police(state, numbers, resident, true, watch)
    residents.self_efficacy[resident] = learnt_efficacy(
        residents.self_efficacy[resident], true, numbers.parameters.change.act_gain
    )


@rule
def book_complaint(state: State, counts: Counts, correction: float, officer: int, true: bool) -> None:
    """Book a complaint, and correct an officer against whom one is found true."""
    officers = state.officers
    counts[COMPLAINTS] += 1
    counts[SUSTAINED] += 1 if true else 0
    if officer != NOBODY:
        officers.complaints[officer] += 1
        if true:
            officers.supervision[officer] = corrected(officers.supervision[officer], correction)
