"""A validation as tables: for the report, for a terminal, and as the page docs/validation.md.

python -m coproduction.experiments.validation_document docs/validation.md
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coproduction.experiments.report.wording import number, within_sentence
from coproduction.experiments.spatial_statistics import Correlation
from coproduction.experiments.validation import Fit, Range, Validation, validate
from coproduction.experiments.validation_words import SAME_UNIT, WANTED_FACTOR, figure, findings

if TYPE_CHECKING:
    import pandas as pd

MODULE = "coproduction.experiments.validation_document"
PRESET = "own_department"
Check = dict[str, str | float]
CORRELATION = "rank correlation with observed"
CUT_HEADINGS = (
    "the model", "recorded, ratio to observed", "rank correlation", "given income", "one year", "Moran's I", "not luck",
)  # fmt: skip


def rows(v: Validation) -> dict[str, Check]:
    """Return the checks as the report takes them: name of the check to model, low, high, observed, unit, note."""
    income, housing = (v.benchmarks[name].correlation for name in ("income", "housing_value"))
    checks = {
        "Rank correlation over neighbourhoods": _row(
            v.model.correlation, CORRELATION, "interval respects neighbours"
        ),
        "What the model adds to income": _row(
            v.model.beyond, f"{CORRELATION}, given income", _added(v.model.beyond)
        ),
        "One simulated year": _row(v.model.single_year, CORRELATION, "mean over seeds"),
        "For comparison: income alone": _row(income, CORRELATION, "no model in it"),
        "For comparison: housing value alone": _row(housing, CORRELATION, "no model in it"),
        "Clustering of the map": _clustering(v),
    }
    if v.city.observed_unit != SAME_UNIT:
        return checks
    note = f"ratio {number(v.ratio, 2)}; a factor of {WANTED_FACTOR:g} was wanted"
    recorded = {**_row(v.model.level, SAME_UNIT, note, 1), "observed": number(v.observed_mean)}
    return {v.city.observed_label: recorded, **checks}


def _clustering(v: Validation) -> Check:
    model, observed = number(v.model.clustering, 2), number(v.observed_clusters, 2)
    return {
        "model": model,
        "observed": observed,
        "unit": "Moran's I",
        "note": "how much neighbours are alike",
    }


def _row(of: Correlation | Range, unit: str, note: str, decimals: int = 2) -> Check:
    value, low, high = (number(part, decimals) for part in (of.value, of.low, of.high))
    return {"model": value, "low": low, "high": high, "unit": unit, "note": note}


def _added(added: Correlation) -> str:
    if added.low > 0.0:
        return "more than nothing"
    return "not distinguishable from nothing" if added.high >= 0.0 else "less than nothing"


def check_cells(v: Validation) -> list[tuple[str, ...]]:
    """Return the checks as text: name, model with interval, observed, unit, note."""
    cells: list[tuple[str, ...]] = []
    for name, row in rows(v).items():
        ends = f" ({row['low']} to {row['high']})" if "low" in row else ""
        cells.append(
            (name, f"{row['model']}{ends}", str(row.get("observed", "")), str(row["unit"]), str(row["note"]))
        )
    return cells


def cut_cells(v: Validation) -> list[tuple[str, ...]]:
    """Return the whole model and each cut as text, in the order of ``CUT_HEADINGS``."""
    return [_fit_cells(v, fit) for fit in (v.model, *v.cuts)]


def _fit_cells(v: Validation, fit: Fit) -> tuple[str, ...]:
    return (
        f"with {fit.what}" if fit.what else "whole",
        number(fit.level.value / v.observed_mean, 2),
        figure(fit.correlation),
        figure(fit.beyond),
        number(fit.single_year.value, 2),
        number(fit.clustering, 2),
        number(fit.reliability, 2),
    )


def tables(v: Validation) -> "dict[str, pd.DataFrame]":
    """Return checks, cuts and the map, in full precision, for CSV."""
    import pandas as pd

    fits = [_in_full(fit) for fit in (v.model, *v.cuts)]
    city = v.city.city
    by_place = {
        "observed": v.observed,
        "model": v.model_map,
        "income": city.income,
        "housing_value": city.housing_value,
    }
    return {
        "checks": pd.DataFrame(check_cells(v), columns=["check", "model", "observed", "unit", "note"]),
        "cuts": pd.DataFrame(fits),
        "neighbourhoods": pd.DataFrame({"neighbourhood": list(city.names), **by_place}),
    }


def _in_full(fit: Fit) -> dict[str, str | float]:
    return {
        "cut": fit.key,
        "what": fit.what,
        **_named("level", fit.level),
        **_named("correlation", fit.correlation),
        **_named("given_income", fit.beyond),
        **_named("single_year", fit.single_year),
        "reliability": fit.reliability,
        "morans_i": fit.clustering,
    }


def _named(name: str, of: Correlation | Range) -> dict[str, float]:
    return {name: of.value, f"{name}_low": of.low, f"{name}_high": of.high}


def printable(v: Validation) -> str:
    """Return the tables and the findings for a terminal."""
    parts = [_columns([("check", "model", "observed", "unit", "note"), *check_cells(v)])]
    if v.cuts:
        parts.append(_columns([CUT_HEADINGS, *cut_cells(v)]))
    return "\n\n".join([*parts, *findings(v)])


def _columns(cells: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return "\n".join(
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


def markdown(v: Validation) -> str:
    """Return the page docs/validation.md."""
    city = v.city
    head = (
        f"# The model against observed crime\n\n{city.title}: {within_sentence(city.observed_label)}, "
        f'{city.observed_unit}, {v.compared} neighbourhoods. The model is the arrangement "{v.scenario}" with its '
        f"declared parameters, {len(v.seeds)} seeds. The observed column sets no parameter and enters no run: a test "
        "changes it and compares every bit.\n\nThis page is made by a command, to be run after any change of results "
        f"(some minutes):\n\n```\npython -m {MODULE} docs/validation.md\n```\n"
    )
    checks = _markdown_table(("check", "model (95 % interval)", "observed", "unit", "note"), check_cells(v))
    parts = [
        head,
        "## What was found\n",
        *(f"{paragraph}\n" for paragraph in findings(v)),
        "## Checks\n",
        checks,
    ]
    if v.cuts:
        parts += ["\n## With each mechanism cut\n", _markdown_table(CUT_HEADINGS, cut_cells(v)), CUT_NOTE]
    return "\n".join([*parts, METHOD])


def _markdown_table(headings: Sequence[str], cells: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *cells]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


CUT_NOTE = """
All on the same seeds. *Given income*: partial rank correlation. *One year*: mean correlation of a single seed's map.
*Not luck*: share of the spread between neighbourhoods of the mean map that is not luck; where it is low, there is
hardly a map to correlate.
"""

METHOD = """
## How

- **Level.** Mean over seeds of recorded burglary and vehicle theft per 1,000 households a year, with a t-interval over
  seeds, against the mean of the observed column.
- **Order.** Spearman's correlation of the mean map over seeds with the observed map.
- **Intervals that respect neighbours.** Fisher's interval for a rank correlation, at the number of independent places
  that the two maps are worth (Clifford, Richardson and Hémon 1989; Dutilleul 1993), each map's clustering taken from a
  spatial autoregression over who touches whom (Ord 1975). No distance is used. A test simulates pairs of maps of this
  city with known correlation and counts how often the interval holds it; the usual interval, which takes neighbours for
  strangers, fails that test.
- **Given income.** The same on what income's ranks leave of both maps' ranks.
- The intervals of correlations are about places, not about parameters: they say how firmly so few neighbourhoods can
  speak, not how much the assumptions matter.
"""


def _remake(path: Path) -> None:
    from coproduction.scenarios.scenario import load

    checked = validate(load(PRESET))
    path.write_text(markdown(checked), encoding="utf-8")
    sys.stdout.write(printable(checked) + "\n")


if __name__ == "__main__":
    _remake(Path(sys.argv[1]))
