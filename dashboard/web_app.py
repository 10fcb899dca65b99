"""What answers the browser: Solara's application, with a page of our own where there is none of that address."""

from jinja2 import Environment, PackageLoader
from solara.server import starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse

from coproduction.dashboard.pages import STYLE, routes

NOT_FOUND = 404


def not_found(request: Request, _error: Exception) -> HTMLResponse:
    """Return the page for an address that leads nowhere, with the way to those that there are."""
    loader = PackageLoader("coproduction.dashboard", "")
    template = Environment(loader=loader, autoescape=True).get_template("not_found.html.j2")
    pages = [(f"/{route.path.strip('/')}", str(route.label)) for route in routes if route.label]
    text = template.render(style=STYLE, path=request.url.path[:80], pages=pages)
    return HTMLResponse(text, status_code=NOT_FOUND)


app = starlette.app
app.add_exception_handler(NOT_FOUND, not_found)
