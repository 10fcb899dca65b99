"""The parts of a sweep's page that are about differences: pictures of them, trade-offs, what they hang on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coproduction.experiments.report import wording
from coproduction.experiments.sweeps.analysis import influence_on_difference
from coproduction.experiments.sweeps.differences import Difference, trade_off
from coproduction.experiments.sweeps.pictures import differences_svg, trade_off_svg
from coproduction.experiments.sweeps.records import Record
from coproduction.simulation.outcomes import BY_NAME

if TYPE_CHECKING:
    import pandas as pd

PANELS = ("true_crime", "recorded_crime", "clearance", "fear", "trust", "crime_gap")
TRADE_OFFS = (("true_crime", "public_cost"), ("true_crime", "crime_gap"))


def averages(apart: Sequence[Difference], first: str) -> list[dict[str, str]]:
    """Return a picture of each panel's outcome: mean differences with their intervals."""
    panels = []
    for outcome in PANELS:
        rows = [each for each in apart if each.outcome == outcome]
        if rows:
            title = f"{BY_NAME[outcome].label}, {BY_NAME[outcome].unit}"
            panels.append({"title": title, "svg": differences_svg(rows, f"average-{outcome}", first)})
    return panels


def trade_offs(apart: Sequence[Difference], first: str) -> list[dict[str, str]]:
    """Return a picture of each pair of outcomes that is looked at first."""
    panels = []
    for pair in TRADE_OFFS:
        found = trade_off(apart, first, pair)
        if found.points:
            labels = " and ".join(BY_NAME[outcome].label for outcome in pair)
            panels.append({"title": labels, "svg": trade_off_svg(found, f"trade-{'-'.join(pair)}")})
    return panels


def hangs(record: Record, table: "pd.DataFrame", means: "pd.DataFrame") -> list[tuple[str, list[str]]]:
    """Return what moves the difference in the first panel's outcome: a row a parameter, a cell a policy."""
    moved = influence_on_difference(means, values_at(record, table), list(record.asks["policies"]), PANELS[0])
    names = record.names if moved else ()
    return [(name, [wording.number(of[name], 2) for of in moved.values()]) for name in names]


def values_at(record: Record, table: "pd.DataFrame") -> "pd.DataFrame":
    """Return the values of what was varied, one row a policy, lever point and future."""
    return table.groupby(["policy", "lever_point", "future"])[list(record.names)].first()
