"""Phase 7: victim, witnesses and volunteers each decide whether to tell the police, and how; officers may find out."""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.channels import EMERGENCY
from coproduction.simulation.parameters.crimes import HOMES
from coproduction.simulation.parameters.levers import ANONYMITY, MEETINGS, MESSAGES, WITNESS_REPORTING
from coproduction.simulation.phases.intervention import perhaps_step_in
from coproduction.simulation.prefetch import ask_for_victim
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.conduct import group_bias
from coproduction.simulation.rules.logistic import shifted
from coproduction.simulation.rules.protection import WATCHING, does, sees_probability
from coproduction.simulation.rules.reporting import (
    anybody_probability,
    channel_of,
    discovery_probability,
    norm_against_telling,
    reason_for_silence,
    report_seconds,
    reporting_probability,
)
from coproduction.simulation.rules.targets import around, finds_in, resident_around, stops_in, volunteers_in
from coproduction.simulation.state import NOBODY, Fate, State

VICTIM, FIRST_WITNESS, PATROLLING = 0, 1, 100
"""Who tells, as the partner of a draw; witnesses are counted from the first."""


@kernel
def report(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 7. Victim, witnesses, volunteers may report, officers discover; writes case files, records by cell."""
    for row in range(state.cases.marks[0], state.cases.count[0]):
        ask_for_victim(state, row + 1)
        victim_decides(state, numbers, seed, row)
        witnesses_decide(state, numbers, seed, row)
        volunteers_decide(state, numbers, seed, row)
        officers_look(state, numbers, seed, row)
        if state.cases.delay[row] != NOBODY:
            state.cases.fate[row] = Fate.OPEN
            state.cells.recorded[state.cases.cell[row]] += 1


@rule
def victim_decides(state: State, numbers: Numbers, seed: int, row: int) -> None:
    """Let the victim decide whether to report; a victim who does not has a reason."""
    cases, p = state.cases, numbers.parameters
    victim = cases.victim[row]
    if victim == NOBODY:
        return
    trust, r = state.residents.trust[victim], p.reporting
    habit = p.crimes[cases.crime[row]].victim_reporting
    norm = r.victim_silence * norm_of(state, numbers, victim)
    cases.victim_trust[row] = trust
    chance = reporting_probability(habit, trust, r.trust_weight, norm, 0.0)
    cases.report_probability[row] = shifted(chance, victims_prejudice_in(state, numbers, row))
    u = uniform(seed, Decision.VICTIM_REPORTS, cases.offender[row], cases.watch[row])
    if u < cases.report_probability[row]:
        cases.victim_reported[row] = 1
        tell(state, numbers, seed, row, (victim, VICTIM, p.crimes[cases.crime[row]].reporting_delay))
    else:
        cases.reason[row] = reason_for_silence(habit, trust, r.trust_weight, norm)


@rule
def prejudice_in(state: State, numbers: Numbers, row: int) -> float:
    """Return what discrimination adds to the log odds that somebody reports the offender of a case."""
    offender, d = state.offenders.resident[state.cases.offender[row]], numbers.parameters.dysfunctions
    return group_bias(state.residents.group[offender] == 1, d.discrimination, d.report_bias, 1.0)


@rule
def victims_prejudice_in(state: State, numbers: Numbers, row: int) -> float:
    """Return the same of the victim, who meets nobody when a home is broken into."""
    if int(numbers.parameters.crimes[state.cases.crime[row]].exposure) == HOMES:
        return 0.0
    return prejudice_in(state, numbers, row)


@rule
def norm_of(state: State, numbers: Numbers, resident: int) -> float:
    """Return what the norm against telling takes from a resident's readiness to inform the police, log odds."""
    residents = state.residents
    anonymity = state.neighbourhoods.levers[residents.neighbourhood[resident], ANONYMITY]
    weight = numbers.parameters.reporting.silence_weight
    return norm_against_telling(residents.silence[resident], weight, anonymity)


@rule
def witnesses_decide(state: State, numbers: Numbers, seed: int, row: int) -> None:
    """Look at some people around; those who are there and see the offence may step in, and may report."""
    cases, p = state.cases, numbers.parameters
    cell, offender, watch = cases.cell[row], cases.offender[row], cases.watch[row]
    people = around(state.cells, cell)
    if people == 0:
        return
    first = pick(uniform(seed, Decision.WITNESS, offender, watch), people)
    for look in range(min(int(p.reporting.looks), people)):
        resident = resident_around(state.cells, cell, (first + look) % people)
        if resident != cases.victim[row] and resident != state.offenders.resident[offender]:
            there = finds_in(state, numbers, resident, (seed, watch, cell))
            watches = does(state.residents.protection[resident], WATCHING)
            visibility = p.crimes[cases.crime[row]].visibility
            chance = sees_probability(visibility, watches, p.protection.watching_effect)
            sees = uniform(seed, Decision.SEES, offender, watch, look) < chance
            if there and sees:
                cases.witnesses[row] += 1
                perhaps_step_in(state, numbers, seed, row, (resident, look))
                witness_decides(state, numbers, seed, row, (resident, look))


@rule
def witness_decides(state: State, numbers: Numbers, seed: int, row: int, who: tuple[int, int]) -> None:
    """Let somebody who saw the offence decide whether to inform the police; who is resident, look."""
    resident, look = who
    cases, residents, r = state.cases, state.residents, numbers.parameters.reporting
    norm = norm_of(state, numbers, resident)
    invited = state.neighbourhoods.levers[residents.neighbourhood[resident], WITNESS_REPORTING]
    chance = reporting_probability(r.witness, residents.trust[resident], r.trust_weight, norm, invited)
    chance = shifted(chance, prejudice_in(state, numbers, row))
    if uniform(seed, Decision.WITNESS_REPORTS, cases.offender[row], cases.watch[row], look) < chance:
        cases.witness_reports[row] += 1
        if cases.witness[row] == NOBODY:
            cases.witness[row] = resident
        channel = tell(state, numbers, seed, row, (resident, FIRST_WITNESS + look, r.witness_delay))
        value = numbers.parameters.channels[channel].information
        cases.information[row] = max(cases.information[row], value)


@rule
def volunteers_decide(state: State, numbers: Numbers, seed: int, row: int) -> None:
    """Let volunteers who patrol the cell in this watch see and report the offence."""
    cases, r = state.cases, numbers.parameters.reporting
    visits = volunteers_in(state.cells, cases.cell[row], cases.watch[row])
    if visits > 0:
        chance = anybody_probability(r.volunteer, visits)
        u = uniform(seed, Decision.VOLUNTEER_SEES, cases.offender[row], cases.watch[row])
        if u < chance:
            cases.volunteer_report[row] = 1
            cases.information[row] = max(
                cases.information[row], numbers.parameters.channels[EMERGENCY].information
            )
            arrives(state, numbers, seed, row, (EMERGENCY, PATROLLING, r.witness_delay))


@rule
def officers_look(state: State, numbers: Numbers, seed: int, row: int) -> None:
    """Let officers who stopped in the cell in this watch come upon an offence that nobody reported."""
    cases, p = state.cases, numbers.parameters
    stops = stops_in(state.cells, cases.cell[row], cases.watch[row])
    if cases.delay[row] != NOBODY or stops == 0:
        return
    visibility = p.crimes[cases.crime[row]].visibility
    u = uniform(seed, Decision.DISCOVERED, cases.offender[row], cases.watch[row])
    if u < discovery_probability(p.patrol.discovery, visibility, stops):
        cases.discovered[row] = 1
        cases.delay[row] = 0
        cases.channel[row] = EMERGENCY
        cases.information[row] = p.channels[EMERGENCY].information
        state.cells.discovered[cases.cell[row]] += 1


@rule
def tell(state: State, numbers: Numbers, seed: int, row: int, who: tuple[int, int, float]) -> int:
    """Let somebody who has decided to tell the police choose a channel; return it.

    who  resident, who tells as the partner of draws, minutes until that person is ready to tell (median)
    """
    resident, teller, minutes = who
    cases, places = state.cases, state.neighbourhoods
    offender, watch = cases.offender[row], cases.watch[row]
    n = state.residents.neighbourhood[resident]
    meetings = policing_at(state, numbers, watch).meetings + places.levers[n, MEETINGS] > 0.0
    u = uniform(seed, Decision.CHANNEL, offender, watch, teller)
    members = numbers.parameters.reporting.message_members + places.levers[n, MESSAGES]
    channel = channel_of(numbers.parameters.channels, u, members, meetings, places.shifts[n] > 0)
    arrives(state, numbers, seed, row, (channel, teller, minutes))
    return channel


@rule
def arrives(state: State, numbers: Numbers, seed: int, row: int, how: tuple[int, int, float]) -> None:
    """Let a report arrive; the quickest one sets the case's delay and channel.

    how  channel, who tells as the partner of the draw, minutes until that person is ready to tell (median)
    """
    channel, teller, minutes = how
    cases, p = state.cases, numbers.parameters
    u = uniform(seed, Decision.REPORT_DELAY, cases.offender[row], cases.watch[row], teller)
    seconds = report_seconds(u, minutes, p.channels[channel].delay, p.reporting.delay_spread)
    if cases.delay[row] == NOBODY or seconds < cases.delay[row]:
        cases.delay[row] = seconds
        cases.channel[row] = channel
