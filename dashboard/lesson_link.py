"""A visitor's way through a lesson as a part of the address, and a lesson's way into Explore."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

from coproduction.dashboard.changes import read_change
from coproduction.dashboard.classroom_store import Answer
from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_schema import STEPS, Predict, Try
from coproduction.dashboard.lesson_words import CHANGES, SURENESS, Prediction
from coproduction.dashboard.link import Shown

LUCKS = 100_000
"""Seeds that visitors may have for luck of their own."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a visitor is in a lesson.

    lesson       its name, "" for the list of lessons
    step         one of ``STEPS``
    predictions  handed in, one a question, or none of them
    luck         the seed of the visitor's own run, 1 to ``LUCKS``; None before
    """

    lesson: str = ""
    step: str = STEPS[0]
    predictions: tuple[Prediction, ...] = field(default=())
    luck: int | None = None

    def query(self) -> str:
        """Return it as the part of an address behind the question mark."""
        pairs = [("lesson", self.lesson), ("step", self.step)] if self.lesson else []
        pairs += [(f"p{number}", _as_text(said)) for number, said in enumerate(self.predictions, start=1)]
        pairs += [("luck", str(self.luck))] if self.luck is not None else []
        return urlencode(pairs)


def read_way(query: str, lessons: Mapping[str, Lesson]) -> tuple[Way, list[str]]:
    """Return the way that a link describes, and a note on what it asks for and cannot have."""
    given = {key: values[0] for key, values in parse_qs(query).items()}
    name, step = given.get("lesson", ""), given.get("step", STEPS[0])
    if name not in lessons:
        return Way(), [f"There is no lesson {name[:60]!r} here; choose one."] if name else []
    notes = [] if step in STEPS else [f"A lesson has no step {step[:60]!r}; it begins with the first."]
    said = [
        _as_prediction(asked, given.get(f"p{i}", ""))
        for i, asked in enumerate(lessons[name].predict, start=1)
    ]
    whole = tuple(each for each in said if each is not None)
    predictions = whole if len(whole) == len(said) else ()
    reached = step if step in STEPS and (predictions or step in STEPS[:2]) else STEPS[0]
    if reached != step and not notes:
        notes = [f"The step {step!r} opens when the predictions are handed in."]
    luck = given.get("luck", "")
    known = luck.isascii() and luck.isdecimal() and len(luck) < 8 and 1 <= int(luck) <= LUCKS
    return Way(name, reached, predictions, int(luck) if known else None), notes


def predictions_of(lesson: Lesson, answers: Sequence[Answer]) -> tuple[Prediction, ...]:
    """Return the predictions among what a visitor has handed in; none of them where one is missing."""
    given = {each.item: f"{each.value},{each.sure}" for each in answers if each.kind == "prediction"}
    said = [_as_prediction(asked, given.get(item, "")) for item, asked in enumerate(lesson.predict, start=1)]
    whole = tuple(each for each in said if each is not None)
    return whole if len(whole) == len(said) else ()


def _as_text(said: Prediction) -> str:
    return f"{said.change or repr(said.level)},{said.sure}"


def _as_prediction(asked: Predict, text: str) -> Prediction | None:
    value, _, sure = text.partition(",")
    if sure not in SURENESS:
        return None
    if asked.answer == "change":
        return Prediction(change=value, sure=sure) if value in CHANGES else None
    try:
        level = float(value)
    except ValueError:
        return None
    within = asked.low is not None and asked.high is not None and asked.low <= level <= asked.high
    return Prediction(level=level, sure=sure) if math.isfinite(level) and within else None


def into_explore(lesson: Lesson, each: Try) -> str:
    """Return the address at which Explore shows what a lesson suggests to try."""
    names = [scenario.name for scenario in lesson.scenarios]
    shown = Shown(
        a=each.a or names[0],
        b=each.b or names[1],
        seed=lesson.run.seed,
        layer=each.layer or "crime",
        span="week",
        changes_a=tuple(map(read_change, each.changes_a)),
        changes_b=tuple(map(read_change, each.changes_b)),
    )
    return f"/?{shown.query()}"
