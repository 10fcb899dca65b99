"""Phases 2 and 11, programmes: officers on foot of their own, and members on patrol."""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import poisson, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import ENGAGEMENT, FIELD_STOPS, MEMBER_PATROLS, VISIBLE_STOPS
from coproduction.simulation.phases.conduct import bias_against, fair_chance, meet_police, question
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.calendar import WATCHES_PER_DAY, WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.conduct import stop_probability
from coproduction.simulation.rules.programmes import events_per_watch
from coproduction.simulation.rules.targets import around, cell_of, leave_patrol, leave_visit, somebody_in
from coproduction.simulation.state import BY_OFFICERS, CONTACTS, NOBODY, SHIFTS, STOPS, VISITS, State

ON_FOOT = 1000
"""Where the partners of draws about stops by programmes' foot officers begin."""

MOST_EVENTS = 400.0
"""Stops or patrols expected in a neighbourhood and watch, at most: what drawing them by inversion can bear."""


@kernel
def walk_beats(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 11. Programmes' own foot officers stop in their neighbourhoods; writes patrol by cell, trust and fear.

    At the watch's end: what their stops keep from happening begins with the next watch, as that of all patrol lasts.
    """
    for n in range(len(state.neighbourhoods.residents)):
        wanted = state.neighbourhoods.levers[n, VISIBLE_STOPS]
        if wanted > 0.0:
            mean = events_per_watch(wanted, state.neighbourhoods.residents[n], WATCHES_PER_WEEK)
            stops = poisson(uniform(seed, Decision.FOOT_STOPS, n, watch), min(mean, MOST_EVENTS))
            state.books.weekly[watch // WATCHES_PER_WEEK, STOPS] += stops
            for stop in range(stops):
                stop_on_foot(state, numbers, (seed, watch), (n, stop))


@rule
def stop_on_foot(state: State, numbers: Numbers, when: tuple[int, int], stop: tuple[int, int]) -> None:
    """Make a stop, and perhaps question or speak with somebody there; when is seed, watch; stop is place and number."""
    (seed, watch), (n, number) = when, stop
    cells = state.cells
    cell = cell_of(state, n, uniform(seed, Decision.FOOT_CELL, n, watch, number))
    leave_patrol(cells, cell, watch, numbers.parameters.guardianship.patrol_memory)
    if around(cells, cell) == 0:
        return
    met = somebody_in(
        state, numbers, uniform(seed, Decision.FOOT_ENGAGED, n, watch, number), (seed, watch, cell)
    )
    if met != NOBODY and not questions_on_foot(state, numbers, when, stop, met):
        speak_on_foot(state, numbers, when, stop, met)


@rule
def questions_on_foot(
    state: State, numbers: Numbers, when: tuple[int, int], stop: tuple[int, int], met: int
) -> bool:
    """Let a foot officer stop and question the resident who is there, or not; say which."""
    (seed, watch), (n, number) = when, stop
    wanted = policing_at(state, numbers, watch).field_stops + state.neighbourhoods.levers[n, FIELD_STOPS]
    bias = bias_against(state, numbers, seed, (NOBODY, met), n)
    if uniform(seed, Decision.FOOT_QUESTIONED, n, watch, number) >= stop_probability(wanted, bias):
        return False
    state.books.encounters[watch // WATCHES_PER_WEEK, state.residents.group[met], BY_OFFICERS] += 1
    question(state, numbers, seed, (NOBODY, met), (n, watch, n, ON_FOOT + number))
    return True


@rule
def speak_on_foot(
    state: State, numbers: Numbers, when: tuple[int, int], stop: tuple[int, int], met: int
) -> None:
    """Let a foot officer speak with the resident who is there, or not."""
    (seed, watch), (n, number) = when, stop
    engagement = policing_at(state, numbers, watch).engagement + state.neighbourhoods.levers[n, ENGAGEMENT]
    if uniform(seed, Decision.FOOT_ENGAGES, n, watch, number) < engagement:
        state.books.weekly[watch // WATCHES_PER_WEEK, CONTACTS] += 1
        chance = fair_chance(state, numbers, seed, (NOBODY, met), (n, watch, 0.0))
        fair = uniform(seed, Decision.FOOT_TREATED, n, watch, number) < chance
        meet_police(state, numbers, met, fair, watch)


@rule
def send_members(state: State, numbers: Numbers, when: tuple[int, int], n: int) -> None:
    """Send members of a neighbourhood's programmes on patrol there, on an evening; when is seed, watch."""
    seed, watch = when
    v, hours = numbers.parameters.volunteering, state.neighbourhoods.levers[n, MEMBER_PATROLS]
    if hours <= 0.0:
        return
    reliable = 1.0 - numbers.parameters.dysfunctions.unreliable_volunteers
    evenings = WATCHES_PER_YEAR // WATCHES_PER_DAY
    mean = events_per_watch(reliable * hours / v.shift_hours, state.neighbourhoods.residents[n], evenings)
    patrols = poisson(uniform(seed, Decision.MEMBER_PATROLS, n, watch), min(mean, MOST_EVENTS))
    visits = int(v.shift_hours * v.visits_per_hour)
    week = watch // WATCHES_PER_WEEK
    state.neighbourhoods.shifts[n] += patrols
    state.books.weekly[week, SHIFTS] += patrols
    state.books.weekly[week, VISITS] += patrols * visits
    for visit in range(patrols * visits):
        leave_visit(
            state.cells, cell_of(state, n, uniform(seed, Decision.MEMBER_CELL, n, watch, visit)), watch
        )
