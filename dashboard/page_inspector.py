"""The part of the page that looks into a cell and at a person who lives there."""

import solara

from coproduction.dashboard.city_session import SIDES
from coproduction.dashboard.inspector import MOST_PEOPLE, CellReport, cell_report
from coproduction.dashboard.native_controls import Choice
from coproduction.dashboard.page_parts import Cell, Person, html
from coproduction.dashboard.visit import Visit


@solara.component
def Inspector(
    visit: Visit, place: tuple[str, int], tick: solara.Reactive[int], playing: solara.Reactive[bool]
) -> None:
    """A cell that was clicked on, and one of those who live there, in both cities."""
    chosen = solara.use_reactive("")
    _ = tick.value
    side, cell = place
    html("h2", "Who lives there, and what happened there")
    if cell < 0:
        html("p", "Click on a cell of a map, or move there with the arrow keys and press Enter.")
        return
    reports: dict[str, CellReport] = {}
    with visit.session.lock:
        for each in SIDES:
            reports[each] = cell_report(visit.session.worlds[each], cell)
    with solara.v.Html(tag="div", class_="inspector"):
        for each in SIDES:
            Cell(each, reports[each])
        people = reports[side].people
        if not people:
            return
        known = {str(person.index) for person in people}
        Choice.element(
            label=f"Choose one of those who live there (the first {MOST_PEOPLE} are listed)",
            options=[["", "nobody"], *[[str(p.index), _who(p.index, p.age, woman=p.woman)] for p in people]],
            value=chosen.value if chosen.value in known else "", on_value=chosen.set,
        )  # fmt: skip
        if chosen.value in known and playing.value:
            html("p", "Pause to see why this person decides as they do.")
        elif chosen.value in known:
            with solara.v.Row(dense=True):
                for each in SIDES:
                    with solara.v.Col(cols=12, md=6):
                        Person(visit.session.worlds[each], each, int(chosen.value), visit.session.watch)


def _who(index: int, age: int, *, woman: bool) -> str:
    return f"Resident {index}, a {'woman' if woman else 'man'} of {age}"
