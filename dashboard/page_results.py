"""Results: what a sweep or a comparison has found. Reading and drawing go on off the page's own thread.

A result that a visitor sends is kept in a folder of the visitor's own as long as the page is open, and is in no link.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import solara
import solara.lab

from coproduction.dashboard.findings import Findings, methods, read_findings, standing_line
from coproduction.dashboard.native_controls import Address, Choice
from coproduction.dashboard.page_parts import folded, html, say
from coproduction.dashboard.page_results_parts import Asking, Saving, Shown, Tabs
from coproduction.dashboard.page_upload import Upload
from coproduction.dashboard.result_stores import results_served
from coproduction.dashboard.results_controls import Saver
from coproduction.dashboard.results_link import Asked, read
from coproduction.dashboard.results_screen import Screen
from coproduction.dashboard.results_views import BY_NAME, VIEWS, made
from coproduction.dashboard.uploads import Incoming, unpacked
from coproduction.simulation.errors import CoproductionError
from coproduction.simulation.outcomes import OUTCOMES

STYLE = (Path(__file__).parent / "results.css").read_text(encoding="utf-8")
OWN = "*"
"""Name of the result that the visitor has sent."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A screen, and what it is of."""

    asked: Asked
    found: Findings
    screen: Screen


@dataclass(slots=True, eq=False)
class Sent:
    """A file that the visitor has sent, and what it says once it was read."""

    incoming: Incoming
    found: Findings | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What is asked for, and the file that the visitor has sent; set together, so that no task sees half of it."""

    asked: Asked
    sent: Sent | None = None


@solara.component
def Page() -> None:
    """The whole page."""
    search = solara.use_router().search or ""
    first, first_notes = solara.use_memo(lambda: _from_link(search), [])
    wanted: solara.Reactive[Wanted] = solara.use_reactive(first)
    notes: solara.Reactive[list[str]] = solara.use_reactive(first_notes)
    seen: solara.Reactive[Seen | None] = solara.use_reactive(None)

    def ask(other: Asked) -> None:
        notes.set([])
        wanted.set(Wanted(other, wanted.peek().sent))

    def take(incoming: Incoming) -> None:
        _forget(wanted.peek())
        notes.set([])
        wanted.set(Wanted(replace(wanted.peek().asked, store=OWN, page=1), Sent(incoming)))

    solara.use_effect(lambda: lambda: _forget(wanted.peek()), [])
    looking = solara.lab.use_task(
        lambda: _look(wanted, seen, notes),
        dependencies=[wanted.value],
        prefer_threaded=True,
        raise_error=False,
    )
    asked = wanted.value.asked
    solara.Title("Coproduce: results")
    solara.Style(STYLE)
    html("h1", "Results")
    Stores(wanted.value, ask, take, lambda why: notes.set([why]))
    # What a damaged or foreign store may raise below the screens; the traceback is in the server's log.
    damaged = f"This cannot be shown: the store is damaged or foreign ({looking.exception!r})."
    say([*notes.value, *([damaged] if looking.error else [])])
    Address.element(query=_shared(asked).query())
    if seen.value is not None:
        Result(seen.value, asked, ask)
    elif not asked.store:
        html("p", "There is no result here yet. Send one, or start the server with --results.")
    elif not notes.value:
        html("p", "Reading …")


def _from_link(search: str) -> tuple[Wanted, list[str]]:
    views, outcomes = [view.name for view in VIEWS], [outcome.name for outcome in OUTCOMES]
    asked, notes = read(search, results_served().names, views, outcomes)
    return Wanted(asked), notes


def _shared(asked: Asked) -> Asked:
    """Return what goes into the address: a file that was sent is nobody else's."""
    return replace(asked, store="") if asked.store == OWN else asked


def _forget(wanted: Wanted) -> None:
    """Remove what the visitor has sent."""
    if wanted.sent is not None:
        wanted.sent.incoming.close()


def _look(
    wanted: solara.Reactive[Wanted],
    seen: solara.Reactive[Seen | None],
    notes: solara.Reactive[list[str]],
) -> None:
    """Read what is asked for and make its screen; say what cannot be had, and leave the last screen on the page."""
    mine = wanted.peek()
    if not mine.asked.store:
        return
    try:
        found = _read(mine)
        said, screen = list(found.notices), made(found, mine.asked)
    except CoproductionError as error:
        said, screen = [str(error)], None
    if wanted.peek() is mine:
        notes.set([*notes.peek(), *(each for each in said if each not in notes.peek())])
        if screen is not None:
            seen.set(Seen(mine.asked, found, screen))


def _read(wanted: Wanted) -> Findings:
    """Return what the result says; a file that was sent is unpacked and read once."""
    if wanted.asked.store != OWN:
        return results_served().read(wanted.asked.store)
    if wanted.sent is None:
        raise CoproductionError("What you have sent is gone. Send it again, or choose another result.")
    if wanted.sent.found is None:
        try:
            wanted.sent.found = read_findings(unpacked(wanted.sent.incoming))
        except OSError as error:  # the visitor has left, or sent another, while this one was read
            raise CoproductionError(
                f"What you have sent can be read no longer ({error.strerror})."
            ) from error
    return wanted.sent.found


@solara.component
def Stores(
    wanted: Wanted,
    ask: Callable[[Asked], None],
    take: Callable[[Incoming], None],
    refused: Callable[[str], None],
) -> None:
    """Which result is looked at: one that the server has, or one that the visitor sends."""
    options = [[name, name.replace("_", " ")] for name in results_served().names]
    if wanted.sent is not None:
        options.append([OWN, f"{wanted.sent.incoming.name} (sent by you)"])
    with solara.v.Html(tag="div", class_="asking"):
        if options:
            Choice.element(
                label="Result", options=options, value=wanted.asked.store,
                on_value=lambda name: ask(replace(wanted.asked, store=name, page=1)),
            )  # fmt: skip
        Upload("Or send a zip of a sweep's store", ".zip", take, refused)


@solara.component
def Result(seen: Seen, asked: Asked, ask: Callable[[Asked], None]) -> None:
    """What was found: its name, the screens, what can be asked of them and saved."""
    element = Saver.element()
    saver: Any = solara.use_ref(None)

    def connect() -> None:
        saver.current = solara.get_widget(element)

    solara.use_effect(connect, [])

    def save(kind: str, name: str, text: str) -> None:
        saver.current.send({"kind": kind, "name": name, "text": text})

    html("h2", seen.found.title)
    html("p", standing_line(seen.found), "standing")
    Tabs(asked, ask)
    html("p", BY_NAME[asked.view].about)
    Asking(seen.found, asked, ask)
    if seen.asked != asked:
        html("p", "Reading …")
    Shown(seen.screen, save)
    with folded("How these figures came about"):
        html("p", methods(seen.found))
        with solara.v.Html(tag="div", class_="save"):
            Saving(
                "Save as text",
                "Save the paragraph on methods as text",
                lambda: save("txt", "coproduce-methods.txt", methods(seen.found)),
            )
