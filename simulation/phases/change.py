"""Phase 12: slow change, weekly and monthly, and the record of it."""

import math

import numpy as np

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import BLOCK, draw_rows, line_up, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import MEETINGS
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.phases.conduct import fair_chance, meet_police
from coproduction.simulation.phases.crime_map import due_for_map, enter_records
from coproduction.simulation.phases.disorder import seen_from
from coproduction.simulation.phases.talk import settle
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.beats import renew_guide
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.disorder import disheartening
from coproduction.simulation.rules.guardianship import collective_efficacy
from coproduction.simulation.rules.perception import discouraged, local_level
from coproduction.simulation.rules.police import patrol_weight
from coproduction.simulation.rules.programmes import blended_claim, fading_probability
from coproduction.simulation.rules.trust import relaxed
from coproduction.simulation.rules.volunteering import (
    attendance_probability,
    helping_pays,
    joining_probability,
    learnt_efficacy,
    leaving_probability,
    practised,
    resources_of,
    seen_to_help,
    supported_volunteers,
    wish_terms,
)
from coproduction.simulation.state import (
    BELIEVES_ROSE,
    CONTACTS,
    DISORDER,
    EFFICACY,
    FEAR,
    LEVEL,
    NOBODY,
    PANEL_SHIFTS,
    PERCEIVED,
    SELF_EFFICACY,
    TRUST,
    VOLUNTEERS,
    State,
)


@kernel
def plan_patrol(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 2, weekly. Fades the crime map, adds the records that are due, shares out patrol; writes map and plan."""
    cells, levers = state.cells, policing_at(state, numbers, watch)
    fade = math.exp(-1.0 / numbers.parameters.patrol.crime_map_weeks)
    week, patrolled, mapped = watch // WATCHES_PER_WEEK, 0.0, 0.0
    for cell in range(len(cells.crime_map)):
        patrolled += cells.patrolled[cell]
    for cell in range(len(cells.crime_map)):
        enter_records(state, levers, cell, week, patrolled / len(state.beats.cell))
        cells.crime_map[cell] = cells.crime_map[cell] * fade + due_for_map(state, cell, week)
        cells.patrolled[cell] *= fade
        mapped += cells.crime_map[cell]
    below = 0.0
    for place in range(len(state.beats.cell)):
        below += planned_share(state, levers, state.beats.cell[place], mapped)
        state.beats.plan[place] = below
    renew_guide(state.beats)


@rule
def planned_share(state: State, levers: Policing, cell: int, mapped: float) -> float:
    """Return a cell's share of patrol; mapped is the crime map's sum."""
    cells, places = state.cells, state.neighbourhoods
    neighbourhood = cells.neighbourhood[cell]
    even = 1.0 / len(state.beats.cell)
    on_map = cells.crime_map[cell] / mapped if mapped > 0.0 else even
    size = places.cell_start[neighbourhood + 1] - places.cell_start[neighbourhood]
    on_boards = places.priority[neighbourhood] / size
    return patrol_weight(even, on_map, on_boards, levers.hot_spots, levers.boards)


@kernel
def change(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 12, monthly, residents. Each writes own fear, trust, self-efficacy, membership."""
    levers = policing_at(state, numbers, watch)
    support = support_share(state, numbers, levers)
    dilemma = numbers.parameters.setting.helping_cost > 0.0
    if dilemma:
        practise(state, numbers, watch)
    attending, joining = np.empty(BLOCK), np.empty(BLOCK)
    who = np.empty(BLOCK, np.int32), np.zeros(BLOCK, np.int32)
    for resident in range(len(state.residents.home)):
        place = resident % BLOCK
        if place == 0:
            n = line_up(who[0], resident, len(state.residents.home))
            draw_rows(attending[:n], seed, Decision.ATTEND, (who[0][:n], who[1][:n]), watch)
            draw_rows(joining[:n], seed, Decision.JOIN, (who[0][:n], who[1][:n]), watch)
        settle(state, numbers, resident)
        attend(state, numbers, levers, (seed, watch, attending[place]), resident)
        if state.residents.volunteer[resident] == 1 and not dilemma:
            serve_on(state, numbers, support, (seed, watch), resident)
        else:
            consider_joining(state, numbers, levers, joining[place], resident)


@rule
def support_share(state: State, numbers: Numbers, levers: Policing) -> float:
    """Return the share of volunteers whom coordinators, or their own small number, keep going, 0 to 1."""
    if state.government.volunteers[0] == 0:
        return 1.0
    v = numbers.parameters.volunteering
    residents = len(state.residents.home)
    able = supported_volunteers(residents, v.self_organised, levers.coordinators, levers.span)
    return float(min(able / state.government.volunteers[0], 1.0))


@rule
def attend(
    state: State, numbers: Numbers, levers: Policing, when: tuple[int, int, float], resident: int
) -> None:
    """Perhaps come to a meeting, voice concern there and meet the police; when is seed, watch, the draw."""
    seed, watch, u = when
    residents, places = state.residents, state.neighbourhoods
    neighbourhood = residents.neighbourhood[resident]
    meetings = levers.meetings + places.levers[neighbourhood, MEETINGS]
    if meetings == 0.0:
        return
    n = len(residents.home)
    a_month = meetings * n / 10000.0 * WATCHES_PER_MONTH / WATCHES_PER_YEAR
    standing = resources_of(residents, numbers.parameters.volunteering, resident)
    chance = attendance_probability(a_month, levers.attendance, n, residents.fear[resident], standing)
    if u >= chance:
        return
    places.concern[neighbourhood] += int(1000.0 * residents.fear[resident])
    state.books.weekly[watch // WATCHES_PER_WEEK, CONTACTS] += 1
    chance = fair_chance(state, numbers, seed, (NOBODY, resident), (neighbourhood, watch, 0.0))
    heard = uniform(seed, Decision.MEETING_TREATED, resident, watch) < chance
    meet_police(state, numbers, resident, heard, watch)
    residents.self_efficacy[resident] = learnt_efficacy(
        residents.self_efficacy[resident], heard, numbers.parameters.change.act_gain
    )


@rule
def serve_on(state: State, numbers: Numbers, support: float, when: tuple[int, int], resident: int) -> None:
    """Learn from a month of volunteering, then stay or leave; when is seed, watch."""
    seed, watch = when
    residents, places, p = state.residents, state.neighbourhoods, numbers.parameters
    neighbourhood = residents.neighbourhood[resident]
    success = places.offences[neighbourhood] <= places.usual[neighbourhood]
    residents.self_efficacy[resident] = learnt_efficacy(
        residents.self_efficacy[resident], success, p.change.efficacy_gain
    )
    chance = leaving_probability(p.volunteering.leaving, p.volunteering.unsupported_leaving, support)
    chance = fading_probability(chance, p.dysfunctions.unreliable_volunteers, p.dysfunctions.fading)
    if uniform(seed, Decision.LEAVE, resident, watch) < chance:
        residents.volunteer[resident] = 0


@rule
def consider_joining(state: State, numbers: Numbers, levers: Policing, u: float, resident: int) -> None:
    """Perhaps offer help, by the draw ``u``; places are given out afterwards by :func:`join`."""
    residents, v = state.residents, numbers.parameters.volunteering
    if numbers.parameters.setting.helping_cost > 0.0:
        chance = state.neighbourhoods.readiness[residents.neighbourhood[resident]]
        residents.volunteer[resident] = 0
    else:
        invited = levers.invitation + v.tie_invitation * residents.asked[resident]
        chance = joining_probability(v.joining, wish_terms(residents, v, resident, invited))
    if u < chance:
        residents.wants_to_join[resident] = 1


@rule
def practise(state: State, numbers: Numbers, watch: int) -> None:
    """In the volunteer's dilemma: let each neighbourhood's residents respond to how many helped so far."""
    places, cost = state.neighbourhoods, numbers.parameters.setting.helping_cost
    month, seen = watch // WATCHES_PER_MONTH, state.government.seen_to_help
    seen[0] = seen_to_help(seen[0], state.government.volunteers[0] / len(state.residents.home), month)
    for n in range(len(places.residents)):
        pays = helping_pays(seen[0], places.residents[n] - 1, cost)
        places.readiness[n] = practised(places.readiness[n], pays, month)


@kernel
def join(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 12, monthly. Gives out places to those who want to join and orders their training; writes the roster.

    Places are scarce, so they are settled here for both engines: by the draw with which a resident wanted to join, then
    by index.
    """
    residents, levers, v = (
        state.residents,
        policing_at(state, numbers, watch),
        numbers.parameters.volunteering,
    )
    wanting = np.flatnonzero(residents.wants_to_join)
    draws = np.empty(len(wanting))
    for i in range(len(wanting)):
        draws[i] = uniform(seed, Decision.JOIN, wanting[i], watch)
    serving = int(np.sum(residents.volunteer))
    able = supported_volunteers(len(residents.home), v.self_organised, levers.coordinators, levers.span)
    places = min(int(able) - serving, training_places(levers, len(residents.home), v.self_organised))
    joined = 0
    for place in np.argsort(draws, kind="mergesort"):
        if joined < places:
            residents.volunteer[wanting[place]] = 1
            joined += 1
    residents.wants_to_join[:] = 0
    state.government.owed[0] += joined * v.training_cost
    call_roll(state)


@rule
def training_places(levers: Policing, residents: int, self_organised: float) -> int:
    """Return how many can be trained in four weeks: by coordinators, and among those who organise themselves."""
    by_coordinators = levers.coordinators * residents / 10000.0 * levers.training_places
    return int(by_coordinators + self_organised * residents / 1000.0)


@rule
def call_roll(state: State) -> None:
    """Rewrite the roster of volunteers in the order of their index."""
    serving = 0
    for resident in range(len(state.residents.home)):
        if state.residents.volunteer[resident] == 1:
            state.residents.roster[serving] = resident
            serving += 1
    state.government.volunteers[0] = serving


@kernel
def take_stock(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 12, monthly. Sums residents by neighbourhood and quintile in the order of their index; writes the panel."""
    residents, month = state.residents, watch // WATCHES_PER_MONTH
    panel, by_quintile = state.books.by_neighbourhood, state.books.by_quintile
    noticeable = numbers.parameters.perception.noticeable
    for resident in range(len(residents.home)):
        n, q = residents.neighbourhood[resident], residents.quintile[resident]
        panel[month, n, FEAR] += residents.fear[resident]
        panel[month, n, TRUST] += residents.trust[resident]
        panel[month, n, SELF_EFFICACY] += residents.self_efficacy[resident]
        panel[month, n, VOLUNTEERS] += residents.volunteer[resident]
        by_quintile[month, q, FEAR] += residents.fear[resident]
        by_quintile[month, q, TRUST] += residents.trust[resident]
        by_quintile[month, q, SELF_EFFICACY] += residents.self_efficacy[resident]
        by_quintile[month, q, VOLUNTEERS] += residents.volunteer[resident]
        panel[month, n, PERCEIVED] += residents.perceived[resident]
        by_quintile[month, q, PERCEIVED] += residents.perceived[resident]
        seen = seen_from(state, residents.home[resident])
        panel[month, n, DISORDER] += seen
        by_quintile[month, q, DISORDER] += seen
        if residents.perceived[resident] > state.neighbourhoods.level[n] + noticeable:
            panel[month, n, BELIEVES_ROSE] += 1.0
            by_quintile[month, q, BELIEVES_ROSE] += 1.0


@kernel
def unite(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 12, monthly, neighbourhoods. Reads the panel's sums; writes efficacy, fear, usual crime, priorities."""
    panel, places, month = state.books.by_neighbourhood, state.neighbourhoods, watch // WATCHES_PER_MONTH
    capital = np.zeros(len(places.residents))
    for resident in range(len(state.residents.home)):
        capital[state.residents.neighbourhood[resident]] += state.residents.social_capital[resident]
    for n in range(len(places.residents)):
        update_neighbourhood(state, numbers, (month, n), capital[n])
        panel[month, n, EFFICACY] = places.efficacy[n]
        panel[month, n, PANEL_SHIFTS] = places.shifts[n]
        panel[month, n, LEVEL] = places.level[n]
        places.shifts[n] = 0
    compare_levels(state)
    set_priorities(state, policing_at(state, numbers, watch).voice)


@rule
def update_neighbourhood(state: State, numbers: Numbers, at: tuple[int, int], capital: float) -> None:
    """Renew a neighbourhood's collective efficacy, mean fear and usual crime from its residents; at is month, index."""
    month, n = at
    places, g, sums = state.neighbourhoods, numbers.parameters.guardianship, state.books.by_neighbourhood
    size = max(places.residents[n], 1)
    places.mean_fear[n] = sums[month, n, FEAR] / size
    together = collective_efficacy(
        capital / size,
        sums[month, n, SELF_EFFICACY] / size,
        places.mean_fear[n],
        g.cohesion,
        g.fear_withdrawal,
    )
    perceived, seen = sums[month, n, PERCEIVED] / size, sums[month, n, DISORDER] / size
    heart = discouraged(together, perceived, numbers.parameters.perception.discouragement)
    places.efficacy[n] = heart * disheartening(seen, numbers.parameters.disorder.discouragement)
    usual_share = numbers.parameters.change.usual_share
    places.usual[n] = relaxed(places.usual[n], float(places.offences[n]), usual_share)
    places.offences[n] = 0


@rule
def compare_levels(state: State) -> None:
    """Set each neighbourhood's level of crime against the city's from what is usual in each."""
    places = state.neighbourhoods
    usual, residents = 0.0, 0
    for n in range(len(places.residents)):
        usual += places.usual[n]
        residents += places.residents[n]
    for n in range(len(places.residents)):
        places.level[n] = local_level(places.usual[n], usual * places.residents[n] / residents)


@rule
def set_priorities(state: State, voice: float) -> None:
    """Set each neighbourhood's share of what boards ask for: of the fear voiced at meetings, and of all residents'."""
    places = state.neighbourhoods
    afraid, voiced = 0.0, 0
    for n in range(len(places.residents)):
        afraid += places.residents[n] * places.mean_fear[n]
        voiced += places.concern[n]
    for n in range(len(places.residents)):
        of_all = places.residents[n] * places.mean_fear[n] / max(afraid, 1e-12)
        of_attendees = places.concern[n] / voiced if voiced > 0 else of_all
        places.priority[n] = blended_claim(of_all, of_attendees, voice)
        places.concern[n] = 0
