"""A lesson, step by step: read, predict, run, compare, explain, try. The run is closed until a prediction is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import solara
import solara.lab

from coproduction.dashboard.classroom_store import Answer, ClassroomError, Kind
from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_link import Way, predictions_of
from coproduction.dashboard.lesson_result import LessonResult
from coproduction.dashboard.lesson_schema import STEPS
from coproduction.dashboard.lesson_service import lesson_service
from coproduction.dashboard.native_controls import Address
from coproduction.dashboard.page_lesson_after import CompareStep, ExplainStep, TryStep
from coproduction.dashboard.page_lesson_before import PredictStep, ReadStep, RunStep
from coproduction.dashboard.page_parts import html
from coproduction.experiments.report import wording
from coproduction.simulation.errors import CoproductionError

LATER = STEPS[3:]
"""Steps that need the result."""


class _Left(Exception):  # noqa: N818 - no error: the visitor has gone or asked to stop
    """The visitor does not wait for the runs any more."""


@dataclass(frozen=True)
class Standing:
    """A visitor's lesson.

    way       where the visitor is, with the predictions
    result    of the paired runs, None before
    progress  runs done and to do, while they are waited for
    hand_in   gives something to the class, if there is one; says what was refused
    written   free answers that were handed in before, by number of the question
    """

    lesson: Lesson
    way: solara.Reactive[Way]
    result: solara.Reactive[LessonResult | None]
    progress: solara.Reactive[tuple[int, int] | None]
    complaint: solara.Reactive[str]
    hand_in: Callable[[Kind, int, tuple[str, str]], None]
    written: Mapping[int, str]

    def go(self, step: str) -> None:
        """Go to another step."""
        self.way.set(replace(self.way.peek(), step=step))

    def is_open(self, step: str) -> bool:
        """Say whether a step can be gone to: the run after the predictions, what comes after it with its result."""
        if step in LATER:
            return self.result.value is not None
        return step in STEPS[:2] or bool(self.way.value.predictions)


@solara.component
def LessonSteps(lesson: Lesson, first: Way, session: str) -> None:
    """A lesson as its visitor meets it."""
    here = _use_standing(lesson, first, session)
    asked = solara.use_reactive(1 if first.step in LATER and here.result.value is None else 0)
    solara.lab.use_task(lambda: _wait(here, asked), dependencies=[asked.value], prefer_threaded=True)
    solara.use_effect(lambda: lambda: asked.set(0), [])
    step = here.way.value.step
    Address.element(query=here.way.value.query())
    StepList(here, "run" if step in LATER and here.result.value is None else step)
    with solara.v.Html(tag="div", attributes={"role": "status"}):
        if here.complaint.value:
            html("div", wording.sentence_start(here.complaint.value), "note")
    with solara.v.Html(tag="section", class_="lesson-step"):
        _step(here, step, asked)


def _use_standing(lesson: Lesson, first: Way, session: str) -> Standing:
    earlier = solara.use_memo(lambda: _handed_in(lesson, session), [])
    # What the class has of a visitor counts, whatever the link says: a prediction is not changed afterwards.
    first = replace(first, predictions=predictions_of(lesson, earlier) or first.predictions)
    known = lesson_service().runs.known(lesson) if first.predictions else None
    way, complaint = solara.use_reactive(first), solara.use_reactive("")
    result: solara.Reactive[LessonResult | None] = solara.use_reactive(known)
    progress: solara.Reactive[tuple[int, int] | None] = solara.use_reactive(None)

    def hand_in(kind: Kind, item: int, said: tuple[str, str]) -> None:
        room = lesson_service().classroom
        if room is None or not room.is_in(session):
            return
        try:
            room.hand_in(session, lesson.name, kind, item, said)
        except ClassroomError as error:
            complaint.set(str(error).removeprefix("class: "))

    written = {each.item: each.value for each in earlier if each.kind == "answer"}
    return Standing(lesson, way, result, progress, complaint, hand_in, written)


def _handed_in(lesson: Lesson, session: str) -> list[Answer]:
    room = lesson_service().classroom
    return [] if room is None else room.handed_in(session, lesson.name)


def _step(here: Standing, step: str, asked: solara.Reactive[int]) -> None:
    """Put the step on the page; in place of one that needs the result, the run."""
    result = here.result.value

    def run() -> None:
        here.complaint.set("")
        asked.set(asked.peek() + 1)

    def stop() -> None:
        asked.set(0)
        here.progress.set(None)

    if step == "read":
        ReadStep(here)
    elif step == "predict":
        PredictStep(here)
    elif step == "run" or result is None:
        RunStep(here, run, stop)
    elif step == "compare":
        CompareStep(here, result)
    elif step == "explain":
        ExplainStep(here, result)
    else:
        TryStep(here)


def _wait(here: Standing, asked: solara.Reactive[int]) -> None:
    """Wait for the paired runs, off the page's own thread; left when the visitor stops or goes."""
    number = asked.peek()
    if number == 0 or here.result.peek() is not None:
        return

    def told(done: int, of: int) -> None:
        if asked.peek() != number:
            raise _Left
        if here.progress.peek() != (done, of):
            here.progress.set((done, of))

    here.progress.set((0, 1))
    try:
        found = lesson_service().runs.result(here.lesson, told)
    except _Left:
        return
    except CoproductionError as error:
        here.complaint.set(str(error))
    else:
        here.result.set(found)
    here.progress.set(None)


@solara.component
def StepList(here: Standing, now: str) -> None:
    """The six steps, with their minutes; those that are not open yet say so."""
    with solara.v.Html(tag="ol", class_="steps", attributes={"aria-label": "Steps of the lesson"}):
        for number, step in enumerate(STEPS, start=1):
            marks = {"aria-current": "step"} if step == now else {}
            with solara.v.Html(tag="li", attributes=marks):
                solara.Button(
                    f"{number} {step.capitalize()}",
                    on_click=lambda step=step: here.go(step),
                    disabled=not here.is_open(step),
                    text=True,
                    classes=["step"],
                )
