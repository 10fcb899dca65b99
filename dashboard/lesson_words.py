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
LEGEND = (
    "▲ better, ▼ worse, ◆ higher or lower, where neither is better, ○ no clear difference, ≈ about equal."
)
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


def direction(effect: "Effect") -> str:
    """Return what the runs say of a change, one of ``CHANGES``, or "" where they cannot tell it from chance."""
    if not effect.is_told:
        return SAME if effect.shown_finding in {"about equal", "identical"} else ""
    return RISES if effect.difference > 0 else FALLS


def beside(asked: Predict, said: Prediction, result: LessonResult, baseline: str) -> str:
    """Return a prediction beside what the runs found, as a sentence."""
    if asked.answer == "level":
        return _level_beside(asked, said, result, baseline)
    effect = result.effects[asked.policy, asked.outcome]
    return f"You said {SAID[said.change]} ({SURENESS[said.sure]}); {found(effect, result)}"


def found(effect: "Effect", result: LessonResult) -> str:
    """Return what the runs say of a change: direction, in how many pairs, size with its 95 % interval."""
    pairs = result.pairs[effect.policy, effect.outcome]
    size = f"{effect.shown_difference}{' percentage points' if effect.is_share else ''}"
    span = f"{size} ({effect.shown_interval}){'' if effect.is_share else ' ' + effect.unit}"
    if effect.is_exact:
        return "it stays the same in every paired run."
    if effect.shown_finding == "about equal":
        return f"it stays about the same: {span}."
    if not effect.distinguishable:
        ups = sum(pair > 0 for pair in pairs)
        return f"the runs cannot tell: it rises in {ups} of {len(pairs)} paired runs, {span}. No clear difference."
    rises = effect.difference > 0
    often = sum((pair > 0) == rises and pair != 0 for pair in pairs)
    return f"it {'rises' if rises else 'falls'} in {often} of {len(pairs)} paired runs: {span}."


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
        return short(result.effects[policy, outcome])

    return FIGURE.sub(lambda match: phrase(*match[1].split(".")), text)


def short(effect: "Effect") -> str:
    """Return a change as a part of a sentence with its interval in brackets, never saying more than that allows."""
    label = wording.within_sentence(effect.label)
    if effect.is_exact:
        return f"{label} the same in every run"
    if not effect.is_told:
        return f"{label} {effect.shown_finding} [{effect.span}]"
    if effect.is_share or effect.has_percentage:
        return f"{label} {effect.size} [{effect.span}]"
    return f"{label} {effect.shown_difference} [{effect.shown_interval}] {effect.unit}"


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
        finest = max(found_of, key=lambda each: each.decimals)
        level_of_first = finest.shown_level(finest.baseline_mean)
        rows.append(
            (
                (finest.label, finest.shown_unit),
                (level_of_first, *(_cell(each, brief=brief) for each in found_of)),
            )
        )
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


def _cell(effect: "Effect", *, brief: bool) -> str:
    if effect.is_exact:
        return "= the same" if brief else "= the same in every run"
    span = f"{effect.mark} {effect.shown_difference} ({effect.shown_interval})"
    return span if brief else f"{span} {effect.shown_finding}"
