"""Phases 2 and 11, programmes: officers on foot of their own, and members on patrol."""

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick, poisson, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import ENGAGEMENT, FAIRNESS, MEMBER_PATROLS, VISIBLE_STOPS
from coproduction.simulation.phases.respond import meet_police
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.calendar import WATCHES_PER_DAY, WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.programmes import events_per_watch
from coproduction.simulation.rules.targets import around, is_in, leave_patrol, leave_visit, resident_around
from coproduction.simulation.state import CONTACTS, SHIFTS, STOPS, VISITS, State

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
    """Make a stop, and perhaps speak with somebody there; when is seed, watch; stop is neighbourhood and number."""
    (seed, watch), (n, number) = when, stop
    cells, p, levers = state.cells, numbers.parameters, policing_at(numbers, watch)
    cell = cell_of(state, n, uniform(seed, Decision.FOOT_CELL, n, watch, number))
    leave_patrol(cells, cell, watch, p.guardianship.patrol_memory)
    engagement = levers.engagement + state.neighbourhoods.levers[n, ENGAGEMENT]
    if around(cells, cell) == 0 or uniform(seed, Decision.FOOT_ENGAGES, n, watch, number) >= engagement:
        return
    index = pick(uniform(seed, Decision.FOOT_ENGAGED, n, watch, number), around(cells, cell))
    resident = resident_around(cells, cell, index)
    if is_in(
        state.residents, p.presence, resident, (cell, watch), uniform(seed, Decision.AWAY, resident, watch)
    ):
        state.books.weekly[watch // WATCHES_PER_WEEK, CONTACTS] += 1
        fairness = levers.fairness + state.neighbourhoods.levers[n, FAIRNESS]
        fair = uniform(seed, Decision.FOOT_TREATED, n, watch, number) < fairness
        meet_police(state, numbers, resident, fair, watch)


@rule
def cell_of(state: State, n: int, u: float) -> int:
    """Return the cell of a neighbourhood that the draw falls on, each being as likely."""
    places = state.neighbourhoods
    first = places.cell_start[n]
    return int(places.cell[first + pick(u, places.cell_start[n + 1] - first)])


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
