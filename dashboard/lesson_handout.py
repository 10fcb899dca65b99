"""A lesson's hand-out: one file that prints: a worksheet of one page, and the key with the computed numbers."""

from importlib import metadata
from typing import TYPE_CHECKING

from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_result import LessonResult
from coproduction.dashboard.lesson_schema import STEPS
from coproduction.dashboard.lesson_text import as_html
from coproduction.dashboard.lesson_words import (
    LEGEND,
    SURENESS,
    effect_rows,
    filled,
    found,
    level,
    same_in_words,
    shown_unit,
)
from coproduction.experiments.report import wording

if TYPE_CHECKING:
    from coproduction.dashboard.lesson_schema import Predict


MEANINGS = {
    "true_crime": "True crime: offences that happened, whether or not anybody was told.",
    "recorded_crime": "Recorded crime: offences that the police came to know of.",
    "clearance": "Cleared: a suspect was found.",
}
"""What a class must know of an outcome before it says what it expects."""


def handout(lesson: Lesson, result: LessonResult) -> str:
    """Return the hand-out as a whole HTML page, which needs nothing beside it; everything in it is escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    loader = PackageLoader("coproduction.dashboard", "")
    page = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    first, *others = lesson.scenarios

    def answer(asked: "Predict") -> str:
        if asked.answer == "level":
            value = level(asked.policy, asked.outcome, result, lesson.baseline)
            return f"{wording.significant(value)} {shown_unit(asked.outcome)}."
        return wording.sentence_start(found(result.effects[asked.policy, asked.outcome], result, lesson))

    return page.get_template("lesson_handout.html.j2").render(
        lesson=lesson,
        result=result,
        first=first.title,
        others=[each.title for each in others],
        policies="; ".join(each.title for each in lesson.scenarios),
        city=first.city.title,
        version=metadata.version("coproduction"),
        sureness=list(SURENESS),
        unit=shown_unit,
        answer=answer,
        meanings=[
            MEANINGS[name]
            for name in dict.fromkeys(each.outcome for each in lesson.predict)
            if name in MEANINGS
        ],
        same=same_in_words(lesson),
        plan=[(step.capitalize(), lesson.minutes_of(step)) for step in STEPS],
        answers=[wording.sentence_start(filled(each, lesson, result)) for each in lesson.explain.answers],
        fifths=[chart for chart in result.charts if chart.legend],
        rows=effect_rows(lesson, result, brief=True),
        legend=LEGEND,
        tries=[Markup(as_html(each.text)) for each in lesson.tries],  # noqa: S704 - escaped by as_html
        account=Markup(as_html(filled(lesson.explain.account, lesson, result))),  # noqa: S704 - escaped by as_html
    )
