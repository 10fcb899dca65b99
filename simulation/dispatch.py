"""The queue of calls: capacity that is shared is settled here, in one order of time, for both engines.

A unit serves one call at a time and is never called away. A unit that becomes free takes, of the calls that have come,
the one of the first class, within the class the one that came first, on a tie the one filed first; of free units the
one that has been free longest goes. A call that no unit could begin waits on into the next watches.
"""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.calls import call_type, file_offences, file_other_calls, keep_waiting
from coproduction.simulation.case_files import AT_SCENE, clear_case
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import exponential, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.queue import (
    COMING,
    FREE_CO_RESPONDERS,
    FREE_OFFICERS,
    LATEST,
    WAITING,
    WAITING_SHARED,
    entry,
    pop,
    push,
    row_of,
    second_of,
)
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.beats import mode_of
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH, WATCHES_PER_WEEK
from coproduction.simulation.rules.justice import scene_arrest_probability
from coproduction.simulation.rules.police import seconds_within, travel_seconds
from coproduction.simulation.state import (
    BEGUN,
    BUSY_SECONDS,
    CALLS,
    CO_RESPONDER_SECONDS,
    CO_RESPONSES,
    DUTY,
    IDLE_SECONDS,
    NOBODY,
    OVERTIME_SECONDS,
    PATROL_SECONDS,
    SUSPICION_CALL,
    WAITED,
    WAITED_SECONDS,
    State,
)


@kernel
def dispatch(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Send units to calls, those that wait from earlier watches included.

    Reads case files, calls by neighbourhood, units on duty; writes the queue, units' time, response, arrests at the
    scene, hours, call load.
    """
    report_for_duty(state, watch)
    file_offences(state, numbers, watch)
    file_other_calls(state, numbers, seed, watch)
    answer_calls(state, numbers, seed, watch)
    keep_waiting(state)
    book_hours(state, numbers, watch)


@rule
def report_for_duty(state: State, watch: int) -> None:
    """Line up the units on duty by when they are free; whoever is still out on a call from before is busy so long."""
    calls, officers, others = state.calls, state.officers, state.co_responders
    begin = watch * SECONDS_PER_WATCH
    calls.sizes[:] = 0
    calls.marks[1] = 0
    calls.marks[2] = 0
    for officer in range(len(officers.free_at)):
        officers.busy[officer] = seconds_within(begin, officers.free_at[officer] - begin, watch)
        if officers.on_duty[officer] == 1:
            key = entry(0, max(officers.free_at[officer], begin), officer)
            push(officers.queue, calls.sizes, FREE_OFFICERS, key)
    for unit in range(len(others.free_at)):
        others.busy[unit] = seconds_within(begin, others.free_at[unit] - begin, watch)
        if others.on_duty[unit] == 1:
            key = entry(0, max(others.free_at[unit], begin), unit)
            push(others.queue, calls.sizes, FREE_CO_RESPONDERS, key)
    for row in range(calls.marks[0]):
        push(calls.coming, calls.sizes, COMING, entry(0, calls.second[row], row))


@rule
def answer_calls(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Go through the watch from one event to the next: a call comes, or a free unit begins one that waits."""
    calls, officers, others = state.calls, state.officers, state.co_responders
    now, end = watch * SECONDS_PER_WATCH, (watch + 1) * SECONDS_PER_WATCH
    while True:
        coming = second_of(calls.coming[0]) if calls.sizes[COMING] > 0 else LATEST
        by_officer, by_other = LATEST, LATEST
        waiting, shared = calls.sizes[WAITING] > 0, calls.sizes[WAITING_SHARED] > 0
        if (waiting or shared) and calls.sizes[FREE_OFFICERS] > 0:
            by_officer = max(now, second_of(officers.queue[0]))
        if shared and calls.sizes[FREE_CO_RESPONDERS] > 0:
            by_other = max(now, second_of(others.queue[0]))
        if min(coming, by_officer, by_other) >= end:
            break
        if coming <= min(by_officer, by_other):
            now = max(now, coming)
            line_up(state, row_of(pop(calls.coming, calls.sizes, COMING)))
        elif by_other <= by_officer:
            now = by_other
            send_co_responder(state, numbers, seed, now)
        else:
            now = by_officer
            send_officer(state, numbers, seed, now)


@rule
def line_up(state: State, row: int) -> None:
    """Let a call that has come wait for a unit."""
    calls = state.calls
    key = entry(calls.priority[row], calls.second[row], row)
    if calls.shared[row] == 1:
        push(calls.waiting_shared, calls.sizes, WAITING_SHARED, key)
    else:
        push(calls.waiting, calls.sizes, WAITING, key)


@rule
def send_co_responder(state: State, numbers: Numbers, seed: int, now: int) -> None:
    """Send the co-responder who has been free longest to the first call that one can take."""
    calls, others = state.calls, state.co_responders
    row = row_of(pop(calls.waiting_shared, calls.sizes, WAITING_SHARED))
    unit = row_of(pop(others.queue, calls.sizes, FREE_CO_RESPONDERS))
    seconds = service(state, numbers, seed, row)
    begin(state, row, now)
    others.free_at[unit] = now + seconds
    others.busy[unit] += seconds_within(now, seconds, now // SECONDS_PER_WATCH)
    push(others.queue, calls.sizes, FREE_CO_RESPONDERS, entry(0, now + seconds, unit))
    state.books.weekly[now // (SECONDS_PER_WATCH * WATCHES_PER_WEEK), CO_RESPONSES] += 1


@rule
def send_officer(state: State, numbers: Numbers, seed: int, now: int) -> None:
    """Send the officer who has been free longest to the first of all calls that wait."""
    calls, officers = state.calls, state.officers
    alone = calls.waiting[0] if calls.sizes[WAITING] > 0 else entry(127, LATEST, 0)
    shared = calls.waiting_shared[0] if calls.sizes[WAITING_SHARED] > 0 else entry(127, LATEST, 0)
    if alone < shared:
        row = row_of(pop(calls.waiting, calls.sizes, WAITING))
    else:
        row = row_of(pop(calls.waiting_shared, calls.sizes, WAITING_SHARED))
    unit = row_of(pop(officers.queue, calls.sizes, FREE_OFFICERS))
    travel = 0
    if calls.case[row] != NOBODY:
        travel = arrive_at_offence(state, numbers, seed, (row, now, unit))
    elif calls.kind[row] == SUSPICION_CALL and calls.watch[row] == now // SECONDS_PER_WATCH:
        note_check(state, row, unit)
    seconds = travel + service(state, numbers, seed, row)
    begin(state, row, now)
    officers.free_at[unit] = now + seconds
    officers.busy[unit] += seconds_within(now, seconds, now // SECONDS_PER_WATCH)
    push(officers.queue, calls.sizes, FREE_OFFICERS, entry(0, now + seconds, unit))


@rule
def note_check(state: State, row: int, unit: int) -> None:
    """Note that an officer looks into a suspicion while whoever it is about may still be there."""
    calls = state.calls
    place = calls.marks[2]
    calls.checks[place, 0] = unit
    calls.checks[place, 1] = calls.place[row]
    calls.checks[place, 2] = calls.number[row]
    calls.marks[2] += 1


@rule
def begin(state: State, row: int, now: int) -> None:
    """Close the row of a call to which a unit is sent, and book how long it waited."""
    week, kind = now // (SECONDS_PER_WATCH * WATCHES_PER_WEEK), state.calls.kind[row]
    waited = now - state.calls.second[row]
    state.calls.served[row] = 1
    state.books.weekly[week, CALLS] += 1
    state.books.queue[week, kind, BEGUN] += 1
    state.books.queue[week, kind, WAITED] += 1 if waited > 0 else 0
    state.books.queue[week, kind, WAITED_SECONDS] += waited


@rule
def service(state: State, numbers: Numbers, seed: int, row: int) -> int:
    """Return the seconds that a call takes a unit, after its travel to an offence."""
    calls, p = state.calls, numbers.parameters
    case = calls.case[row]
    if case != NOBODY:
        u = uniform(seed, Decision.SERVICE, state.cases.offender[case], calls.watch[row])
        return int(60.0 * exponential(u, p.patrol.call_minutes))
    u = uniform(seed, Decision.CALL_SERVICE, calls.place[row], calls.watch[row], calls.number[row])
    return int(60.0 * exponential(u, call_type(p, calls.kind[row]).minutes))


@rule
def arrive_at_offence(state: State, numbers: Numbers, seed: int, sent: tuple[int, int, int]) -> int:
    """Let an officer arrive at an offence, where the offender may be arrested; return the seconds of travel.

    sent  row of the call, second, officer
    """
    row, now, officer = sent
    calls, cases, p = state.calls, state.cases, numbers.parameters
    case = calls.case[row]
    offender, offended = cases.offender[case], cases.watch[case]
    levers = policing_at(state, numbers, now // SECONDS_PER_WATCH)
    mode = mode_of(officer, levers.foot, levers.sub_stations)
    travel = travel_seconds(uniform(seed, Decision.TRAVEL, offender, offended), p.patrol, p.beats, mode)
    cases.officer[case] = officer
    calls.answered[calls.marks[1]] = case
    calls.marks[1] += 1
    cases.response[case] = now - calls.second[row] + travel
    minutes = (cases.delay[case] + cases.response[case]) / 60.0
    chance = scene_arrest_probability(minutes, p.justice.scene_arrest, p.justice.scene_decay)
    cases.scene_probability[case] = chance
    at_scene = uniform(seed, Decision.SCENE_ARREST, offender, offended) < chance
    if at_scene and cases.cleared[case] == 0:
        clear_case(state, numbers, (case, AT_SCENE, now // SECONDS_PER_WATCH))
    return travel


@rule
def book_hours(state: State, numbers: Numbers, watch: int) -> None:
    """Book each second on duty once: to calls, to patrol, or as idle; calls that outlast the duty are overtime."""
    officers, others, weekly = state.officers, state.co_responders, state.books.weekly
    week, duty, on_calls = watch // WATCHES_PER_WEEK, 0, 0
    for officer in range(len(officers.free_at)):
        busy = int(officers.busy[officer])
        if officers.on_duty[officer] == 1:
            left = SECONDS_PER_WATCH - busy
            patrol = min(left, int(officers.stops[officer] * 60.0 * numbers.parameters.patrol.stop_minutes))
            weekly[week, PATROL_SECONDS] += patrol
            weekly[week, IDLE_SECONDS] += left - patrol
            duty += 1
            on_calls += busy
        else:
            weekly[week, OVERTIME_SECONDS] += busy
    for unit in range(len(others.free_at)):
        weekly[week, CO_RESPONDER_SECONDS] += others.busy[unit]
    weekly[week, DUTY] += duty
    weekly[week, BUSY_SECONDS] += on_calls
    state.government.call_load[0] = on_calls / (duty * SECONDS_PER_WATCH) if duty > 0 else 0.0
