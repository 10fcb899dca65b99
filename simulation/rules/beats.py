"""Beats: which officer has which, how officers work there, and what they come to know of it."""

import math

from coproduction.simulation._compiled import rule
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_YEAR
from coproduction.simulation.state import Beats

CAR, FOOT, SUB_STATION = range(3)
MODES = ("in a car", "on foot", "in a sub-station")
MONTHS_PER_YEAR = WATCHES_PER_YEAR / WATCHES_PER_MONTH
WEEKS_PER_MONTH = 4.0
_GOLDEN = 0.6180339887498949


@rule
def beat_of(officer: int, beats: int) -> int:
    """Return the beat of an officer's post: posts go round the beats."""
    return officer % beats


@rule
def mode_of(officer: int, foot: float, sub_stations: float) -> int:
    """Return how an officer works, ``CAR``, ``FOOT`` or ``SUB_STATION``, by the shares of posts on foot and at desks.

    Multiples of the golden ratio spread each kind evenly over the posts, whatever the shares.
    """
    place = ((officer + 1) * _GOLDEN) % 1.0
    if place < foot:
        return FOOT
    return SUB_STATION if place < foot + sub_stations else CAR


@rule
def leaving_beat_probability(turnover: float) -> float:
    """Return the probability that an officer leaves the beat within four weeks, of a yearly hazard."""
    return 1.0 - math.exp(-turnover / MONTHS_PER_YEAR)


@rule
def learning_pace(mode: int, beat_integrity: float, foot_learning: float) -> float:
    """Return how fast an officer comes to know the beat, 1 for somebody who is always there.

    beat_integrity  share of stops that one in a car makes in the own beat
    foot_learning   pace of one on foot
    """
    if mode == CAR:
        return beat_integrity
    return foot_learning if mode == FOOT else 1.0


@rule
def knowledge_after_month(knowledge: float, weeks_to_know: float, pace: float) -> float:
    """Return local knowledge, 0 to 1, after four more weeks; pace as :func:`learning_pace` gives it."""
    return 1.0 - (1.0 - knowledge) * math.exp(-pace * WEEKS_PER_MONTH / weeks_to_know)


@rule
def knowledge_at_start(u: float, turnover: float, weeks_to_know: float, pace: float) -> float:
    """Return local knowledge of an officer found on the beat, after an exponential time there of the yearly hazard.

    Its mean is 1 / (1 + turnover * years to know / pace).
    """
    if turnover <= 0.0:
        return 1.0
    weeks = -math.log1p(-u) / turnover * MONTHS_PER_YEAR * WEEKS_PER_MONTH
    return 1.0 - math.exp(-pace * weeks / weeks_to_know)


@rule
def station_span(beats: Beats, beat: int) -> tuple[int, int]:
    """Return the span of the list that holds a beat's sub-station alone: the middle of the beat."""
    middle = (int(beats.cell_start[beat]) + int(beats.cell_start[beat + 1])) // 2
    return middle, middle + 1


@rule
def beat_span(beats: Beats, beat: int) -> tuple[int, int]:
    """Return the span of the list that holds a beat: its first place, and the one after its last."""
    return int(beats.cell_start[beat]), int(beats.cell_start[beat + 1])


@rule
def whole_span(beats: Beats) -> tuple[int, int]:
    """Return the span of the list that holds all cells of the city."""
    return 0, len(beats.plan)


@rule
def planned_cell(beats: Beats, span: tuple[int, int], u: float) -> int:
    """Return the cell that a patrol stop falls on by the plan, within a span of the list.

    The first whose cumulative share exceeds the draw.
    """
    sought, place = guided(beats, span, u)
    return int(beats.cell[first_beyond(beats, sought, place, span[1] - 1)])


@rule
def guided(beats: Beats, span: tuple[int, int], u: float) -> tuple[float, int]:
    """Return the cumulative share that a draw seeks in a span, and the place from which on to look for it.

    Looked for from where the guide points: to halve the list again and again waits for memory each time.
    """
    low, high = span[0], span[1] - 1
    before = beats.plan[low - 1] if low > 0 else 0.0
    sought = before + u * (beats.plan[high] - before)
    n = len(beats.plan)
    share = min(max(int(sought * n) - 1, 0), n - 1)  # one below, so that rounding cannot lead beyond
    return sought, min(max(int(beats.guide[share]), low), high)


@rule
def first_beyond(beats: Beats, sought: float, place: int, high: int) -> int:
    """Return the first place from a place on whose cumulative share exceeds what is sought; at most high."""
    while place < high and beats.plan[place] <= sought:
        place += 1
    return place


@rule
def renew_guide(beats: Beats) -> None:
    """Write for each of as many shares as there are cells the first place whose cumulative share exceeds it."""
    place, n = 0, len(beats.plan)
    for share in range(n):
        while place < n - 1 and beats.plan[place] <= share / n:
            place += 1
        beats.guide[share] = place
