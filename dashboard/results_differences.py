"""Screens of Results that compare policies: how each differs, what one outcome costs in another, who gains."""

from collections.abc import Sequence
from math import isfinite

from coproduction.dashboard.findings import MAIN, Findings
from coproduction.dashboard.results_link import Asked
from coproduction.dashboard.results_screen import Figure, Part, Screen, Table, Words, screen
from coproduction.experiments.report import wording
from coproduction.experiments.sweeps.differences import Difference, trade_off
from coproduction.experiments.sweeps.pictures import differences_svg, shown_difference, trade_off_svg
from coproduction.simulation.outcomes import BY_NAME

IN_WORDS = {
    "not distinguishable": "no clear difference",
    "identical": "the same in every run",
    "unknown": "too few seeds to tell",
}
FEW_SEEDS = 10
"""Fewer seeds than this seldom tell a policy's effect from luck; it is said."""
GAPS = (
    ("true_crime", "crime_gap"),
    ("fear", "fear_gap"),
    ("trust", "trust_gap"),
    ("quality_residents", "quality_gap"),
    ("volunteer_hours", "volunteer_gap"),
    ("patrol_stops", "patrol_gap"),
    ("disorder", "disorder_gap"),
    ("silence", "silence_gap"),
    ("field_stops", "stop_group_gap"),
    ("force", "force_group_gap"),
    ("unfair_stops", "unfair_group_gap"),
)
"""An outcome's mean, and its gap between income fifths or groups."""
DATA = (
    "policy", "outcome", "unit", "first_mean", "mean", "difference", "low", "high", "finding", "pairs", "futures",
    "seeds", "seeds_better",
)  # fmt: skip


def named(policy: str) -> str:
    """Return a policy's name as it is read."""
    return policy.replace("_", " ")


def in_words(row: Difference) -> str:
    """Return the finding of a difference: "no clear difference" where its interval holds zero."""
    return IN_WORDS.get(row.finding, row.finding)


def compare(found: Findings, asked: Asked) -> Screen:
    """Return how each policy differs from the first: a picture of one outcome, a table of those that are asked for."""
    rows = _sorted(_chosen(found, asked), asked.sort)
    parts: list[Part] = [*_about_luck(found), *_picture(found, asked.x)]
    caption = (
        f"Differences from {named(found.policies[0])}, with intervals of {100 * found.confidence:g} per cent"
    )
    headings = ("Outcome", "Policy", f"Mean under {named(found.policies[0])}", "Difference (interval)", "Finding",
                "Seeds where better")  # fmt: skip
    parts.append(_table(caption, headings, rows, "differences"))
    return screen(parts)


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


def _table(caption: str, headings: tuple[str, ...], rows: Sequence[Difference], name: str) -> Table:
    shown = tuple(
        (
            f"{BY_NAME[row.outcome].label}, {BY_NAME[row.outcome].unit}",
            named(row.policy),
            wording.significant(row.first, 4),
            shown_difference(row),
            in_words(row),
            f"{row.seeds_better} of {row.seeds}" if row.seeds_better is not None else wording.EN_DASH,
        )
        for row in rows
    )
    data = tuple(
        (row.policy, row.outcome, BY_NAME[row.outcome].unit, row.first, row.mean, row.difference, row.low, row.high,
         row.finding, row.pairs, row.futures, row.seeds, row.seeds_better)
        for row in rows
    )  # fmt: skip
    return Table(caption, headings, shown, name, (DATA, data))


def _about_luck(found: Findings) -> list[Part]:
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
    parts: list[Part] = list(_about_luck(found))
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
    headings = ("Outcome", "Policy", f"Mean under {named(first)}", "Difference (interval)", "Finding",
                "Seeds where better")  # fmt: skip
    parts.append(_table("The points of the first picture", headings, rows, "trade-off"))
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


def equity(found: Findings, asked: Asked) -> Screen:
    """Return who gains: each gap beside its mean, so that a good mean cannot hide a wider gap."""
    del asked
    first = found.policies[0]
    pairs = [pair for pair in GAPS if all(outcome in found.outcomes for outcome in pair)]
    parts: list[Part] = list(_about_luck(found))
    parts += [Words(_who_gains(found, policy)) for policy in found.policies[1:]]
    for mean, gap in pairs[:3]:
        seen = trade_off(found.apart, first, (mean, gap))
        title = f"{BY_NAME[gap].label} against {wording.within_sentence(BY_NAME[mean].label)}"
        if seen.points:
            parts.append(Figure(title, trade_off_svg(seen, f"gap-{mean}"), f"gap-{mean}"))
    parts.append(_gap_table(found, pairs))
    if found.comparison is None:
        parts.append(
            Words(
                "The store of a sweep keeps gaps between the poorest and the richest fifth and between groups, not "
                "each fifth and each neighbourhood. For those, open the folder of coproduce compare here.",
                "By fifth and by neighbourhood",
            )
        )
    else:
        from coproduction.dashboard.results_distribution import by_fifth_and_place

        parts += by_fifth_and_place(found.comparison)
    return screen(parts)


def _who_gains(found: Findings, policy: str) -> str:
    crime, gap = (found.by_key.get((policy, outcome)) for outcome in ("true_crime", "crime_gap"))
    if crime is None or gap is None:
        return f"{wording.sentence_start(named(policy))}: crime or its gap was not measured."
    return (
        f"{wording.sentence_start(named(policy))}: crime on average {shown_difference(crime)}, {in_words(crime)}; its "
        f"gap between the poorest and the richest fifth {shown_difference(gap)}, {in_words(gap)}."
    )


def _gap_table(found: Findings, pairs: Sequence[tuple[str, str]]) -> Table:
    """Return each mean with its gap beside it, a row a policy."""
    rows, data = [], []
    for mean, gap in pairs:
        for policy in found.policies[1:]:
            both = [found.by_key.get((policy, outcome)) for outcome in (mean, gap)]
            cells = [_cell(row) for row in both]
            rows.append((f"{BY_NAME[mean].label}; {BY_NAME[gap].label}", named(policy), *cells))
            numbers = [(row.difference, row.low, row.high) if row else (None,) * 3 for row in both]
            data.append((policy, mean, *numbers[0], gap, *numbers[1]))
    headings = ("Outcome; its gap", "Policy", "Mean: difference", "Gap: difference")
    names = ("policy", "outcome", "difference", "low", "high", "gap", "gap_difference", "gap_low", "gap_high")
    caption = f"Gaps beside means, differences from {named(found.policies[0])}"
    return Table(caption, headings, tuple(rows), "equity", (names, tuple(data)))


def _cell(row: Difference | None) -> str:
    if row is None:
        return wording.NOT_MEASURED
    shown = shown_difference(row)
    return shown if row.finding == "identical" else f"{shown}, {in_words(row)}"
