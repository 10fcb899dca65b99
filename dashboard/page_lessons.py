"""Lessons: the list of them, the class's door where there is a class, and the lesson that was chosen."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import solara
import solara.lab

from coproduction.dashboard.classroom import Classroom
from coproduction.dashboard.lesson_controls import Notebook
from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_link import Way, read_way
from coproduction.dashboard.lesson_service import lesson_service
from coproduction.dashboard.native_controls import Address
from coproduction.dashboard.page_door import Door
from coproduction.dashboard.page_lesson import LessonSteps, Whose
from coproduction.dashboard.page_parts import html, say

STYLE = (Path(__file__).parent / "page_lessons.css").read_text(encoding="utf-8")
BEAT = 2.0
"""Seconds between two looks at whether the teacher has started the pairs, or wiped."""


@solara.component
def Page() -> None:
    """The whole page: the door, the list, or a lesson."""
    service, session = lesson_service(), solara.get_session_id()
    way, notes = read_way(solara.use_router().search or "", service.lessons)
    room = service.classroom
    first = solara.use_memo(way.query, [])
    came = solara.use_reactive(0)
    _ = (_use_news(room), came.value)
    inside = room is None or room.is_in(session) or room.is_teacher(session)
    lesson = service.lessons.get(way.lesson)
    title = lesson.head.title if lesson else "Lessons"
    solara.Style(STYLE)
    solara.Title(f"Coproduce: {title}")
    html("h1", title)
    say(notes)
    # Only once: from then on the steps of a lesson are entries of the browser's history, which the router makes.
    Address.element(query=first)
    shelf = f"coproduce {room.mark if room else 'alone'} "
    if room is not None and not inside:
        Notebook.element(shelf=shelf)
        StudentsDoor(room, session, lambda: came.set(came.peek() + 1))
    elif lesson is None:
        Shelf(list(service.lessons.values()))
    else:
        held = room is not None and not room.may_run(session, lesson.name)
        LessonSteps(lesson, way.step, Whose(session, shelf, held)).key(f"{lesson.name} {shelf}")


def _use_news(room: Classroom | None) -> int:
    """Return how often the teacher has started, held back or wiped; the page is drawn anew when that changes."""
    seen = solara.use_reactive(0)

    async def follow() -> None:
        while room is not None:
            await asyncio.sleep(BEAT)
            seen.set(room.changes)

    solara.lab.use_task(follow, dependencies=[])
    return int(seen.value)


@solara.component
def StudentsDoor(room: Classroom, session: str, come_in: Callable[[], None]) -> None:
    """Where the class code is given."""

    def try_word(word: str) -> None:
        room.enter(session, word)
        come_in()

    html("p", "This is a lesson in class. Your teacher shows the class code; nobody asks for your name.")
    Door("Class code", "Come in", try_word)
    html(
        "p",
        "What you hand in is gathered for your teacher under a random number, and nothing else of you.",
    )
    with solara.v.Html(tag="p"), solara.v.Html(tag="a", attributes={"href": "/class"}):
        html("span", "For the teacher: what the class has handed in")


@solara.component
def Shelf(lessons: list[Lesson]) -> None:
    """The lessons to choose from."""
    html("p", "Say first what you expect, then let the model run, then explain the difference.")
    with solara.v.Html(tag="ul", class_="lessons"):
        for lesson in lessons:
            with solara.v.Html(tag="li"):
                with (
                    solara.v.Html(tag="h2"),
                    solara.v.Html(tag="a", attributes={"href": f"/lessons?{Way(lesson.name).query()}"}),
                ):
                    html("span", lesson.head.title)
                html("p", lesson.head.question)
                html("p", f"{lesson.total_minutes} minutes. {lesson.head.level}", "quiet")
