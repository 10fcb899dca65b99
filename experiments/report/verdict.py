"""The tables of the verdict: differences by outcome and policy, and how precisely they are known."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduction.experiments.report import wording
from coproduction.experiments.report.effects import Effect
from coproduction.experiments.report.tables import Table

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

PARTS = MAIN, DISPARITIES, FURTHER = "main", "disparities", "further"
"""Of the verdict: what is replicated for; disparities by group, as precise as that leaves them; all the rest."""


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome of the verdict table: the baseline's level and an effect a policy."""

    label: str
    unit: str
    baseline: str
    effects: tuple[Effect, ...]


def outcome_rows(effects: Sequence[Effect], part: str) -> list[OutcomeRow]:
    """Rows of one of ``PARTS``, in the order of declaration."""
    names = dict.fromkeys(effect.outcome for effect in effects if part_of(effect) == part)
    return [_row([effect for effect in effects if effect.outcome == name]) for name in names]


def part_of(effect: Effect) -> str:
    """The part of the verdict that an effect stands in."""
    if effect.main:
        return MAIN
    return DISPARITIES if effect.disparity else FURTHER


def about_discrimination(scenarios: "Sequence[Scenario]") -> str:
    """Return what the policies assume of discrimination, and what group differences come from without it."""
    strengths = {scenario.parameters.dysfunctions.discrimination for scenario in scenarios}
    if strengths == {0.0}:
        return (
            "These policies assume no discrimination (dysfunctions.discrimination is 0): what differs between groups "
            "comes from where they live, where patrol goes, and how far they trust the police. That there is none is "
            "an assumption, not a finding; compare the policies with it set to see how far each contains it."
        )
    told = " to ".join(f"{strength:g}" for strength in sorted({min(strengths), max(strengths)}))
    return (
        f"These policies assume discrimination of strength {told}, from 0 to 1 (dysfunctions.discrimination)."
    )


def _row(effects: Sequence[Effect]) -> OutcomeRow:
    finest = max(effects, key=lambda effect: effect.decimals)
    baseline = finest.shown_level(finest.baseline_mean)
    return OutcomeRow(effects[0].label, effects[0].shown_unit, baseline, tuple(effects))


def precision_table(effects: Sequence[Effect], precision: float) -> Table:
    """How wide the widest interval of each main outcome is, what would be needed, what pairing bought."""
    rows = []
    for row in outcome_rows(effects, MAIN):
        widest = max(row.effects, key=lambda effect: _or_zero(effect.half_width))
        slowest = max(row.effects, key=lambda effect: _or_zero(effect.n_needed))
        rows.append(
            (
                row.label,
                _half_width(widest),
                "yes" if all(effect.precise_enough for effect in row.effects) else "no",
                runs_needed(slowest),
                _ratios([effect.variance_ratio for effect in row.effects]),
            )
        )
    asked = f"±{wording.significant(100.0 * precision)}{wording.NO_BREAK}%"
    headings = (
        "Outcome",
        "Widest interval, half-width",
        f"Within {asked} of the baseline",
        "Paired runs needed",
        "Variance reduced by pairing",
    )
    return Table("How precisely the differences are known", headings, tuple(rows), shape="wide")


def _or_zero(value: float) -> float:
    return value if not math.isnan(value) else 0.0


def _half_width(effect: Effect) -> str:
    """The half-width in the outcome's unit, and in per cent of the baseline where that means something."""
    if effect.is_exact:
        return "none: equal in every run"
    width = effect.half_width * effect.factor
    text = f"±{wording.number(width, effect.decimals)} {'points' if effect.is_share else ''}".strip()
    if not effect.has_percentage:
        return text
    share = effect.as_percentage(effect.half_width)
    return f"{text} (±{wording.number(share, min(wording.decimals_for(share), 1))}{wording.NO_BREAK}%)"


def runs_needed(effect: Effect) -> str:
    """How many paired runs would make the interval as narrow as asked."""
    if math.isinf(effect.n_needed):
        return "more than a million"
    if math.isnan(effect.n_needed):
        return wording.NOT_MEASURED
    if effect.n_needed <= effect.n:
        return f"{effect.n:,} were enough"
    # An estimate from few runs: more than two digits of it would be made up.
    return f"about {wording.rounded(effect.n_needed)}"


def _ratios(ratios: Sequence[float]) -> str:
    """The range of variance ratios over policies, as factors."""
    known = sorted(ratio for ratio in ratios if math.isfinite(ratio))
    if not known:
        return wording.NOT_MEASURED
    low, high = (wording.rounded(value) for value in (known[0], known[-1]))
    return f"{low} times" if low == high else f"{low}{wording.EN_DASH}{high} times"
