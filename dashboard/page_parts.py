"""Parts of the page that show and do not ask: maps, words and charts, a person's account, how to come by it again."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

import solara
import solara.lab

from coproduction.dashboard import charts, reproduce, sentences
from coproduction.dashboard.city_map import CityMap
from coproduction.dashboard.city_session import SIDES, CitySession
from coproduction.dashboard.exported import ends_of, ends_of_difference
from coproduction.dashboard.inspector import CellReport
from coproduction.dashboard.layers import Layer
from coproduction.dashboard.link import Shown
from coproduction.dashboard.marks import KINDS
from coproduction.dashboard.palettes import DIFFERENCE as BLUE_WHITE_ORANGE
from coproduction.dashboard.palettes import palette
from coproduction.dashboard.served import served
from coproduction.dashboard.visit import DIFFERENCE, Visit
from coproduction.dashboard.world import Week

LOG = logging.getLogger(__name__)
Picked = Callable[[str, int], None]
SIGNS = {"diamond": "◆", "square": "■", "triangle": "▲", "circle": "●"}
MAP_KINDS = [{"colour": kind.colour, "shape": kind.shape} for kind in KINDS]


def html(tag: str, text: str, classes: str = "") -> None:
    """Put an element with plain text on the page."""
    solara.HTML(tag=tag, unsafe_innerHTML=escape(text), classes=[classes] if classes else [])


class News(str):
    """A sentence for the visitor that tells of nothing wrong."""

    __slots__ = ()


def say(notes: list[str]) -> None:
    """Put what there is to say on the page, where screen readers speak of it by themselves."""
    with solara.v.Html(tag="div", attributes={"role": "status"}):
        for note in notes:
            html("div", note, "news" if isinstance(note, News) else "note")


@contextmanager
def folded(summary: str) -> Iterator[None]:
    """Put a part on the page that opens when its summary is pressed."""
    with solara.v.Html(tag="details"):
        html("summary", summary)
        yield


@solara.component
def Maps(
    visit: Visit, titles: tuple[str, str], layer: Layer, on_pick: Picked, on_toggle: Callable[[], None]
) -> None:
    """The maps of A, of B, and of B minus A."""
    with solara.v.Row(dense=True):
        for side, title in zip(SIDES, titles, strict=True):
            OneMap(visit, side, f"{side.upper()}: {title}", layer, on_pick, on_toggle)
        OneMap(visit, DIFFERENCE, "B minus A", layer, on_pick, on_toggle)


@solara.component
def OneMap(  # noqa: PLR0913, PLR0917 - a map, and what it tells
    visit: Visit, name: str, title: str, layer: Layer, on_pick: Picked, on_toggle: Callable[[], None]
) -> None:
    """One map with its title and legend; it is fed by the visit, not by the page."""
    view = visit.session.worlds["a" if name == DIFFERENCE else name].view
    half = layer.top / 2.0
    bottom, (low, high, _) = (
        (-half, ends_of_difference(layer)) if name == DIFFERENCE else (0.0, ends_of(layer))
    )
    told = {"data-title": title, "data-about": f"{layer.title}, {layer.unit}"}
    with solara.v.Col(cols=12, sm=6, lg=4), solara.v.Html(tag="div", attributes=told):
        html("div", title, "map-title")
        element = CityMap.element(
            rows=view.shape[0],
            columns=view.shape[1],
            areas=view.state.cells.neighbourhood.astype("<i2").tobytes(),
            palette=palette(BLUE_WHITE_ORANGE if name == DIFFERENCE else layer.palette),
            border="rgba(90,90,90,0.5)" if name == DIFFERENCE else "rgba(255,255,255,0.55)",
            kinds=MAP_KINDS,
            shown=[name != DIFFERENCE] * len(KINDS),
            scale={"low": low, "high": high, "unit": layer.unit},
            range={"bottom": bottom, "top": layer.top if name != DIFFERENCE else half, "unit": layer.unit},
        )

    def connect() -> Callable[[], None]:
        drawn: Any = solara.get_widget(element)
        visit.maps[name] = drawn
        drawn.observe(lambda change: on_pick(name, change["new"]), "picked")

        def heard(_widget: object, content: dict[str, object], _buffers: object) -> None:
            if content.get("type") == "toggle":
                on_toggle()

        drawn.on_msg(heard)
        visit.push()
        visit.label()
        visit.mark()

        def forget() -> None:
            visit.maps.pop(name, None)

        return forget

    solara.use_effect(connect, [visit])


def use_work(work: Callable[[], None], failed: Callable[[str], None], wanted: list[object]) -> None:
    """Do work off the page's thread whenever what is wanted changes.

    failed  called with a sentence after an unforeseen error, to say it and let the page go on; it would go blank
    """

    def carried_out() -> None:
        try:
            work()
        except Exception as error:  # whatever it is: the visitor's cities are still there
            LOG.exception("in work for a page")
            failed(
                f"Something went wrong here ({error!r}). Your cities are kept: go on, or load the page anew."
            )

    solara.lab.use_task(carried_out, dependencies=wanted, prefer_threaded=True)


def use_closer_look(visit: Visit, part: str) -> None:
    """Keep a part of the page up to date while the cities play, for as long as it is on the page."""

    def opened() -> Callable[[], None]:
        visit.closer.add(part)
        return lambda: visit.closer.discard(part)

    solara.use_effect(opened, [visit, part])


@solara.component
def MarksLegend() -> None:
    """What the signs on the maps are, and what a speckled map of differences is not."""
    signs = "".join(f"<span>{SIGNS[kind.shape]} {escape(kind.title)}</span>" for kind in KINDS[:3])
    luck = "<span>B minus A: single cells differ by the luck of one run; look for whole areas.</span>"
    solara.HTML(tag="div", unsafe_innerHTML=signs + luck, classes=["marks-legend"])


@solara.component
def Moving(visit: Visit, tick: solara.Reactive[int]) -> None:
    """The clock, the sentence and the charts; while the cities play, the visit keeps them up to date itself."""
    _ = tick.value

    def said() -> str:
        return in_words(visit.session)

    element = solara.widgets.HTML.element(tag="div", unsafe_innerHTML=said(), attributes={"class": "moving"})

    def connect() -> Callable[[], None]:
        visit.words["moving"] = solara.get_widget(element), said

        def forget() -> None:
            visit.words.pop("moving", None)

        return forget

    solara.use_effect(connect, [visit])
    Figures(*(tuple(visit.session.worlds[side].weeks) for side in SIDES))


def in_words(session: CitySession) -> str:
    """Return the clock, what sets B apart, and the charts, as HTML."""
    a, b = (list(session.worlds[side].weeks) for side in SIDES)
    drawn = "".join(charts.chart(series, a, b) for series in charts.SERIES)
    return (
        f'<p class="clock">{escape(sentences.clock(session))}</p>'
        f'<p class="sentence">{escape(sentences.difference(session))}</p><div class="charts">{drawn}</div>'
    )


@solara.component
def Figures(a: tuple[Week, ...], b: tuple[Week, ...]) -> None:
    """The figures behind the charts as a table; drawn anew when a week has ended, so that it stays open meanwhile."""
    if a and b:
        solara.HTML(tag="div", unsafe_innerHTML=charts.as_table(a, b), classes=["figures"])


@solara.component
def Cell(side: str, report: CellReport) -> None:
    """A cell: who lives there, what happened there."""
    html("p", f"In {side.upper()}: {report.text}")
    rows = "".join(
        f"<li>{escape(case.when)}: {escape(case.crime)}, {'known to the police' if case.recorded else 'not known'}, "
        f"{escape(case.fate)}</li>"
        for case in report.latest
    )
    if rows:
        solara.HTML(tag="ul", unsafe_innerHTML=rows, classes=["cell-report"])


@solara.component
def Reproduce(visit: Visit, shown: Shown) -> None:
    """What is on the screen, as commands and as a script."""
    worlds = [visit.session.worlds[side] for side in SIDES]
    sources = served().policies.reference(shown.a), served().policies.reference(shown.b)
    residents = worlds[0].scenario.residents
    html("h3", "On the command line")
    html("pre", reproduce.as_command(shown, sources, residents), "reproduce")
    html("h3", "In Python")
    html("pre", reproduce.in_python(shown, sources, residents), "reproduce")
