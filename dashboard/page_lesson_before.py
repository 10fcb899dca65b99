"""The steps of a lesson before the result: read, predict, run."""

import math
import secrets
from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

import solara
import solara.lab

from coproduction.dashboard.lesson_controls import Answers
from coproduction.dashboard.lesson_link import LUCKS, as_luck, as_text, predictions_from
from coproduction.dashboard.lesson_schema import Predict
from coproduction.dashboard.lesson_service import lesson_service
from coproduction.dashboard.lesson_text import as_html, sources_html
from coproduction.dashboard.lesson_words import (
    CHANGES,
    SAID,
    SURENESS,
    Prediction,
    is_share,
    same_in_words,
    shown_unit,
    unit_of_change,
)
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
    minutes = here.lesson.minutes_of(step)
    html("h2", f"{title} ({minutes} minutes)" if minutes else f"{title} (at home)")


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
    lesson, said = here.lesson, here.predictions.value

    def give(given: dict[str, str]) -> None:
        here.complaint.set("")
        texts = [
            f"{given.get(f'said {n}')},{given.get(f'sure {n}')}" for n in range(1, len(lesson.predict) + 1)
        ]
        whole = predictions_from(lesson, texts)
        if not whole:
            here.complaint.set("one of these answers cannot be. Look through them, and hand in again.")
            return
        for item, each in enumerate(whole, start=1):
            here.hand_in("prediction", item, (each.change or f"{each.level or 0.0:g}", each.sure))
        here.predictions.set(whole)
        here.remember(said=list(map(as_text, whole)))
        here.go("run")

    heading(here, "predict", "Predict")
    html("p", "The run stays closed until you have said what you expect. Changes are against: "
              f"{lesson.scenarios[0].title}. {same_in_words(lesson)}")  # fmt: skip
    Answers.element(
        fields=[field for n, asked in enumerate(lesson.predict, start=1) for field in _fields(n, asked)],
        values={name: text for n, each in enumerate(said, start=1) for name, text in _given(n, each).items()},
        button="Hand in my predictions", disabled=bool(said), shelf=f"{here.shelf}predict",
        handed_in=[0, {}], on_handed_in=lambda sent: give(sent[1]),
    )  # fmt: skip
    if said:
        in_class = lesson_service().classroom is not None
        stay = "the class keeps what was said first." if in_class else "they stay while this tab is open."
        html("p", f"Handed in: {stay}")
        button("Go on: run", lambda: here.go("run"))


def _fields(number: int, asked: Predict) -> list[dict[str, object]]:
    """Return a question and how sure the visitor is of the answer, as fields of a form."""
    label, short = f"{number}. {asked.question}", f"Answer {number}"
    field: dict[str, object] = {"name": f"said {number}", "label": label, "short": short}
    if asked.answer == "change":
        options = [[change, wording.sentence_start(SAID[change])] for change in CHANGES]
        field |= {"kind": "choice", "options": options}
    else:
        low, high = asked.low or 0.0, asked.high or 0.0
        field |= {"kind": "amount", "low": low, "high": high, "unit": shown_unit(asked.outcome)}
        field["label"] = f"{label} From {low:,g} to {high:,g}."
    sures = [[key, wording.sentence_start(words)] for key, words in SURENESS.items()]
    sure: dict[str, object] = {
        "name": f"sure {number}", "kind": "choice", "label": f"How sure are you of answer {number}?",
        "short": f"{short}, how sure", "options": sures,
    }  # fmt: skip
    return [field, sure]


def _given(number: int, said: Prediction) -> dict[str, str]:
    return {f"said {number}": said.change or f"{said.level or 0.0:g}", f"sure {number}": said.sure}


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
    if here.held:
        html("p", "Your teacher starts them for everybody. This page goes on by itself.")
    elif here.result is not None:
        html("p", f"Done: {here.result.n} paired runs.")
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
    earlier = as_luck(here.memory.peek().get("luck"))
    luck = solara.use_reactive(solara.use_memo(lambda: earlier or secrets.randbelow(LUCKS) + 1, []))
    # What was run before is there again at once: the server keeps it.
    ran = solara.use_reactive(0 if earlier is None else 1)
    found: solara.Reactive[tuple[int, Outcomes] | None] = solara.use_reactive(None)

    def one() -> None:
        if ran.peek() == 0:
            return
        seed = luck.peek()
        try:
            outcomes = lesson_service().runs.one_pair(lesson, seed)
        except CoproductionError as error:
            here.complaint.set(str(error))
            return
        found.set((seed, outcomes))
        if as_luck(here.memory.peek().get("luck")) != seed:
            here.remember(luck=seed)
            for item, each in enumerate(lesson.predict, start=1):
                if each.answer == "change":
                    here.hand_in("own_run", item, (f"{own_difference(here, each, outcomes):.6g}", ""))

    task = solara.lab.use_task(one, dependencies=[ran.value], prefer_threaded=True)
    busy = bool(ran.value and task.pending)

    def go(given: dict[str, str]) -> None:
        luck.set(as_luck(given.get("luck")) or luck.peek())
        ran.set(ran.peek() + 1)

    html("h3", "Once is not enough")
    html("p", "Run one pair on luck of your own, and look at what your neighbours got.")
    label = f"Your luck, a whole number from 1 to {LUCKS:,}"
    Answers.element(
        fields=[{"name": "luck", "kind": "amount", "label": label, "short": "Your luck", "low": 1, "high": LUCKS,
                 "whole": True, "unit": ""}],
        values={"luck": str(luck.value)}, button="Run one pair", busy=busy,
        handed_in=[0, {}], on_handed_in=lambda sent: go(sent[1]),
    )  # fmt: skip
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
    """Return by how much an outcome differs from the first policy's in one pair, in the unit that is shown."""
    there, ours = (
        outcomes[policy].get(asked.outcome, math.nan) for policy in (here.lesson.baseline, asked.policy)
    )
    return (ours - there) * (100.0 if is_share(asked.outcome) else 1.0)


def _in_one_pair(here: "Standing", asked: Predict, outcomes: "Outcomes") -> str:
    """Say what a pair found: the level, and for a change that under the first policy beside it."""
    factor = 100.0 if is_share(asked.outcome) else 1.0
    there, ours = (
        outcomes[policy].get(asked.outcome, math.nan) * factor
        for policy in (here.lesson.baseline, asked.policy)
    )
    decimals = wording.decimals_for(abs(there) / 100.0) if abs(there) < 1.0 else int(abs(there) < 1000.0)
    level = f"{BY_NAME[asked.outcome].label}, {here.lesson.title_of(asked.policy)}: {wording.number(ours, decimals)}"
    if asked.answer == "level":
        return f"{level} {shown_unit(asked.outcome)}."
    change = wording.signed(round(ours, decimals) - round(there, decimals), decimals)
    first = f"{here.lesson.scenarios[0].title} {wording.number(there, decimals)}"
    return f"{level} ({first}; {change} {unit_of_change(asked.outcome)})."
