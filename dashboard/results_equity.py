"""The screen of Results on who gains: gaps beside means; fifths and neighbourhoods where a comparison holds them."""

from collections.abc import Sequence

from coproduction.dashboard.findings import Findings, named
from coproduction.dashboard.results_differences import about_luck, in_words
from coproduction.dashboard.results_link import Asked
from coproduction.dashboard.results_screen import Figure, Part, Screen, Table, Words, screen
from coproduction.experiments.report import wording
from coproduction.experiments.sweeps.differences import Difference, trade_off
from coproduction.experiments.sweeps.pictures import shown_difference, trade_off_svg
from coproduction.simulation.outcomes import BY_NAME

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


def equity(found: Findings, asked: Asked) -> Screen:
    """Return who gains: each gap beside its mean, so that a good mean cannot hide a wider gap."""
    del asked
    first = found.policies[0]
    pairs = [pair for pair in GAPS if all(outcome in found.outcomes for outcome in pair)]
    parts: list[Part] = list(about_luck(found))
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
