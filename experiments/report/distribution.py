"""Who gains and who pays: by income quintile, and in the neighbourhoods that are worst off."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coproduction.experiments.report import wording
from coproduction.experiments.report.city_maps import Local, local
from coproduction.experiments.report.drawing import Panel, Picture
from coproduction.experiments.report.effects import MARKS, policy_titles, reader_finding
from coproduction.experiments.report.figures import QuintileEffect, quintiles
from coproduction.experiments.report.maps import neighbourhood_title
from coproduction.experiments.report.tables import Table
from coproduction.experiments.verdict import finding

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.comparison import Comparison

WORST_OFF_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of the quintile table: its label, unit, and which way is better."""

    column: str
    label: str
    unit: str
    better: str


MEASURES = (
    Measure("victimisation", "Victimisation", "offences against residents per 1,000 a year", "lower"),
    Measure("fear", "Fear of crime", "mean, 0 to 1", "lower"),
    Measure("trust", "Trust in police", "mean, 0 to 1", "higher"),
    Measure("quality", "Quality of life", "index 0 to 1, by declared weights", "higher"),
    Measure("volunteer_hours", "Volunteer hours given", "hours per 1,000 residents a year", "neither"),
    Measure("patrol_stops", "Patrol received", "stops per 1,000 residents a year", "neither"),
    Measure("victim_cost", "Cost borne as victims", "USD of 2020 per resident a year", "lower"),
)

FIFTHS = ("poorest fifth", "second fifth", "middle fifth", "fourth fifth", "richest fifth")
LOSSES = ("victimisation", "fear")
"""Measures of which a change for the worse in any fifth is said beside the answer."""

INDEX_LABELS = {
    "gini_of_crime": "Gini of true crime over neighbourhoods, 0 to 1",
    "theil_of_crime": "Theil index of true crime over neighbourhoods",
    "concentration_of_crime_by_income": "Concentration of crime by income; below 0: on the poor",
    "victimisation_poorest_to_richest": "Victimisation, poorest fifth over richest fifth",
    "crime_of_worst_off_neighbourhood": "True crime of the worst-off neighbourhood, per 1,000 residents a year",
}


def picture(comparison: "Comparison") -> Picture:
    """Paired differences by income quintile, one panel a measure."""
    panels = [_panel(comparison, measure) for measure in measures(comparison)]
    return Picture("", tuple(panels))


def measures(comparison: "Comparison") -> list[Measure]:
    """The measures that the comparison holds."""
    known = set(comparison.quintiles["column"])
    return [measure for measure in MEASURES if measure.column in known]


def _panel(comparison: "Comparison", measure: Measure) -> Panel:
    titles = list(policy_titles(comparison).items())[1:]
    effects = []
    for position, (policy, title) in enumerate(titles):
        rows = _quintile_rows(comparison, policy, measure.column)
        numbers = (
            rows[name].to_numpy(np.float64)
            for name in ("mean", "difference", "difference_low", "difference_high")
        )
        effects.append(QuintileEffect(title, position, *numbers))
    return quintiles(measure.label, measure.unit, effects, f"quintiles-{measure.column}")


def _quintile_rows(comparison: "Comparison", policy: str, column: str) -> "pd.DataFrame":
    table = comparison.quintiles
    chosen = table[(table["policy"] == policy) & (table["column"] == column)]
    return chosen.sort_values("quintile")


def quintile_table(comparison: "Comparison") -> Table:
    """Every income fifth: the baseline's level and each policy's difference."""
    titles = policy_titles(comparison)
    rows = []
    for measure in measures(comparison):
        for place, name in enumerate(FIFTHS):
            picked = {
                policy: _quintile_rows(comparison, policy, measure.column).iloc[place] for policy in titles
            }
            rows.append(_cells(f"{measure.label}, {name}", measure, picked))
    baseline, *policies = titles.values()
    headings = ("Measure", f"{baseline}: level", *(f"{title}: change" for title in policies))
    return Table("Residents by income fifth", headings, tuple(rows))


def losers(comparison: "Comparison") -> dict[str, str]:
    """Which income fifths each policy leaves worse off in victimisation or fear, in words; empty for none."""
    return _who(comparison, "worse")


def gainers(comparison: "Comparison") -> dict[str, str]:
    """Which income fifths each policy leaves better off in victimisation or fear, in words; empty for none."""
    return _who(comparison, "better")


def _who(comparison: "Comparison", wanted: str) -> dict[str, str]:
    chosen = [measure for measure in measures(comparison) if measure.column in LOSSES]
    return {
        policy: "; ".join(
            text for measure in chosen if (text := _fifths(comparison, policy, measure, wanted))
        )
        for policy in list(policy_titles(comparison))[1:]
    }


def _fifths(comparison: "Comparison", policy: str, measure: Measure, wanted: str) -> str:
    """ "victimisation up by 3.1 in the poorest fifth (offences against residents per 1,000 a year)"."""
    rows = _quintile_rows(comparison, policy, measure.column)
    baseline = _quintile_rows(comparison, comparison.baseline, measure.column)
    levels = baseline["mean"].to_numpy(np.float64)
    parts, way = [], ""
    for name, level, (_, row) in zip(FIFTHS, levels, rows.iterrows(), strict=True):
        low, high, middle = (float(row[end]) for end in ("difference_low", "difference_high", "difference"))
        if reader_finding(finding(measure.better, low, high), low, high, level) == wanted:
            size = wording.number(abs(middle), wording.decimals_for_interval(low, high))
            parts.append(f"{size} in the {name}")
            way = "up" if middle > 0 else "down"
    if not parts:
        return ""
    return f"{wording.within_sentence(measure.label)} {way} by {wording.listing(parts)} ({measure.unit})"


def _cells(label: str, measure: Measure, picked: "dict[str, pd.Series]") -> tuple[str, ...]:
    """A row: the baseline's level, then a difference with its interval and mark for every policy."""
    baseline, *policies = picked.values()
    decimals = _decimals(policies)
    level = float(baseline["mean"])
    changes = [difference_text(row, measure.better, decimals, level) for row in policies]
    return (f"{label} ({measure.unit})", wording.number(level, decimals), *changes)


def _decimals(policies: "Sequence[pd.Series]") -> int:
    """Decimals that suit every interval of a row."""
    ends = [(float(row["difference_low"]), float(row["difference_high"])) for row in policies]
    return max((wording.decimals_for_interval(low, high) for low, high in ends), default=1)


def difference_text(row: "pd.Series", better: str, decimals: int, level: float) -> str:
    """ "▲ −8.1 (−10.9 to −5.3) better": a difference, its interval, and what it means."""
    low, high, middle = (float(row[name]) for name in ("difference_low", "difference_high", "difference"))
    found = reader_finding(finding(better, low, high), low, high, level)
    span = wording.interval(low, high, decimals, sign=True)
    return f"{MARKS[found]} {wording.signed(middle, decimals)} ({span}) {found}"


def worst_off_table(comparison: "Comparison") -> Table:
    """The neighbourhoods with most true crime under the baseline, and what each policy does there."""
    titles = policy_titles(comparison)
    baseline, *policies = titles
    city = comparison.scenarios[0].city.city
    level = local(comparison, baseline, "true_crime").mean
    order = np.argsort(-np.nan_to_num(level, nan=-np.inf), kind="stable")[:WORST_OFF_SHOWN]
    changes = {policy: local(comparison, policy, "true_crime") for policy in policies}
    rows = []
    for index in (int(i) for i in order if np.isfinite(level[i])):
        cells = [_local_text(changes[policy], index) for policy in policies]
        income = f"{wording.number(float(city.income[index]), 1)}"
        name = wording.sentence_start(neighbourhood_title(city.names[index]))
        rows.append((name, income, wording.number(float(level[index]), 0), *cells))
    headings = (
        "Neighbourhood", _income_heading(comparison), f"{titles[baseline]}: true crime",
        *(f"{titles[policy]}: change" for policy in policies),
    )  # fmt: skip
    caption = f"The {len(rows)} neighbourhoods with most true crime per 1,000 residents a year"
    return Table(caption, headings, tuple(rows))


def _income_heading(comparison: "Comparison") -> str:
    year = comparison.scenarios[0].city.year
    return f"Income, thousand USD of {year}" if year else "Income, thousand USD"


def _local_text(measure: Local, index: int) -> str:
    low, high, middle = measure.low[index], measure.high[index], measure.difference[index]
    decimals = wording.decimals_for_interval(low, high)
    found = finding("lower", low, high)
    return f"{MARKS[found]} {wording.signed(middle, decimals)} ({wording.interval(low, high, decimals, sign=True)})"


def neighbourhood_sentences(comparison: "Comparison") -> list[str]:
    """How many neighbourhoods have distinguishably more and less true crime under each policy."""
    titles = list(policy_titles(comparison).items())[1:]
    return [_sentence(comparison, policy, title) for policy, title in titles]


def _sentence(comparison: "Comparison", policy: str, title: str) -> str:
    measure = local(comparison, policy, "true_crime")
    known = int(np.isfinite(measure.difference).sum())
    more, less = int((measure.low > 0).sum()), int((measure.high < 0).sum())
    return (
        f"{title}: of {known} neighbourhoods, true crime is distinguishably lower in {less} and higher in {more}; "
        f"the other {known - more - less} cannot be told apart from the baseline."
    )


def inequality_table(comparison: "Comparison") -> Table:
    """Indices of how unequally crime falls: the baseline's and each policy's difference."""
    titles = policy_titles(comparison)
    table = comparison.equity
    rows = []
    for index in dict.fromkeys(table["index"]):
        picked = {row["policy"]: row for _, row in table[table["index"] == index].iterrows()}
        label = INDEX_LABELS.get(index, str(index).replace("_", " "))
        if all(policy in picked for policy in titles):
            rows.append(_index_row(label, [picked[policy] for policy in titles]))
    baseline, *policies = titles.values()
    headings = ("Index", f"{baseline}: level", *(f"{title}: change" for title in policies))
    return Table("How unequally crime falls", headings, tuple(rows), shape="wide")


def _index_row(label: str, picked: "list[pd.Series]") -> tuple[str, ...]:
    baseline, *policies = picked
    decimals = _decimals(policies)
    level = float(baseline["mean"])
    changes = [difference_text(row, "neither", decimals, level) for row in policies]
    return (label, wording.number(level, decimals), *changes)
