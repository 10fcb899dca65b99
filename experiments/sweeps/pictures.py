"""The pictures of a sweep: how policies differ, what one outcome costs in another, how outcomes go with parameters."""

import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from coproduction.experiments.report import wording
from coproduction.experiments.report.drawing import (
    BASELINE_COLOUR,
    HAIRLINE,
    INK,
    POLICY_COLOURS,
    POLICY_MARKERS,
    QUIET,
    TICK_STEPS,
    inline_svg,
    panel_axes,
)
from coproduction.experiments.report.figures import FINDING_STYLE
from coproduction.experiments.sweeps.analysis import Course
from coproduction.experiments.sweeps.differences import Difference, TradeOff
from coproduction.simulation.outcomes import BY_NAME

HEIGHT = 2.6
MARGINS = (0.75, 0.2, 0.62, 0.15)
LONGEST_LABEL = 24
"""Letters in a line of an upright label: more would leave the picture."""
SMALLEST_REACH = 0.005
"""Share of the first policy's level that an axis of differences reaches at least: rounding must not fill a picture."""
UNKNOWN_STYLE = (QUIET, "x", "#ffffff")


def course_svg(courses: Sequence[Course], key: str, labels: tuple[str, str], first: str) -> str:
    """Return the course of an outcome along a parameter, one line a policy, with its standard error, as SVG.

    labels  of the parameter and of the outcome
    first   the policy that is drawn as the baseline
    """
    with panel_axes(HEIGHT, MARGINS) as axes:
        position = 0
        for course in courses:
            colour, marker = BASELINE_COLOUR, "D"
            if course.policy != first:
                colour = POLICY_COLOURS[position % len(POLICY_COLOURS)]
                marker = POLICY_MARKERS[position % len(POLICY_MARKERS)]
                position += 1
            low, high = course.mean - course.error, course.mean + course.error
            axes.fill_between(course.value, low, high, color=colour, alpha=0.15, linewidth=0)
            axes.plot(course.value, course.mean, color=colour, marker=marker, markersize=5, linewidth=1.4)
        axes.set_xlabel(labels[0])
        axes.grid(axis="y", color=QUIET, alpha=0.2)
        described = f"{labels[1]} against {labels[0]}, one line for each of {len(courses)} policies"
        return inline_svg(axes, key, described)


def differences_svg(rows: Sequence[Difference], key: str, first: str) -> str:
    """Return the differences of one outcome from the first policy as SVG: a row a policy, its interval, zero.

    rows  of one outcome, at least one
    """
    outcome = BY_NAME[rows[0].outcome]
    with panel_axes(0.42 * len(rows) + 0.85, (1.35, 0.25, 0.62, 0.13)) as axes:
        axes.axvline(0.0, color=INK, linewidth=1.0)
        for place, row in enumerate(rows):
            edge, marker, face = FINDING_STYLE.get(row.finding, UNKNOWN_STYLE)
            axes.plot([row.low, row.high], [place, place], color=edge, linewidth=2.0)
            axes.plot(row.difference, place, marker=marker, color=edge, markerfacecolor=face, markersize=7.5)
        axes.set_yticks(range(len(rows)), [_named(row.policy) for row in rows])
        axes.set(ylim=(len(rows) - 0.5, -0.5), xlabel=f"difference from {_named(first)}")
        _widen(axes, "x", rows[0].first, _numbers(rows))
        axes.tick_params(axis="y", length=0, pad=9)
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x", color=HAIRLINE, linewidth=0.6)
        axes.set_axisbelow(True)
        return inline_svg(axes, key, _in_words(outcome.label, rows))


def trade_off_svg(found: TradeOff, key: str) -> str:
    """Return policies in the plane of two outcomes as SVG, with intervals in both and the line of those not beaten.

    found  with at least one policy beside the first
    """
    labels = [BY_NAME[outcome].label for outcome in found.outcomes]
    with panel_axes(3.7, (1.0, 0.25, 0.62, 0.62)) as axes:
        axes.axhline(0.0, color=HAIRLINE, linewidth=1.0)
        axes.axvline(0.0, color=HAIRLINE, linewidth=1.0)
        places = {found.first: (0.0, 0.0)} | {
            policy: (x.difference, y.difference) for policy, (x, y) in found.points.items()
        }
        if len(found.front) > 1:
            axes.plot(
                *zip(*(places[policy] for policy in found.front), strict=True), color=INK, linestyle=":"
            )
        axes.plot(
            0.0, 0.0, marker="D", color=BASELINE_COLOUR, markersize=7, linestyle="", label=_named(found.first)
        )
        for number, (policy, pair) in enumerate(found.points.items()):
            _point(axes, number, policy, pair)
        for way, level, ends in zip("xy", found.levels, _ends(found), strict=True):
            _widen(axes, way, level, ends)
        axes.set_xlabel(f"{labels[0]}: difference")
        axes.set_ylabel(textwrap.fill(f"{labels[1]}: difference", LONGEST_LABEL))
        axes.legend(
            loc="lower left", bbox_to_anchor=(-0.2, 1.0), ncols=3, frameon=False, fontsize=10, handletextpad=0.2,
            columnspacing=1.0, borderaxespad=0.2,
        )  # fmt: skip
        return inline_svg(axes, key, _trade_off_in_words(found, labels))


def _point(axes: Axes, number: int, policy: str, pair: tuple[Difference, Difference]) -> None:
    """Draw a policy with its interval in both outcomes."""
    colour = POLICY_COLOURS[number % len(POLICY_COLOURS)]
    x, y = pair
    axes.plot([x.low, x.high], [y.difference] * 2, color=colour, linewidth=1.2, alpha=0.7)
    axes.plot([x.difference] * 2, [y.low, y.high], color=colour, linewidth=1.2, alpha=0.7)
    marker = POLICY_MARKERS[number % len(POLICY_MARKERS)]
    axes.plot(
        x.difference,
        y.difference,
        marker=marker,
        color=colour,
        markersize=8,
        linestyle="",
        label=_named(policy),
    )


def _ends(found: TradeOff) -> tuple[list[float], list[float]]:
    """Return every number that the axes must hold, of each outcome."""
    x, y = zip(*found.points.values(), strict=True)
    return _numbers(x), _numbers(y)


def _numbers(rows: Sequence[Difference]) -> list[float]:
    return [end for row in rows for end in (row.low, row.high, row.difference)]


def _widen(axes: Axes, way: str, level: float, ends: Sequence[float]) -> None:
    """Let an axis hold zero and all ends, and reach far enough that rounding does not look like a difference."""
    known = [end for end in ends if np.isfinite(end)]
    reach = SMALLEST_REACH * abs(level) if np.isfinite(level) else 0.0
    low, high = min([-reach, *known]), max([reach, *known])
    room = 0.06 * (high - low) or 1.0
    getattr(axes, f"set_{way}lim")(low - room, high + room)
    getattr(axes, f"{way}axis").set_major_locator(MaxNLocator(5, steps=TICK_STEPS))


SIGNS = {"o": "●", "s": "■", "P": "✚", "X": "✖", "p": "⬟", "h": "⬢"}


def key_in_words(policies: Sequence[str]) -> str:
    """Return which sign stands for which policy in ``course_svg``, the first policy first."""
    others = [
        f"{SIGNS[POLICY_MARKERS[place % len(POLICY_MARKERS)]]} {_named(policy)}"
        for place, policy in enumerate(policies[1:])
    ]
    return ", ".join([f"◆ {_named(policies[0])}", *others])


def _named(policy: str) -> str:
    return policy.replace("_", " ")


def _in_words(label: str, rows: Sequence[Difference]) -> str:
    """Say what a picture of differences shows, for those who hear the page."""
    parts = [f"{_named(row.policy)} {shown_difference(row)}, {row.finding}" for row in rows]
    return f"{label}, difference from the first policy with its interval: {'; '.join(parts)}."


def _trade_off_in_words(found: TradeOff, labels: Sequence[str]) -> str:
    parts = [
        f"{_named(policy)} {shown_difference(x)} and {shown_difference(y)}"
        for policy, (x, y) in found.points.items()
    ]
    front = wording.listing([_named(policy) for policy in found.front])
    best = f" Not beaten in both: {front}." if front else ""
    return f"{labels[0]} and {labels[1]}, differences from {_named(found.first)}: {'; '.join(parts)}.{best}"


def shown_difference(row: Difference) -> str:
    """Return a difference with its interval as text: "−3.4 (−4.8 to −1.9)"."""
    if row.low == row.high == 0.0:
        return "0, the same in every run"
    if not np.isfinite(row.low):
        return f"{wording.signed(row.difference, 2)} (no interval)"
    decimals = wording.decimals_for_interval(row.low, row.high)
    return f"{wording.signed(row.difference, decimals)} ({wording.interval(row.low, row.high, decimals, sign=True)})"
