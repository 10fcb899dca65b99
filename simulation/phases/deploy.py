"""Phases 1 and 2: the calendar and the budget, and where officers and volunteers are."""

import numpy as np

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import draw_rows, pick, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.phases.beats import send_members
from coproduction.simulation.phases.patrol import make_stops
from coproduction.simulation.phases.programmes import run_programmes
from coproduction.simulation.phases.staff import hand_over
from coproduction.simulation.rules.arrangement import policing_at, takes_up
from coproduction.simulation.rules.calendar import (
    EVENING,
    WATCHES_PER_DAY,
    WATCHES_PER_WEEK,
    WATCHES_PER_YEAR,
    on_rota,
    watch_of_day,
)
from coproduction.simulation.rules.police import (
    affordable_posts,
    co_responder_posts,
    duty_share,
    instalment,
    patrol_stops,
    programme_spending,
)
from coproduction.simulation.rules.targets import leave_visit
from coproduction.simulation.rules.volunteering import shift_probability
from coproduction.simulation.state import (
    CO_RESPONDERS_PAID,
    COORDINATORS_PAID,
    MEETINGS_PAID,
    MOST_STOPS,
    OFFICERS_PAID,
    PROGRAMMES_PAID,
    SHIFTS,
    STOPS,
    TRAINING_PAID,
    VISITS,
    Floats,
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
        decide_contract(state, numbers, seed, watch)
    levers = policing_at(state, numbers, watch)
    spend(state, levers, run_programmes(state, numbers, seed, watch), watch)


@rule
def decide_contract(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Let the city take up the policy's arrangement, or stay as it is where that is left to it."""
    if takes_up(uniform(seed, Decision.CONTRACTS_OUT, 0, watch), numbers.contracting):
        hand_over(state, numbers, seed, watch)
    else:
        state.government.declined[0] = 1


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
    p, levers, officers = numbers.parameters, policing_at(state, numbers, watch), state.officers
    week = watch // WATCHES_PER_WEEK
    for officer in range(len(officers.free_at)):
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
    make_stops(state, numbers, seed, watch)
    others = state.co_responders
    posts = co_responder_posts(levers.co_responders, len(state.residents.home))
    for unit in range(len(others.free_at)):
        share = duty_share(unit, posts)
        works = on_rota(unit, watch, p.patrol.shifts) and share > 0.0
        others.on_duty[unit] = 1 if works and uniform(seed, Decision.CO_ON_DUTY, unit, watch) < share else 0


@kernel
def volunteer(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 2, volunteers. In the evening they, and members of programmes, may go on patrol; writes visits by cell."""
    v = numbers.parameters.volunteering
    if watch_of_day(watch) != EVENING:
        return
    missed = numbers.parameters.dysfunctions.unreliable_volunteers
    chance = shift_probability(v.hours, v.shift_hours, WATCHES_PER_YEAR // WATCHES_PER_DAY) * (1.0 - missed)
    visits = int(v.shift_hours * v.visits_per_hour)
    luck, who = np.empty(visits), (np.empty(visits, np.int32), np.arange(visits).astype(np.int32))
    for place in range(state.government.volunteers[0]):
        resident = state.residents.roster[place]
        if uniform(seed, Decision.SHIFT, resident, watch) < chance:
            who[0][:] = resident
            draw_rows(luck, seed, Decision.VOLUNTEER_CELL, who, watch)
            walk_shift(state, luck, watch, resident)
    for n in range(len(state.neighbourhoods.residents)):
        send_members(state, numbers, (seed, watch), n)


@rule
def walk_shift(state: State, luck: Floats, watch: int, resident: int) -> None:
    """Visit cells of a volunteer's own neighbourhood, one for each draw."""
    places = state.neighbourhoods
    neighbourhood = state.residents.neighbourhood[resident]
    first = places.cell_start[neighbourhood]
    size = places.cell_start[neighbourhood + 1] - first
    week = watch // WATCHES_PER_WEEK
    places.shifts[neighbourhood] += 1
    state.books.weekly[week, SHIFTS] += 1
    state.books.weekly[week, VISITS] += len(luck)
    for u in luck:
        leave_visit(state.cells, places.cell[first + pick(u, size)], watch)
