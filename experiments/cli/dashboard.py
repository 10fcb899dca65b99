"""``coproduce dashboard``: two policies side by side in a browser."""

import click

from coproduction.experiments.cli import options
from coproduction.experiments.cli.endings import tell
from coproduction.experiments.cli.progress import compile_once


@click.command()
@click.argument("policies", metavar="[FILE_OR_PRESET]...", nargs=-1)
@options.residents
@click.option(
    "--results", multiple=True, metavar="FOLDER",
    help="Store of a sweep or folder of a comparison to choose from on the page Results; may be given several times.",
)  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve on; 0.0.0.0 for all.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, metavar="N",
    help="Port to serve on; 0 for any that is free.",
)  # fmt: skip
@click.option("--open/--no-open", "open_browser", default=True, help="Open a browser on the page.")
def dashboard(  # noqa: PLR0913 - one argument an option
    *,
    policies: tuple[str, ...],
    residents: int | None,
    results: tuple[str, ...],
    host: str,
    port: int,
    open_browser: bool,
) -> None:
    """Watch two policies side by side in a browser.

    Serves a page on this machine: a city under policy A and under policy B on the same luck, played watch by watch,
    with maps, levers and people; and what sweeps and comparisons have found. The first two policies named are shown
    first; all presets can be chosen. Works without a network, and sends nothing anywhere.
    """
    from coproduction.dashboard.environment import check_installed

    check_installed()
    from coproduction.dashboard.result_stores import ResultStores, serve_results
    from coproduction.dashboard.server import Address, policies_of, serve

    choice = policies_of(policies, residents)
    serve_results(ResultStores(results))
    compile_once()
    serve(choice, Address(host, port), tell, open_browser=open_browser)
