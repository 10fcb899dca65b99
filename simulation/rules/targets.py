"""Searches over the state that both engines make in one place: where to offend, who is there, who guards.

Each is a sum or a walk in a fixed order, so that the result is the same in every bit whoever asks.
"""

import numpy as np

from coproduction.simulation._compiled import rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.crimes import PEOPLE
from coproduction.simulation.parameters.levers import DESIGN
from coproduction.simulation.parameters.residents import Presence
from coproduction.simulation.parameters.safety import Guardianship
from coproduction.simulation.rules.attractiveness import weigh_cells
from coproduction.simulation.rules.calendar import DAY, NIGHT, watch_of_day
from coproduction.simulation.rules.guardianship import eyes_on_the_street, remaining_patrol
from coproduction.simulation.rules.presence import (
    AT_DAY_PLACE,
    AT_HOME,
    OLD,
    home_probability,
    staying_in_terms,
    whereabouts,
)
from coproduction.simulation.rules.protection import AVOIDANCE, does
from coproduction.simulation.state import (
    NOBODY,
    Cells,
    Floats,
    Neighbourhoods,
    Offenders,
    Rates,
    Residents,
    State,
    Ties,
)


@rule
def exposed_in(cells: Cells, exposure: int, watch: int) -> Floats:
    """Return who is exposed by cell, shape (C,): to ``HOMES`` who lives there, to ``PEOPLE`` who is expected there."""
    exposed: Floats = cells.present[watch_of_day(watch)] if exposure == PEOPLE else cells.homes
    return exposed


@rule
def choose_target(cells: Cells, rates: Rates, home: int, offence: tuple[int, int, int], u: float) -> int:
    """Return the cell that an offender goes to, or NOBODY when nothing is in reach.

    home     the offender's cell; targets are weighed by :func:`target_weight` and the pull of their distance from it,
             which is looked up: to compute it for each cell anew took half the time of a run
    offence  crime type, exposure, watch
    u        the draw, [0, 1)
    """
    crime, exposure, watch = offence
    rows, columns = int(rates.grid[0]), int(rates.grid[1])
    reach = len(rates.pull) - 1
    row, column = home // columns, home % columns
    top, bottom = max(row - reach, 0), min(row + reach + 1, rows)
    left, right = max(column - reach, 0), min(column + reach + 1, columns)
    weights, total, behind = np.empty((bottom - top, right - left)), 0.0, np.empty(bottom - top)
    exposed = exposed_in(cells, exposure, watch)
    for r in range(top, bottom):
        at = slice(r * columns + left, r * columns + right)
        weigh_cells(weights[r - top], exposed[at], cells.fixed[crime][at], cells.boost[crime][at])
    for r in range(top, bottom):
        for c in range(left, right):
            total += weights[r - top, c - left] * rates.pull[abs(r - row), abs(c - column)]
        behind[r - top] = total
    sought, first, below, chosen = u * total, 0, 0.0, NOBODY
    while behind[first] <= sought and behind[first] < total:  # up to the row with the drawn share of it
        below = behind[first]
        first += 1
    for r in range(top + first, bottom):
        for c in range(left, right):
            if weights[r - top, c - left] > 0.0:
                below += weights[r - top, c - left] * rates.pull[abs(r - row), abs(c - column)]
                chosen = r * columns + c
                if below > sought:
                    return chosen
    return chosen


@rule
def cell_guardianship(
    cells: Cells, neighbourhoods: Neighbourhoods, g: Guardianship, cell: int, watch: int
) -> float:
    """Return guardianship in a cell in this watch, at least 0: the sum of :func:`guardianship_terms`."""
    eyes, patrol, volunteers, design = guardianship_terms(cells, neighbourhoods, g, cell, watch)
    return eyes + patrol + volunteers + design


@rule
def guardianship_terms(
    cells: Cells, neighbourhoods: Neighbourhoods, g: Guardianship, cell: int, watch: int
) -> tuple[float, float, float, float]:
    """Return what guards a cell in this watch: residents' eyes, patrol still felt, volunteers, design.

    Capable guardians stand between offender and target (routine activity, Cohen and Felson 1979).
    """
    neighbourhood = cells.neighbourhood[cell]
    present = cells.present[watch_of_day(watch), cell]
    eyes = eyes_on_the_street(present, neighbourhoods.efficacy[neighbourhood], g.eyes)
    patrol = remaining_patrol(cells.patrol[cell], watch - cells.patrol_seen[cell], g.patrol_memory)
    design = neighbourhoods.levers[neighbourhood, DESIGN]
    return eyes, g.patrol * patrol, g.volunteer * volunteers_in(cells, cell, watch), float(design)


@rule
def volunteers_in(cells: Cells, cell: int, watch: int) -> int:
    """Return the visits by volunteers to a cell in this watch."""
    if cells.visits_seen[cell] == watch:
        return int(cells.visits[cell])
    return 0


@rule
def leave_patrol(cells: Cells, cell: int, watch: int, memory: float) -> None:
    """Add one patrol stop to what is still felt in a cell; stops of one watch add up in any order."""
    waited = watch - cells.patrol_seen[cell]
    if waited > 0:
        cells.patrol[cell] = remaining_patrol(cells.patrol[cell], waited, memory)
        cells.patrol_seen[cell] = watch
        cells.stops[cell] = 0
    cells.patrol[cell] += 1.0
    cells.stops[cell] += 1
    cells.patrolled[cell] += 1.0
    cells.total_stops[cell] += 1


@rule
def stops_in(cells: Cells, cell: int, watch: int) -> int:
    """Return the patrol stops made in a cell in this watch so far."""
    if cells.patrol_seen[cell] == watch:
        return int(cells.stops[cell])
    return 0


@rule
def leave_visit(cells: Cells, cell: int, watch: int) -> None:
    """Count one visit by a volunteer to a cell in this watch."""
    if cells.visits_seen[cell] != watch:
        cells.visits_seen[cell] = watch
        cells.visits[cell] = 0
    cells.visits[cell] += 1
    cells.total_visits[cell] += 1


@rule
def around(cells: Cells, cell: int) -> int:
    """Return how many residents live in a cell or have their day place there, persons."""
    living = cells.living_start[cell + 1] - cells.living_start[cell]
    return int(living + cells.coming_start[cell + 1] - cells.coming_start[cell])


@rule
def resident_around(cells: Cells, cell: int, index: int) -> int:
    """Return one of them: those who live there first, then those who come; index 0 to ``around`` - 1."""
    return who_is_at(cells, place_around(cells, cell, index))


@rule
def place_around(cells: Cells, cell: int, index: int) -> int:
    """Return the same without a look at the list of those who come: of these, -2 less the position in it."""
    living = cells.living_start[cell + 1] - cells.living_start[cell]
    at_home, coming = int(cells.living_start[cell] + index), int(cells.coming_start[cell] + index - living)
    return at_home if index < living else NOBODY - 1 - coming


@rule
def who_is_at(cells: Cells, place: int) -> int:
    """Return the resident at a place as :func:`place_around` gives it; NOBODY is nobody."""
    return place if place >= NOBODY else int(cells.coming[NOBODY - 1 - place])


@rule
def housemate(cells: Cells, home: int, resident: int) -> int:
    """Return the one other person of a resident's household who is hit there, always the same; NOBODY if alone.

    The next of those who live in the cell: households are not modelled, and repeats must find the same person.
    """
    first, last = int(cells.living_start[home]), int(cells.living_start[home + 1])
    if last - first < 2:
        return NOBODY
    return int(resident + 1) if first <= resident < last - 1 else first


@rule
def lives_in(cells: Cells, cell: int, resident: int) -> bool:
    """Say whether a resident lives in a cell, without a look at the resident, who may be far away in memory."""
    return bool(cells.living_start[cell] <= resident < cells.living_start[cell + 1])


@rule
def home_share(residents: Residents, presence: Presence, resident: int, time: int) -> float:
    """Return the probability that a resident is at home at a time of day (``NIGHT``, ``DAY``, ``EVENING``)."""
    if time == NIGHT:
        return presence.home_night
    if time == DAY:
        return presence.home_working if residents.works[resident] == 1 else presence.home_day
    avoids = does(residents.protection[resident], AVOIDANCE)
    old, woman = residents.age[resident] >= OLD, residents.sex[resident] == 1
    for_age, for_sex, for_fear = staying_in_terms(presence, old, woman, avoids)
    return home_probability(presence.home_evening, for_age + for_sex + for_fear)


@rule
def is_in(state: State, presence: Presence, resident: int, place: tuple[int, int], u: float) -> bool:
    """Say whether a resident is in a place (cell, watch), by the resident's own draw ``u`` for that watch."""
    cell, watch = place
    at_home = home_share(state.residents, presence, resident, watch_of_day(watch))
    where = whereabouts(u, at_home, presence.day_place)
    if where == AT_HOME:
        return lives_in(state.cells, cell, resident)
    return bool(where == AT_DAY_PLACE and state.residents.day_cell[resident] == cell)


@rule
def somebody_in(state: State, numbers: Numbers, u: float, at: tuple[int, int, int]) -> int:
    """Return whom of those around a cell the draw falls on, or NOBODY if not in; at is seed, watch, cell."""
    resident = one_around(state.cells, at[2], u)
    return resident if finds_in(state, numbers, resident, at) else NOBODY


@rule
def one_around(cells: Cells, cell: int, u: float) -> int:
    """Return whom of those around a cell the draw falls on, there or not."""
    return resident_around(cells, cell, pick(u, around(cells, cell)))


@rule
def finds_in(state: State, numbers: Numbers, resident: int, at: tuple[int, int, int]) -> bool:
    """Say whether a resident is in a cell in this watch; at is seed, watch, cell."""
    seed, watch, cell = at
    away = uniform(seed, Decision.AWAY, resident, watch)
    return is_in(state, numbers.parameters.presence, resident, (cell, watch), away)


@rule
def tie_of(ties: Ties, resident: int, place: int) -> int:
    """Return one of the residents tied to a resident, counted round and round from the first; there must be one."""
    first = ties.start[resident]
    return int(ties.partner[first + place % (ties.start[resident + 1] - first)])


@rule
def offender_of(offenders: Offenders, resident: int) -> int:
    """Return the row of a resident among offenders, who are in the order of their residents; NOBODY if not one."""
    low, high = 0, len(offenders.resident)
    while low < high:
        middle = (low + high) // 2
        if offenders.resident[middle] < resident:
            low = middle + 1
        else:
            high = middle
    if low < len(offenders.resident) and offenders.resident[low] == resident:
        return low
    return NOBODY


@rule
def cell_of(state: State, n: int, u: float) -> int:
    """Return the cell of a neighbourhood that the draw falls on, each being as likely."""
    places = state.neighbourhoods
    first = places.cell_start[n]
    return int(places.cell[first + pick(u, places.cell_start[n + 1] - first)])
