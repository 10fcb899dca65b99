"""The steps of a lesson before the result: read, predict, run."""

import math
import secrets
from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

import solara
import solara.lab

from coproduction.dashboard.lesson_controls import Amount, Question
from coproduction.dashboard.lesson_link import LUCKS
from coproduction.dashboard.lesson_schema import Predict
from coproduction.dashboard.lesson_service import lesson_service
from coproduction.dashboard.lesson_text import as_html, sources_html
from coproduction.dashboard.lesson_words import CHANGES, SAID, SURENESS, Prediction, shown_unit
from coproduction.dashboard.native_controls import WholeNumber
from coproduction.dashboard.page_parts import folded, html
from coproduction.experiments.report import wording
from coproduction.simulation.errors import CoproductionError
from coproduction.simulation.outcomes import BY_NAME

if TYPE_CHECKING:
    from coproduction.dashboard.lesson_runs import Outcomes
    from coproduction.dashboard.page_lesson import Standing


def text(markdown: str) -> None:
    """Put a text of the lesson on the page."""
    solara.HTML(tag="div", unsafe_innerHTML=as_html(markdown), classes=["lesson-text"])


def heading(here: "Standing", step: str, title: str) -> None:
    """Put a step's heading on the page, with its minutes."""
    html("h2", f"{title} ({here.lesson.minutes_of(step)} minutes)")


def button(label: str, do: Callable[[], None], *, disabled: bool = False, plain: bool = False) -> None:
    """Put a button on the page, as wide as its words."""
    with solara.v.Html(tag="div", class_="buttons"):
        solara.Button(label, on_click=do, disabled=disabled, color=None if plain else "primary")


@solara.component
def ReadStep(here: "Standing") -> None:
    """What to know beforehand."""
    lesson = here.lesson
    heading(here, "read", "Read")
    html("p", lesson.head.question, "question-of-lesson")
    text(lesson.read.text)
    if lesson.read.sources:
        with folded("Sources"):
            solara.HTML(tag="div", unsafe_innerHTML=sources_html(lesson.read.sources))
    button("Go on: predict", lambda: here.go("predict"))


@solara.component
def PredictStep(here: "Standing") -> None:
    """What the visitor expects; handed in once, all together."""
    asked = here.lesson.predict
    handed_in = here.way.value.predictions
    said = solara.use_reactive(handed_in or tuple(Prediction(sure="") for _ in asked))

    def say(index: int, **what: object) -> None:
        now = said.peek()
        changed = replace(now[index], **what)
        said.set((*now[:index], changed, *now[index + 1 :]))

    def give() -> None:
        here.complaint.set("")
        for item, each in enumerate(said.peek(), start=1):
            here.hand_in("prediction", item, (each.change or f"{each.level or 0.0:g}", each.sure))
        here.way.set(replace(here.way.peek(), predictions=said.peek(), step="run"))

    heading(here, "predict", "Predict")
    first = here.lesson.scenarios[0].title
    html("p", f"The run stays closed until you have said what you expect. Changes are against: {first}.")
    for index, each in enumerate(asked):
        OneQuestion(each, index, said.value[index], say, disabled=bool(handed_in))
    if handed_in:
        html("p", "Handed in. A prediction is not changed afterwards.")
        button("Go on: run", lambda: here.go("run"))
    else:
        whole = all(_is_whole(each, given) for each, given in zip(asked, said.value, strict=True))
        button("Hand in my predictions", give, disabled=not whole)


def _is_whole(asked: Predict, said: Prediction) -> bool:
    given = said.change in CHANGES if asked.answer == "change" else said.level is not None
    return given and said.sure in SURENESS


@solara.component
def OneQuestion(
    asked: Predict, index: int, said: Prediction, say: Callable[..., None], *, disabled: bool
) -> None:
    """A question, and how sure the visitor is of the answer."""
    with solara.v.Html(tag="div", class_="prediction"):
        legend = f"{index + 1}. {asked.question}"
        if asked.answer == "change":
            options = [[change, wording.sentence_start(SAID[change])] for change in CHANGES]
            Question.element(
                label=legend, options=options, value=said.change, disabled=disabled,
                on_value=lambda value: say(index, change=value if value in CHANGES else ""),
            )  # fmt: skip
        else:
            low, high, unit = asked.low or 0.0, asked.high or 0.0, shown_unit(asked.outcome)
            Amount.element(
                label=f"{legend} From {low:g} to {high:g}.", unit=unit, low=low, high=high, disabled=disabled,
                value=said.level,
                on_value=lambda value: say(index, level=_within(value, low, high)),
            )  # fmt: skip
        Question.element(
            label=f"How sure are you of answer {index + 1}?", disabled=disabled, value=said.sure,
            options=[[key, wording.sentence_start(words)] for key, words in SURENESS.items()],
            on_value=lambda value: say(index, sure=value if value in SURENESS else ""),
        )  # fmt: skip


def _within(value: float | None, low: float, high: float) -> float | None:
    return value if value is not None and low <= value <= high else None


@solara.component
def RunStep(here: "Standing", run: Callable[[], None], stop: Callable[[], None]) -> None:
    """One pair on the visitor's own luck, then all pairs."""
    lesson, progress = here.lesson, here.progress.value
    heading(here, "run", "Run")
    if lesson.run.text:
        text(lesson.run.text)
    if lesson.run.own_luck:
        OwnLuck(here)
    html("h3", f"All {lesson.run.runs} pairs" if lesson.run.own_luck else f"{lesson.run.runs} paired runs")
    html("p", f"Every pair is the same city with the same people and the same luck, under {_policies(here)}.")
    if here.result.value is not None:
        html("p", f"Done: {here.result.value.n} paired runs.")
        button("Go on: compare", lambda: here.go("compare"))
    elif progress is None:
        button(f"Run {lesson.run.runs} pairs", run)
    else:
        done, of = progress
        html(
            "p", "Waiting for the other runs of the class …" if of == 1 else f"{done} of {of} runs are done."
        )
        # No element of its own kind: in its place comes the next button, which would be drawn inside it.
        bar = f'<progress value="{done}" max="{max(of, 1)}" aria-label="Runs that are done"></progress>'
        solara.HTML(tag="div", unsafe_innerHTML=bar, classes=["runs-done"])
        button("Stop waiting", stop, plain=True)


def _policies(here: "Standing") -> str:
    return wording.listing([scenario.title for scenario in here.lesson.scenarios])


@solara.component
def OwnLuck(here: "Standing") -> None:
    """Once is not enough: the difference in a single pair, which is another for every visitor."""
    lesson = here.lesson
    first = solara.use_memo(lambda: here.way.peek().luck or secrets.randbelow(LUCKS) + 1, [])
    luck, ran = solara.use_reactive(first), solara.use_reactive(0)
    found: solara.Reactive[tuple[int, Outcomes] | None] = solara.use_reactive(None)

    def one() -> None:
        if ran.peek() == 0:
            return
        seed = luck.peek()
        try:
            outcomes = lesson_service().runs.one_pair(lesson, seed)
        except CoproductionError as error:
            here.complaint.set(str(error))
        else:
            found.set((seed, outcomes))
            here.way.set(replace(here.way.peek(), luck=seed))
            for item, each in enumerate(lesson.predict, start=1):
                if each.answer == "change":
                    here.hand_in("own_run", item, (f"{own_difference(here, each, outcomes):.6g}", ""))

    task = solara.lab.use_task(one, dependencies=[ran.value], prefer_threaded=True)
    html("h3", "Once is not enough")
    html("p", "Run one pair on luck of your own, and look at what your neighbours got.")
    WholeNumber.element(
        label="Your luck (any number)", low=1, high=LUCKS, value=luck.value, on_value=luck.set
    )
    busy = bool(ran.value and task.pending)
    button("Run one pair", lambda: ran.set(ran.peek() + 1), disabled=busy, plain=True)
    with solara.v.Html(tag="div", attributes={"role": "status"}):
        if busy:
            html("p", "Running …")
        elif found.value is not None:
            seed, outcomes = found.value
            rows = "".join(
                f"<li>{escape(_in_one_pair(here, each, outcomes))}</li>" for each in lesson.predict
            )
            html("p", f"On luck {seed}:")
            solara.HTML(tag="ul", unsafe_innerHTML=rows)


def own_difference(here: "Standing", asked: Predict, outcomes: "Outcomes") -> float:
    """Return by how much an outcome differs from the first policy's in one pair, in the outcome's unit."""
    return outcomes[asked.policy].get(asked.outcome, math.nan) - outcomes[here.lesson.baseline].get(
        asked.outcome, math.nan
    )


def _in_one_pair(here: "Standing", asked: Predict, outcomes: "Outcomes") -> str:
    label, unit = BY_NAME[asked.outcome].label, shown_unit(asked.outcome)
    factor = 100.0 if unit.startswith("%") else 1.0
    if asked.answer == "level":
        return f"{label}: {wording.significant(outcomes[asked.policy].get(asked.outcome, math.nan) * factor)} {unit}"
    change = own_difference(here, asked, outcomes) * factor
    shown = wording.significant(change)
    unit = "percentage points" if factor != 1.0 else unit
    return f"{label}, {here.lesson.title_of(asked.policy)}: {'+' if change > 0 else ''}{shown} {unit}"
