"""What a class has handed in, counted: predictions by answer, own runs as dots, free answers."""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from coproduction.dashboard.classroom_store import Answer
from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_result import LessonResult
from coproduction.dashboard.lesson_schema import Predict
from coproduction.dashboard.lesson_words import CHANGES, SAID, SURENESS, found, is_share, level, shown_unit
from coproduction.experiments.report import wording

WIDTH, HEIGHT, LEFT, RIGHT, FLOOR, DOT = 640, 170, 30, 30, 130, 6.0
"""In the picture's own units, as are all sizes here."""
MOST_DOTS = 300


@dataclass(frozen=True, slots=True)
class Counted:
    """One question of a lesson and what the class said to it.

    rows     an answer in words, how many gave it, and how sure they were
    runs     differences in visitors' own pairs, in the shown unit; of a level, the numbers that were said
    outcome  what the paired runs found, in a sentence; "" before they are run
    ends     lower end, mean and upper end of the paired runs' interval in the shown unit; thrice a level; None before
    """

    question: str
    rows: tuple[tuple[str, int, str], ...]
    runs: tuple[float, ...]
    outcome: str
    ends: tuple[float, float, float] | None


def counted(lesson: Lesson, answers: Sequence[Answer], result: LessonResult | None) -> tuple[Counted, ...]:
    """Return every question of a lesson with what the class said; answers of other lessons are passed over."""
    ours = [each for each in answers if each.lesson == lesson.name]
    return tuple(
        _one(lesson, number, asked, ours, result) for number, asked in enumerate(lesson.predict, start=1)
    )


def _one(
    lesson: Lesson, number: int, asked: Predict, answers: Sequence[Answer], result: LessonResult | None
) -> Counted:
    said = [each for each in answers if each.kind == "prediction" and each.item == number]
    factor = 100.0 if is_share(asked.outcome) else 1.0
    own = [each for each in answers if each.kind == "own_run" and each.item == number]
    numbers = map(_number, (each.value for each in (own if asked.answer == "change" else said)))
    finite = tuple(value for value in numbers if math.isfinite(value))
    rows = _changes(said) if asked.answer == "change" else _levels(said, shown_unit(asked.outcome))
    outcome, ends = "", None
    if result is not None and asked.answer == "level":
        value = level(asked.policy, asked.outcome, result, lesson.baseline)
        ends = value, value, value
        outcome = f"in the runs it is {wording.significant(value)} {shown_unit(asked.outcome)}."
    elif result is not None:
        effect = result.effects[asked.policy, asked.outcome]
        outcome = found(effect, result, lesson)
        ends = effect.low * factor, effect.difference * factor, effect.high * factor
    return Counted(asked.question, rows, finite, outcome, ends)


def _changes(said: Sequence[Answer]) -> tuple[tuple[str, int, str], ...]:
    rows = []
    for change in CHANGES:
        sure = Counter(each.sure for each in said if each.value == change)
        rows.append((SAID[change].removeprefix("it "), sum(sure.values()), _how_sure(sure)))
    return tuple(rows)


def _levels(said: Sequence[Answer], unit: str) -> tuple[tuple[str, int, str], ...]:
    """Return lowest, middle and highest number that was given."""
    values = sorted(value for value in (_number(each.value) for each in said) if math.isfinite(value))
    if not values:
        return (("no number yet", 0, ""),)
    middle = values[len(values) // 2] if len(values) % 2 else sum(values[len(values) // 2 - 1 :][:2]) / 2.0
    if values[0] == values[-1]:
        ends = "all"
    else:
        ends = f"from {wording.significant(values[0])} to {wording.significant(values[-1])}, middle"
    sure = _how_sure(Counter(each.sure for each in said))
    return ((f"{ends} {wording.significant(middle)} {unit}", len(values), sure),)


def _how_sure(sure: Counter[str]) -> str:
    return ", ".join(f"{sure[key]} {words}" for key, words in SURENESS.items() if sure[key])


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def counts_table(one: Counted) -> str:
    """Return the answers to a question as an HTML table, with a bar beside each count."""
    most = max([count for _, count, _ in one.rows] + [1])
    rows = "".join(
        f'<tr><th scope="row">{escape(words)}</th>'
        f'<td><span class="bar" style="width:{120 * count // most}px"></span> {count}</td><td>{escape(sure)}</td></tr>'
        for words, count, sure in one.rows
    )
    return (
        '<table><thead><tr><th scope="col">said</th><th scope="col">how many</th>'
        f'<th scope="col">how sure</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def dots(one: Counted, unit: str, what: str = "own runs") -> str:
    """Return the visitors' own runs, or their numbers, as dots, with the mean of all pairs and its interval, as SVG."""
    values = sorted(one.runs[:MOST_DOTS])
    ticks = _ticks([*values, 0.0, *(one.ends or ())])
    low, high = ticks[0], ticks[-1]

    def x(value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (value - low) / (high - low)

    drawn = "".join(
        f'<circle cx="{place:.1f}" cy="{FLOOR - DOT - 2 - 2 * DOT * rank:.1f}" r="{DOT - 1}" fill="#0072b2"/>'
        for place, rank in _stacked([x(value) for value in values])
    )
    told = f"{len(values)} {what}, {sum(value < 0 for value in values)} below zero, unit {unit}"
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(told)}">'
        f'<path d="M{LEFT} {FLOOR}H{WIDTH - RIGHT}" stroke="#595959"/>'
        f'<path d="M{x(0.0):.1f} 8V{FLOOR + 6}" stroke="#1b1b1b" stroke-dasharray="3 3"/>'
        f'{drawn}{_interval(one, x)}<g font-size="14" fill="#1b1b1b" text-anchor="middle">'
        + "".join(
            f'<text x="{x(tick):.1f}" y="{FLOOR + 32}">{wording.significant(tick)}</text>' for tick in ticks
        )
        + "</g></svg>"
    )


def _ticks(values: Sequence[float]) -> list[float]:
    """Return four to nine round numbers that span all values, zero among them where it is one of these."""
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    power = 10.0 ** math.floor(math.log10(span / 4.0))
    step = next(each * power for each in (1.0, 2.0, 5.0, 10.0) if span / (each * power) <= 6.0)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [step * n for n in range(first, max(last, first + 1) + 1)]


def _interval(one: Counted, x: Callable[[float], float]) -> str:
    if one.ends is None:
        return ""
    low, middle, high = (x(value) for value in one.ends)
    return (
        f'<path d="M{low:.1f} {FLOOR + 8}H{high:.1f}" stroke="#b0408a" stroke-width="4"/>'
        f'<path d="M{middle:.1f} {FLOOR + 2}V{FLOOR + 14}" stroke="#b0408a" stroke-width="3"/>'
    )


def _stacked(places: Sequence[float]) -> list[tuple[float, int]]:
    """Return each place with its rank in the pile of dots that would cover each other."""
    piles: Counter[int] = Counter()
    stacked = []
    for place in places:
        pile = round(place / (2 * DOT))
        stacked.append((pile * 2 * DOT, min(piles[pile], 8)))
        piles[pile] += 1
    return stacked
