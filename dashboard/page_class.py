"""The teacher's page of a class: code, counts as they come in, the table to take away, the button that wipes."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import solara
import solara.lab

from coproduction.dashboard.classroom import Classroom
from coproduction.dashboard.classroom_counts import Counted, counted, counts_table, dots
from coproduction.dashboard.classroom_store import Answer
from coproduction.dashboard.classroom_table import class_table
from coproduction.dashboard.lesson_controls import Notebook
from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_handout import handout
from coproduction.dashboard.lesson_service import lesson_service
from coproduction.dashboard.lesson_words import shown_unit, unit_of_change
from coproduction.dashboard.native_controls import Address
from coproduction.dashboard.page_door import Door
from coproduction.dashboard.page_parts import folded, html
from coproduction.experiments.report import wording
from coproduction.simulation.errors import CoproductionError

STYLE = (Path(__file__).parent / "page_lessons.css").read_text(encoding="utf-8")
BEAT = 2.0
"""Seconds between two looks at what has come in."""


@solara.component
def Page() -> None:
    """The whole page: how to open a class, the teacher's door, or what the class has handed in."""
    room, session = lesson_service().classroom, solara.get_session_id()
    inside = solara.use_reactive(room is not None and room.is_teacher(session))
    solara.Style(STYLE)
    solara.Title("Coproduce: class")
    html("h1", "Class")
    if room is None:
        Address.element(query="")
        html("p", "There is no class. To open one, start the dashboard with:")
        html("pre", "coproduce dashboard --host 0.0.0.0 --class", "reproduce")
    elif not inside.value:
        Address.element(query="")
        TeachersDoor(room, session, lambda: inside.set(True))
    else:
        Overview(room)


@solara.component
def TeachersDoor(room: Classroom, session: str, come_in: Callable[[], None]) -> None:
    """Where the teacher's word is given."""

    def try_word(word: str) -> None:
        room.open_as_teacher(session, word)
        come_in()

    html("p", "The terminal in which the dashboard was started shows the teacher's word.")
    Door("Teacher's word", "Open", try_word, secret=True)


@solara.component
def Overview(room: Classroom) -> None:
    """What the class has handed in, renewed every few seconds when there is something new."""

    def news() -> tuple[int, ...]:
        return room.store.changes, room.n_visitors, room.changes, lesson_service().runs.changes

    seen = solara.use_reactive((0, 0, 0, 0))

    async def follow() -> None:
        while True:
            await asyncio.sleep(BEAT)
            seen.set(news())

    solara.lab.use_task(follow, dependencies=[])
    _ = seen.value
    answers = room.store.answers()
    html("p", "Students open this address and give the code of this class:" if room.address
              else "Students open the page Lessons and give the code of this class:")  # fmt: skip
    if room.address:
        html("p", room.address, "class-address")
    html("p", room.code, "class-code")
    came = room.n_visitors
    html(
        "p",
        f"{came} {'student has' if came == 1 else 'students have'} come in; {len(answers)} answers are kept.",
    )
    for lesson in lesson_service().lessons.values():
        if any(each.lesson == lesson.name for each in answers):
            has_run = lesson_service().runs.known(lesson) is not None
            # Given as an argument: what is given nothing new is not drawn anew.
            OneLesson(room, lesson, answers, (room.may_run("", lesson.name), has_run))
    if not answers:
        html("p", "Nothing has been handed in yet. This page renews itself.", "quiet")
    # At the end, and folded: the page is projected.
    with folded("Before the lesson: hand-outs to print"):
        Handouts()
    with folded("After the lesson: save or wipe"):
        Keeping(room, len(answers), lambda: seen.set(news()))


@solara.component
def Handouts() -> None:
    """A worksheet and the key of each lesson, as a file."""
    lessons = lesson_service().lessons
    wanted, said = solara.use_reactive(""), solara.use_reactive("")
    element = Notebook.element()
    widget: Any = solara.use_ref(None)

    def connect() -> None:
        widget.current = solara.get_widget(element)

    solara.use_effect(connect, [])

    def write() -> None:
        if not wanted.peek():
            return
        lesson = lessons[wanted.peek()]
        try:
            page = handout(lesson, lesson_service().runs.result(lesson, lambda _done, _of: None))
        except CoproductionError as error:
            said.set(str(error))
            return
        widget.current.send({"name": f"{lesson.name}.html", "type": "text/html", "text": page})
        wanted.set("")

    solara.lab.use_task(write, dependencies=[wanted.value], prefer_threaded=True)
    html("p", said.value or "The first page is for the class; the key is for you alone.")
    with solara.v.Html(tag="div", class_="buttons"):
        for name, lesson in lessons.items():
            busy = wanted.value == name
            words = "Running the lesson …" if busy else f"Hand-out: {lesson.head.title}"
            solara.Button(words, on_click=lambda name=name: wanted.set(name), disabled=bool(wanted.value))


@solara.component
def Keeping(room: Classroom, n_answers: int, renew: Callable[[], None]) -> None:
    """Take the answers away, or wipe them."""
    sure = solara.use_reactive(False)
    address = Address.element(query="")
    widget: Any = solara.use_ref(None)

    def connect() -> None:
        widget.current = solara.get_widget(address)

    solara.use_effect(connect, [])

    def save() -> None:
        name = f"coproduce-class-{datetime.now(UTC):%Y-%m-%d}.csv"
        widget.current.send(
            {"type": "csv", "name": name, "text": class_table(room.store.answers(), lesson_service().lessons)}
        )

    def wipe() -> None:
        room.wipe()
        sure.set(False)
        renew()

    with solara.v.Html(tag="div", class_="buttons"):
        solara.Button("Save answers (CSV)", on_click=save, disabled=n_answers == 0)
        if sure.value:
            solara.Button(f"Yes, wipe {n_answers} answers for good", on_click=wipe, color="error")
            solara.Button("No, keep them", on_click=lambda: sure.set(False))
        else:
            solara.Button("Wipe all answers", on_click=lambda: sure.set(True), disabled=n_answers == 0)
    html("p", "Wiping forgets who has come in as well: students give the code again.", "quiet")


@solara.component
def OneLesson(room: Classroom, lesson: Lesson, answers: list[Answer], pairs: tuple[bool, bool]) -> None:
    """Predictions beside results, own runs as dots, and what was written.

    pairs  whether the teacher has started all pairs, and whether they have been run
    """
    # Not while they are held back: the page is projected.
    result = lesson_service().runs.known(lesson) if pairs[0] else None
    html("h2", lesson.head.title)
    AllPairs(room, lesson, pairs)
    for number, (asked, one) in enumerate(
        zip(lesson.predict, counted(lesson, answers, result), strict=True), start=1
    ):
        unit = unit_of_change if asked.answer == "change" else shown_unit
        OneQuestionOfClass(number, one, unit(asked.outcome), asked.answer == "level")
    for number, question in enumerate(lesson.explain.questions, start=1):
        written = [each.value for each in answers
                   if (each.lesson, each.kind, each.item) == (lesson.name, "answer", number)]  # fmt: skip
        with folded(f"{wording.count(len(written), 'answer')} to: {question}"):
            items = "".join(f"<li>{escape(value)}</li>" for value in written)
            solara.HTML(tag="ul", unsafe_innerHTML=items, classes=["written"])


@solara.component
def AllPairs(room: Classroom, lesson: Lesson, pairs: tuple[bool, bool]) -> None:
    """The teacher's switch: students see all pairs of a lesson when it is on, and not before."""
    started, has_run = pairs
    asked = solara.use_reactive(started)
    failed = solara.use_reactive("")

    def run() -> None:
        if not asked.peek():
            return
        try:
            lesson_service().runs.result(lesson, lambda _done, _of: None)
        except CoproductionError as error:
            failed.set(str(error))

    solara.lab.use_task(run, dependencies=[asked.value], prefer_threaded=True)

    def turn() -> None:
        room.start(lesson.name, held=started)
        asked.set(not started)

    if failed.value:
        html("p", failed.value, "note")
    elif not started:
        html(
            "p",
            f"Students compare their own pairs; all {lesson.run.runs} pairs are held back until you start them.",
        )
    elif not has_run:
        html("p", f"The {lesson.run.runs} pairs are being run …")
    else:
        html("p", f"All {lesson.run.runs} pairs are open to the class.")
    with solara.v.Html(tag="div", class_="buttons"):
        words = "Hold all pairs back again" if started else f"Start all {lesson.run.runs} pairs for the class"
        solara.Button(words, on_click=turn, color=None if started else "primary")


@solara.component
def OneQuestionOfClass(number: int, one: Counted, unit: str, is_level: bool) -> None:
    """One question: what was said, what came out, and the spread of single pairs."""
    html("h3", f"{number}. {one.question}")
    solara.HTML(tag="div", unsafe_innerHTML=counts_table(one), classes=["lesson-table"])
    if one.outcome:
        html("p", f"Runs: {one.outcome}")
    if one.runs:
        if is_level:
            words, below = (
                f"Each dot is one student's number, in {unit}.",
                "The mark below is what all pairs found.",
            )
        else:
            words = f"Each dot is one student's own pair: the difference in {unit}."
            below = "The bar below is the 95 % interval of all pairs."
        html("p", f"{words} {below if one.ends else ''}", "quiet")
        drawn = dots(one, unit, "numbers" if is_level else "own runs")
        solara.HTML(tag="div", unsafe_innerHTML=drawn, classes=["dots"])
        with folded("The dots as numbers"):
            html(
                "p", ", ".join(f"{value:.3g}" if is_level else f"{value:+.3g}" for value in sorted(one.runs))
            )
