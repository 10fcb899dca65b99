"""The part of the page that looks into a cell, and follows somebody or something of it in both cities."""

from collections.abc import Callable
from html import escape

import solara

from coproduction.dashboard import charts
from coproduction.dashboard.account_page import as_html, facts_as_html
from coproduction.dashboard.city_session import SIDES
from coproduction.dashboard.explore_controls import GroupedChoice, use_messages
from coproduction.dashboard.facts import compared, counterpart, facts_of
from coproduction.dashboard.history import course, history
from coproduction.dashboard.inspector import account_of, cell_report
from coproduction.dashboard.page_parts import Cell, html, use_closer_look
from coproduction.dashboard.page_story import WholeStory
from coproduction.dashboard.sentences import moment, tie_words
from coproduction.dashboard.subjects import (
    CASE,
    RESIDENT,
    Subject,
    how_many,
    read_subject,
    subjects_in,
    ties_of,
)
from coproduction.dashboard.visit import Visit
from coproduction.simulation.errors import CoproductionError

Follow = Callable[[Subject | None, str], None]
"""Told whom to follow, and on which side it was chosen."""
Now = tuple[int, int, int]
"""Watch of both cities and changes of each. A city is the same object as time goes by, so what tells of it is given
this too, or it would not be drawn anew."""


@solara.component
def Inspector(
    visit: Visit,
    place: tuple[str, int],
    tick: solara.Reactive[int],
    playing: solara.Reactive[bool],
    follow: Follow,
) -> None:
    """A cell that was clicked on, and whom or what of it is followed, in both cities."""
    _ = tick.value
    now = (visit.session.watch, *(len(visit.session.worlds[side].changes) for side in SIDES))
    html("h2", "Who is there, and what happened there")
    if place[1] < 0:
        html("p", "Click on a cell of a map, or move there with the arrow keys and press Enter.")
    else:
        Place(visit, place, now, follow)
    if visit.followed is not None:
        Followed(visit, visit.followed, now, playing, follow)


@solara.component
def Place(visit: Visit, place: tuple[str, int], now: Now, follow: Follow) -> None:
    """A cell: what happened there, and a list of everybody and everything in it."""
    side, cell = place
    use_closer_look(visit, "place")
    with visit.session.lock:
        reports = {each: cell_report(visit.session.worlds[each], cell) for each in SIDES}
        inside = reports[side].neighbourhood is not None
        found = subjects_in(visit.session.worlds[side], cell) if inside else []
    with solara.v.Html(tag="div", class_="inspector"):
        for each in SIDES:
            Cell(each, reports[each])
        if found:
            groups = [[title, [[each.text(), text] for each, text in some]] for title, some in found]
            chosen = "" if visit.followed is None else visit.followed.text()
            Listed(groups, chosen, side, follow)


@solara.component
def Listed(groups: list[list[object]], chosen: str, side: str, follow: Follow) -> None:
    """The list of a cell."""
    element = GroupedChoice.element(
        label=f"Choose somebody or something there, in {side.upper()}", groups=groups, value=chosen
    )
    use_messages(element, lambda _, content: follow(read_subject(str(content.get("value"))), side))


@solara.component
def Followed(
    visit: Visit, subject: Subject, now: Now, playing: solara.Reactive[bool], follow: Follow
) -> None:
    """Whom or what is followed: state and history in both cities, ties, and why decisions fall as they do."""
    use_closer_look(visit, "followed")
    side, worlds = visit.shown.side, visit.session.worlds
    other = "b" if side == "a" else "a"
    with visit.session.lock:
        known = subject.index < how_many(worlds[side].state, subject.kind)
        theirs = counterpart(worlds[side], worlds[other], subject) if known else None
        found = {side: subject if known else None, other: theirs}
        facts = [facts_of(worlds[each], one) if (one := found[each]) else {} for each in SIDES]
    with solara.v.Html(tag="section", class_="followed", attributes={"aria-label": "Who is followed"}):
        html("h3", f"Following {subject.name.lower()}")
        solara.Button("Follow nobody", on_click=lambda: follow(None, side))
        if not known:
            html("p", f"There is no {subject.name.lower()} in {side.upper()} now.", "note")
            return
        if theirs is None:
            html(
                "p",
                f"This did not happen in {other.upper()}: there the same offender did nothing in that watch.",
            )
        told = facts_as_html(subject.name, moment(visit.session.watch), compared(*facts))
        solara.HTML(tag="div", unsafe_innerHTML=told, classes=["account"])
        Ties(visit, side, subject, now)
        Trail(visit, subject, now)
        with solara.v.Row(dense=True):
            for each in SIDES:
                if (one := found[each]) is not None:
                    with solara.v.Col(cols=12, md=6):
                        Past(visit, each, one, now)
                        Why(visit, each, one, now, playing.value)


@solara.component
def Ties(visit: Visit, side: str, subject: Subject, now: Now) -> None:
    """Who is tied to a person; the maps show the same as lines."""
    world = visit.session.worlds[side]
    with visit.session.lock:
        ties = ties_of(world.state, subject)
        lines = [tie_words(world, tie, bonding=bonding) for tie, bonding in ties]
    if lines:
        with solara.v.Html(tag="details"):
            html("summary", f"Ties: {len(lines)} people, whose homes the lines on the maps lead to")
            solara.HTML(tag="ul", unsafe_innerHTML="".join(f"<li>{escape(each)}</li>" for each in lines))


@solara.component
def Trail(visit: Visit, subject: Subject, now: Now) -> None:
    """Fear and trust of a resident by week, since they have been followed."""
    a, b = (list(visit.session.worlds[side].trail) for side in SIDES)
    if subject.kind == RESIDENT and a and b:
        drawn = "".join(charts.chart(series, a, b) for series in charts.OF_ONE)
        solara.HTML(tag="div", unsafe_innerHTML=drawn, classes=["charts"])


@solara.component
def Past(visit: Visit, side: str, subject: Subject, now: Now) -> None:
    """What happened to a subject or by it; of a case, its course."""
    world = visit.session.worlds[side]
    with visit.session.lock:
        lines = course(world, subject.index) if subject.kind == CASE else history(world, subject)
    html("h4", f"What happened in {side.upper()}: {world.scenario.title}")
    if lines:
        tag = "ol" if subject.kind == CASE else "ul"
        solara.HTML(tag=tag, unsafe_innerHTML="".join(f"<li>{escape(line)}</li>" for line in lines))
    else:
        html("p", "No case file names them so far.")


@solara.component
def Why(visit: Visit, side: str, subject: Subject, now: Now, playing: bool) -> None:
    """A subject's decisions in the watch that comes next, term by term; of a case, its whole story."""
    world = visit.session.worlds[side]

    def explained() -> str:
        if playing or subject.kind == CASE:
            return ""
        try:
            with visit.session.lock:
                return as_html(account_of(world, subject))
        except CoproductionError as error:
            return f"<p>{escape(str(error))}</p>"

    told = solara.use_memo(explained, [id(world), subject, now, playing])
    if subject.kind == CASE:
        WholeStory(visit, side, subject.index)
    elif playing:
        html("p", f"Pause to see why {subject.name.lower()} decides as they do.")
    else:
        html("h4", f"Decisions of the next watch in {side.upper()}")
        solara.HTML(tag="div", unsafe_innerHTML=told)
