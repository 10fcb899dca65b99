"""``coproduce sweep``: a design file into a store, or a scenario over a grid of values and seeds."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from coproduction.experiments.cli import options
from coproduction.experiments.cli.endings import NOT_SO, say
from coproduction.experiments.cli.foretelling import foretell, require_room
from coproduction.experiments.cli.places import check_file
from coproduction.experiments.cli.progress import compile_once, shown_progress
from coproduction.experiments.report.wording import count
from coproduction.simulation.errors import DesignError

if TYPE_CHECKING:
    import pandas as pd


LEVERS = ("policy", "policing")
ROWS_SHOWN = 40


OF_THE_FORM = ("seeds", "seed", "engine", "residents")
"""Options of the short form; a design file says these itself."""
OF_A_STORE = ("dask", "shard", "timeout", "retry_failed", "accept_changes", "dry_run", "json_lines")


@click.command()
@click.argument("scenario_file", metavar="DESIGN_OR_SCENARIO")
@click.option(
    "--set", "settings", multiple=True, metavar="TABLE.KEY=V1,V2,...",
    help="Values of one parameter of a scenario; several --set give every combination. [policy] holds the levers.",
)  # fmt: skip
@click.option(
    "--seeds",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="With --set: runs of each.",
)
@options.seed
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="PLACE",
    help="The store, DESIGN-store if not given; with --set, a new CSV file.",
)  # fmt: skip
@options.workers
@options.engine
@options.residents
@click.option(
    "--dask", metavar="ADDRESS", help="Workers of a Dask scheduler, in place of this machine's cores."
)
@click.option("--shard", metavar="K/N", help="Only the K-th of N parts, for N jobs on one store.")
@click.option(
    "--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="Most that a run may take."
)
@click.option("--retry-failed", is_flag=True, help="Run failed runs again.")
@click.option(
    "--accept-changes",
    is_flag=True,
    help="Go on in a store that was begun with another version of design or model.",
)
@click.option("--dry-run", is_flag=True, help="Say how many runs, how much time and disk; run nothing.")
@click.option("--json-lines", is_flag=True, help="How it goes, as JSON lines on the standard output.")
@click.pass_context
def sweep(context: click.Context, /, **given: Any) -> None:
    """Run a design of many runs, or a scenario over values.

    DESIGN.toml, with a table [sweep], says which policies, futures and seeds. Its runs go into a store, a folder of
    Parquet files; the same command goes on where it was stopped, and no run is run twice.

    A scenario with --set writes a CSV file with one row a run: the values, the seed, every outcome, and what went wrong
    if anything did; beside it, FILE.manifest.json. Everything is checked before anything is run.
    """
    from coproduction.experiments.sweeps.design_file import is_design_file

    if is_design_file(given["scenario_file"]):
        _refuse(
            context, ("settings", *OF_THE_FORM), "says nothing with a design file, which says that itself"
        )
        from coproduction.experiments.cli.sweep_stores import StoreOptions, sweep_design

        said = {key: given[key] for key in ("out", "workers", *OF_A_STORE)}
        sweep_design(given["scenario_file"], StoreOptions(**said))
        return
    if not given["settings"]:  # a file that is missing or torn is said before what else may be
        options.scenario_of(given["scenario_file"], given["residents"])
    _refuse(context, OF_A_STORE, "is for design files, which have a table [sweep]")
    if not given["settings"] or given["out"] is None:
        missing = "--set" if not given["settings"] else "--out"
        raise DesignError(
            f"{given['scenario_file']}: {missing} is missing. Write --set policy.boards=0,0.5 --out grid.csv, or give "
            "a design file with a table [sweep]."
        )
    sweep_grid(**{key: given[key] for key in ("scenario_file", "settings", "out", "workers", *OF_THE_FORM)})


def _refuse(context: click.Context, names: Sequence[str], why: str) -> None:
    """Refuse options that were given where they say nothing."""
    for name in names:
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            word = "set" if name == "settings" else name.replace("_", "-")
            raise DesignError(f"--{word} {why}. Leave it out.")


def sweep_grid(  # noqa: PLR0913 - one argument an option
    *,
    scenario_file: str,
    settings: tuple[str, ...],
    seeds: int,
    seed: int,
    out: Path,
    workers: int | None,
    engine: str,
    residents: int | None,
) -> None:
    """Run a scenario over every combination of some values, and write one table."""
    from coproduction.experiments.room import needed

    scenario = options.scenario_of(scenario_file, residents)
    values = values_of(settings)
    check_values(values)
    points = math.prod(len(series) for series in values.values())
    need = needed([scenario], engine, points, workers)
    require_room(need)
    check_file(out)
    check_file(manifest_file(out))
    compile_once()
    foretell([scenario], engine, need, points * seeds)
    from coproduction.experiments.cli.sweep_files import write_sweep
    from coproduction.experiments.sweep import sweep as run_sweep

    chosen = tuple(range(seed, seed + seeds))
    with shown_progress(
        f"{scenario.title}: {count(points * seeds, 'run')} of {scenario.residents:,} residents"
    ):
        table = run_sweep(scenario, values, seeds=chosen, workers=workers, engine=engine)
        write_sweep(table, out, scenario, {"values": values, "seeds": list(chosen), "engine": engine})
    click.echo(summary(table, list(values)))
    click.echo(f"\nWritten to {out}: {count(len(table), 'row')}.")
    _tell_failures(table)


def values_of(settings: tuple[str, ...]) -> dict[str, list[float]]:
    """Return the values by table.key of words such as ``policy.boards=0,0.5``; raises DesignError."""
    values: dict[str, list[float]] = {}
    for setting in settings:
        name, equals, listed = setting.partition("=")
        key = name.strip()
        if not equals or "." not in key or not listed.strip():
            raise DesignError(
                f"--set {setting}: must be TABLE.KEY=V1,V2,...; write --set policy.boards=0,0.5."
            )
        if key in values:
            raise DesignError(
                f"--set {setting}: must name each parameter once; got {key} twice. Join its values."
            )
        values[key] = [_number(setting, text) for text in listed.split(",")]
    return values


def check_values(values: Mapping[str, Sequence[float]]) -> None:
    """Refuse unknown parameters and values out of range; raises ParameterError."""
    from coproduction.simulation.parameters import Policing, build, policing

    for name, series in values.items():
        table, _, key = name.partition(".")
        for value in series:
            if table in LEVERS:
                policing("sweep", table, Policing(), {key: value})
            else:
                build("sweep", {table: {key: value}})


def _number(setting: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise DesignError(
            f"--set {setting}: values must be numbers with commas between; got {text.strip()!r}."
        ) from None


def manifest_file(out: Path) -> Path:
    """Return the path of the manifest beside a table."""
    return out.with_suffix(".manifest.json")


def summary(table: "pd.DataFrame", names: list[str]) -> str:
    """Return the means over seeds of the main outcomes that fit on a line, one line a combination."""
    from coproduction.simulation.outcomes import BY_NAME

    shown = ("true_crime", "recorded_crime", "clearance", "fear", "trust", "volunteer_hours")
    good = table[table["error"] == ""]
    if good.empty:
        return "No run came through."
    means = good.groupby(names, sort=False)[list(shown)].mean()
    head = "".join(f"{BY_NAME[name].label:>17}" for name in shown)
    lines = ["  ".join(names) + head]
    for key, row in means.head(ROWS_SHOWN).iterrows():
        values = key if isinstance(key, tuple) else (key,)
        left = "  ".join(f"{value:>{len(name)}g}" for name, value in zip(names, values, strict=True))
        lines.append(left + "".join(f"{mean:17.4g}" for mean in row))
    if len(means) > ROWS_SHOWN:
        lines.append(f"... and {len(means) - ROWS_SHOWN:,} more combinations in the file.")
    return "\n".join(["Means over seeds; units: coproduce schema outcomes", *lines])


def _tell_failures(table: "pd.DataFrame") -> None:
    failed = table[table["error"] != ""]
    if failed.empty:
        return
    say(f"{len(failed):,} of {len(table):,} runs failed; the first: {failed.iloc[0]['error']}.")
    raise click.exceptions.Exit(NOT_SO)
