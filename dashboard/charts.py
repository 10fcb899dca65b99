"""Small charts of two cities by week, as inline SVG; the figures behind them are in the table that can be saved."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from coproduction.dashboard.world import Week

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 320, 130, 44, 8, 26, 22
MOST_ROWS = 52
"""Weeks in the table beside the charts, the latest; all are in the one that can be saved."""
LETTER = 13.0
"""Height that the name of a line takes."""
COLOURS = {"A": "#0072B2", "B": "#C04A00"}


@dataclass(frozen=True, slots=True)
class Series:
    """One figure by week: its title with the unit, how it is taken from a week, and decimals of its labels."""

    key: str
    title: str
    of: Callable[[Week], float]
    decimals: int = 0
    from_zero: bool = True


SERIES = (
    Series("offences", "Offences a week", lambda week: week.offences),
    Series("recorded", "Offences a week the police know of", lambda week: week.recorded),
    Series("fear", "Mean fear of crime, 0 to 1", lambda week: week.fear, 2, from_zero=False),
    Series("trust", "Mean trust in the police, 0 to 1", lambda week: week.trust, 2, from_zero=False),
)

OF_ONE = (
    Series("fear", "Fear of crime of this person, 0 to 1", lambda week: week.fear, 2, from_zero=False),
    Series(
        "trust", "Trust in the police of this person, 0 to 1", lambda week: week.trust, 2, from_zero=False
    ),
)
"""Of the weeks of one resident."""


def chart(series: Series, a: Sequence[Week], b: Sequence[Week]) -> str:
    """Return the chart of a figure for A (solid) and B (dashed) as SVG, with a title for those who cannot see it."""
    values = [series.of(week) for week in (*a, *b)]
    if not values:
        return f'<p class="no-chart">{escape(series.title)}: after the first whole week.</p>'
    low, high = _ends(series, values)
    first, last = min(week.week for week in (*a, *b)), max(week.week for week in (*a, *b))

    def place(week: Week) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * ((week.week - first) / max(last - first, 1))
        return x, TOP + (HEIGHT - TOP - BOTTOM) * (1.0 - (series.of(week) - low) / (high - low))

    told = "; ".join(
        f"{name} {series.of(weeks[-1]):.{series.decimals}f}" for name, weeks in (("A", a), ("B", b)) if weeks
    )
    courses = {name: [place(week) for week in weeks] for name, weeks in (("A", a), ("B", b)) if weeks}
    beside = _apart([points[-1][1] for points in courses.values()])
    lines = "".join(map(_line, courses, courses.values(), beside))
    floor = HEIGHT - BOTTOM
    return (
        f'<figure class="chart"><figcaption>{escape(series.title)}</figcaption>'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(series.title)}, week {last}: {told}">'
        f'<path d="M{LEFT} {TOP}V{floor}H{WIDTH - RIGHT}" fill="none" stroke="#767676"/>'
        '<g font-size="13" fill="#333">'
        f'<text x="{LEFT - 5}" y="{TOP + 8}" text-anchor="end">{high:.{series.decimals}f}</text>'
        f'<text x="{LEFT - 5}" y="{floor}" text-anchor="end">{low:.{series.decimals}f}</text>'
        f'<text x="{LEFT}" y="{HEIGHT - 6}">week {first}</text>'
        f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 6}" text-anchor="end">week {last}</text></g>{lines}</svg></figure>'
    )


def _ends(series: Series, values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of the upright axis; an index has at least a tenth of its range, so that noise looks small."""
    if series.from_zero:
        return 0.0, max(*values, 1.0)
    low = math.floor(min(values) * 20.0) / 20.0
    return low, max(math.ceil(max(values) * 20.0) / 20.0, low + 0.1)


def _apart(heights: Sequence[float]) -> list[float]:
    """Return where the names of lines stand that end at these heights: beside them, none upon another."""
    floor = HEIGHT - BOTTOM
    placed = [height + 4.0 for height in heights]
    if len(placed) == 2 and abs(placed[0] - placed[1]) < LETTER:
        middle = min(sum(placed) / 2.0, floor - LETTER / 2.0)
        above = 0 if placed[0] <= placed[1] else 1
        placed[above], placed[1 - above] = middle - LETTER / 2.0, middle + LETTER / 2.0
    return [min(height, floor) for height in placed]


def _line(name: str, points: Sequence[tuple[float, float]], beside: float) -> str:
    dashes = "" if name == "A" else ' stroke-dasharray="5 3"'
    path = " ".join(f"{px:.1f},{py:.1f}" for px, py in points)
    return (
        f'<polyline points="{path}" fill="none" stroke="{COLOURS[name]}" stroke-width="2"{dashes}/>'
        f'<text x="{points[-1][0] + 4:.1f}" y="{beside:.1f}" font-size="14" font-weight="700" '
        f'fill="{COLOURS[name]}">{name}</text>'
    )


def as_table(a: Sequence[Week], b: Sequence[Week]) -> str:
    """Return the figures behind the charts as an HTML table that opens, the latest weeks first."""
    heads = "".join(f'<th scope="col">{name}: {escape(each.title)}</th>' for each in SERIES for name in "AB")
    rows = "".join(
        f'<tr><th scope="row">{one.week}</th>'
        + "".join(f"<td>{each.of(week):.{each.decimals}f}</td>" for each in SERIES for week in (one, other))
        + "</tr>"
        for one, other in list(zip(a, b, strict=False))[: -MOST_ROWS - 1 : -1]
    )
    return (
        "<details><summary>The figures behind the charts</summary>"
        f'<div class="account" role="region" aria-label="Figures by week" tabindex="0"><table><thead><tr>'
        f'<th scope="col">Week</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>'
    )


def as_csv(a: Sequence[Week], b: Sequence[Week]) -> str:
    """Return the figures of both cities as CSV, one row a city and week."""
    rows = ["city,week,offences,recorded,mean_fear,mean_trust"]
    for name, weeks in (("A", a), ("B", b)):
        rows += [f"{name},{w.week},{w.offences},{w.recorded},{w.fear!r},{w.trust!r}" for w in weeks]
    return "\n".join(rows) + "\n"
