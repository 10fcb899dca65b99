"""The series of the report: each policy week by week against the baseline."""

from typing import TYPE_CHECKING

import numpy as np

from coproduction.experiments.report.drawing import Picture
from coproduction.experiments.report.effects import policy_titles
from coproduction.experiments.report.figures import Band, SeriesPanel, Timeline, series, shared_limits

if TYPE_CHECKING:
    from coproduction.experiments.comparison import Comparison

WATCHES_A_WEEK = 21.0
WEEKS_A_BLOCK = 4
RATE = "offences per 1,000 residents a year"
INDEX = "mean of residents, 0 to 1"
COURSES = (
    ("true_crime", "True crime", RATE),
    ("recorded_crime", "Recorded crime", RATE),
    ("fear", "Fear of crime", INDEX),
    ("trust", "Trust in police", INDEX),
)


def pictures(comparison: "Comparison") -> list[Picture]:
    """One picture an outcome, one panel a policy."""
    known = set(comparison.series["column"])
    return [_picture(comparison, name, label, unit) for name, label, unit in COURSES if name in known]


def _picture(comparison: "Comparison", name: str, label: str, unit: str) -> Picture:
    titles = policy_titles(comparison)
    baseline, *policies = titles
    bands = {policy: four_week_band(comparison, policy, name) for policy in titles}
    limits = shared_limits(list(bands.values()))
    panels = [
        series(
            SeriesPanel(
                f"{label}: {titles[policy]}", position, bands[baseline], bands[policy], limits,
                _timeline(comparison), titles[baseline], unit,
            ),
            f"series-{name}-{position}",
        )
        for position, policy in enumerate(policies)
    ]  # fmt: skip
    return Picture(f"{label}, {unit}.", tuple(panels))


def four_week_band(comparison: "Comparison", policy: str, column: str) -> Band:
    """A weekly series as means of four weeks, which calms the noise of single weeks.

    The baseline's band is the interval of its own mean. A policy's band is that of its paired difference from
    the baseline, laid around the policy's mean: where the baseline's line lies outside it, the two can be told
    apart. The ends of weekly intervals are averaged too: an interval of the mean of four weeks is never wider
    than the mean of their intervals, so that a band shows at most too much uncertainty.
    """
    table = comparison.series
    rows = table[(table["policy"] == policy) & (table["column"] == column)].sort_values("week")
    names = ["week", "mean", "low", "high", "difference", "difference_low", "difference_high"]
    blocks = rows.groupby(rows["week"] // WEEKS_A_BLOCK)[names].mean()
    week, mean, low, high, difference, least, most = (blocks[name].to_numpy(np.float64) for name in names)
    if policy == comparison.scenarios[0].name:
        return Band(week, mean, low, high)
    return Band(week, mean, mean - (difference - least), mean + (most - difference))


def _timeline(comparison: "Comparison") -> Timeline:
    scenario = comparison.scenarios[0]
    return Timeline(scenario.burn_in_weeks, scenario.policy_start_watch / WATCHES_A_WEEK)
