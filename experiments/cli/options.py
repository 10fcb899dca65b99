"""Options that several commands share, and the scenarios that they ask for."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

ENGINES = ("core", "agents")
LARGEST_SEED = 2**63 - 1

seed = click.option(
    "--seed", type=click.IntRange(0, LARGEST_SEED), default=1, show_default=True, metavar="N",
    help="The luck of the first run; the same seed gives the same result.",
)  # fmt: skip
engine = click.option(
    "--engine", type=click.Choice(ENGINES), default="core", show_default=True,
    help="Compiled core, or agents one by one: the same bits, far slower.",
)  # fmt: skip
residents = click.option(
    "--residents", type=click.IntRange(20, 10_000_000), metavar="N",
    help="Residents, instead of the number in the scenario.",
)  # fmt: skip
workers = click.option(
    "--workers", type=click.IntRange(1), metavar="N",
    help="Processes; all cores if not given. Never changes a result.",
)  # fmt: skip
precision = click.option(
    "--precision", type=float, default=0.02, show_default=True, metavar="SHARE",
    help="Half-width of intervals asked for, as a share of the baseline's mean.",
)  # fmt: skip
ceiling = click.option(
    "--ceiling", type=click.IntRange(2), default=20, show_default=True, metavar="N",
    help="Most replications.",
)  # fmt: skip


def scenario_of(reference: str, residents_asked: int | None = None) -> "Scenario":
    """Load a scenario file or preset, with another number of residents where one is asked for.

    Raises
    ------
    CoproductionError
        The file or its city cannot be read, or does not describe one.
    """
    from coproduction.scenarios.scenario import load, replace

    scenario = load(reference)
    return scenario if residents_asked is None else replace(scenario, residents=residents_asked)
