"""Parts of the page that ask: policies, time, levers, what to take away."""

from collections.abc import Callable
from dataclasses import replace

import solara

from coproduction.dashboard import charts, link
from coproduction.dashboard.city_session import SIDES
from coproduction.dashboard.exported import charts_as_svg, maps_as_svg
from coproduction.dashboard.lever_rows import Row, dysfunction_rows, lever_rows, programme_rows
from coproduction.dashboard.link import LARGEST_SEED, SPANS, Shown
from coproduction.dashboard.native_controls import Address, Choice, Levers, WholeNumber
from coproduction.dashboard.page_parts import News, Reproduce, folded, html
from coproduction.dashboard.sentences import changes_in_words
from coproduction.dashboard.served import served
from coproduction.dashboard.visit import Visit
from coproduction.simulation.errors import CoproductionError
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK

Aim = tuple[int, int]
"""Watch that the cities are run to, and how far they are on the way, per cent."""


@solara.component
def PolicyChoice(now: Shown, ask: Callable[[Shown], None]) -> None:
    """Which policies, and which luck; another choice opens other cities, at their first watch and unchanged."""
    policies = served().policies
    options = [[name, policies[name].title] for name in policies.names]

    def choose(**which: object) -> None:
        chosen = replace(now, **which)  # type: ignore[arg-type]
        if chosen != now:
            ask(replace(chosen, watch=None, changes_a=(), changes_b=()))

    Choice.element(label="Policy A", options=options, value=now.a, on_value=lambda name: choose(a=name))
    Choice.element(label="Policy B", options=options, value=now.b, on_value=lambda name: choose(b=name))
    WholeNumber.element(
        label="Seed: the luck of both", low=0, high=LARGEST_SEED, value=now.seed,
        on_value=lambda seed: choose(seed=seed),
    )  # fmt: skip


@solara.component
def Transport(
    visit: Visit,
    playing: solara.Reactive[bool],
    aim: solara.Reactive[Aim | None],
    renew: Callable[[], None],
    fork: Callable[[], None],
) -> None:
    """Play, pause, step, jump, fork."""

    def step() -> None:
        visit.step()
        visit.push()
        renew()

    def go(week: int) -> None:
        playing.set(False)
        aim.set(((week - 1) * WATCHES_PER_WEEK, 0))

    busy = playing.value or aim.value is not None
    with solara.v.Html(tag="div", class_="buttons transport"):
        solara.Button(
            "Pause" if playing.value else "Play",
            on_click=lambda: playing.set(not playing.peek()),
            color="primary",
        )
        solara.Button("Step", on_click=step, disabled=busy)
        solara.Button("Start over", on_click=lambda: aim.set((visit.session.first, 0)), disabled=busy)
        solara.Button("Fork: make B a copy of A", on_click=fork, disabled=busy)
    first, last = visit.session.first // WATCHES_PER_WEEK + 1, visit.session.last // WATCHES_PER_WEEK
    now = min(visit.session.watch // WATCHES_PER_WEEK + 1, last)
    with solara.v.Row(dense=True), solara.v.Col(cols=12, sm=6, md=4):
        WholeNumber.element(
            label=f"Go to the beginning of week ({first} to {last})",
            low=first,
            high=last,
            value=now,
            on_value=go,
        )
    if aim.value is not None:
        html("p", f"Running there: {aim.value[1]} %.")
        solara.Button("Stop here", on_click=lambda: aim.set(None))


@solara.component
def View(visit: Visit, shown: solara.Reactive[Shown]) -> None:
    """What the maps are coloured by, and how fast time goes."""
    layers = [[layer.name, layer.title] for layer in visit.layers.values()]
    spans = [[name, f"one {name} a step"] for name in SPANS]
    Choice.element(
        label="Colour of the maps", options=layers, value=visit.layer.name,
        on_value=lambda name: shown.set(replace(shown.peek(), layer=name)),
    )  # fmt: skip
    Choice.element(
        label="Step", options=spans, value=shown.value.span,
        on_value=lambda name: shown.set(replace(shown.peek(), span=name)),
    )  # fmt: skip
    WholeNumber.element(
        label="Speed, steps a second", low=link.SLOWEST, high=link.FASTEST, value=shown.value.speed,
        on_value=lambda speed: shown.set(replace(shown.peek(), speed=speed)),
    )  # fmt: skip


@solara.component
def Turning(
    visit: Visit, tick: solara.Reactive[int], notes: solara.Reactive[list[str]], renew: Callable[[], None]
) -> None:
    """Levers, programmes and dysfunctions of either side; what is turned holds from the next watch on."""
    side = solara.use_reactive("b")
    _ = tick.value
    world = visit.session.worlds[side.value]

    def turn(content: dict[str, object]) -> str:
        why = ""
        try:
            change = visit.session.change(
                side.peek(), str(content["table"]), str(content["key"]), float(str(content["value"]))
            )
            what = change.key.replace("_", " ")
            notes.set([News(f"In {side.peek().upper()}, {what} is {change.value:g} from now on.")])
        except CoproductionError as error:
            why = f"Nothing was changed. {error}"
            notes.set([why])
        visit.push()
        renew()
        return why

    html("h2", "Change while it runs")
    Choice.element(
        label="In which city", options=[["a", "A"], ["b", "B"]], value=side.value, on_value=side.set
    )
    # A part of its own, also when it is empty: what follows would be made anew, and close what was opened.
    with solara.v.Html(tag="div", class_="changed"):
        for each in SIDES:
            if changed := visit.session.worlds[each].changes:
                html("p", f"Changed in {each.upper()} so far: {changes_in_words(changed)}.")
    for summary, rows in (
        ("Levers of the policy", lever_rows(world)),
        ("Programmes", programme_rows(world)),
        ("Dysfunctions", dysfunction_rows(world)),
    ):
        with folded(summary):
            LeverList(rows, turn)


@solara.component
def LeverList(rows: list[Row], turn: Callable[[dict[str, object]], str]) -> None:
    """Rows of levers; tells what was turned, and is told why where that cannot be."""
    element = Levers.element(rows=rows)
    latest = solara.use_ref(turn)
    latest.current = turn

    def connect() -> Callable[[], None]:
        widget = solara.get_widget(element)

        def heard(_widget: object, content: dict[str, object], _buffers: object) -> None:
            if content.get("type") == "turn" and (why := latest.current(content)):
                widget.send({"type": "refused", "key": f"{content['table']}.{content['key']}", "why": why})

        widget.on_msg(heard)
        return lambda: widget.on_msg(heard, remove=True)

    solara.use_effect(connect, [])


@solara.component
def Taking(visit: Visit, shown: solara.Reactive[Shown], tick: solara.Reactive[int]) -> None:
    """What can be taken away: link, picture, table, commands."""
    _ = tick.value, shown.value
    now = visit.shown
    address = Address.element(query=now.query())

    widget = solara.use_ref(None)

    def connect() -> None:
        widget.current = solara.get_widget(address)

    solara.use_effect(connect, [])

    def give(kind: str, what: str = "", text: str = "") -> None:
        name = f"coproduce-{now.a}-{now.b}-{now.watch}{what}.{kind}"
        widget.current.send({"type": kind, "name": name, "text": text})

    def weeks() -> None:
        a, b = (visit.session.worlds[side].weeks for side in SIDES)
        give("csv", text=charts.as_csv(a, b))

    html("h2", "Take with you")
    html("p", "The address of this page is a link to what it shows now.")
    with solara.v.Html(tag="div", class_="buttons"):
        solara.Button("Copy link", on_click=lambda: give("copy"))
        solara.Button("Save maps (PNG)", on_click=lambda: give("png"))
        solara.Button("Save maps (SVG)", on_click=lambda: give("svg", text=maps_as_svg(visit)))
        solara.Button("Save charts (SVG)", on_click=lambda: give("svg", "-charts", charts_as_svg(visit)))
        solara.Button("Save weeks (CSV)", on_click=weeks)
    with folded("Do the same without this page"):
        Reproduce(visit, now)
