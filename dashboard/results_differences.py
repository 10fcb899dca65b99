"""Screens of Results that compare policies: how each differs, what one outcome costs in another, who gains."""

from collections.abc import Sequence
from math import isfinite

from coproduction.dashboard.findings import MAIN, Findings, named
from coproduction.dashboard.results_conclusions import IN_WORDS, conclusions
from coproduction.dashboard.results_link import Asked
from coproduction.dashboard.results_screen import Figure, Part, Screen, Table, Words, screen
from coproduction.experiments.report import wording
from coproduction.experiments.sweeps.analysis import Contrast, contrasts, point_means
from coproduction.experiments.sweeps.differences import Difference, trade_off
from coproduction.experiments.sweeps.page import contrast_cell
from coproduction.experiments.sweeps.pictures import differences_svg, shown_difference, trade_off_svg
from coproduction.simulation.outcomes import BY_NAME

TWO_QUESTIONS = (
    "The table below asks something else: at how many lever points and futures a policy comes out lower. It can do so "
    "at nearly all of them and still show no clear difference above, where the mean has to be surer than the luck of "
    "seeds."
)
FEW_SEEDS = 10
"""Fewer seeds than this seldom tell a policy's effect from luck; it is said."""
DATA = (
    "policy", "outcome", "unit", "first_mean", "mean", "difference", "low", "high", "finding", "pairs", "futures",
    "seeds", "seeds_better",
)  # fmt: skip

SPREAD = ("policy", "outcome", "middle", "low", "high", "below", "above", "mean", "points")
"""Of a contrast, as saved: median and ends of the range over points, shares of points below and above."""


def in_words(row: Difference) -> str:
    """Return the finding of a difference: "no clear difference" where its interval holds zero."""
    return IN_WORDS.get(row.finding, row.finding)


def compare(found: Findings, asked: Asked) -> Screen:
    """Return how each policy differs from the first: a picture of one outcome, a table of those that are asked for."""
    rows = _sorted(_chosen(found, asked), asked.sort)
    parts: list[Part] = [*conclusions(found), *about_luck(found), *_picture(found, asked.x)]
    caption = (
        f"Differences from {named(found.policies[0])}, with intervals of {100 * found.confidence:g} per cent"
    )
    parts.append(_table(caption, found, rows, "differences"))
    if found.sweep is not None:
        parts += [Words(TWO_QUESTIONS), _over_futures(found, rows)]
    return screen(parts)


def _over_futures(found: Findings, rows: Sequence[Difference]) -> Table:
    """Return how differences spread over points, by luck and by what nobody knows: the report's table, as asked for."""
    asked = {(row.outcome, row.policy) for row in rows}
    outcomes = list(dict.fromkeys(row.outcome for row in rows))
    spread = contrasts(point_means(found.runs, outcomes), found.policies, outcomes)
    by_key = {(each.outcome, each.policy): each for each in spread if (each.outcome, each.policy) in asked}
    chosen = [by_key[row.outcome, row.policy] for row in rows if (row.outcome, row.policy) in by_key]
    shown = tuple(_spread_row(each) for each in chosen)
    data = tuple(tuple(getattr(each, name) for name in SPREAD) for each in chosen)
    headings = ("Outcome", "Policy", "Median difference", "Range of nine points in ten", "Lower", "Mean")
    caption = (
        "The same over lever points and futures, where what nobody knows and the luck of few seeds both count"
    )
    return Table(caption, headings, shown, "over-futures", (SPREAD, data))


def _spread_row(each: Contrast) -> tuple[str, ...]:
    cell = contrast_cell(each, is_first=False)
    label = f"{BY_NAME[each.outcome].label}, {BY_NAME[each.outcome].unit}"
    return (label, named(each.policy), cell["difference"], cell["range"], cell["below"], cell["mean"])


def _chosen(found: Findings, asked: Asked) -> list[Difference]:
    """Return the differences of the outcomes and of the policy that are asked for."""
    words = asked.find.lower().split()
    return [
        row
        for outcome in found.outcomes
        if (asked.every or words or outcome in MAIN) and all(word in _text(outcome) for word in words)
        for policy in found.policies[1:]
        if (row := found.by_key.get((policy, outcome))) and asked.policy in {"", policy}
    ]


def _text(outcome: str) -> str:
    return f"{outcome} {BY_NAME[outcome].label} {BY_NAME[outcome].unit}".lower()


def _sorted(rows: list[Difference], sort: str) -> list[Difference]:
    if sort == "name":
        return sorted(rows, key=lambda row: (BY_NAME[row.outcome].label, row.policy))
    return sorted(rows, key=_unsureness) if sort == "surest" else rows


def _unsureness(row: Difference) -> float:
    """Return the interval's half-width over the difference, infinite where it cannot be said."""
    half = (row.high - row.low) / 2.0
    return half / abs(row.difference) if row.difference and isfinite(half) else float("inf")


def _table(caption: str, found: Findings, rows: Sequence[Difference], name: str) -> Table:
    level = f"Mean under {named(found.policies[0])}"
    headings = ("Outcome", "Policy", "Difference (interval)", "Finding", "Seeds where better", level)
    shown = tuple(
        (
            f"{BY_NAME[row.outcome].label}, {BY_NAME[row.outcome].unit}",
            named(row.policy),
            shown_difference(row),
            in_words(row),
            f"{row.seeds_better} of {row.seeds}" if row.seeds_better is not None else wording.EN_DASH,
            wording.significant(row.first, 4),
        )
        for row in rows
    )
    data = tuple(
        (row.policy, row.outcome, BY_NAME[row.outcome].unit, row.first, row.mean, row.difference, row.low, row.high,
         row.finding, row.pairs, row.futures, row.seeds, row.seeds_better)
        for row in rows
    )  # fmt: skip
    return Table(caption, headings, shown, name, (DATA, data))


def about_luck(found: Findings) -> list[Part]:
    """Say it where the seeds are so few that luck hides most of what policies do."""
    seeds = max((row.seeds for row in found.apart), default=0)
    if seeds >= FEW_SEEDS:
        return []
    more = "Raise replications in the design file: only what is new is run." if found.sweep else ""
    return [
        Words(
            f"All of this is on {wording.count(seeds, 'seed')}. That is little to tell a policy from luck, so "
            f"intervals are wide. {more}"
        )
    ]


def _picture(found: Findings, outcome: str) -> list[Part]:
    rows = [row for policy in found.policies[1:] if (row := found.by_key.get((policy, outcome)))]
    if not rows:
        return [Words("No two runs can be compared in this outcome.")]
    title = f"{BY_NAME[outcome].label}, {BY_NAME[outcome].unit}"
    return [Figure(title, differences_svg(rows, "compare", found.policies[0]), f"difference-{outcome}")]


def trade(found: Findings, asked: Asked) -> Screen:
    """Return policies in the plane of two outcomes, and the two that are looked at first beside it."""
    first = found.policies[0]
    pair = (asked.x, asked.y)
    others = [each for each in (("true_crime", "public_cost"), ("true_crime", "crime_gap")) if each != pair]
    parts: list[Part] = list(about_luck(found))
    for x, y in (pair, *others):
        seen = trade_off(found.apart, first, (x, y))
        title = f"{BY_NAME[x].label} against {wording.within_sentence(BY_NAME[y].label)}"
        if x == y or not seen.points:
            parts.append(Words(f"{title}: choose two outcomes that were measured."))
            continue
        parts.append(Figure(title, trade_off_svg(seen, f"trade-{x}-{y}"), f"trade-off-{x}-{y}"))
    seen = trade_off(found.apart, first, pair)
    parts.insert(0, Words(_said_of(seen.front, first, pair), "What is not beaten"))
    rows = [each for both in seen.points.values() for each in both]
    parts.append(_table("The points of the first picture", found, rows, "trade-off"))
    return screen(parts)


def _said_of(front: Sequence[str], first: str, pair: tuple[str, str]) -> str:
    labels = wording.listing([wording.within_sentence(BY_NAME[outcome].label) for outcome in pair])
    if not front:
        return (
            f"Of {labels}, at least one has no better way, so no policy can be said to beat another in both."
        )
    names = wording.listing([named(policy) for policy in front])
    line = "The dotted line joins them. " if len(front) > 1 else ""
    return (
        f"On average no policy does as well in both {labels} and better in one as {names}. {line}"
        f"{wording.sentence_start(named(first))} lies at zero. Where an interval crosses zero, luck may have done it."
    )
