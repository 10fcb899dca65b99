"""The part of the page that tells a case with every term: the city is run again up to it, off the page's thread."""

from html import escape

import solara

from coproduction.dashboard.case_story import story_of
from coproduction.dashboard.page_parts import html, use_work
from coproduction.dashboard.visit import Visit
from coproduction.experiments.follow import Story
from coproduction.simulation.errors import CoproductionError

NOT_OVER = "When the run ended "
"""How the stories say that something had not yet happened; on the page the run goes on."""


class _Stopped(Exception):  # noqa: N818 - no error: the visitor does not want the story any more
    """The visitor has asked to stop."""


@solara.component
def WholeStory(visit: Visit, side: str, case: int) -> None:
    """A button that asks for the whole story of a case, and the story."""
    key = (id(visit), side, case, len(visit.session.worlds[side].changes))
    asked: solara.Reactive[tuple[int, str, int, int] | None] = solara.use_reactive(None)
    told: solara.Reactive[tuple[object, str] | None] = solara.use_reactive(None)
    progress = solara.use_reactive(0)
    alive = solara.use_ref(True)

    def leave() -> object:
        def gone() -> None:
            alive.current = False

        return gone

    solara.use_effect(leave, [])

    def heard(done: int, of: int) -> None:
        if asked.peek() is None or not alive.current:
            raise _Stopped
        progress.set(100 * done // max(of, 1))

    def work() -> None:
        wanted = asked.peek()
        if wanted is None:
            return
        try:
            told.set((wanted, as_html(story_of(visit.session.worlds[side], wanted[2], heard))))
        except _Stopped:
            return
        except CoproductionError as error:
            told.set((wanted, f"<p>{escape(str(error))}</p>"))
        asked.set(None)

    def failed(why: str) -> None:
        told.set((asked.peek(), f"<p>{escape(why)}</p>"))
        asked.set(None)

    use_work(work, failed, [asked.value])
    if asked.value is not None:
        html("p", f"Running the city again up to this case: {progress.value} %.")
        solara.Button("Stop", on_click=lambda: asked.set(None))
    elif told.value is not None and told.value[0] == key:
        solara.HTML(tag="div", unsafe_innerHTML=told.value[1], classes=["account"])
    else:
        solara.Button(f"Tell it with every term, in {side.upper()}", on_click=lambda: asked.set(key))


def as_html(story: Story) -> str:
    """Return a story as HTML: one line a step, which opens to its terms."""
    steps = "".join(
        f"<details><summary>{escape(step.title)}</summary><p>{escape(_now(step.told))}</p><ul>"
        + "".join(f"<li>{escape(term)}</li>" for term in step.terms)
        + "</ul></details>"
        for step in story.steps
    )
    return f"<p>{escape(story.heading)}</p>{steps}<p>{escape(story.closing())}</p>"


def _now(told: str) -> str:
    return told.replace(NOT_OVER, "By now ")
