"""Phases 5 and 6: attempts, targets and victims."""

import numpy as np

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.case_files import open_case
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import BLOCK, draw_rows, pick, poisson, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.crimes import HOMES, HOUSEHOLD
from coproduction.simulation.parameters.levers import HARDENING
from coproduction.simulation.rules.attractiveness import (
    attractiveness,
    burglary_probability,
    step_probability,
)
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK, watch_of_day
from coproduction.simulation.rules.careers import DAY_PLACE, HOME, LAST_TARGET, LEISURE, anchor_of
from coproduction.simulation.rules.guardianship import bearing_guardianship, stopped_probability
from coproduction.simulation.rules.offending import attempt_probability, deterrence
from coproduction.simulation.rules.protection import SELF_DEFENCE, does, home_holds_probability
from coproduction.simulation.rules.targets import (
    around,
    cell_guardianship,
    choose_target,
    finds_in,
    housemate,
    resident_around,
)
from coproduction.simulation.rules.temptation import (
    expected_certainty,
    rate_now,
    rhythm_now,
    speciality_probability,
    temptation_at_most,
)
from coproduction.simulation.state import ACTIVE, ATTEMPTS, NOBODY, STOPPED, Ints, State

VICTIM_LOOKS = 8
"""People considered as victim of an offence against persons, before the first is taken whether in or not."""


@kernel
def offend(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 5. Reads guardianship and boost; writes case files, offences by cell, offenders' own learning."""
    p, offenders = numbers.parameters, state.offenders
    if p.setting.movement > 0.0:
        for offender in range(len(offenders.resident)):
            if offenders.position[offender] != NOBODY:
                roam(state, numbers, seed, watch, offender)
        return
    luck, who = np.empty(BLOCK), (np.empty(BLOCK, np.int32), np.zeros(BLOCK, np.int32))
    for first in range(0, len(offenders.resident), BLOCK):
        n = line_up_at_large(state, watch, first, who[0])
        draw_rows(luck[:n], seed, Decision.ATTEMPT, (who[0][:n], who[1][:n]), watch)
        for place in range(n):
            offender = int(who[0][place])
            at_most = temptation_at_most(state, numbers, watch, offender)
            if luck[place] < at_most:
                chance = temptation(state, numbers, watch, offender)
                if luck[place] < chance:
                    attempt(state, numbers, (seed, watch), offender, chance)


@rule
def line_up_at_large(state: State, watch: int, first: int, room: Ints) -> int:
    """Write the offenders of a block whose careers are active and who are not held; return how many there are.

    Without a branch: which of them are is anybody's guess, and to guess wrong costs a processor more than the rest.

    first  of the block; room has shape (BLOCK,)
    """
    offenders, n = state.offenders, 0
    for offender in range(first, min(first + BLOCK, len(offenders.resident))):
        room[n] = offender
        n += int((offenders.career[offender] == ACTIVE) & (watch >= offenders.free_from[offender]))
    return n


@rule
def temptation(state: State, numbers: Numbers, watch: int, offender: int) -> float:
    """Return the probability of an attempt in this watch, lower the surer the offender is of being caught."""
    rate, rhythm = rate_now(state, numbers, watch, offender), rhythm_now(state, numbers, watch, offender)
    certainty = expected_certainty(state, offender)
    return attempt_probability(
        rate, rhythm, deterrence(certainty, numbers.parameters.offending.certainty_weight)
    )


@rule
def choose_type(state: State, numbers: Numbers, seed: int, watch: int, offender: int) -> int:
    """Return the type of crime to try: the own speciality, or what the time of day suggests."""
    u = uniform(seed, Decision.SPECIALISES, offender, watch)
    if u < speciality_probability(state, numbers, watch, offender):
        return int(state.offenders.speciality[offender])
    return type_of(state, uniform(seed, Decision.CRIME_TYPE, offender, watch), watch)


@rule
def type_of(state: State, u: float, watch: int) -> int:
    """Return the crime type that the draw falls on at this time of day."""
    time = watch_of_day(watch)
    last = len(state.rates.type_share[time]) - 1
    for crime in range(last):
        if u < state.rates.type_share[time, crime]:
            return crime
    return last


@rule
def attempt(state: State, numbers: Numbers, when: tuple[int, int], offender: int, chance: float) -> None:
    """Go for a target; when guardians are in the way, perhaps for a second one; when is seed, watch."""
    seed, watch = when
    week = watch // WATCHES_PER_WEEK
    crime = choose_type(state, numbers, seed, watch, offender)
    anchor, origin = choose_anchor(state, numbers, (seed, watch), offender, crime)
    state.books.weekly[week, ATTEMPTS] += 1
    for tries in range(1, 3):
        cell = place_for(state, numbers, (seed, watch), (offender, crime, tries), origin)
        if cell == NOBODY:
            return
        g = guardianship_against(state, numbers, crime, cell, watch)
        if not prevented(state, numbers, when, (offender, crime, cell, tries), g):
            moment = uniform(seed, Decision.MOMENT, offender, watch)
            open_case(
                state, numbers, (seed, watch, moment), (offender, crime, cell, tries), (chance, g, anchor)
            )
            return
        state.books.weekly[week, STOPPED] += 1
        if not tries_elsewhere(numbers, (seed, watch), offender, crime):
            return


@rule
def prevented(state: State, numbers: Numbers, when: tuple[int, int], offence: tuple[int, int, int, int],
              guardianship: float) -> bool:  # fmt: skip
    """Say whether guardians stop an attempt, or the home that it is made on holds.

    when     seed, watch
    offence  offender, crime type, cell, tries
    """
    seed, watch = when
    offender, crime, cell, tries = offence
    p = numbers.parameters
    if uniform(seed, Decision.STOPPED, offender, watch, tries) < stopped_probability(guardianship):
        return True
    if int(p.crimes[crime].exposure) != HOMES:
        return False
    u = uniform(seed, Decision.VICTIM, offender, watch)  # who is hit if the home gives way
    home = home_of_another(state, cell, state.offenders.resident[offender], u)
    if home == NOBODY:
        return False
    hardening = state.neighbourhoods.levers[state.cells.neighbourhood[cell], HARDENING]
    holds = home_holds_probability(state.residents.protection[home], p.protection, hardening)
    return bool(uniform(seed, Decision.HOME_HOLDS, offender, watch, tries) < holds)


@rule
def choose_anchor(
    state: State, numbers: Numbers, when: tuple[int, int], offender: int, crime: int
) -> tuple[int, int]:
    """Return the anchor that an attempt starts from, and its cell; what is done at home starts there."""
    seed, watch = when
    c, offenders = numbers.parameters.careers, state.offenders
    home = int(offenders.home[offender])
    if int(numbers.parameters.crimes[crime].exposure) == HOUSEHOLD:
        return HOME, home
    u = uniform(seed, Decision.ANCHOR, offender, watch)
    anchor = anchor_of(u, c.day_anchor, c.leisure_anchor, c.target_anchor)
    if anchor == DAY_PLACE:
        return anchor, int(state.residents.day_cell[offenders.resident[offender]])
    if anchor == LEISURE:
        return anchor, int(offenders.leisure[offender])
    if anchor == LAST_TARGET and offenders.last_target[offender] != NOBODY:
        return anchor, int(offenders.last_target[offender])
    return HOME, home


@rule
def place_for(state: State, numbers: Numbers, when: tuple[int, int], offence: tuple[int, int, int],
              origin: int) -> int:  # fmt: skip
    """Return the cell to offend in, or NOBODY when nothing is in reach or nobody else lives at home.

    when     seed, watch
    offence  offender, crime type, tries
    origin   cell that the attempt starts from
    """
    seed, watch = when
    offender, crime, tries = offence
    p, home = numbers.parameters, int(state.offenders.home[offender])
    exposure = int(p.crimes[crime].exposure)
    if exposure == HOUSEHOLD:
        alone = housemate(state.cells, home, state.offenders.resident[offender]) == NOBODY
        return NOBODY if alone else home
    u = uniform(seed, Decision.TARGET, offender, watch, tries)
    kind = (crime, exposure, watch)
    return choose_target(state.cells, state.rates, origin, kind, u)


@rule
def guardianship_against(state: State, numbers: Numbers, crime: int, cell: int, watch: int) -> float:
    """Return what stands in the way of a type of crime in a cell in this watch."""
    p = numbers.parameters
    g = cell_guardianship(state.cells, state.neighbourhoods, p.guardianship, cell, watch)
    return bearing_guardianship(g, p.crimes[crime].guardable)


@rule
def tries_elsewhere(numbers: Numbers, when: tuple[int, int], offender: int, crime: int) -> bool:
    """Decide after being stopped whether to go for another target; there is no other household than the own."""
    seed, watch = when
    p = numbers.parameters
    if int(p.crimes[crime].exposure) == HOUSEHOLD:
        return False
    return uniform(seed, Decision.TRY_AGAIN, offender, watch) < p.offending.second_try


@rule
def roam(state: State, numbers: Numbers, seed: int, watch: int, offender: int) -> None:
    """Offend where one stands and leave, or walk on to a neighbour by its attractiveness (Short and others 2008)."""
    cells, offenders, days = state.cells, state.offenders, numbers.parameters.setting.step_days
    cell = offenders.position[offender]
    chance = burglary_probability(attractiveness(cells.fixed[0, cell], cells.boost[0, cell]), days)
    if uniform(seed, Decision.ATTEMPT, offender, watch) < chance:
        moment = uniform(seed, Decision.MOMENT, offender, watch)
        open_case(state, numbers, (seed, watch, moment), (offender, 0, cell, 1), (chance, 0.0, HOME))
        offenders.position[offender] = NOBODY
        return
    offenders.position[offender] = walk(state, cell, uniform(seed, Decision.WALK, offender, watch))


@rule
def walk(state: State, cell: int, u: float) -> int:
    """Return the neighbour that the draw falls on, each by its share of the neighbours' attractiveness."""
    cells = state.cells
    total = 0.0
    for n in range(cells.n_neighbours[cell]):
        other = cells.neighbours[cell, n]
        total += attractiveness(cells.fixed[0, other], cells.boost[0, other])
    below, chosen = 0.0, cell
    for n in range(cells.n_neighbours[cell]):
        chosen = cells.neighbours[cell, n]
        below += step_probability(attractiveness(cells.fixed[0, chosen], cells.boost[0, chosen]), total)
        if u < below:
            break
    return int(chosen)


@kernel
def victimise(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Phase 6. Draws the victim of each new case among those exposed; writes case files."""
    for row in range(state.cases.marks[0], state.cases.count[0]):
        state.cases.victim[row] = victim_of(state, numbers, seed, watch, row)


@rule
def victim_of(state: State, numbers: Numbers, seed: int, watch: int, row: int) -> int:
    """Return the victim: of a home in the cell, of the offender's own, or somebody present who is not the offender."""
    cells, cases = state.cells, state.cases
    cell, offender = cases.cell[row], cases.offender[row]
    u = uniform(seed, Decision.VICTIM, offender, watch)
    exposure = int(numbers.parameters.crimes[cases.crime[row]].exposure)
    if exposure == HOUSEHOLD:
        return housemate(cells, cell, state.offenders.resident[offender])
    if exposure == HOMES:
        return home_of_another(state, cell, state.offenders.resident[offender], u)
    people = around(cells, cell)
    if people == 0:
        return NOBODY
    first = pick(u, people)
    for look in range(min(VICTIM_LOOKS, people)):
        resident = resident_around(cells, cell, (first + look) % people)
        there = finds_in(state, numbers, resident, (seed, watch, cell))
        if there and resident != state.offenders.resident[offender]:
            ready = does(state.residents.protection[resident], SELF_DEFENCE)
            luck = uniform(seed, Decision.PASSED_OVER, offender, watch, look)
            if not (ready and luck < numbers.parameters.protection.self_defence_effect):
                return resident
    return resident_around(cells, cell, first)


@rule
def home_of_another(state: State, cell: int, offender: int, u: float) -> int:
    """Return one of those who live in the cell, the next where the draw falls on the offender; NOBODY if none does.

    offender  index of the resident who offends
    """
    cells = state.cells
    first = cells.living_start[cell]
    living = cells.living_start[cell + 1] - first
    if living == 0:
        return NOBODY
    place = pick(u, living)
    victim = int(first + place)
    if victim == offender:
        victim = int(first + (place + 1) % living)
    return NOBODY if victim == offender else victim


@kernel
def arrive(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Lattice walk only: offenders enter the city at random, the lowest free one first; writes positions."""
    p = numbers.parameters
    mean = p.setting.arrivals * p.setting.step_days
    if p.setting.movement == 0.0 or mean == 0.0:
        return
    free = 0
    for cell in range(len(state.cells.homes)):
        if state.cells.neighbourhood[cell] == NOBODY:
            continue
        for _ in range(poisson(uniform(seed, Decision.ARRIVE, cell, watch), mean)):
            while free < len(state.offenders.position) and state.offenders.position[free] != NOBODY:
                free += 1
            if free < len(state.offenders.position):
                state.offenders.position[free] = cell
