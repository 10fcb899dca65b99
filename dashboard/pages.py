"""The pages of the dashboard, each at an address of its own, under one header.

A further page is a component in a module of its own and a line in ``routes``. Going to another page loads it anew: what
a visitor looks at is in the address, so nothing else need outlive the page.
"""

from pathlib import Path

import solara

from coproduction.dashboard import page_class, page_explore, page_lessons, page_results
from coproduction.dashboard.page_parts import html

STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


@solara.component
def Layout(children: list[solara.Element]) -> None:
    """The header with a link to each page, and under it the page that was asked for."""
    here = solara.use_router().parts[0]
    solara.Style(STYLE)
    with solara.v.Html(tag="div", class_="page"):
        with solara.v.Html(tag="nav", class_="pages", attributes={"aria-label": "Pages"}):
            for route in (each for each in routes if each.label):
                _link(route, here=route.path.strip("/") == here)
        with solara.v.Html(tag="main", children=children):
            pass


def _link(route: solara.Route, *, here: bool) -> None:
    target = {"href": f"/{route.path.strip('/')}"} | ({"aria-current": "page"} if here else {})
    with solara.v.Html(tag="a", attributes=target):
        html("span", str(route.label))


routes = [
    solara.Route(path="/", component=page_explore.Page, layout=Layout, label="Explore"),
    solara.Route(path="results", component=page_results.Page, label="Results"),
    solara.Route(path="lessons", component=page_lessons.Page, label="Lessons"),
    solara.Route(path="class", component=page_class.Page),  # for the teacher, who is told the address
]
"""Read by Solara under this name; the layout of the first holds for all."""
