"""Phases 1 and 2: the calendar and the budget, and where officers and volunteers are."""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import ENGAGEMENT, FIELD_STOPS
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.phases.beats import send_members
from coproduction.simulation.phases.conduct import bias_against
from coproduction.simulation.phases.programmes import run_programmes
from coproduction.simulation.phases.staff import hand_over
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.beats import (
    CAR,
    FOOT,
    SUB_STATION,
    beat_cell,
    beat_of,
    mode_of,
    patrol_cell,
    station_cell,
)
from coproduction.simulation.rules.calendar import (
    EVENING,
    WATCHES_PER_DAY,
    WATCHES_PER_WEEK,
    WATCHES_PER_YEAR,
    on_rota,
    watch_of_day,
)
from coproduction.simulation.rules.conduct import stop_probability
from coproduction.simulation.rules.police import (
    affordable_posts,
    co_responder_posts,
    duty_share,
    instalment,
    patrol_stops,
    programme_spending,
)
from coproduction.simulation.rules.targets import (
    around,
    leave_patrol,
    leave_visit,
    somebody_in,
)
from coproduction.simulation.rules.volunteering import shift_probability
from coproduction.simulation.state import (
    CO_RESPONDERS_PAID,
    CONTACTS,
    COORDINATORS_PAID,
    MEETINGS_PAID,
    MOST_STOPS,
    NOBODY,
    OFFICERS_PAID,
    PROGRAMMES_PAID,
    SHIFTS,
    STOPS,
    TRAINING_PAID,
    VISITS,
    State,
)

PAID_OVER = 42
"""Watches over which the bill for training is paid: two weeks, so that no watch is without officers for it."""


@kernel
def calendar(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 1. Writes levers and the posts that this watch's money pays, books both; starts the measured period."""
    if watch == numbers.measured_from:
        state.cells.total_stops[:] = 0
        state.cells.total_visits[:] = 0
        state.neighbourhoods.questioned[:] = 0
    state.cases.marks[0] = state.cases.count[0]
    if watch == numbers.policy_start:
        hand_over(state, numbers, seed, watch)
    levers = policing_at(numbers, watch)
    spend(state, levers, run_programmes(state, numbers, seed, watch), watch)


@rule
def spend(state: State, levers: Policing, programmes: tuple[float, float], watch: int) -> None:
    """Spend a watch's budget to the last cent: programmes and training first, what is left on officers.

    programmes  what they cost the city within its budget, and beside it, USD
    """
    government, books = state.government, state.books
    residents, week = len(state.residents.home), watch // WATCHES_PER_WEEK
    within, beside = programmes
    budget = levers.budget * residents / WATCHES_PER_YEAR - within
    coordinators, meetings, co_responders = programme_spending(levers, residents)
    standing = coordinators + meetings + co_responders
    officer_cost = levers.officer_cost / WATCHES_PER_YEAR
    training = instalment(government.owed[0], PAID_OVER, budget - standing)
    posts = affordable_posts(budget, standing + training, officer_cost)
    government.posts[0] = posts
    government.owed[0] -= training
    books.usd[week, OFFICERS_PAID] += posts * officer_cost
    books.usd[week, TRAINING_PAID] += training
    books.usd[week, PROGRAMMES_PAID] += within + beside
    books.usd[week, COORDINATORS_PAID] += coordinators
    books.usd[week, MEETINGS_PAID] += meetings
    books.usd[week, CO_RESPONDERS_PAID] += co_responders


@kernel
def deploy(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 2. Reads posts, the patrol plan, call load; writes officers' duty, stops and contacts, patrol by cell."""
    p, levers, officers = numbers.parameters, policing_at(numbers, watch), state.officers
    week = watch // WATCHES_PER_WEEK
    n_beats = len(state.beats.knowledge)
    for beat in range(n_beats):  # by beat, so that stops near each other follow each other: the rest is at hand
        for officer in range(beat, len(officers.free_at), n_beats):
            share = duty_share(officer, state.government.posts[0])
            works = on_rota(officer, watch, p.patrol.shifts)
            if works and share < 1.0:
                works = uniform(seed, Decision.ON_DUTY, officer, watch) < share
            officers.on_duty[officer] = 1 if works else 0
            officers.stops[officer] = 0
            if works:
                u = uniform(seed, Decision.STOPS, officer, watch)
                officers.stops[officer] = patrol_stops(
                    u, p.patrol.stops, state.government.call_load[0], MOST_STOPS
                )
                state.books.weekly[week, STOPS] += officers.stops[officer]
                for stop in range(officers.stops[officer]):
                    make_stop(state, numbers, levers, (seed, watch), (officer, stop))
    others = state.co_responders
    posts = co_responder_posts(levers.co_responders, len(state.residents.home))
    for unit in range(len(others.free_at)):
        share = duty_share(unit, posts)
        works = on_rota(unit, watch, p.patrol.shifts) and share > 0.0
        others.on_duty[unit] = 1 if works and uniform(seed, Decision.CO_ON_DUTY, unit, watch) < share else 0


@rule
def make_stop(
    state: State, numbers: Numbers, levers: Policing, when: tuple[int, int], stop: tuple[int, int]
) -> None:
    """Make one patrol stop of an officer, and perhaps question or speak with a resident who is there.

    when  seed, watch; stop is the officer and the number of the stop
    """
    _, watch = when
    officers, cells = state.officers, state.cells
    cell = stop_cell(state, levers, when, stop)
    leave_patrol(cells, cell, watch, numbers.parameters.guardianship.patrol_memory)
    officers.contact[stop[0], stop[1]] = NOBODY
    if around(cells, cell) == 0:
        return
    met = questioned(state, numbers, levers, when, (*stop, cell))
    officers.questioned[stop[0], stop[1]] = 1 if met != NOBODY else 0
    if met == NOBODY:
        met = spoken_with(state, numbers, levers, when, (*stop, cell))
        if met != NOBODY:
            state.books.weekly[watch // WATCHES_PER_WEEK, CONTACTS] += 1
    officers.contact[stop[0], stop[1]] = met


@rule
def stop_cell(state: State, levers: Policing, when: tuple[int, int], stop: tuple[int, int]) -> int:
    """Return the cell of a patrol stop: by the plan in the own beat or anywhere, or the sub-station."""
    seed, watch = when
    officer, number = stop
    mode, beat = (
        mode_of(officer, levers.foot, levers.sub_stations),
        beat_of(officer, len(state.beats.knowledge)),
    )
    if mode == SUB_STATION:
        return station_cell(state.beats, beat)
    u = uniform(seed, Decision.PATROL_CELL, officer, watch, number)
    if mode == FOOT or uniform(seed, Decision.ON_BEAT, officer, watch, number) < levers.beat_integrity:
        return beat_cell(state.beats, beat, u)
    return patrol_cell(state.beats, u)


@rule
def questioned(
    state: State, numbers: Numbers, levers: Policing, when: tuple[int, int], stop: tuple[int, int, int]
) -> int:
    """Return the resident whom the officer stops and questions, or NOBODY; stop is officer, number, cell."""
    seed, watch = when
    officer, number, cell = stop
    place = state.cells.neighbourhood[cell]
    wanted = levers.field_stops + state.neighbourhoods.levers[place, FIELD_STOPS]
    resident = somebody_in(
        state, numbers, uniform(seed, Decision.SOUGHT, officer, watch, number), (seed, watch, cell)
    )
    if resident == NOBODY:
        return NOBODY
    bias = bias_against(state, numbers, seed, (officer, resident), place)
    stops = uniform(seed, Decision.QUESTIONED, officer, watch, number) < stop_probability(wanted, bias)
    return resident if stops else NOBODY


@rule
def spoken_with(
    state: State, numbers: Numbers, levers: Policing, when: tuple[int, int], stop: tuple[int, int, int]
) -> int:
    """Return the resident whom the officer speaks with, or NOBODY; stop is officer, number, cell."""
    seed, watch = when
    officer, number, cell = stop
    wanted = engagement_of(state, numbers, levers, officer, cell)
    if uniform(seed, Decision.ENGAGES, officer, watch, number) >= wanted:
        return NOBODY
    return somebody_in(
        state, numbers, uniform(seed, Decision.ENGAGED, officer, watch, number), (seed, watch, cell)
    )


@rule
def engagement_of(state: State, numbers: Numbers, levers: Policing, officer: int, cell: int) -> float:
    """Return the probability that an officer at a stop seeks to speak with a resident."""
    beats = numbers.parameters.beats
    wanted = levers.engagement + state.neighbourhoods.levers[state.cells.neighbourhood[cell], ENGAGEMENT]
    mode = mode_of(officer, levers.foot, levers.sub_stations)
    if mode != CAR:
        wanted += beats.foot_engagement if mode == FOOT else beats.desk_engagement
    return float(wanted)


@kernel
def volunteer(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 2, volunteers. In the evening they, and members of programmes, may go on patrol; writes visits by cell."""
    v = numbers.parameters.volunteering
    if watch_of_day(watch) != EVENING:
        return
    missed = numbers.parameters.dysfunctions.unreliable_volunteers
    chance = shift_probability(v.hours, v.shift_hours, WATCHES_PER_YEAR // WATCHES_PER_DAY) * (1.0 - missed)
    for place in range(state.government.volunteers[0]):
        resident = state.residents.roster[place]
        if uniform(seed, Decision.SHIFT, resident, watch) < chance:
            walk_shift(state, int(v.shift_hours * v.visits_per_hour), (seed, watch), resident)
    for n in range(len(state.neighbourhoods.residents)):
        send_members(state, numbers, (seed, watch), n)


@rule
def walk_shift(state: State, visits: int, when: tuple[int, int], resident: int) -> None:
    """Visit that many cells of a volunteer's own neighbourhood; when is seed, watch."""
    seed, watch = when
    places = state.neighbourhoods
    neighbourhood = state.residents.neighbourhood[resident]
    first = places.cell_start[neighbourhood]
    size = places.cell_start[neighbourhood + 1] - first
    week = watch // WATCHES_PER_WEEK
    places.shifts[neighbourhood] += 1
    state.books.weekly[week, SHIFTS] += 1
    state.books.weekly[week, VISITS] += visits
    for visit in range(visits):
        u = uniform(seed, Decision.VOLUNTEER_CELL, resident, watch, visit)
        leave_visit(state.cells, places.cell[first + pick(u, size)], watch)
