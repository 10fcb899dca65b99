"""What the runs found, in words: beside a prediction, in a text of the lesson, and in a table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_result import LessonResult
from coproduction.dashboard.lesson_schema import FIGURE, Predict
from coproduction.experiments.report import wording
from coproduction.simulation.outcomes import BY_NAME

if TYPE_CHECKING:
    from coproduction.experiments.report.effects import Effect

FALLS, SAME, RISES = CHANGES = ("falls", "same", "rises")
SAID = {FALLS: "it falls", SAME: "it stays about the same", RISES: "it rises"}
UNCLEAR, WIDER, NARROWER = "no clear difference", "wider", "narrower"
MARKS = {RISES: "▲", FALLS: "▼", SAME: "≈", "": "○"}
FINDINGS = {RISES: "rises", FALLS: "falls", SAME: "about the same", "": UNCLEAR}
LEGEND = "▲ rises, ▼ falls, ≈ about the same (interval in per cent of the level), ○ no clear difference."
SURENESS = {"guess": "a guess", "fairly": "fairly sure", "sure": "sure"}


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a visitor expects of one question, before the run.

    change  one of ``CHANGES``, where the answer is a change; else ""
    level   in the unit that is shown (shares in per cent), where the answer is a level; else None, since nan differs
            from itself and would have the page drawn for ever
    sure    a key of ``SURENESS``
    """

    change: str = ""
    level: float | None = None
    sure: str = "guess"


def is_share(outcome: str) -> bool:
    """Say whether an outcome is a share, which people read in per cent."""
    return BY_NAME[outcome].unit.startswith("share")


def shown_unit(outcome: str) -> str:
    """Return the unit of an outcome as people read it."""
    unit = BY_NAME[outcome].unit
    return "%" + unit.removeprefix("share") if is_share(outcome) else unit


def unit_of_change(outcome: str) -> str:
    """Return the unit of a difference as people read it: of shares, percentage points."""
    return "percentage points" if is_share(outcome) else BY_NAME[outcome].unit


def same_in_words(lesson: Lesson) -> str:
    """Return what counts as about the same in a lesson, as a sentence."""
    share, first = 100.0 * lesson.compare.same_within, lesson.scenarios[0].title
    return f'"About the same" means: less than {share:g} % away from what it is with {first}.'


def direction(effect: "Effect", lesson: Lesson) -> str:
    """Return what the runs say of a change, one of ``CHANGES``, or "" where they cannot tell.

    Whoever says "about the same" is right where the whole interval lies within the share of the first policy's level
    that the lesson declares, also where it leaves out zero.
    """
    furthest, band = max(abs(effect.low), abs(effect.high)), lesson.compare.same_within
    if effect.is_exact or furthest <= band * abs(effect.baseline_mean):
        return SAME
    if not effect.distinguishable:
        return ""
    return RISES if effect.difference > 0 else FALLS


def finding(effect: "Effect", lesson: Lesson) -> str:
    """Return what the runs say of a change in a word or two; of a gap, whether it is wider or narrower."""
    told = direction(effect, lesson)
    if effect.outcome.endswith("_gap") and told in {RISES, FALLS} and effect.baseline_mean * effect.mean > 0:
        return WIDER if abs(effect.mean) > abs(effect.baseline_mean) else NARROWER
    return FINDINGS[told]


def beside(asked: Predict, said: Prediction, result: LessonResult, lesson: Lesson) -> str:
    """Return a prediction beside what the runs found, as a sentence."""
    if asked.answer == "level":
        return _level_beside(asked, said, result, lesson.baseline)
    effect = result.effects[asked.policy, asked.outcome]
    return f"You said {SAID[said.change]} ({SURENESS[said.sure]}); {found(effect, result, lesson)}"


def found(effect: "Effect", result: LessonResult, lesson: Lesson) -> str:
    """Return what the runs say of a change: direction, in how many pairs, size with its 95 % interval."""
    pairs, told = result.pairs[effect.policy, effect.outcome], direction(effect, lesson)
    size = f"{effect.shown_difference}{' percentage points' if effect.is_share else ''}"
    span = f"{size} ({effect.shown_interval}){'' if effect.is_share else ' ' + readable(effect.unit)}"
    if effect.is_exact:
        return "it stays the same in every paired run."
    rises = effect.difference > 0
    n_alike = sum((pair > 0) == rises and pair != 0 for pair in pairs)
    often = f"{'rises' if rises else 'falls'} in {n_alike} of {len(pairs)} paired runs"
    if told == SAME:
        within = f"within the {100.0 * lesson.compare.same_within:g} % that count as the same"
        small = f" It {often}: a small change, and not luck." if effect.distinguishable else ""
        return f"it stays about the same: {span}, {within}.{small}"
    if not told:
        return f"the runs cannot tell: it {often}, {span}. No clear difference."
    word = finding(effect, lesson)
    gap = f" The gap is {word}." if word in {WIDER, NARROWER} else ""
    return f"it {often}: {span}.{gap}"


def readable(unit: str) -> str:
    """Return a unit as it stands behind a number."""
    return "on a scale from 0 to 1" if unit == "mean, 0 to 1" else unit


def level(policy: str, outcome: str, result: LessonResult, baseline: str) -> float:
    """Return the mean of an outcome under a policy, in the unit that is shown."""
    effects = [each for (of, name), each in result.effects.items() if name == outcome]
    mean = effects[0].baseline_mean if policy == baseline else result.effects[policy, outcome].mean
    return mean * (100.0 if is_share(outcome) else 1.0)


def _level_beside(asked: Predict, said: Prediction, result: LessonResult, baseline: str) -> str:
    given = math.nan if said.level is None else said.level
    value, unit = level(asked.policy, asked.outcome, result, baseline), shown_unit(asked.outcome)
    if not math.isfinite(value):
        return f"You said {wording.significant(given)} {unit}; in these runs there was nothing to measure."
    off = given - value
    than = "as it came" if abs(off) < 0.05 * abs(value) else ("too high" if off > 0 else "too low")
    return (
        f"You said {wording.significant(given)} ({SURENESS[said.sure]}); in the runs it is "
        f"{wording.significant(value)} {unit}: your number was {than}."
    )


def filled(text: str, lesson: Lesson, result: LessonResult) -> str:
    """Return a lesson's text with its figures filled in from the run."""

    def phrase(policy: str, outcome: str) -> str:
        if policy == lesson.baseline:
            value = level(policy, outcome, result, policy)
            label = wording.within_sentence(BY_NAME[outcome].label)
            return f"{label} {wording.significant(value)} {shown_unit(outcome)}"
        return short(result.effects[policy, outcome], lesson)

    return FIGURE.sub(lambda match: phrase(*match[1].split(".")), text)


def short(effect: "Effect", lesson: Lesson) -> str:
    """Return a change as a part of a sentence with its interval in brackets, never saying more than that allows."""
    label, told = wording.within_sentence(effect.label), direction(effect, lesson)
    if effect.is_exact:
        return f"{label} the same in every run"
    as_percent = effect.has_percentage and not effect.is_share
    unit = "" if as_percent else f" {unit_of_change(effect.outcome)}"
    if not told:
        return f"{label} not distinguishable [{effect.span}{unit}]"
    about = ", about the same" if told == SAME else ""
    if effect.is_share or as_percent:
        return f"{label} {effect.size} [{effect.span}]{about}"
    return f"{label} {effect.shown_difference} [{effect.shown_interval}]{unit}{about}"


def effects_table(lesson: Lesson, result: LessonResult) -> str:
    """Return the outcomes that the lesson shows as an HTML table: the first policy's level, each other's difference."""
    first, *others = lesson.scenarios
    headings = ("Outcome", f"{first.title}: level", *(each.title for each in others))
    return table_html(headings, effect_rows(lesson, result))


def effect_rows(
    lesson: Lesson, result: LessonResult, *, brief: bool = False
) -> list[tuple[tuple[str, str], tuple[str, ...]]]:
    """Return a row an outcome: label and unit, then the first policy's level and each other's difference.

    brief  what was found is said by its mark alone
    """
    others = lesson.scenarios[1:]
    rows = []
    for name in lesson.compare.outcomes:
        found_of = [result.effects[s.name, name] for s in others]
        one = found_of[0]
        there = wording.significant(one.baseline_mean * one.factor)
        cells = (_cell(each, lesson, brief=brief) for each in found_of)
        rows.append(((one.label, readable(one.shown_unit)), (there, *cells)))
    return rows


def table_html(headings: Sequence[str], rows: Sequence[tuple[tuple[str, str], Sequence[str]]]) -> str:
    """Return an HTML table whose cells know their heading, so that on a phone each row becomes a card.

    rows  the row's heading with its unit ("" for none), and its cells
    """
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in headings)
    lines = []
    for (label, unit), cells in rows:
        small = f'<span class="unit">{escape(unit)}</span>' if unit else ""
        row = "".join(
            f'<td data-label="{escape(head)}">{escape(cell)}</td>'
            for head, cell in zip(headings[1:], cells, strict=True)
        )
        lines.append(f'<tr><th scope="row">{escape(label)}{small}</th>{row}</tr>')
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _cell(effect: "Effect", lesson: Lesson, *, brief: bool) -> str:
    if effect.is_exact:
        return "= the same" if brief else "= the same in every run"
    told, word = direction(effect, lesson), finding(effect, lesson)
    if told == SAME and effect.can_be_drawn:
        low, high = (effect.as_percentage(end) for end in (effect.low, effect.high))
        span = f"{MARKS[SAME]} {wording.interval(low, high, 2 if high - low < 0.2 else 1, sign=True)} %"
    else:
        span = f"{MARKS[told]} {effect.shown_difference} ({effect.shown_interval})"
    return span if brief and word not in {WIDER, NARROWER} else f"{span} {word}"
