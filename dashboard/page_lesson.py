"""A lesson, step by step: read, predict, run, compare, explain, try. The run is closed until a prediction is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import solara
import solara.lab

from coproduction.dashboard.classroom_store import Answer, ClassroomError, Kind
from coproduction.dashboard.lesson_controls import Notebook
from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_link import Way, predictions_from, predictions_of
from coproduction.dashboard.lesson_result import LessonResult
from coproduction.dashboard.lesson_schema import STEPS
from coproduction.dashboard.lesson_service import lesson_service
from coproduction.dashboard.lesson_words import Prediction
from coproduction.dashboard.page_lesson_after import CompareStep, ExplainStep, TryStep
from coproduction.dashboard.page_lesson_before import PredictStep, ReadStep, RunStep
from coproduction.dashboard.page_parts import html
from coproduction.experiments.report import wording
from coproduction.simulation.errors import CoproductionError

LATER = STEPS[3:]
"""Steps that need the result."""


class _Left(Exception):  # noqa: N818 - no error: the visitor has gone or asked to stop
    """The visitor does not wait for the runs any more."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose lesson it is: the session, under which name the tab keeps drafts, whether all pairs are held back."""

    session: str
    shelf: str
    held: bool


@dataclass(frozen=True)
class Standing:
    """A visitor's lesson.

    step         where the visitor is
    shelf        under which the visitor's tab keeps drafts
    predictions  handed in: of a class what the class keeps, alone what the visitor's tab keeps
    memory       of the visitor's tab
    known        result of the paired runs, None before
    held         the teacher has not started the pairs yet
    progress     runs done and to do, while they are waited for
    hand_in      gives something to the class, if there is one; says what was refused
    written      free answers that were handed in before, by number of the question
    """

    lesson: Lesson
    step: str
    shelf: str
    predictions: solara.Reactive[tuple[Prediction, ...]]
    memory: solara.Reactive[dict[str, object]]
    known: solara.Reactive[LessonResult | None]
    held: bool
    progress: solara.Reactive[tuple[int, int] | None]
    complaint: solara.Reactive[str]
    hand_in: Callable[[Kind, int, tuple[str, str]], None]
    written: Mapping[int, str]
    push: Callable[[str], None]

    def go(self, step: str) -> None:
        """Go to another step, as an entry of the browser's history."""
        self.push(f"/lessons?{Way(self.lesson.name, step).query()}")

    def remember(self, **what: object) -> None:
        """Have the visitor's tab keep something."""
        self.memory.set({**self.memory.peek(), **what})

    @property
    def result(self) -> LessonResult | None:
        """What the paired runs found; None before, and while the teacher holds them back."""
        return None if self.held else self.known.value

    def is_open(self, step: str) -> bool:
        """Say whether a step can be gone to: the run after the predictions, what comes after it with its result."""
        if step in STEPS[:2]:
            return True
        return bool(self.predictions.value) and (step not in LATER or self.result is not None)

    @property
    def place(self) -> str:
        """The step that is shown: the first where there are no predictions, the run where there is no result."""
        if self.is_open(self.step):
            return self.step
        return "run" if self.predictions.value else STEPS[0]


@solara.component
def LessonSteps(lesson: Lesson, step: str, whose: Whose) -> None:
    """A lesson as its visitor meets it, once the visitor's tab has told what it remembers."""
    memory: solara.Reactive[dict[str, object]] = solara.use_reactive({})
    Notebook.element(
        shelf=whose.shelf, lesson=lesson.name, memory=memory.value, on_memory=memory.set, step=step
    )
    if memory.value.get("read"):
        Steps(lesson, step, whose, memory)
    else:
        html("p", "Reading what this tab remembers …", "quiet")


@solara.component
def Steps(lesson: Lesson, step: str, whose: Whose, memory: solara.Reactive[dict[str, object]]) -> None:
    """The list of steps, and the step that the visitor has come to."""
    here = _use_standing(lesson, step, whose, memory)
    expected = here.known.value is None and (step in LATER or lesson_service().runs.is_under_way(lesson))
    may = bool(here.predictions.value) and not here.held
    asked = solara.use_reactive(1 if expected and may else 0)
    solara.lab.use_task(lambda: _wait(here, asked), dependencies=[asked.value], prefer_threaded=True)
    solara.use_effect(lambda: lambda: asked.set(0), [])
    started_without = solara.use_ref(here.held)

    def follow_the_teacher() -> None:
        if started_without.current and not here.held and here.predictions.peek():
            asked.set(asked.peek() + 1)
        started_without.current = here.held

    solara.use_effect(follow_the_teacher, [here.held])
    StepList(here, here.place)
    with solara.v.Html(tag="div", attributes={"role": "status"}):
        if here.complaint.value:
            html("div", wording.sentence_start(here.complaint.value), "note")
        if here.place != step and not here.predictions.value:
            html("div", f"The step {step!r} opens when the predictions are handed in.", "note")
    with solara.v.Html(tag="section", class_="lesson-step"):
        _step(here, here.place, asked)


def _use_standing(
    lesson: Lesson, step: str, whose: Whose, memory: solara.Reactive[dict[str, object]]
) -> Standing:
    session = whose.session
    room = lesson_service().classroom
    earlier = solara.use_memo(lambda: room.handed_in(session, lesson.name) if room else [], [])
    gathered = room is not None and room.is_in(session)
    # A class believes nobody's browser: only what was handed in to it counts.
    first = solara.use_memo(
        lambda: (
            predictions_of(lesson, earlier)
            if gathered
            else predictions_from(lesson, memory.peek().get("said"))
        ),
        [],
    )
    complaint = solara.use_reactive("")

    def hand_in(kind: Kind, item: int, said: tuple[str, str]) -> None:
        if room is None or not room.is_in(session):
            return
        try:
            room.hand_in(session, lesson.name, kind, item, said)
        except ClassroomError as error:
            complaint.set(str(error).removeprefix("class: "))

    progress: solara.Reactive[tuple[int, int] | None] = solara.use_reactive(None)
    return Standing(
        lesson, step, f"{whose.shelf}{lesson.name} ", solara.use_reactive(first), memory,
        solara.use_reactive(lesson_service().runs.known(lesson)),
        whose.held,
        progress, complaint, hand_in,
        _written(earlier),
        solara.use_router().push,
    )  # fmt: skip


def _written(earlier: list[Answer]) -> dict[int, str]:
    """Return the latest free answers: of two, the one that was given after the model's account."""
    return {
        each.item: each.value for kind in ("answer", "answer_after") for each in earlier if each.kind == kind
    }


def _step(here: Standing, step: str, asked: solara.Reactive[int]) -> None:
    """Put the step on the page; in place of one that needs the result, the run."""
    result = here.result

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
    if number == 0 or here.known.peek() is not None:
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
        here.known.set(found)
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
