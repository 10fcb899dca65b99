"""The pictures of the verdict: differences with intervals, series with bands, and the income quintiles."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from coproduction.experiments.report import drawing, wording
from coproduction.experiments.report.drawing import Panel
from coproduction.experiments.report.effects import ABOUT_EQUAL, NEXT_TO_NOTHING, UNDECIDED, Effect

FloatArray = NDArray[np.float64]

SMALLEST_SPAN = 0.1

# Blue-green and brown, as on the maps; the marker's shape and filling say the same without colour.
FINDING_STYLE = {
    "better": ("#01665e", "^", "#01665e"),
    "worse": ("#8c510a", "v", "#8c510a"),
    "higher": ("#333f4f", "D", "#333f4f"),
    "lower": ("#333f4f", "D", "#333f4f"),
    UNDECIDED: ("#5f6b7a", "o", "#ffffff"),
    "identical": ("#5f6b7a", "o", "#ffffff"),
    ABOUT_EQUAL: ("#5f6b7a", "o", "#ffffff"),
}


@dataclass(frozen=True, slots=True)
class Band:
    """A series with its interval: arrays over ``week``, in the outcome's unit."""

    week: FloatArray
    mean: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where a run's weeks are divided: the policies start after burn-in, at the start of ``policy_week``."""

    burn_in_weeks: int
    policy_week: float


@dataclass(frozen=True, slots=True)
class QuintileEffect:
    """A policy's paired differences by income quintile, poorest first; arrays of shape (5,).

    level   the policy's mean
    """

    policy_title: str
    position: int
    level: FloatArray
    difference: FloatArray
    low: FloatArray
    high: FloatArray


def forest_reach(effects: Sequence[Effect]) -> float:
    """Per cent of the baseline that the forest plots reach to either side, the same for every policy.

    Wide enough for most intervals: the few that are far wider must not squeeze the others into a point.
    """
    furthest = [effect.as_percentage(max(abs(effect.low), abs(effect.high))) for effect in effects]
    if not furthest:
        return 1.0
    return 1.05 * max(1.0, min(max(furthest), 3.0 * float(np.median(furthest))))


def forest(effects: Sequence[Effect], reach: float, key: str) -> Panel:
    """One policy's differences in per cent of the baseline, an outcome a row; effects must have percentages."""
    title = effects[0].policy_title
    height = 0.38 * len(effects) + 0.75
    with drawing.panel_axes(height, (1.72, 0.82, 0.62, 0.13)) as axes:
        axes.axvline(0.0, color=drawing.INK, linewidth=1.0)
        for row, effect in enumerate(effects):
            _forest_row(axes, row, effect, reach)
        axes.set(xlim=(-reach, reach), ylim=(len(effects) - 0.5, -0.5))
        axes.set_yticks(range(len(effects)), [_wrapped(effect.label) for effect in effects])
        axes.tick_params(axis="y", length=0, pad=9)
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x", color=drawing.HAIRLINE, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.xaxis.set_major_locator(MaxNLocator(5, steps=drawing.TICK_STEPS))
        axes.set_xlabel("difference, % of baseline")
        return Panel(title, drawing.inline_svg(axes, key, _forest_in_words(title, effects)))


def _forest_row(axes: Axes, row: int, effect: Effect, reach: float) -> None:
    """Draw one interval, cut off with an arrow head where it leaves the picture."""
    edge, marker, face = FINDING_STYLE[effect.shown_finding]
    low, high, middle = (effect.as_percentage(x) for x in (effect.low, effect.high, effect.difference))
    axes.plot(np.clip([low, high], -reach, reach), [row, row], color=edge, linewidth=2.0)
    beyond = [side for side, leaves in ((-1.0, low < -reach), (1.0, high > reach)) if leaves]
    for side in beyond:
        axes.plot(side * reach, row, marker=">" if side > 0 else "<", color=edge, clip_on=False)
    if beyond:
        _write_interval(axes, row, effect, beyond[-1])
    if abs(middle) <= reach:
        axes.plot(middle, row, marker=marker, color=edge, markerfacecolor=face, markersize=7.5)
    axes.annotate(
        f"{effect.shown_percentage} %", (1.0, row), xycoords=("axes fraction", "data"), xytext=(8, 0),
        textcoords="offset points", va="center",
    )  # fmt: skip


def _write_interval(axes: Axes, row: int, effect: Effect, side: float) -> None:
    """Write the ends of an interval that leaves the picture above its cut end, within the picture."""
    ends = (effect.as_percentage(effect.low), effect.as_percentage(effect.high))
    decimals = min(wording.decimals_for((ends[1] - ends[0]) / 2.0), 1)
    axes.annotate(
        f"{wording.interval(*ends, decimals, sign=True)} %", ((1.0 + side) / 2.0, row),
        xycoords=("axes fraction", "data"), xytext=(-4.0 * side, 3.5), textcoords="offset points",
        ha="right" if side > 0 else "left", va="bottom", fontsize=9.5, color=drawing.INK,
    )  # fmt: skip


def _forest_in_words(title: str, effects: Sequence[Effect]) -> str:
    """What a forest plot shows, for those who hear the page."""
    parts = [f"{effect.label} {effect.shown_percentage} %, {effect.shown_finding}" for effect in effects]
    return f"{title}, difference from the baseline in per cent: {'; '.join(parts)}."


def _wrapped(label: str, width: int = 20) -> str:
    """A label on two lines where it is too long for one."""
    if len(label) <= width:
        return label
    cut = label.rfind(" ", 0, width + 1)
    return label if cut < 0 else f"{label[:cut]}\n{label[cut + 1 :]}"


def shared_limits(bands: Sequence[Band]) -> tuple[float, float]:
    """Limits that hold every band of an outcome, so that its panels may be compared.

    They span at least a tenth of the level: otherwise ripples would fill the picture and look like waves.
    """
    low = min(float(np.nanmin(band.low)) for band in bands)
    high = max(float(np.nanmax(band.high)) for band in bands)
    room = max(0.06 * (high - low), 0.5 * (SMALLEST_SPAN * abs(high + low) / 2.0 - (high - low)), 1e-9)
    return low - room, high + room


@dataclass(frozen=True, slots=True)
class SeriesPanel:
    """A policy's series of one outcome against the baseline's."""

    title: str
    position: int
    baseline: Band
    policy: Band
    limits: tuple[float, float]
    timeline: Timeline
    baseline_title: str
    unit: str


def series(panel: SeriesPanel, key: str) -> Panel:
    """Two series with their bands; burn-in shaded, the policy's start marked."""
    with drawing.panel_axes(2.35, (0.66, 0.12, 0.52, 0.28)) as axes:
        last = float(panel.policy.week[-1]) + 1.0
        axes.axvspan(0.0, panel.timeline.burn_in_weeks, color="#eef1f5", linewidth=0)
        axes.axvline(panel.timeline.policy_week, color=drawing.INK, linewidth=1.0, linestyle=(0, (2, 2)))
        colour = drawing.POLICY_COLOURS[panel.position % len(drawing.POLICY_COLOURS)]
        _draw_band(axes, panel.baseline, drawing.BASELINE_COLOUR, (0, (4, 2)))
        _draw_band(axes, panel.policy, colour, "solid")
        axes.set(xlim=(0.0, last), ylim=panel.limits, xlabel="week of the run")
        axes.yaxis.set_major_locator(MaxNLocator(4, steps=drawing.TICK_STEPS))
        start = panel.timeline.policy_week
        axes.annotate(
            "policy starts", (start, 1.0), xycoords=("data", "axes fraction"), xytext=(4, 3),
            textcoords="offset points", fontsize=9.5, color=drawing.INK,
        )  # fmt: skip
        if panel.timeline.burn_in_weeks > 0.15 * last:
            axes.annotate(
                "burn-in", (0.0, 1.0), xycoords=("data", "axes fraction"), xytext=(2, 3),
                textcoords="offset points", fontsize=9.5, color=drawing.QUIET,
            )  # fmt: skip
        return Panel(panel.title, drawing.inline_svg(axes, key, _series_in_words(panel)))


def _draw_band(axes: Axes, band: Band, colour: str, style: str | tuple[int, tuple[int, ...]]) -> None:
    """Draw a line within its interval."""
    axes.fill_between(band.week + 0.5, band.low, band.high, color=colour, alpha=0.22, linewidth=0)
    axes.plot(band.week + 0.5, band.mean, color=colour, linewidth=1.6, linestyle=style)


def _series_in_words(panel: SeriesPanel) -> str:
    """Start and end of both series, for those who hear the page."""
    tail = max(len(panel.policy.mean) // 6, 1)
    ends = [
        wording.significant(float(np.nanmean(band.mean[-tail:]))) for band in (panel.policy, panel.baseline)
    ]
    return (
        f"{panel.title} by week, {panel.unit}: mean of the last {tail} weeks {ends[0]}, "
        f"against {ends[1]} under {panel.baseline_title}."
    )


def quintiles(title: str, unit: str, policies: Sequence[QuintileEffect], key: str) -> Panel:
    """Paired differences by income quintile of one measure, the policies side by side in each quintile.

    The axis holds what counts as next to nothing, so that a ripple does not look like a wave.
    """
    with drawing.panel_axes(2.6, (0.78, 0.1, 0.5, 0.12)) as axes:
        axes.axhline(0.0, color=drawing.INK, linewidth=1.0)
        offsets = np.linspace(-0.22, 0.22, len(policies)) if len(policies) > 1 else np.zeros(1)
        for offset, policy in zip(offsets, policies, strict=True):
            _draw_quintiles(axes, np.arange(1.0, 6.0) + offset, policy)
        least = NEXT_TO_NOTHING * float(np.nanmax(np.abs([policy.level for policy in policies])))
        low, high = axes.get_ylim()
        axes.set(xlim=(0.5, 5.5), ylim=(min(low, -2.0 * least), max(high, 2.0 * least)))
        axes.set_xticks(range(1, 6), ["poorest\nfifth", "2", "3", "4", "richest\nfifth"])
        axes.yaxis.set_major_locator(MaxNLocator(5, steps=drawing.TICK_STEPS))
        axes.yaxis.set_major_formatter(
            lambda value, _: wording.signed(value, drawing.tick_decimals(axes.get_yticks()))
        )
        axes.grid(axis="y", color=drawing.HAIRLINE, linewidth=0.6)
        axes.set_axisbelow(True)
        return Panel(title, drawing.inline_svg(axes, key, _quintiles_in_words(title, unit, policies)))


def _draw_quintiles(axes: Axes, positions: FloatArray, policy: QuintileEffect) -> None:
    """Draw five intervals of one policy; hollow markers where the interval holds zero, or next to nothing."""
    colour = drawing.POLICY_COLOURS[policy.position % len(drawing.POLICY_COLOURS)]
    marker = drawing.POLICY_MARKERS[policy.position % len(drawing.POLICY_MARKERS)]
    axes.vlines(positions, policy.low, policy.high, color=colour, linewidth=1.8)
    furthest = np.maximum(np.abs(policy.low), np.abs(policy.high))
    about_equal = furthest <= NEXT_TO_NOTHING * np.abs(policy.level - policy.difference)
    undecided = ((policy.low <= 0.0) & (policy.high >= 0.0)) | about_equal
    for chosen, face in ((undecided, "#ffffff"), (~undecided, colour)):
        axes.plot(
            positions[chosen], policy.difference[chosen], linestyle="", marker=marker, color=colour,
            markerfacecolor=face, markersize=6.5,
        )  # fmt: skip


def _quintiles_in_words(title: str, unit: str, policies: Sequence[QuintileEffect]) -> str:
    """Poorest and richest quintile of every policy, for those who hear the page."""
    parts = [
        f"{policy.policy_title}: poorest {wording.significant(float(policy.difference[0]))}, "
        f"richest {wording.significant(float(policy.difference[-1]))}"
        for policy in policies
    ]
    return f"Change in {wording.within_sentence(title)}, {unit}. {'; '.join(parts)}."
