"""Phases 7, 9 and 11: reporting, investigation, what contacts leave behind; response is in ``dispatch``."""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.calls import calls_per_resident
from coproduction.simulation.case_files import BY_INVESTIGATION, clear_case, reported
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick, poisson, skewed_around, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import ALARM
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.justice import clearance_probability
from coproduction.simulation.rules.police import felt_fair
from coproduction.simulation.rules.protection import WATCHING, does, sees_probability
from coproduction.simulation.rules.recovery import harm_after_offence, remaining_harm
from coproduction.simulation.rules.reporting import (
    anybody_probability,
    prejudice,
    reporting_probability,
    told_ties,
    with_prejudice,
)
from coproduction.simulation.rules.targets import around, is_in, resident_around, tie_of, volunteers_in
from coproduction.simulation.rules.trust import (
    contact_weight,
    fear_after_contact,
    fear_after_offence,
    trust_after_contact,
)
from coproduction.simulation.rules.volunteering import learnt_efficacy
from coproduction.simulation.state import CONTACTS, NOBODY, UNFAIR, Fate, State


@kernel
def report(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 7. Victim, witnesses and volunteers each decide whether to report; writes case files, the crime map."""
    for row in range(state.cases.marks[0], state.cases.count[0]):
        victim_decides(state, numbers, seed, row)
        witnesses_decide(state, numbers, seed, row)
        volunteers_decide(state, numbers, seed, row)
        call_police(state, numbers, seed, row)


@rule
def victim_decides(state: State, numbers: Numbers, seed: int, row: int) -> None:
    """Let the victim decide whether to report."""
    cases, p = state.cases, numbers.parameters
    victim = cases.victim[row]
    if victim == NOBODY:
        return
    trust = state.residents.trust[victim]
    habit = p.crimes[cases.crime[row]].victim_reporting
    cases.victim_trust[row] = trust
    norm = p.reporting.silence_weight * p.reporting.victim_silence * state.residents.silence[victim]
    chance = reporting_probability(habit, trust, p.reporting.trust_weight, norm)
    cases.report_probability[row] = with_prejudice(chance, prejudice_in(state, numbers, row))
    u = uniform(seed, Decision.VICTIM_REPORTS, cases.offender[row], cases.watch[row])
    cases.victim_reported[row] = 1 if u < cases.report_probability[row] else 0


@rule
def prejudice_in(state: State, numbers: Numbers, row: int) -> float:
    """Return what discrimination adds to the log odds that somebody reports the offender of a case."""
    offender, d = state.offenders.resident[state.cases.offender[row]], numbers.parameters.dysfunctions
    return prejudice(state.residents.group[offender] == 1, d.discrimination, d.report_bias)


@rule
def witnesses_decide(state: State, numbers: Numbers, seed: int, row: int) -> None:
    """Look at some people around; those who are there and see the offence decide whether to report."""
    cases, p = state.cases, numbers.parameters
    cell, offender, watch = cases.cell[row], cases.offender[row], cases.watch[row]
    people = around(state.cells, cell)
    if people == 0:
        return
    first = pick(uniform(seed, Decision.WITNESS, offender, watch), people)
    for look in range(min(int(p.reporting.looks), people)):
        resident = resident_around(state.cells, cell, (first + look) % people)
        if resident != cases.victim[row] and resident != state.offenders.resident[offender]:
            away = uniform(seed, Decision.AWAY, resident, watch)
            there = is_in(state.residents, p.presence, resident, (cell, watch), away)
            watches = does(state.residents.protection[resident], WATCHING)
            visibility = p.crimes[cases.crime[row]].visibility
            chance = sees_probability(visibility, watches, p.protection.watching_effect)
            sees = uniform(seed, Decision.SEES, offender, watch, look) < chance
            if there and sees:
                cases.witnesses[row] += 1
                trust = state.residents.trust[resident]
                norm = p.reporting.silence_weight * state.residents.silence[resident]
                chance = reporting_probability(p.reporting.witness, trust, p.reporting.trust_weight, norm)
                chance = with_prejudice(chance, prejudice_in(state, numbers, row))
                if uniform(seed, Decision.WITNESS_REPORTS, offender, watch, look) < chance:
                    cases.witness_reports[row] += 1
                    if cases.witness[row] == NOBODY:
                        cases.witness[row] = resident
                        cases.information[row] = 1.0


@rule
def volunteers_decide(state: State, numbers: Numbers, seed: int, row: int) -> None:
    """Let volunteers who patrol the cell in this watch see and report the offence."""
    cases = state.cases
    visits = volunteers_in(state.cells, cases.cell[row], cases.watch[row])
    if visits > 0:
        chance = anybody_probability(numbers.parameters.reporting.volunteer, visits)
        u = uniform(seed, Decision.VOLUNTEER_SEES, cases.offender[row], cases.watch[row])
        if u < chance:
            cases.volunteer_report[row] = 1
            cases.information[row] = 1.0


@rule
def call_police(state: State, numbers: Numbers, seed: int, row: int) -> None:
    """Record the offence if anybody reports it, with the delay of the quickest kind of reporter."""
    cases, p = state.cases, numbers.parameters
    by_others = cases.witness_reports[row] + cases.volunteer_report[row]
    if cases.victim_reported[row] + by_others == 0:
        return
    median = p.crimes[cases.crime[row]].reporting_delay
    if by_others > 0:
        median = min(median, p.reporting.witness_delay)
    u = uniform(seed, Decision.REPORT_DELAY, cases.offender[row], cases.watch[row])
    cases.delay[row] = int(60.0 * skewed_around(u, median, p.reporting.delay_spread))
    cases.fate[row] = Fate.OPEN
    state.cells.recorded[cases.cell[row]] += 1


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
    levers = policing_at(numbers, watch)
    for row in range(state.cases.marks[0], state.cases.count[0]):
        victim = state.cases.victim[row]
        if victim != NOBODY:
            alarm(state, numbers, seed, row)
    for officer in range(len(state.officers.on_duty)):
        for stop in range(state.officers.stops[officer]):
            resident = state.officers.contact[officer, stop]
            if resident != NOBODY:
                u = uniform(seed, Decision.TREATED, officer, watch, stop)
                meet_police(state, numbers, resident, u < levers.fairness, watch)
    for place in range(state.calls.marks[1]):
        meet_officers(state, numbers, seed, levers.fairness, (state.calls.answered[place], watch))


@rule
def meet_officers(state: State, numbers: Numbers, seed: int, fairness: float, at: tuple[int, int]) -> None:
    """Let the victim who called meet the officers who came; at is row of the case, watch."""
    row, watch = at
    cases = state.cases
    victim = cases.victim[row]
    if victim != NOBODY and cases.victim_reported[row] == 1:
        u = uniform(seed, Decision.VICTIM_TREATED, cases.offender[row], cases.watch[row])
        minutes = cases.response[row] / 60.0
        fair = felt_fair(u, fairness, minutes, numbers.parameters.contact.patience)
        meet_police(state, numbers, victim, fair, watch)
        state.books.weekly[watch // WATCHES_PER_WEEK, CONTACTS] += 1


@rule
def alarm(state: State, numbers: Numbers, seed: int, row: int) -> None:
    """Leave the offence in the victim, and in those of the victim's ties who are told of it."""
    cases, ties, p = state.cases, state.ties, numbers.parameters
    victim = cases.victim[row]
    take_in(state, numbers, victim, row, (p.contact.victim_fear, p.perception.own))
    suffer(state, numbers, victim, p.crimes[cases.crime[row]].seriousness, cases.watch[row])
    state.residents.last_victimised[victim] = cases.watch[row]
    known = ties.start[victim + 1] - ties.start[victim]
    if known == 0:
        return
    first = pick(uniform(seed, Decision.TOLD, cases.offender[row], cases.watch[row]), known)
    u = uniform(seed, Decision.HOW_MANY_TOLD, cases.offender[row], cases.watch[row])
    told = p.contact.told * (1.0 + state.neighbourhoods.levers[state.residents.neighbourhood[victim], ALARM])
    for look in range(min(told_ties(u, told, state.residents.social_capital[victim]), known)):
        resident = tie_of(ties, victim, first + look)
        take_in(state, numbers, resident, row, (p.contact.told_fear, p.perception.told))


@rule
def take_in(state: State, numbers: Numbers, resident: int, row: int, shares: tuple[float, float]) -> None:
    """Raise a resident's fear and perceived crime by an offence; shares for seriousness 1, of fear and of crime."""
    residents = state.residents
    seriousness = numbers.parameters.crimes[state.cases.crime[row]].seriousness
    residents.fear[resident] = fear_after_offence(residents.fear[resident], shares[0], seriousness)
    residents.perceived[resident] += shares[1] * seriousness


@rule
def suffer(state: State, numbers: Numbers, victim: int, seriousness: float, watch: int) -> None:
    """Add the harm of an offence to what a victim has left of earlier ones."""
    residents, r = state.residents, numbers.parameters.recovery
    left = remaining_harm(
        residents.harm[victim], watch - residents.harm_seen[victim], r.weeks * WATCHES_PER_WEEK, 0.0
    )
    residents.harm[victim] = harm_after_offence(left, r.harm, seriousness)
    residents.harm_seen[victim] = watch


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


@kernel
def investigate(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 9, weekly. Each recorded, uncleared case of the week is decided once; writes case files.

    Victims who reported learn from what came of it; writes their self-efficacy.
    """
    levers = policing_at(numbers, watch)
    for row in range(state.cases.marks[1], state.cases.count[0]):
        if reported(state, row) and state.cases.cleared[row] == 0:
            investigate_case(state, numbers, levers, seed, (row, watch))
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
def investigate_case(
    state: State, numbers: Numbers, levers: Policing, seed: int, at: tuple[int, int]
) -> None:
    """Decide whether an investigation clears a case; at is row, watch."""
    row, watch = at
    cases, p = state.cases, numbers.parameters
    chance = clearance_probability(
        p.crimes[cases.crime[row]].clearance, cases.information[row], p.justice.witness_weight, levers.local_knowledge,
        p.justice.knowledge_weight,
    )  # fmt: skip
    cases.clearance_probability[row] = chance
    if uniform(seed, Decision.CLEARED, cases.offender[row], cases.watch[row]) < chance:
        clear_case(state, numbers, (row, BY_INVESTIGATION, watch))
    else:
        cases.fate[row] = Fate.FILED
