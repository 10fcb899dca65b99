"""``coproduce demo``, ``compare`` and ``report``: policies on shared luck, and the page that says what was found."""

import time
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coproduction.experiments.cli import options
from coproduction.experiments.cli.endings import tell
from coproduction.experiments.cli.foretelling import foretell, require_room
from coproduction.experiments.cli.places import (
    TABLES_FOLDER,
    check_folder,
    default_folder,
    read_back,
    write_with_report,
)
from coproduction.experiments.cli.progress import compile_once, duration, shown_progress

if TYPE_CHECKING:
    from coproduction.experiments.comparison import Comparison
    from coproduction.experiments.validation_document import Check
    from coproduction.scenarios.scenario import Scenario

DEMO_POLICIES = ("own_department", "contract", "volunteers", "coproduced")
DEMO_PRECISION, DEMO_CEILING = 0.02, 20
QUICK = {"residents": 4_000, "burn_in_weeks": 26, "measured_weeks": 52}
QUICK_CEILING = 8


@dataclass(frozen=True, slots=True)
class Choices:
    """How policies are to be compared; see ``experiments.compare.compare``."""

    seed: int
    precision: float
    ceiling: int
    workers: int | None
    engine: str = "core"


@click.command()
@click.option("--quick", is_flag=True, help="A small city and few replications: seconds, and wide intervals.")
@options.seed
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("coproduce-demo"), show_default=True, metavar="FOLDER",
    help="Where the report goes; an earlier result there is replaced, other files never are.",
)  # fmt: skip
@options.workers
def demo(*, quick: bool, seed: int, out: Path, workers: int | None) -> None:
    """Compare four ways to police Columbus, Ohio.

    The city's own department, contracting out, organised volunteering, and policing co-produced with community boards,
    at equal public budget. Writes one HTML report with its tables, and prints the verdict.
    """
    from coproduction.scenarios.scenario import load, replace

    loaded = [load(name) for name in DEMO_POLICIES]
    scenarios = [replace(scenario, **QUICK) for scenario in loaded] if quick else loaded
    ceiling = QUICK_CEILING if quick else DEMO_CEILING
    processes = workers or 1 if quick else workers  # starting some would take longer than the quick runs
    compare_and_report(scenarios, Choices(seed, DEMO_PRECISION, ceiling, processes), out)


@click.command()
@click.argument("scenario_files", metavar="FILE...", nargs=-1, required=True)
@options.seed
@options.precision
@options.ceiling
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where the report goes.")
@options.workers
@options.engine
@options.residents
@click.option(
    "--cut", "cuts", multiple=True, metavar="PATHWAY",
    help="Compare also with the last policy less this pathway; may be repeated.",
)  # fmt: skip
@click.option("--pathways", is_flag=True, help="The same for every pathway that the last policy works by.")
def compare(  # noqa: PLR0913 - one argument an option
    *,
    scenario_files: tuple[str, ...],
    seed: int,
    precision: float,
    ceiling: int,
    out: Path | None,
    workers: int | None,
    engine: str,
    residents: int | None,
    cuts: tuple[str, ...],
    pathways: bool,
) -> None:
    """Compare policies with the first one, on shared luck.

    FILE... are two or more scenario files or presets, alike in city, residents and weeks. Replicates until every main
    outcome is known as well as asked, or to the ceiling; says "not distinguishable" where a difference may be luck.
    """
    from coproduction.experiments.comparability import check_comparable
    from coproduction.experiments.pathways import cut_versions, used_pathways

    scenarios = [options.scenario_of(reference, residents) for reference in scenario_files]
    scenarios += cut_versions(scenarios[-1], used_pathways(scenarios[-1]) if pathways else cuts)
    check_comparable(scenarios)
    folder = out or default_folder(*(scenario.name for scenario in scenarios))
    compare_and_report(scenarios, Choices(seed, precision, ceiling, workers, engine), folder)


def compare_and_report(scenarios: "Sequence[Scenario]", choices: Choices, folder: Path) -> None:
    """Compare, write, print: what ``demo`` and ``compare`` share."""
    from coproduction.experiments.room import needed

    check_precision(choices)
    need = needed(scenarios, choices.engine, choices.ceiling, choices.workers)
    require_room(need)
    check_folder(folder)
    if folder.exists() and any(folder.iterdir()):
        tell(f"{folder} holds an earlier result; this one replaces it when it is done. --out keeps both.")
    compile_once()
    foretell(scenarios, choices.engine, need, choices.ceiling * len(scenarios))
    first, clock = scenarios[0], time.monotonic()
    work = (
        f"{first.city.title}: {len(scenarios)} policies, up to {choices.ceiling} replications of {first.residents:,} "
        f"residents over {first.burn_in_weeks} + {first.measured_weeks} weeks"
    )
    with shown_progress(work) as progress:
        from coproduction.experiments.cli.verdict_text import verdict_text
        from coproduction.experiments.compare import compare as run_comparison
        from coproduction.experiments.pathways import mediation_text

        comparison = run_comparison(
            scenarios,
            seed=choices.seed,
            precision=choices.precision,
            ceiling=choices.ceiling,
            workers=choices.workers,
            engine=choices.engine,
            progress=progress,
        )
    tell("Writing the report ...")
    page = write_with_report(comparison, folder, validation_rows(comparison))
    click.echo(verdict_text(comparison))
    click.echo(mediation_text(comparison), nl=False)
    taken = duration(time.monotonic() - clock)
    click.echo(f"\nTook {taken}: {_where_it_went(comparison)}.\n{_where(page, folder)}")


def check_precision(choices: Choices) -> None:
    """Refuse what no stopping rule can be made of, before any work; raises DesignError."""
    from coproduction.experiments.precision import DEFAULT_MINIMUM, StoppingRule

    fewest = min(DEFAULT_MINIMUM, choices.ceiling)
    StoppingRule(precision=choices.precision, minimum=fewest, ceiling=choices.ceiling)


def validation_rows(comparison: "Comparison") -> "dict[str, Check] | None":
    """Hold the baseline's runs against what was observed in the city; None if nothing was."""
    baseline = comparison.scenarios[0]
    if baseline.city.observed is None or len(comparison.seeds) < 2:
        return None
    from coproduction.experiments.crime_maps import maps_of_baseline
    from coproduction.experiments.validation import FULL, held_against_observed
    from coproduction.experiments.validation_document import rows

    with warnings.catch_warnings():
        # A year without any crime has no order; the report says that it was not measured.
        warnings.simplefilter("ignore", RuntimeWarning)
        return rows(held_against_observed(baseline, {FULL: maps_of_baseline(comparison)}))


def _where_it_went(comparison: "Comparison") -> str:
    runs = len(comparison.seeds) * len(comparison.scenarios)
    running, computing = duration(60 * comparison.minutes), duration(comparison.cpu_seconds)
    return f"{runs:,} runs in {running} ({computing} of computing), then the report"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="FOLDER", help="Where the report goes.")
@click.option("--sweep", metavar="NAME", help="Which sweep, where a store holds several.")
def report(folder: Path, out: Path | None, sweep: str | None) -> None:
    """Write the report of a finished comparison, or of a sweep.

    Nothing is run again. FOLDER is what demo or compare has written, or the store of a sweep, finished or not. The
    report replaces the one in it unless --out says otherwise.
    """
    from coproduction.experiments.sweeps.store import is_store

    if is_store(folder):
        from coproduction.experiments.cli.sweep_stores import report_sweep

        report_sweep(folder, out, sweep)
        return
    comparison = read_back(folder)
    goal = out or folder
    check_folder(goal)
    from coproduction.experiments.cli.verdict_text import verdict_text

    page = write_with_report(comparison, goal, validation_rows(comparison))
    click.echo(verdict_text(comparison))
    click.echo(f"\n{_where(page, goal)}")


def _where(page: Path, folder: Path) -> str:
    return (
        f"Report: {page}  (opens in any browser, without a network)\n"
        f"Tables: {folder / TABLES_FOLDER}   Manifest: {folder / 'manifest.json'}"
    )
