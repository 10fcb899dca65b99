"""Phases 7, 9 and 11: reporting, investigation, what contacts leave behind; response is in ``dispatch``."""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.calls import calls_per_resident
from coproduction.simulation.case_files import (
    BY_INVESTIGATION,
    cases_per_post,
    clear_case,
    harm_left,
    reported,
)
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick, poisson, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import ALARM
from coproduction.simulation.phases.conduct import fair_chance, meet_police, question
from coproduction.simulation.phases.intervention import lived_by_victim, teach_intervener
from coproduction.simulation.phases.staff import local_knowledge
from coproduction.simulation.phases.suspicion import look_into
from coproduction.simulation.prefetch import ask_for_resident, ask_for_victim
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.justice import clearance_probability
from coproduction.simulation.rules.police import felt_fair
from coproduction.simulation.rules.recovery import harm_after_offence
from coproduction.simulation.rules.reporting import told_ties
from coproduction.simulation.rules.targets import tie_of
from coproduction.simulation.rules.trust import fear_after_offence
from coproduction.simulation.rules.volunteering import learnt_efficacy
from coproduction.simulation.state import BY_OFFICERS, CONTACTS, NOBODY, Fate, State


@kernel
def call(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 8, calls other than crime. Draws their number in each neighbourhood; writes it."""
    a_resident = calls_per_resident(numbers.parameters) / WATCHES_PER_YEAR
    for n in range(len(state.neighbourhoods.calls)):
        mean = a_resident * state.neighbourhoods.residents[n]
        state.neighbourhoods.calls[n] = poisson(uniform(seed, Decision.CALLS, n, watch), mean)


@kernel
def remember(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 11. What victims, those they tell and those spoken with take away; writes trust and fear.

    In the order of cases, of officers and their stops, of calls answered: a resident may be touched more than once in
    a watch.
    """
    for row in range(state.cases.marks[0], state.cases.count[0]):
        victim = state.cases.victim[row]
        ask_for_victim(state, row + 1)
        if victim != NOBODY:
            alarm(state, numbers, seed, row)
        teach_intervener(state, numbers, row)
    for officer in range(len(state.officers.on_duty)):
        ask_for_contacts(state, officer + 1)
        for stop in range(state.officers.stops[officer]):
            if state.officers.contact[officer, stop] != NOBODY:
                meet_on_patrol(state, numbers, (seed, watch), (officer, stop))
    for place in range(state.calls.marks[1]):
        meet_officers(state, numbers, seed, (state.calls.answered[place], watch))
    for place in range(state.calls.marks[2]):
        look_into(state, numbers, seed, (place, watch))


@rule
def ask_for_contacts(state: State, officer: int) -> None:
    """Ask memory for what contacts of an officer, if there is one more, will change."""
    if officer < len(state.officers.on_duty):
        for stop in range(state.officers.stops[officer]):
            ask_for_resident(state.residents, state.officers.contact[officer, stop])


@rule
def meet_on_patrol(state: State, numbers: Numbers, when: tuple[int, int], stop: tuple[int, int]) -> None:
    """Let a resident be questioned by or speak with an officer on patrol; when is seed, watch; stop officer, number."""
    (seed, watch), (officer, number) = when, stop
    resident = state.officers.contact[officer, number]
    place = state.residents.neighbourhood[resident]
    if state.officers.questioned[officer, number] == 1:
        group = state.residents.group[resident]
        state.books.encounters[watch // WATCHES_PER_WEEK, group, BY_OFFICERS] += 1
        question(state, numbers, seed, (officer, resident), (place, watch, officer, number))
        return
    chance = fair_chance(state, numbers, seed, (officer, resident), (place, watch, 0.0))
    fair = uniform(seed, Decision.TREATED, officer, watch, number) < chance
    meet_police(state, numbers, resident, fair, watch)


@rule
def meet_officers(state: State, numbers: Numbers, seed: int, at: tuple[int, int]) -> None:
    """Let the victim who called meet the officers who came; at is row of the case, watch."""
    row, watch = at
    cases = state.cases
    victim = cases.victim[row]
    if victim != NOBODY and cases.victim_reported[row] == 1:
        u = uniform(seed, Decision.VICTIM_TREATED, cases.offender[row], cases.watch[row])
        minutes = cases.response[row] / 60.0
        place = state.residents.neighbourhood[victim]
        chance = fair_chance(state, numbers, seed, (cases.officer[row], victim), (place, watch, 0.0))
        fair = felt_fair(u, chance, minutes, numbers.parameters.contact.patience)
        meet_police(state, numbers, victim, fair, watch)
        state.books.weekly[watch // WATCHES_PER_WEEK, CONTACTS] += 1


@rule
def alarm(state: State, numbers: Numbers, seed: int, row: int) -> None:
    """Leave the offence in the victim, and in those of the victim's ties who are told of it."""
    cases, ties, p = state.cases, state.ties, numbers.parameters
    victim = cases.victim[row]
    seriousness = lived_by_victim(state, numbers, row)
    take_in(state, victim, seriousness, (p.contact.victim_fear, p.perception.own))
    suffer(state, numbers, victim, seriousness, cases.watch[row])
    state.residents.last_victimised[victim] = cases.watch[row]
    known = ties.start[victim + 1] - ties.start[victim]
    if known == 0:
        return
    first = pick(uniform(seed, Decision.TOLD, cases.offender[row], cases.watch[row]), known)
    u = uniform(seed, Decision.HOW_MANY_TOLD, cases.offender[row], cases.watch[row])
    told = p.contact.told * (1.0 + state.neighbourhoods.levers[state.residents.neighbourhood[victim], ALARM])
    for look in range(min(told_ties(u, told, state.residents.social_capital[victim]), known)):
        resident = tie_of(ties, victim, first + look)
        take_in(state, resident, seriousness, (p.contact.told_fear, p.perception.told))


@rule
def take_in(state: State, resident: int, seriousness: float, shares: tuple[float, float]) -> None:
    """Raise a resident's fear and perceived crime by an offence; shares for seriousness 1, of fear and of crime."""
    residents = state.residents
    residents.fear[resident] = fear_after_offence(residents.fear[resident], shares[0], seriousness)
    residents.perceived[resident] += shares[1] * seriousness


@rule
def suffer(state: State, numbers: Numbers, victim: int, seriousness: float, watch: int) -> None:
    """Add the harm of an offence to what a victim has left of earlier ones."""
    residents, r = state.residents, numbers.parameters.recovery
    left = harm_left(state, numbers, victim, watch)
    residents.harm[victim] = harm_after_offence(left, r.harm, seriousness)
    residents.harm_seen[victim] = watch


@kernel
def investigate(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 9, weekly. Each recorded, uncleared case of the week is decided once; writes case files.

    Victims who reported learn from what came of it; writes their self-efficacy.
    """
    load = cases_per_post(state)
    for row in range(state.cases.marks[1], state.cases.count[0]):
        if reported(state, row) and state.cases.cleared[row] == 0:
            state.cases.caseload[row] = load
            state.cases.knowledge[row] = local_knowledge(state, state.cases.cell[row])
            investigate_case(state, numbers, seed, (row, watch))
        if state.cases.victim_reported[row] == 1:
            learn_from_report(state, numbers, row)
    state.cases.marks[1] = state.cases.count[0]


@rule
def learn_from_report(state: State, numbers: Numbers, row: int) -> None:
    """Let a victim who reported gain self-efficacy if the case is cleared by now, and lose some if not."""
    victim, efficacy = state.cases.victim[row], state.residents.self_efficacy
    cleared = state.cases.cleared[row] > 0
    efficacy[victim] = learnt_efficacy(efficacy[victim], cleared, numbers.parameters.change.act_gain)


@rule
def investigate_case(state: State, numbers: Numbers, seed: int, at: tuple[int, int]) -> None:
    """Decide whether an investigation clears a case; at is row, watch."""
    row, watch = at
    cases, p = state.cases, numbers.parameters
    chance = clearance_probability(
        p.crimes[cases.crime[row]].clearance,
        (cases.information[row], p.justice.witness_weight),
        (cases.knowledge[row], p.justice.knowledge_weight),
        (cases.caseload[row], p.justice.caseload_weight),
    )
    cases.clearance_probability[row] = chance
    if uniform(seed, Decision.CLEARED, cases.offender[row], cases.watch[row]) < chance:
        clear_case(state, numbers, (row, BY_INVESTIGATION, watch))
    else:
        cases.fate[row] = Fate.FILED
