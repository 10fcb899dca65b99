"""Calls and units: capacity that is shared is settled here, in one total order, for both engines."""

import math

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.case_files import AT_SCENE, clear_case, reported
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import exponential, pick, skewed_around, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH, WATCHES_PER_WEEK
from coproduction.simulation.rules.justice import scene_arrest_probability
from coproduction.simulation.state import BUSY_SECONDS, CALLS, DUTY, NOBODY, State


@kernel
def dispatch(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Send units to calls: crimes against persons first, then other crimes, then all other calls.

    Within a class by second of the call, then by case. Reads case files and calls by neighbourhood; writes officers'
    time, response, arrests at the scene, call load.
    """
    duty = 0
    for officer in range(len(state.officers.on_duty)):
        duty += int(state.officers.on_duty[officer])
    week = watch // WATCHES_PER_WEEK
    state.books.weekly[week, DUTY] += duty
    before = state.books.weekly[week, BUSY_SECONDS]
    if duty > 0:
        row = next_call(state, numbers)
        while row != NOBODY:
            answer(state, numbers, seed, watch, row)
            row = next_call(state, numbers)
        answer_other_calls(state, numbers, seed, watch)
        busy = state.books.weekly[week, BUSY_SECONDS] - before
        state.government.call_load[0] = min(busy / (duty * SECONDS_PER_WATCH), 1.0)


@rule
def next_call(state: State, numbers: Numbers) -> int:
    """Return the reported case of this watch to be answered next, or NOBODY."""
    cases = state.cases
    chosen, chosen_order = NOBODY, 0
    for row in range(cases.marks[0], cases.count[0]):
        if reported(state, row) and cases.response[row] == NOBODY:
            later = 0 if numbers.parameters.crimes[cases.crime[row]].against_persons > 0.0 else 1
            order = later * 1_000_000_000 + cases.second[row] + cases.delay[row]
            if chosen == NOBODY or order < chosen_order:
                chosen, chosen_order = row, order
    return chosen


@rule
def first_free(state: State, call: int) -> int:
    """Return the unit on duty that can start soonest on a call at that second; ties go to the lowest index."""
    officers = state.officers
    chosen, soonest = NOBODY, 0
    for officer in range(len(officers.on_duty)):
        if officers.on_duty[officer] == 1:
            start = max(officers.free_at[officer], call)
            if chosen == NOBODY or start < soonest:
                chosen, soonest = officer, start
    return chosen


@rule
def answer(state: State, numbers: Numbers, seed: int, watch: int, row: int) -> None:
    """Send the first free unit to a case; on arrival the offender may be arrested."""
    cases, p = state.cases, numbers.parameters
    offender = cases.offender[row]
    call = watch * SECONDS_PER_WATCH + cases.second[row] + cases.delay[row]
    unit = first_free(state, call)
    start = max(state.officers.free_at[unit], call)
    u = uniform(seed, Decision.TRAVEL, offender, watch)
    travel = int(60.0 * skewed_around(u, p.patrol.travel_minutes, p.patrol.travel_spread))
    service = int(60.0 * exponential(uniform(seed, Decision.SERVICE, offender, watch), p.patrol.call_minutes))
    take(state, unit, start, travel + service, watch)
    cases.response[row] = start - call + travel
    minutes = (cases.delay[row] + cases.response[row]) / 60.0
    chance = scene_arrest_probability(minutes, p.justice.scene_arrest, p.justice.scene_decay)
    cases.scene_probability[row] = chance
    if uniform(seed, Decision.SCENE_ARREST, offender, watch) < chance:
        clear_case(state, numbers, (row, AT_SCENE, watch))


@rule
def take(state: State, unit: int, start: int, seconds: int, watch: int) -> None:
    """Book a unit from a second on for some seconds."""
    state.officers.free_at[unit] = start + seconds
    week = watch // WATCHES_PER_WEEK
    state.books.weekly[week, BUSY_SECONDS] += seconds
    state.books.weekly[week, CALLS] += 1


@rule
def answer_other_calls(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Give each call other than crime to a unit on duty drawn at random; it only takes the unit's time."""
    # Posts paid now, not the array: it has room for what a later policy may pay.
    posts = math.ceil(state.government.posts[0])
    for neighbourhood in range(len(state.neighbourhoods.calls)):
        for call in range(state.neighbourhoods.calls[neighbourhood]):
            u = uniform(seed, Decision.CALL_SERVICE, neighbourhood, watch, call)
            seconds = int(60.0 * exponential(u, numbers.parameters.patrol.call_minutes))
            unit = pick(uniform(seed, Decision.CALL_UNIT, neighbourhood, watch, call), posts)
            while state.officers.on_duty[unit] == 0:
                unit = (unit + 1) % posts
            start = max(state.officers.free_at[unit], watch * SECONDS_PER_WATCH)
            take(state, unit, start, seconds, watch)
