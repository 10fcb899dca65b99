"""The file of calls: what comes to the dispatcher, of which kind, at which second; for both engines."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.case_files import reported
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import uniform
from coproduction.simulation.parameters import CallType, Numbers, Parameters
from coproduction.simulation.queue import COMING, entry, push
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH
from coproduction.simulation.state import (
    FAMILY_CALL,
    GENERAL_CALL,
    MENTAL_HEALTH_CALL,
    NOBODY,
    NUISANCE_CALL,
    OFFENCE,
    SUSPICION_CALL,
    State,
)


@rule
def file_offences(state: State, numbers: Numbers, watch: int) -> None:
    """File a call for each offence of this watch that was reported by a channel to which a unit is sent at once."""
    cases = state.cases
    for case in range(cases.marks[0], cases.count[0]):
        if reported(state, case) and numbers.parameters.channels[cases.channel[case]].urgent > 0.0:
            row = file_call(state, watch * SECONDS_PER_WATCH + cases.second[case] + cases.delay[case], watch)
            state.calls.kind[row] = OFFENCE
            state.calls.priority[row] = int(numbers.parameters.crimes[cases.crime[case]].priority)
            state.calls.shared[row] = 0
            state.calls.case[row] = case


@rule
def file_call(state: State, second: int, watch: int) -> int:
    """Open a row for a call that comes at a second, and return it."""
    calls = state.calls
    row = int(calls.marks[0])
    calls.marks[0] = row + 1
    calls.second[row] = second
    calls.watch[row] = watch
    calls.served[row] = 0
    push(calls.coming, calls.sizes, COMING, entry(0, second, row))
    return row


@rule
def file_other_calls(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """File the calls that neighbourhoods make in this watch: each of a kind, at a second."""
    calls, p = state.calls, numbers.parameters
    for place in range(len(state.neighbourhoods.calls)):
        for number in range(state.neighbourhoods.calls[place]):
            moment = uniform(seed, Decision.CALL_SECOND, place, watch, number)
            row = file_call(state, watch * SECONDS_PER_WATCH + int(moment * SECONDS_PER_WATCH), watch)
            kind = kind_of_call(p, uniform(seed, Decision.CALL_TYPE, place, watch, number))
            what = call_type(p, kind)
            calls.kind[row] = kind
            calls.priority[row] = int(what.priority)
            u = uniform(seed, Decision.CALL_SHARED, place, watch, number)
            calls.shared[row] = 1 if u < what.shared else 0
            calls.case[row] = NOBODY
            calls.place[row] = place
            calls.number[row] = number


@rule
def call_type(p: Parameters, kind: int) -> CallType:
    """Return what distinguishes a kind of call other than an offence."""
    if kind == MENTAL_HEALTH_CALL:
        return p.mental_health_calls
    if kind == FAMILY_CALL:
        return p.family_calls
    if kind == NUISANCE_CALL:
        return p.nuisance_calls
    if kind == SUSPICION_CALL:
        return p.suspicion_calls
    return p.general_calls


@rule
def kind_of_call(p: Parameters, u: float) -> int:
    """Return the kind that the draw falls on, each by its share of all calls."""
    below = 0.0
    for kind in range(GENERAL_CALL, SUSPICION_CALL):
        below += call_type(p, kind).calls
        if u * calls_per_resident(p) < below:
            return kind
    return SUSPICION_CALL


@rule
def calls_per_resident(p: Parameters) -> float:
    """Return the calls of all kinds other than offences, per resident a year."""
    calls = 0.0
    for kind in range(GENERAL_CALL, SUSPICION_CALL + 1):
        calls += call_type(p, kind).calls
    return calls


@rule
def keep_waiting(state: State) -> None:
    """Move up the calls to which no unit was sent, in their order."""
    calls = state.calls
    kept = 0
    for row in range(calls.marks[0]):
        if calls.served[row] == 0:
            calls.second[kept] = calls.second[row]
            calls.kind[kept] = calls.kind[row]
            calls.priority[kept] = calls.priority[row]
            calls.shared[kept] = calls.shared[row]
            calls.case[kept] = calls.case[row]
            calls.place[kept] = calls.place[row]
            calls.number[kept] = calls.number[row]
            calls.watch[kept] = calls.watch[row]
            calls.served[kept] = 0
            kept += 1
    calls.marks[0] = kept
