"""Parts of Results: the tabs, what can be asked, and a screen with what can be saved of it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

import solara

from coproduction.dashboard.findings import MAIN, Findings, named
from coproduction.dashboard.native_controls import Choice, WholeNumber
from coproduction.dashboard.page_parts import html
from coproduction.dashboard.results_controls import Check, TextInput
from coproduction.dashboard.results_link import SORTS, Asked
from coproduction.dashboard.results_runs import pages_of, parameters_of
from coproduction.dashboard.results_screen import Figure, Part, Screen, Table, Words
from coproduction.dashboard.results_views import BY_NAME, VIEWS
from coproduction.experiments.report.drawing import standalone_svg
from coproduction.simulation import outcomes as declared

Ask = Callable[[Asked], None]
Save = Callable[[str, str, str], None]
"""Called with a kind (csv, svg, png, txt), the name of the file, and its text."""


@solara.component
def Tabs(asked: Asked, ask: Ask) -> None:
    """A button for each screen."""
    with solara.v.Html(tag="div", class_="tabs", attributes={"role": "group", "aria-label": "Screens"}):
        for view in VIEWS:
            Pressed(
                view.title,
                view.name == asked.view,
                lambda name=view.name: ask(_seen(asked, view=name, find="")),
            )


def _seen(asked: Asked, **which: object) -> Asked:
    """Return what is asked for with a change; the table begins anew."""
    return replace(asked, **{"page": 1, **which})  # type: ignore[arg-type]


@solara.component
def Pressed(words: str, on: bool, press: Callable[[], None]) -> None:
    """A native button that says whether it is the one in force."""
    button = solara.v.Html(
        tag="button", children=[words], attributes={"type": "button", "aria-pressed": str(on).lower()}
    )
    solara.v.use_event(button, "click", lambda *_: press())


@solara.component
def Asking(found: Findings, asked: Asked, ask: Ask) -> None:
    """The controls that the screen in force reads."""
    asks = BY_NAME[asked.view].asks

    def change(**which: object) -> None:
        other = _seen(asked, **which)
        if other != asked:
            ask(other)

    with solara.v.Html(tag="div", class_="asking"):
        if "x" in asks:
            main_only = "parameter" in asks  # what moves them is asked of the main outcomes only
            across = [name for name in found.outcomes if not main_only or name in MAIN]
            _outcome(across, "Outcome", asked.x, lambda value: change(x=value))
        if "y" in asks:
            _outcome(found.outcomes, "Second outcome, upwards", asked.y, lambda value: change(y=value))
        if "policy" in asks:
            offered = found.policies if "page" in asks else found.policies[1:]
            policies = [["", "all"], *([name, named(name)] for name in offered)]
            Choice.element(
                label="Policy",
                options=policies,
                value=asked.policy,
                on_value=lambda value: change(policy=value),
            )
        if "parameter" in asks and (names := parameters_of(found)):
            value = asked.parameter if asked.parameter in names else names[0]
            options = [[name, name] for name in names]
            Choice.element(
                label="Parameter",
                options=options,
                value=value,
                on_value=lambda value: change(parameter=value),
            )
        if "find" in asks:
            label = "Rows that hold the words" if "page" in asks else "Outcomes that hold the words"
            TextInput.element(label=label, value=asked.find, on_value=lambda value: change(find=value))
        if "sort" in asks:
            sorts = [[name, words] for name, words in SORTS.items()]
            Choice.element(
                label="Order of the table",
                options=sorts,
                value=asked.sort,
                on_value=lambda value: change(sort=value),
            )
        if "page" in asks and (last := pages_of(found, asked)) > 1:
            WholeNumber.element(
                label=f"Page of the table (1 to {last})", low=1, high=last, value=min(asked.page, last),
                on_value=lambda value: change(page=value),
            )  # fmt: skip
        if "every" in asks:
            label = f"All {len(found.outcomes)} outcomes, not only the main ones"
            Check.element(label=label, on=asked.every, on_on=lambda value: change(every=value))


def _outcome(names: Sequence[str], label: str, value: str, chosen: Callable[[str], None]) -> None:
    options = [[name, declared.BY_NAME[name].label] for name in names]
    Choice.element(label=label, options=options, value=value, on_value=chosen)


@solara.component
def Shown(screen: Screen, save: Save) -> None:
    """A screen: words, pictures side by side, tables."""
    with solara.v.Html(tag="div", class_="screen"):
        for is_figure, parts in groupby(screen.parts, lambda part: isinstance(part, Figure)):
            if is_figure:
                with solara.v.Html(tag="div", class_="figures"):
                    for part in parts:
                        _part(part, save)
            else:
                for part in parts:
                    _part(part, save)


def _part(part: Part, save: Save) -> None:
    if isinstance(part, Words):
        if part.title:
            html("h3", part.title)
        html("p", part.text)
    elif isinstance(part, Figure):
        OneFigure(part, save)
    else:
        OneTable(part, save)


@solara.component
def OneFigure(figure: Figure, save: Save) -> None:
    """A picture that brings its own words, and buttons to save it."""
    with solara.v.Html(tag="figure"):
        html("figcaption", figure.title)
        solara.HTML(tag="div", unsafe_innerHTML=figure.svg)
        with solara.v.Html(tag="div", class_="save"):
            for kind in ("svg", "png"):
                Saving(
                    f"Save {kind.upper()}",
                    f"Save {kind.upper()}: {figure.title}",
                    lambda kind=kind: save(
                        kind, f"coproduce-{figure.name}.{kind}", standalone_svg(figure.svg)
                    ),
                )


@solara.component
def OneTable(table: Table, save: Save) -> None:
    """A table in a box of its own, which scrolls where it is wider than the screen."""
    box = {"role": "region", "tabindex": "0", "aria-label": table.caption}
    with solara.v.Html(tag="div", class_="scroll", attributes=box):
        solara.HTML(tag="div", unsafe_innerHTML=table_html(table))
    with solara.v.Html(tag="div", class_="save"):
        words = f"Save table (CSV): {table.caption}"
        Saving("Save table (CSV)", words, lambda: save("csv", f"coproduce-{table.name}.csv", table.as_csv()))


@solara.component
def Saving(words: str, spoken: str, press: Callable[[], None]) -> None:
    """A small native button."""
    button = solara.v.Html(
        tag="button", children=[words], attributes={"type": "button", "aria-label": spoken}
    )
    solara.v.use_event(button, "click", lambda *_: press())


def table_html(table: Table) -> str:
    """Return a table as HTML; whatever stands in it is escaped."""
    headings = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in table.headings)
    if table.links:
        headings += '<th scope="col">See it</th>'
    rows = "".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}{link}</tr>'
        for (first, *cells), link in zip(table.rows, _links(table), strict=True)
    )
    empty = (
        ""
        if rows
        else f'<tr><td colspan="{len(table.headings)}">Nothing here fits what is asked for.</td></tr>'
    )
    return (
        f"<table><caption>{escape(table.caption)}</caption><thead><tr>{headings}</tr></thead>"
        f"<tbody>{rows}{empty}</tbody></table>"
    )


def _links(table: Table) -> list[str]:
    if not table.links:
        return [""] * len(table.rows)
    return [
        f'<td><a href="{escape(address)}">{escape(words)}</a></td>' if address else "<td></td>"
        for address, words in table.links
    ]
