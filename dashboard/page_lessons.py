"""Lessons: the list of them, the class's door where there is a class, and the lesson that was chosen."""

from collections.abc import Callable
from pathlib import Path

import solara

from coproduction.dashboard.classroom import Classroom
from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_link import Way, read_way
from coproduction.dashboard.lesson_service import lesson_service
from coproduction.dashboard.native_controls import Address
from coproduction.dashboard.page_door import Door
from coproduction.dashboard.page_lesson import LessonSteps
from coproduction.dashboard.page_parts import html

STYLE = (Path(__file__).parent / "page_lessons.css").read_text(encoding="utf-8")


@solara.component
def Page() -> None:
    """The whole page: the door, the list, or a lesson."""
    service, session = lesson_service(), solara.get_session_id()
    search = solara.use_router().search or ""
    way, notes = solara.use_memo(lambda: read_way(search, service.lessons), [])
    room = service.classroom
    inside = solara.use_reactive(room is None or room.is_in(session) or room.is_teacher(session))
    lesson = service.lessons.get(way.lesson)
    title = lesson.head.title if lesson else "Lessons"
    solara.Style(STYLE)
    solara.Title(f"Coproduce: {title}")
    html("h1", title)
    with solara.v.Html(tag="div", attributes={"role": "status"}):
        for note in notes:
            html("div", note, "note")
    if room is not None and not inside.value:
        Address.element(query=way.query())
        StudentsDoor(room, session, lambda: inside.set(True))
    elif lesson is None:
        Address.element(query="")
        Shelf(list(service.lessons.values()))
    else:
        LessonSteps(lesson, way, session)


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
        "What you predict and write is gathered for your teacher under a random number, and nothing else of you.",
    )


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
