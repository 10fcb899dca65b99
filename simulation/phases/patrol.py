"""Phase 2, patrol: where officers stop, and whom they question or speak with; a beat at a time.

All stops of a beat are made step by step, and not one after the other: then the draws of a step are drawn in rows, and
the processor waits for many places of its memory at once, and not for one after the other. The result is the same,
since stops of a watch do not see each other.
"""

from typing import NamedTuple

import numpy as np

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import draw_rows, pick, uniform
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import ENGAGEMENT, FIELD_STOPS
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.phases.conduct import bias_against
from coproduction.simulation.prefetch import prefetch
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.beats import (
    CAR,
    FOOT,
    SUB_STATION,
    beat_of,
    beat_span,
    first_beyond,
    guided,
    mode_of,
    station_span,
    whole_span,
)
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.conduct import stop_probability
from coproduction.simulation.rules.targets import (
    around,
    finds_in,
    is_in,
    leave_patrol,
    one_around,
    place_around,
    who_is_at,
)
from coproduction.simulation.state import CONTACTS, NOBODY, Flags, Floats, Ints, State


class Stops(NamedTuple):
    """Stops of a beat in a watch, as they are made; shape (n,), n the most of any beat.

    Cell and seen first hold where in the patrol plan a cell is looked for, and where in a cell a resident is.
    """

    officer: Ints  # who stops [post]
    number: Ints  # of the stop, within the officer's watch [position]
    cell: Ints  # where [cell]
    seen: Ints  # who is looked at, there or not, or NOBODY where nobody lives or comes to [resident]
    there: Flags  # 1 if that one is there [flag]
    nought: Ints  # zeros: draws that have no partner [number]
    luck: Floats  # draws of a step [share]
    other: Floats  # the same of a second decision [share]


@kernel
def make_stops(state: State, numbers: Numbers, seed: int, watch: int) -> None:
    """Make all patrol stops of a watch; writes contacts, patrol by cell."""
    levers, when = policing_at(state, numbers, watch), (seed, watch)
    room = room_for_stops(state)
    for beat in range(len(state.beats.knowledge)):
        stops = listed(state, room, beat)
        choose_cells(state, levers, when, stops)
        look_around(state, numbers, when, stops)
        question_some(state, numbers, levers, when, stops)
        speak_with_some(state, numbers, levers, when, stops)


@rule
def room_for_stops(state: State) -> Stops:
    """Return room for the stops of any beat."""
    beats, most = len(state.beats.knowledge), 0
    for beat in range(beats):
        n = 0
        for officer in range(beat, len(state.officers.stops), beats):
            n += state.officers.stops[officer]
        most = max(most, n)
    return Stops(
        np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.int32),
        np.empty(most, np.int8), np.zeros(most, np.int32), np.empty(most), np.empty(most),
    )  # fmt: skip


@rule
def listed(state: State, room: Stops, beat: int) -> Stops:
    """Return the stops that officers of a beat make in this watch, in the room that there is for them."""
    n = 0
    for officer in range(beat, len(state.officers.stops), len(state.beats.knowledge)):
        for number in range(state.officers.stops[officer]):
            room.officer[n] = officer
            room.number[n] = number
            n += 1
    return Stops(
        room.officer[:n], room.number[:n], room.cell[:n], room.seen[:n], room.there[:n], room.nought[:n],
        room.luck[:n], room.other[:n],
    )  # fmt: skip


@rule
def choose_cells(state: State, levers: Policing, when: tuple[int, int], stops: Stops) -> None:
    """Write the cells of stops; when is seed, watch. Each step asks memory for what the next one reads."""
    (seed, watch), beats = when, state.beats
    draw_rows(stops.luck, seed, Decision.ON_BEAT, (stops.officer, stops.number), watch)
    draw_rows(stops.other, seed, Decision.PATROL_CELL, (stops.officer, stops.number), watch)
    for i in range(len(stops.cell)):
        span = stop_span(state, levers, stops.officer[i], stops.luck[i])
        stops.luck[i], stops.cell[i] = guided(beats, span, stops.other[i])
        stops.seen[i] = span[1] - 1
        prefetch(beats.plan, stops.cell[i])
    for i in range(len(stops.cell)):
        place = first_beyond(beats, stops.luck[i], stops.cell[i], stops.seen[i])
        stops.cell[i] = beats.cell[place]
        for cell in range(stops.cell[i], stops.cell[i] + 2):  # where its residents end is in the next row
            prefetch(state.cells.living_start, cell)


@rule
def stop_span(state: State, levers: Policing, officer: int, on_beat: float) -> tuple[int, int]:
    """Return where in the patrol plan a stop is sought: in the own beat or anywhere, or at the sub-station.

    on_beat  the draw of whether it is in the own beat
    """
    mode = mode_of(officer, levers.foot, levers.sub_stations)
    beat = beat_of(officer, len(state.beats.knowledge))
    if mode == SUB_STATION:
        return station_span(state.beats, beat)
    if mode == FOOT or on_beat < levers.beat_integrity:
        return beat_span(state.beats, beat)
    return whole_span(state.beats)


@rule
def look_around(state: State, numbers: Numbers, when: tuple[int, int], stops: Stops) -> None:
    """Be seen in the cells of stops, and pick whom to look at in each; writes patrol by cell."""
    seed, watch = when
    cells, memory = state.cells, numbers.parameters.guardianship.patrol_memory
    draw_rows(stops.luck, seed, Decision.SOUGHT, (stops.officer, stops.number), watch)
    for i in range(len(stops.cell)):
        cell = stops.cell[i]
        leave_patrol(cells, cell, watch, memory)
        people = around(cells, cell)
        stops.seen[i] = place_around(cells, cell, pick(stops.luck[i], people)) if people > 0 else NOBODY
        prefetch(cells.coming, NOBODY - 1 - stops.seen[i])
    for i in range(len(stops.cell)):
        stops.seen[i] = who_is_at(cells, stops.seen[i])
        prefetch(state.residents.day_cell, stops.seen[i])


@rule
def question_some(
    state: State, numbers: Numbers, levers: Policing, when: tuple[int, int], stops: Stops
) -> None:
    """Let officers stop and question those whom they look at, or not; writes contacts."""
    seed, watch = when
    officers = state.officers
    draw_rows(stops.luck, seed, Decision.QUESTIONED, (stops.officer, stops.number), watch)
    draw_rows(stops.other, seed, Decision.AWAY, (stops.seen, stops.nought), watch)
    for i in range(len(stops.cell)):
        at = stops.cell[i], watch
        if stops.seen[i] != NOBODY:
            stops.there[i] = is_in(state, numbers.parameters.presence, stops.seen[i], at, stops.other[i])
    for i in range(len(stops.cell)):
        officer, number, met = stops.officer[i], stops.number[i], NOBODY
        if stops.seen[i] != NOBODY:
            who = officer, stops.cell[i], stops.seen[i]
            if stops.there[i] == 1 and stops.luck[i] < question_probability(
                state, numbers, levers, seed, who
            ):
                met = stops.seen[i]
            officers.questioned[officer, number] = 1 if met != NOBODY else 0
        officers.contact[officer, number] = met


@rule
def question_probability(
    state: State, numbers: Numbers, levers: Policing, seed: int, who: tuple[int, int, int]
) -> float:
    """Return the probability that an officer stops and questions a resident; who is officer, cell, resident."""
    officer, cell, resident = who
    place = state.cells.neighbourhood[cell]
    wanted = levers.field_stops + state.neighbourhoods.levers[place, FIELD_STOPS]
    return stop_probability(wanted, bias_against(state, numbers, seed, (officer, resident), place))


@rule
def speak_with_some(
    state: State, numbers: Numbers, levers: Policing, when: tuple[int, int], stops: Stops
) -> None:
    """Let officers who question nobody speak with somebody who is there, or not; writes contacts."""
    seed, watch = when
    draw_rows(stops.luck, seed, Decision.ENGAGES, (stops.officer, stops.number), watch)
    for i in range(len(stops.cell)):
        stop = stops.officer[i], stops.number[i], stops.cell[i]
        wants_to = stops.luck[i] < engagement_of(state, numbers, levers, stop[0], stop[2])
        stops.seen[i] = one_to_speak_with(state, when, stop, stops.seen[i]) if wants_to else NOBODY
        prefetch(state.residents.day_cell, stops.seen[i])
    for i in range(len(stops.cell)):
        if stops.seen[i] != NOBODY and finds_in(state, numbers, stops.seen[i], (seed, watch, stops.cell[i])):
            state.officers.contact[stops.officer[i], stops.number[i]] = stops.seen[i]
            state.books.weekly[watch // WATCHES_PER_WEEK, CONTACTS] += 1


@rule
def one_to_speak_with(state: State, when: tuple[int, int], stop: tuple[int, int, int], seen: int) -> int:
    """Return whom an officer seeks to speak with, or NOBODY where one was questioned, or nobody lives or comes to.

    when  seed, watch
    stop  officer, number of the stop, cell
    seen  who was looked at
    """
    (seed, watch), (officer, number, cell) = when, stop
    if seen == NOBODY or state.officers.contact[officer, number] != NOBODY:
        return NOBODY
    return one_around(state.cells, cell, uniform(seed, Decision.ENGAGED, officer, watch, number))


@rule
def engagement_of(state: State, numbers: Numbers, levers: Policing, officer: int, cell: int) -> float:
    """Return the probability that an officer at a stop seeks to speak with a resident."""
    beats = numbers.parameters.beats
    wanted = levers.engagement + state.neighbourhoods.levers[state.cells.neighbourhood[cell], ENGAGEMENT]
    mode = mode_of(officer, levers.foot, levers.sub_stations)
    if mode != CAR:
        wanted += beats.foot_engagement if mode == FOOT else beats.desk_engagement
    return float(wanted)
