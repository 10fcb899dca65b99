"""The part of the page that lists people as a table: who cannot see the map comes to everybody through it."""

from typing import Any

import solara

from coproduction.dashboard.explore_controls import SortedTable, use_messages
from coproduction.dashboard.native_controls import Choice
from coproduction.dashboard.page_inspector import Follow
from coproduction.dashboard.page_parts import html
from coproduction.dashboard.people import COLUMNS, EVERYWHERE, MOST_ROWS, Sorting, rows_of
from coproduction.dashboard.sentences import moment
from coproduction.dashboard.subjects import read_subject
from coproduction.dashboard.visit import Visit


@solara.component
def People(visit: Visit, tick: solara.Reactive[int], playing: solara.Reactive[bool], follow: Follow) -> None:
    """A button that opens the table, and the table."""
    opened = solara.use_reactive(False)
    html("h2", "People as a table")
    with solara.v.Html(tag="div", class_="buttons"):
        solara.Button(
            "Close the table" if opened.value else "Open the table",
            on_click=lambda: opened.set(not opened.peek()),
        )
    if opened.value:
        Table(visit, tick, playing, follow)


@solara.component
def Table(visit: Visit, tick: solara.Reactive[int], playing: solara.Reactive[bool], follow: Follow) -> None:
    """At most ``MOST_ROWS`` people of a city or a neighbourhood, sorted by a column; a row leads to its person."""
    _ = tick.value
    side, sorting = solara.use_reactive("a"), solara.use_reactive(Sorting())
    world = visit.session.worlds[side.value]
    names = world.scenario.city.city.names

    def listed() -> tuple[str, list[list[str]]]:
        with visit.session.lock:
            return moment(world.watch), rows_of(world, sorting.value)

    # While it plays the table stands still: rows that move cannot be read or pressed.
    now = None if playing.value else (visit.session.watch, len(world.changes))
    when, rows = solara.use_memo(listed, [id(world), sorting.value, now])
    places = [[str(EVERYWHERE), "the whole city"], *[[str(n), name] for n, name in enumerate(names)]]
    with solara.v.Row(dense=True):
        with solara.v.Col(cols=6):
            Choice.element(
                label="People of city", options=[["a", "A"], ["b", "B"]], value=side.value, on_value=side.set
            )
        with solara.v.Col(cols=6):
            Choice.element(
                label="Who live in", options=places, value=str(sorting.value.place),
                on_value=lambda n: sorting.set(Sorting(sorting.peek().by, sorting.peek().highest, int(n))),
            )  # fmt: skip
    order = "highest" if sorting.value.highest else "lowest"
    element = SortedTable.element(
        caption=f"{len(rows)} people of city {side.value.upper()} before {when}, {order} "
        f"{COLUMNS[sorting.value.by].lower()} first, at most {MOST_ROWS}. Trust, fear, self-efficacy: 0 to 1. "
        "Press a heading to sort, a person to follow.",
        columns=[[key, title] for key, title in COLUMNS.items()],
        rows=rows,
        sorted=[sorting.value.by, sorting.value.highest],
        chosen=visit.shown.follow,
    )

    def heard(_widget: Any, content: dict[str, Any]) -> None:
        if content.get("type") == "sort":
            sorting.set(sorting.peek().sorted_by(str(content.get("key"))))
        elif content.get("type") == "choose":
            follow(read_subject(str(content.get("value"))), side.peek())

    use_messages(element, heard)
