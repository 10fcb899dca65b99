"""A visitor's way through a lesson as a part of the address, and a lesson's way into Explore."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
    """Where a visitor is. What they said is not in the address: a link that is passed on carries nobody's answers.

    lesson  its name, "" for the list of lessons
    step    one of ``STEPS``
    """

    lesson: str = ""
    step: str = STEPS[0]

    def query(self) -> str:
        """Return it as the part of an address behind the question mark."""
        return urlencode([("lesson", self.lesson), ("step", self.step)] if self.lesson else [])


def read_way(query: str, lessons: Mapping[str, Lesson]) -> tuple[Way, list[str]]:
    """Return the way that a link describes, and a note on what it asks for and cannot have."""
    given = {key: values[0] for key, values in parse_qs(query).items()}
    name, step = given.get("lesson", ""), given.get("step", STEPS[0])
    if name not in lessons:
        return Way(), [f"There is no lesson {name[:60]!r} here; choose one."] if name else []
    if step not in STEPS:
        return Way(name), [f"A lesson has no step {step[:60]!r}; it begins with the first."]
    return Way(name, step), []


def predictions_of(lesson: Lesson, answers: Sequence[Answer]) -> tuple[Prediction, ...]:
    """Return the predictions among what a visitor has handed in; none of them where one is missing."""
    given = {each.item: f"{each.value},{each.sure}" for each in answers if each.kind == "prediction"}
    return predictions_from(lesson, [given.get(item) for item in range(1, len(lesson.predict) + 1)])


def predictions_from(lesson: Lesson, texts: object) -> tuple[Prediction, ...]:
    """Return predictions written as by :func:`as_text`; none of them where one is not what is asked for."""
    if not isinstance(texts, list) or len(texts) != len(lesson.predict):
        return ()
    said = [_as_prediction(asked, str(text)) for asked, text in zip(lesson.predict, texts, strict=True)]
    whole = tuple(each for each in said if each is not None)
    return whole if len(whole) == len(said) else ()


def as_text(said: Prediction) -> str:
    """Return a prediction as the text by which it is kept."""
    return f"{said.change or repr(said.level)},{said.sure}"


def as_luck(given: object) -> int | None:
    """Return the seed of a visitor's own pair as a browser tells it; None where it is none."""
    text = str(given)
    known = text.isascii() and text.isdecimal() and len(text) < 8 and 1 <= int(text) <= LUCKS
    return int(text) if known else None


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
