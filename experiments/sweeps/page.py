"""The page of a sweep: policies over the same futures, what moves what, what failed; one file that stands alone."""

from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from coproduction.experiments.precision import StoppingRule
from coproduction.experiments.report import wording
from coproduction.experiments.sweeps.analysis import (
    Contrast,
    Influence,
    contrasts,
    courses,
    influence,
    point_means,
)
from coproduction.experiments.sweeps.differences import Difference, differences, interval_over, is_sampled
from coproduction.experiments.sweeps.dimensions import Dimension
from coproduction.experiments.sweeps.page_differences import PANELS, averages, hangs, trade_offs, values_at
from coproduction.experiments.sweeps.pictures import course_svg, shown_difference
from coproduction.experiments.sweeps.reading import chosen_sweep, results
from coproduction.experiments.sweeps.records import Record, read_record
from coproduction.experiments.sweeps.replicating import wide_in
from coproduction.experiments.sweeps.shards import write_whole
from coproduction.experiments.sweeps.store import SWEEPS, opened
from coproduction.simulation.outcomes import BY_NAME, OUTCOMES

if TYPE_CHECKING:
    import pandas as pd

PAGE_NAME = "report.html"
PICTURES = 6
"""Most parameters that get pictures: levers first, then those that move most."""
STRONGEST = 2
HOUR, MINUTE = 3600.0, 60.0


def write_page(folder: str | Path, sweep: str | None = None, out: Path | None = None) -> Path:
    """Write the page of a sweep, into its store if not said otherwise; return its path.

    Raises
    ------
    StoreError
        There is no such store or sweep, or the page cannot be written.
    """
    store = opened(folder, to_write=False)
    name = chosen_sweep(store, sweep)
    table = results(store, name, [outcome.name for outcome in OUTCOMES if outcome.main])
    record = read_record(store[SWEEPS] / f"{name}.json")
    text = rendered(record, table, Path(folder))
    page = (out or Path(folder)) / PAGE_NAME
    write_whole(page, lambda stream: stream.write(text.encode()))
    return page


def rendered(record: Record, table: "pd.DataFrame", folder: Path) -> str:
    """Return the page as text."""
    from coproduction.experiments.report.document import page_environment

    main = [outcome.name for outcome in OUTCOMES if outcome.main]
    policies = list(record.asks["policies"])
    means = point_means(table, main)
    dimensions = record.dimensions()
    moved = influence(table, record.asks["design"], dimensions, main) if dimensions and len(means) else None
    apart = differences(table, policies, main, sampled=is_sampled(record.asks["design"], table))
    content: dict[str, Any] = {
        **opening(record, table),
        "policies": policies,
        "outcomes": _outcome_rows(contrasts(means, policies, main), apart, policies, main),
        "over": interval_over(apart),
        "averages": averages(apart, policies[0]),
        "trade_offs": trade_offs(apart, policies[0]),
        "hangs": hangs(record, table, means) if dimensions and len(means) else [],
        "influence": influence_rows(moved) if moved else {"rows": []},
        "pictures": _pictures(record, table, means, moved.values if moved else {}),
        "varied": [varied(dimension, record) for dimension in dimensions],
        "failures": failures(table),
        "wide": too_wide(record, table),
        "folder": folder.as_posix(),
        "name": record.name,
        "model": record.model,
        "unknown": wording.NOT_MEASURED,
    }
    source = resources.files("coproduction.experiments.sweeps").joinpath("page.html.j2").read_text("utf-8")
    return page_environment().from_string(source).render(content)


def opening(record: Record, table: "pd.DataFrame") -> dict[str, Any]:
    """Say what was run: title, question, how it ended, facts as pairs of name and value."""
    ends = table["status"].value_counts()
    done, failed, missing = (int(ends.get(end, 0)) for end in ("done", "failed", "missing"))
    head = next(iter(record.asks["policies"].values()))["scenario"]
    seconds = float(table["cpu_seconds"].astype(float).sum())
    taken = f"{seconds / HOUR:.1f} hours" if seconds > HOUR else f"{seconds / MINUTE:.1f} minutes"
    points = wording.count(table.groupby(["lever_point", "future"]).ngroups, "point")
    return {
        "title": record.title,
        "question": f"{len(record.asks['policies']):,} policies at {points}, "
        f"on {wording.count(int(table['seed'].nunique()), 'seed')}.",
        "lead": f"{done:,} runs came through, {taken} of computing.",
        "n_failed": failed,
        "n_missing": missing,
        "facts": [
            ("City", Path(str(head["city"])).stem.replace("_", " ").capitalize()),
            ("Simulated residents", f"{head['residents']:,}"),
            ("Weeks", f"{head['burn_in_weeks']} to settle, {head['measured_weeks']} measured"),
            ("Design", record.asks["design"].replace("_", " ")),
            ("Lever points", f"{record.asks['levers']['points']:,}"),
            ("Futures", f"{record.asks['futures']['points']:,}"),
            ("Seeds", _seeds(record, table)),
        ],
    }


def _seeds(record: Record, table: "pd.DataFrame") -> str:
    """Say how often each future was replicated."""
    by_future = table.groupby("future")["seed"].nunique()
    few, most = int(by_future.min()), int(by_future.max())
    often = f"{few:,}" if few == most else f"{few:,} to {most:,} by future"
    if record.precision is None:
        return often
    asked = wording.percent(100 * record.precision["share"], 2)
    return f"{often}, until differences are known to {asked} of the baseline"


def too_wide(record: Record, table: "pd.DataFrame") -> str:
    """Say in how many futures differences are less sure than was asked; nothing where that was not asked."""
    if record.precision is None:
        return ""
    share, ceiling = record.precision["share"], int(record.precision["ceiling"])
    rule = StoppingRule(precision=share, minimum=record.replications, ceiling=ceiling)
    looks = tuple(dict.fromkeys(rule.looks()))
    wide = wide_in(table, rule, list(record.asks["policies"]), looks)
    if not wide:
        return ""
    return (
        f"In {len(wide):,} of {table['future'].nunique():,} futures a main outcome's difference is less sure than "
        f"{wording.percent(100 * share, 2)} of the baseline, though all {ceiling} replications were run."
    )


def _outcome_rows(
    found: Sequence[Contrast], apart: Sequence[Difference], policies: Sequence[str], main: Sequence[str]
) -> list[dict[str, Any]]:
    by_key = {(contrast.outcome, contrast.policy): contrast for contrast in found}
    average = {(each.outcome, each.policy): shown_difference(each) for each in apart}
    words = {(each.outcome, each.policy): each.finding for each in apart}
    rows = []
    for name in main:
        cells = [
            {
                "average": average.get((name, policy), ""),
                "finding": words.get((name, policy), ""),
                **contrast_cell(by_key.get((name, policy)), is_first=policy == policies[0]),
            }
            for policy in policies
        ]
        rows.append({"label": BY_NAME[name].label, "unit": BY_NAME[name].unit, "cells": cells})
    return rows


def contrast_cell(contrast: Contrast | None, *, is_first: bool) -> dict[str, str]:
    """Return a contrast as texts: mean, median difference, range over points, in how many points it is lower."""
    if contrast is None:
        return {"mean": wording.NOT_MEASURED, "difference": ""}
    if is_first:
        return {"mean": wording.significant(contrast.mean, 4), "difference": ""}
    decimals = wording.decimals_for((contrast.high - contrast.low) / 2)
    return {
        "mean": wording.significant(contrast.mean, 4),
        "difference": wording.signed(contrast.middle, decimals),
        "range": wording.interval(contrast.low, contrast.high, decimals, sign=True),
        "below": f"lower in {wording.percent(100 * contrast.below, 0)} of {contrast.points:,} points",
    }


def influence_rows(moved: Influence) -> dict[str, Any]:
    """Return the rows of the table of influences; the strongest of each outcome are marked."""
    values = moved.values
    names = list(next(iter(values.values())))
    strong = {
        outcome: sorted((n for n in found if abs(found[n]) > 0), key=lambda n: -abs(found[n]))[:STRONGEST]
        for outcome, found in values.items()
    }
    rows = [
        {
            "name": name,
            "cells": [
                {"text": _with_margin(found[name], moved.margins.get(outcome, {}).get(name)),
                 "strong": name in strong[outcome]}
                for outcome, found in values.items()
            ],
        }
        for name in names
    ]  # fmt: skip
    labels = [BY_NAME[outcome].label for outcome in values]
    measure = wording.sentence_start(moved.measure)
    return {"measure": measure, "labels": labels, "rows": rows, "notes": moved.notes}


def _with_margin(value: float, margin: float | None) -> str:
    """Return a number with half of its interval, to the digits that the interval allows; a correlation to two."""
    if margin is None or not margin >= 0:
        return wording.number(value, 2)
    decimals = wording.decimals_for(margin)
    return f"{value:.{decimals}f} ± {margin:.{decimals}f}"


def _pictures(
    record: Record, table: "pd.DataFrame", means: "pd.DataFrame", values: dict[str, dict[str, float]]
) -> list[dict[str, Any]]:
    """Return pictures of the parameters that matter: levers first, then by their strongest influence."""
    if means.empty:
        return []
    dimensions = sorted(record.dimensions(), key=lambda d: (d.role != "lever", -_strongest(d.name, values)))
    at = values_at(record, table)
    groups = []
    for number, dimension in enumerate(dimensions[:PICTURES]):
        panels = course_panels(record, means, at[dimension.name], PANELS, f"p{number}")
        unit = wording.sentence_start(record.unit_of(dimension.name))
        groups.append({"key": f"dimension-{number}", "name": dimension.name, "unit": unit, "panels": panels})
    return groups


def course_panels(
    record: Record, means: "pd.DataFrame", at: "pd.Series[float]", outcomes: Sequence[str], key: str
) -> list[dict[str, str]]:
    """Return pictures of how some outcomes go with a parameter, whose values ``at`` holds; title and SVG each."""
    first = next(iter(record.asks["policies"]))
    panels = []
    for outcome in outcomes:
        label = BY_NAME[outcome].label
        svg = course_svg(courses(means, at, outcome), f"{key}-{outcome}", (str(at.name), label), first)
        panels.append({"title": f"{label}, {BY_NAME[outcome].unit}", "svg": svg})
    return panels


def _strongest(name: str, values: dict[str, dict[str, float]]) -> float:
    return max((abs(found[name]) for found in values.values() if abs(found.get(name, 0.0)) >= 0), default=0.0)


class Varied(NamedTuple):
    """What of a parameter was run, in words."""

    name: str
    role: str
    values: str
    unit: str


def varied(dimension: Dimension, record: Record) -> Varied:
    """Say what of a parameter was run."""
    if dimension.values:
        values = wording.listing([f"{value:g}" for value in dimension.values])
    else:
        shape = "".join(f", {key} {value:g}" for key, value in dimension.shape.items())
        values = f"{dimension.low:g} to {dimension.high:g}, {dimension.distribution.replace('_', ' ')}{shape}"
    return Varied(dimension.name, dimension.role, values, record.unit_of(dimension.name))


def failures(table: "pd.DataFrame") -> list[dict[str, str]]:
    """Return a row for each stage and reason that runs failed at: stage, reason, runs, the first."""
    failed = table[table["status"] == "failed"]
    rows = []
    for (stage, reason), runs in failed.groupby(["stage", "reason"], sort=False):
        first = runs.iloc[0]
        where = f"{first['policy']}, point {first['lever_point']}/{first['future']}, seed {first['seed']}"
        rows.append({"stage": str(stage), "reason": str(reason), "runs": f"{len(runs):,}", "first": where})
    return rows
