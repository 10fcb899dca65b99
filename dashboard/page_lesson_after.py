"""The steps of a lesson that need its result: compare, explain, try."""

from html import escape
from typing import TYPE_CHECKING

import solara

from coproduction.dashboard.classroom_store import LONGEST_ANSWER
from coproduction.dashboard.lesson_controls import Answers
from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_link import into_explore
from coproduction.dashboard.lesson_result import Chart, LessonResult
from coproduction.dashboard.lesson_service import lesson_service
from coproduction.dashboard.lesson_words import (
    LEGEND,
    beside,
    effects_table,
    filled,
    same_in_words,
    table_html,
)
from coproduction.dashboard.page_lesson_before import button, heading, text
from coproduction.dashboard.page_parts import folded, html

if TYPE_CHECKING:
    from coproduction.dashboard.page_lesson import Standing


@solara.component
def CompareStep(here: "Standing", result: LessonResult) -> None:
    """Predictions beside what the runs found; then outcomes, fifths and curves."""
    lesson = here.lesson
    heading(here, "compare", "Compare")
    html("h3", "Your predictions")
    with solara.v.Html(tag="ol", class_="beside"):
        for asked, said in zip(lesson.predict, here.predictions.value, strict=True):
            with solara.v.Html(tag="li"):
                html("p", asked.question, "asked")
                html("p", beside(asked, said, result, lesson))
    if lesson.compare.text:
        text(filled(lesson.compare.text, lesson, result))
    html("h3", "What the runs found")
    city, first = lesson.scenarios[0].city.title, lesson.scenarios[0].title
    html("p", f"A model of {city}, not a forecast. Differences from {first} in {result.n} paired runs, with their 95 % "
              f"interval. {LEGEND} {same_in_words(lesson)}")  # fmt: skip
    solara.HTML(tag="div", unsafe_innerHTML=effects_table(lesson, result), classes=["lesson-table"])
    for note in result.notes:
        html("p", note, "quiet")
    for sentence in chart_sentences(lesson):
        html("p", sentence, "quiet")
    with solara.v.Html(tag="div", class_="lesson-charts"):
        for chart in result.charts:
            ChartWithTable(chart)
    button("Go on: explain", lambda: here.go("explain"))


def chart_sentences(lesson: Lesson) -> list[str]:
    """Return how the pictures of a lesson are read."""
    fifths = "By income fifth: a filled mark where the 95 % interval leaves out zero, a hollow one where it does not."
    curves = (
        "Weeks: each line is the mean of all runs over four weeks. The grey band is the 95 % interval of the first "
        "policy's mean, the coloured one that of the difference: where the dashed line lies outside of it, the two can "
        "be told apart. Burn-in: the weeks in which the city settles, before any policy begins."
    )
    return [*([fifths] if lesson.compare.quintiles else []), *([curves] if lesson.compare.curves else [])]


@solara.component
def ChartWithTable(chart: Chart) -> None:
    """A picture, and the same as a table for those who do not see it."""
    with solara.v.Html(tag="figure", class_="lesson-chart"):
        html("h3", chart.title)
        html("p", chart.unit, "quiet")
        for sign, colour, title in chart.legend:
            mark = f'<span style="color:{colour}">{sign}</span> {escape(title)}'
            solara.HTML(tag="div", unsafe_innerHTML=mark, classes=["quiet"])
        solara.HTML(tag="div", unsafe_innerHTML=chart.svg)
        with folded("The same as a table"):
            solara.HTML(tag="div", unsafe_innerHTML=chart_table(chart), classes=["lesson-table"])


def chart_table(chart: Chart) -> str:
    """Return a chart's numbers as an HTML table."""
    return table_html(chart.headings, [((row[0], ""), row[1:]) for row in chart.rows])


@solara.component
def ExplainStep(here: "Standing", result: LessonResult) -> None:
    """The visitor's own account first, then the model's."""
    questions = here.lesson.explain.questions
    before = {str(n): here.written[n] for n in range(1, len(questions) + 1) if n in here.written}
    shown = solara.use_reactive(len(before) == len(questions) or bool(here.memory.peek().get("explained")))
    handed_in = solara.use_reactive(False)

    def give(given: dict[str, str]) -> None:
        here.complaint.set("")
        for item in range(1, len(questions) + 1):
            words = str(given.get(str(item), "")).strip()[:LONGEST_ANSWER]
            here.hand_in("answer_after" if shown.peek() else "answer", item, (words, ""))
        shown.set(True)
        handed_in.set(True)
        here.remember(explained=True)

    heading(here, "explain", "Explain")
    html("p", "Write your own account first; then the model's is shown.")
    Answers.element(
        fields=[{"name": str(n), "kind": "text", "label": f"{n}. {question}", "short": f"Answer {n}",
                 "most": LONGEST_ANSWER} for n, question in enumerate(questions, start=1)],
        values=before, shelf=f"{here.shelf}explain",
        button="Hand in again" if shown.value else "Hand in, and show the model's account",
        below="What you write stays in this tab until you hand it in.",
        handed_in=[0, {}], on_handed_in=lambda sent: give(sent[1]),
    )  # fmt: skip
    with solara.v.Html(tag="div", attributes={"role": "status"}):
        if handed_in.value:
            html(
                "p",
                "Handed in." if lesson_service().classroom else "Nobody gathers it: it stays in this tab.",
            )
        if shown.value and lesson_service().classroom:
            html(
                "p",
                "The class keeps your first answer too: what you hand in from now on stands beside it.",
                "quiet",
            )
    if shown.value:
        html("h3", "The model's account")
        text(filled(here.lesson.explain.account, here.lesson, result))
        button("Go on: try", lambda: here.go("try"))


@solara.component
def TryStep(here: "Standing") -> None:
    """What to change in Explore, each a link."""
    heading(here, "try", "Try")
    html("p", "Each link opens Explore in a new tab, with both cities side by side on the same luck.")
    with solara.v.Html(tag="ul", class_="tries"):
        for number, each in enumerate(here.lesson.tries, start=1):
            with solara.v.Html(tag="li"):
                text(each.text)
                target = {"href": into_explore(here.lesson, each), "target": "_blank"}
                with solara.v.Html(tag="a", attributes=target):
                    html("span", f"Try {number} in Explore")
