"""The pictures of a sweep's page: how main outcomes go with what was varied."""

from collections.abc import Sequence

from coproduction.experiments.report.drawing import (
    BASELINE_COLOUR,
    POLICY_COLOURS,
    POLICY_MARKERS,
    QUIET,
    inline_svg,
    panel_axes,
)
from coproduction.experiments.sweeps.analysis import Course

HEIGHT = 2.6
MARGINS = (0.75, 0.2, 0.62, 0.15)


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
