"""What the runs of a lesson found: computed once, small enough to keep, the same for everybody who asks.

All that computing needs is imported with this module, before the first visitor comes: the page's own library asks at
every drawing whether pandas is there, and fails where another thread is in the middle of importing it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_schema import CURVES
from coproduction.experiments import measures, run, tables  # noqa: F401 - what each run imports
from coproduction.experiments.budget import budget_sentence
from coproduction.experiments.compare import compare
from coproduction.experiments.comparison import Comparison
from coproduction.experiments.progress import Advance
from coproduction.experiments.report import wording
from coproduction.experiments.report.distribution import FIFTHS, MEASURES
from coproduction.experiments.report.drawing import POLICY_COLOURS, POLICY_MARKERS
from coproduction.experiments.report.effects import Effect, effects
from coproduction.experiments.report.figures import (
    QuintileEffect,
    SeriesPanel,
    Timeline,
    quintiles,
    series,
    shared_limits,
)
from coproduction.experiments.report.time_course import WATCHES_A_WEEK, four_week_band

SIGNS = {"o": "●", "s": "■", "P": "✚", "X": "✖", "p": "⬟", "h": "⬢"}
"""What a marker of the pictures looks like in a text."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture with the same numbers as a table: headings, and rows whose first cell is the row's heading.

    legend  the sign, colour and title of each policy; empty where the title says it
    """

    title: str
    unit: str
    svg: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LessonResult:
    """The comparison of a lesson's policies, without the runs themselves.

    n        paired runs
    seconds  of computing, all runs together
    effects  by policy and outcome
    pairs    the difference in each paired run, by policy and outcome, in the outcome's unit
    charts   as the lesson asks for
    notes    what must be read with the numbers: equal budgets, runs that failed
    """

    n: int
    seconds: float
    effects: dict[tuple[str, str], Effect]
    pairs: dict[tuple[str, str], tuple[float, ...]]
    charts: tuple[Chart, ...]
    notes: tuple[str, ...]


Told = Callable[[int, int], None]
"""Told how many runs are done, and of how many; may raise to break off."""


def computed(lesson: Lesson, told: Told) -> LessonResult:
    """Run a lesson's policies on as many seeds as it asks for; raises ``DesignError`` where too many runs fail."""

    def advance(now: Advance) -> None:
        told(now.done, now.planned)

    comparison = compare(
        lesson.scenarios, seed=lesson.run.seed, minimum=lesson.run.runs, ceiling=lesson.run.runs, workers=1,
        progress=advance,
    )  # fmt: skip
    return result_of(lesson, comparison)


def result_of(lesson: Lesson, comparison: Comparison) -> LessonResult:
    """Keep of a comparison what the lesson shows."""
    found = {(each.policy, each.outcome): each for each in effects(comparison)}
    failures = len(comparison.failures)
    notes = [_budget_note(comparison)]
    notes += [f"{failures} runs failed and are left out of the pairs."] if failures else []
    return LessonResult(
        n=len(comparison.seeds),
        seconds=comparison.cpu_seconds,
        effects=found,
        pairs=_pairs(comparison),
        charts=(*_quintile_charts(lesson, comparison), *_curve_charts(lesson, comparison)),
        notes=tuple(notes),
    )


def _budget_note(comparison: Comparison) -> str:
    check = comparison.budget_check
    if check["equal"].all():
        return "All of them cost the city the same in every run."
    return budget_sentence(check)


def _pairs(comparison: Comparison) -> dict[tuple[str, str], tuple[float, ...]]:
    table = comparison.runs.pivot_table(
        index="seed", columns=["policy", "outcome"], values="value", dropna=False
    )
    found = {}
    for policy in comparison.policies[1:]:
        differences = table[policy] - table[comparison.baseline]
        for outcome in differences.columns:
            found[policy, str(outcome)] = tuple(float(value) for value in differences[outcome].dropna())
    return found


def _quintile_charts(lesson: Lesson, comparison: Comparison) -> list[Chart]:

    charts = []
    for measure in (each for each in MEASURES if each.column in lesson.compare.quintiles):
        of_measure = comparison.quintiles[comparison.quintiles["column"] == measure.column]
        drawn, cells = [], []
        for position, policy in enumerate(comparison.policies[1:]):
            rows = of_measure[of_measure["policy"] == policy].sort_values("quintile")
            level, middle, low, high = (
                rows[name].to_numpy(np.float64)
                for name in ("mean", "difference", "difference_low", "difference_high")
            )
            drawn.append(QuintileEffect(lesson.title_of(policy), position, level, middle, low, high))
            decimals = max(wording.decimals_for_interval(*ends) for ends in zip(low, high, strict=True))
            cells.append(
                [
                    f"{wording.signed(m, decimals)} ({wording.interval(lo, hi, decimals, sign=True)})"
                    for m, lo, hi in zip(middle, low, high, strict=True)
                ]
            )
        title = f"Change in {wording.within_sentence(measure.label)} by income fifth"
        panel = quintiles(measure.label, measure.unit, drawn, f"fifths-{measure.column}")
        headings = ("Income", *(each.policy_title for each in drawn))
        rows_shown = tuple(zip(FIFTHS, *cells, strict=True))
        charts.append(Chart(title, measure.unit, panel.svg, headings, rows_shown, _legend(drawn)))
    return charts


def _legend(drawn: Sequence[QuintileEffect]) -> tuple[tuple[str, str, str], ...]:

    return tuple(
        (SIGNS[POLICY_MARKERS[each.position]], POLICY_COLOURS[each.position], each.policy_title)
        for each in drawn
    )


def _curve_charts(lesson: Lesson, comparison: Comparison) -> list[Chart]:

    first = comparison.scenarios[0]
    timeline = Timeline(first.burn_in_weeks, first.policy_start_watch / WATCHES_A_WEEK)
    charts = []
    for column in lesson.compare.curves:
        label, unit = CURVES[column]
        bands = {policy: four_week_band(comparison, policy, column) for policy in comparison.policies}
        before = bands[comparison.baseline]
        for position, policy in enumerate(comparison.policies[1:]):
            title = f"{label}: {lesson.title_of(policy)} (solid) and {first.title} (dashed)"
            panel = SeriesPanel(
                title, position, before, bands[policy], shared_limits(list(bands.values())), timeline,
                first.title, unit,
            )  # fmt: skip
            svg = series(panel, f"curve-{column}-{position}").svg
            rows = tuple(
                (f"from week {int(week) + 1}", wording.significant(there), wording.significant(here))
                for week, there, here in zip(before.week, before.mean, bands[policy].mean, strict=True)
            )
            charts.append(Chart(title, unit, svg, ("Weeks", first.title, lesson.title_of(policy)), rows))
    return charts
