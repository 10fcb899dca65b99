"""The part of the page that looks back at frames that were shown, without running anything."""

from typing import Any

import solara

from coproduction.dashboard.explore_controls import Scrub, use_messages
from coproduction.dashboard.page_parts import html
from coproduction.dashboard.sentences import moment
from coproduction.dashboard.visit import Visit
from coproduction.experiments.report.wording import count


@solara.component
def LookingBack(visit: Visit, tick: solara.Reactive[int], busy: bool) -> None:
    """A slider over the kept frames; the last is the present, which Play and Step return to."""
    _ = tick.value
    if len(visit.kept) > 0:
        Slider(visit, tick, busy)


@solara.component
def Slider(visit: Visit, tick: solara.Reactive[int], busy: bool) -> None:
    """The slider, and what is said while it shows an earlier moment."""
    _ = tick.value
    kept, place = visit.kept, visit.looking
    at = len(kept) - 1 if place is None else place
    shown = moment(kept.watch(at))
    element = Scrub.element(
        label=f"Look back: {count(len(kept), 'picture')} kept, from {moment(kept.watch(0))} on",
        moment=f"before {shown}", count=len(kept), value=at, disabled=busy,
    )  # fmt: skip

    def moved(widget: Any, content: dict[str, Any]) -> None:
        # A move that was under way when play began is answered, and nothing else.
        if not busy and isinstance(content.get("value"), int):
            visit.look_back(content["value"])
            tick.set(tick.peek() + 1)
        widget.send({"type": "shown"})

    use_messages(element, moved)

    def back() -> None:
        visit.push()
        visit.label()
        tick.set(tick.peek() + 1)

    # The part stays where it is when there is nothing to say, or the slider would be made anew and lose the focus.
    with solara.v.Html(tag="div", class_="looking-back", attributes={"role": "status"}):
        if place is not None:
            html(
                "p",
                f"The maps show the city before {shown}, kept from then, marks included. The clock, sentences, charts "
                f"and people are of the present, before {moment(visit.session.watch)}.",
                "note",
            )
            solara.Button("Back to the present", on_click=back)
