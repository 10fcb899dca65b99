"""Explore: two cities to play, turn and look into. A visitor's cities live as long as the page is open.

Nothing of a visitor is kept at the level of the module, so that two visitors never share a city.
"""

from collections.abc import Callable
from dataclasses import replace

import solara

from coproduction.dashboard import link
from coproduction.dashboard.city_session import SIDES
from coproduction.dashboard.explore_controls import Motion
from coproduction.dashboard.layers import layers_of
from coproduction.dashboard.link import Shown
from coproduction.dashboard.page_controls import Aim, PolicyChoice, Taking, Transport, Turning, View
from coproduction.dashboard.page_inspector import Inspector
from coproduction.dashboard.page_looking_back import LookingBack
from coproduction.dashboard.page_own_policy import OwnPolicy
from coproduction.dashboard.page_parts import Maps, MarksLegend, Moving, News, html, say, use_work
from coproduction.dashboard.page_people import People
from coproduction.dashboard.served import served
from coproduction.dashboard.subjects import Subject
from coproduction.dashboard.visit import Visit, opened
from coproduction.simulation.errors import CoproductionError
from coproduction.simulation.parameters import names_of

CALM = 2
"""Steps a second for whoever asks their system for little motion."""
FAILED = -1.0
"""In place of per cent, where the cities that were asked for cannot be opened."""


class _Stopped(Exception):  # noqa: N818 - no error: the visitor has asked for another city
    """The visitor does not want the city any more that is being opened."""


@solara.component
def Page() -> None:
    """The whole page: opens the cities that are asked for, then shows them."""
    search = solara.use_router().search or ""
    wanted, first_notes = solara.use_memo(lambda: _from_link(search), [])
    asked, shown = solara.use_reactive((0, wanted)), solara.use_reactive(wanted)
    visit: solara.Reactive[Visit | None] = solara.use_reactive(None)
    notes: solara.Reactive[list[str]] = solara.use_reactive(first_notes)
    progress = solara.use_reactive(0.0)

    def ask(other: Shown) -> None:
        notes.set([])
        shown.set(other)
        asked.set((asked.peek()[0] + 1, other))

    failed = _said(notes, lambda: progress.set(FAILED))
    use_work(lambda: _open(asked, visit, notes, progress), failed, [asked.value])
    solara.Title("Coproduce: two policies in one city")
    html("h1", "Two policies in one city")
    say(notes.value)
    if visit.value is None:
        if progress.value != FAILED:
            html("p", f"Running the city up to what is to be shown: {progress.value:.0f} %.", "opening")
            named = {"aria-label": "How far the city has run, in per cent"}
            solara.v.ProgressLinear(value=progress.value, attributes=named)
        solara.Button("Show the first policies instead", on_click=lambda: ask(_standard()))
    else:
        Explore(visit.value, shown, notes, ask)


def _said(notes: solara.Reactive[list[str]], undo: Callable[[], None]) -> Callable[[str], None]:
    """Return what is done when work has failed: undo what waits for it, and say why."""

    def said(why: str) -> None:
        undo()
        notes.set([why])

    return said


def _open(
    asked: solara.Reactive[tuple[int, Shown]],
    visit: solara.Reactive[Visit | None],
    notes: solara.Reactive[list[str]],
    progress: solara.Reactive[float],
) -> None:
    """Open the cities that are asked for; off the page's own thread, given up when others are asked for."""
    number, mine = asked.peek()

    def told(done: int, of: int) -> None:
        if asked.peek()[0] != number:
            raise _Stopped
        progress.set(round(100.0 * done / max(of, 1)))

    visit.set(None)
    progress.set(0.0)
    try:
        found, left_out = opened(served(), mine, told)
    except _Stopped:
        return
    except CoproductionError as error:
        notes.set([*notes.peek(), str(error)])
        progress.set(FAILED)
        return
    notes.set([*notes.peek(), *left_out])
    visit.set(found)


def _standard() -> Shown:
    return Shown(*served().policies.first_two)


def _from_link(search: str) -> tuple[Shown, list[str]]:
    policies, standard = served().policies, _standard()
    layers = layers_of(names_of(policies[standard.a].parameters))
    return link.read(search, standard, policies.names, tuple(layers))


@solara.component
def Explore(
    visit: Visit,
    shown: solara.Reactive[Shown],
    notes: solara.Reactive[list[str]],
    ask: Callable[[Shown], None],
) -> None:
    """The cities: maps, clock, controls, levers, inspector."""
    playing, tick = solara.use_reactive(False), solara.use_reactive(0)
    place: solara.Reactive[tuple[str, int]] = solara.use_reactive(("a", -1))
    aim: solara.Reactive[Aim | None] = solara.use_reactive(None)
    target = None if aim.value is None else aim.value[0]
    visit.show(shown.value)

    def renew() -> None:
        visit.tell()
        tick.set(tick.peek() + 1)

    use_work(
        lambda: _play(visit, playing, notes, tick), _said(notes, lambda: playing.set(False)), [playing.value, id(visit)]
    )  # fmt: skip
    use_work(lambda: _jump(visit, aim, renew), _said(notes, lambda: aim.set(None)), [target])
    solara.use_effect(lambda: _refresh(visit), [visit, shown.value.layer])
    Calm(shown)
    solara.use_effect(visit.mark, [visit, shown.value.follow, shown.value.side])

    def follow(subject: Subject | None, side: str) -> None:
        other = replace(shown.peek(), follow="" if subject is None else subject.text(), side=side)
        # Shown first: what tells of it is drawn anew one by one, in no order that could be relied on.
        visit.show(other)
        shown.set(other)
        renew()

    def pick(name: str, cell: int) -> None:
        place.set((name if name in SIDES else "b", cell))

    def fork() -> None:
        visit.session.fork()
        shown.set(replace(shown.peek(), b=visit.shown.b))
        visit.push()
        renew()

    with solara.v.Row(dense=True):
        with solara.v.Col(cols=12, md=9, order=1, order_md=2):
            Maps(visit, visit.titles, visit.layer, pick, lambda: playing.set(not playing.peek()))
            MarksLegend()
            Transport(visit, playing, aim, renew, fork)
            LookingBack(visit, tick, playing.value or target is not None)
            Moving(visit, tick)
            Inspector(visit, place.value, tick, playing, follow)
            People(visit, tick, playing, follow)
        with solara.v.Col(cols=12, md=3, order=2, order_md=1):
            View(visit, shown)
            Chosen(visit.shown, ask)
            Turning(visit, tick, notes, renew)
            Taking(visit, shown, tick)


@solara.component
def Chosen(now: Shown, ask: Callable[[Shown], None]) -> None:
    """Which policies: those that are served, or the visitor's own."""
    PolicyChoice(now, ask)
    OwnPolicy(now, ask)


@solara.component
def Calm(shown: solara.Reactive[Shown]) -> None:
    """Takes it slowly where the visitor's system asks for little motion and the link for no speed of its own."""

    def heard(reduced: bool) -> None:
        if reduced and shown.peek().speed == Shown("", "").speed:
            shown.set(replace(shown.peek(), speed=CALM))

    Motion.element(on_reduced=heard)


def _play(
    visit: Visit,
    playing: solara.Reactive[bool],
    notes: solara.Reactive[list[str]],
    tick: solara.Reactive[int],
) -> None:
    """Play while that is wanted; off the page's own thread."""
    if playing.peek():
        why = visit.play(playing.peek, lambda: tick.set(tick.peek() + 1))
        if why:
            notes.set([News(why)])
            playing.set(False)
        visit.tell()
        tick.set(tick.peek() + 1)


def _jump(visit: Visit, aim: solara.Reactive[Aim | None], renew: Callable[[], None]) -> None:
    """Run to the watch that was asked for, if one was, until told to stop; off the page's own thread."""
    wanted = aim.peek()
    if wanted is None:
        return

    def told(done: int, of: int) -> None:
        now = aim.peek()
        if now is None or now[0] != wanted[0]:
            raise _Stopped
        aim.set((wanted[0], 100 * done // max(of, 1)))

    try:
        visit.session.run_to(wanted[0], told)
        aim.set(None)
    except _Stopped:
        pass  # the cities stay where they are, side by side
    visit.push()
    renew()


def _refresh(visit: Visit) -> None:
    visit.push()
    visit.label()
