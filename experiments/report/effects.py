"""The verdict of a comparison, one effect at a time, and how each is put into words.

An effect says no more than its interval: better or worse only where the interval leaves out zero, a percentage
only where the baseline is far enough from zero to divide by.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coproduction.experiments.report import wording

if TYPE_CHECKING:
    from coproduction.experiments.comparison import Comparison

ABOUT_EQUAL = "about equal"
UNDECIDED = "not distinguishable"
# The findings of a verdict, each with a mark that tells it apart without colour.
MARKS = {
    "better": "▲",
    "worse": "▼",
    "higher": "◆",
    "lower": "◆",
    UNDECIDED: "○",
    "identical": "=",
    ABOUT_EQUAL: "≈",
    "unknown": "?",
}
LARGEST_SENSIBLE_PERCENTAGE = 100.0
NEXT_TO_NOTHING = 0.005
"""Share of the baseline's mean; public spending that differs by as much still counts as equal."""
SURELY_NOT_LUCK = 0.05
"""Largest ``adjusted_p`` of a difference that is claimed without reserve, however many questions were asked."""
EXACT_DECIMALS = 2
ROUNDING = 1e-6
"""Share of the baseline's mean; differences below it are those of adding up in another order."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A policy's paired difference from the baseline in one outcome; all numbers in the outcome's unit."""

    outcome: str
    label: str
    unit: str
    better: str
    main: bool
    disparity: bool
    policy: str
    policy_title: str
    baseline_mean: float
    mean: float
    difference: float
    low: float
    high: float
    n: int
    finding: str
    distinguishable: bool
    precise_enough: bool
    n_needed: float
    variance_ratio: float
    adjusted_p: float
    decimals: int

    @property
    def half_width(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2.0

    @property
    def shown_finding(self) -> str:
        """The finding, but "about equal" where the whole interval is too near to zero for anyone to care."""
        return reader_finding(self.finding, self.low, self.high, self.baseline_mean)

    @property
    def is_told(self) -> bool:
        """True where the policy differs from the baseline by enough for anyone to care, as far as its interval goes."""
        return self.distinguishable and self.shown_finding != ABOUT_EQUAL

    @property
    def is_weak(self) -> bool:
        """True where such a difference does not outlast the allowance for the number of questions asked."""
        return self.is_told and not self.adjusted_p <= SURELY_NOT_LUCK

    @property
    def is_exact(self) -> bool:
        """True where baseline and policy have the same in every run, but for rounding."""
        return max(abs(self.low), abs(self.high)) <= ROUNDING * abs(self.baseline_mean)

    @property
    def mark(self) -> str:
        """A sign for the finding."""
        return MARKS[self.shown_finding]

    @property
    def is_share(self) -> bool:
        """True where the outcome is a share and reads best in per cent."""
        return is_share(self.unit)

    @property
    def shown_unit(self) -> str:
        """The unit of the numbers as shown: a share of something becomes a percentage of it."""
        return "%" + self.unit.removeprefix("share") if self.is_share else self.unit

    @property
    def factor(self) -> float:
        """By what the numbers are multiplied when shown."""
        return 100.0 if self.is_share else 1.0

    @property
    def can_be_drawn(self) -> bool:
        """True where there is an interval, and a baseline to take a percentage of."""
        return (
            math.isfinite(self.half_width) and math.isfinite(self.baseline_mean) and self.baseline_mean != 0
        )

    @property
    def has_percentage(self) -> bool:
        """True where the baseline is far enough from zero for a percentage of it to mean something."""
        furthest = max(abs(self.low), abs(self.high))
        return self.can_be_drawn and self.as_percentage(furthest) <= LARGEST_SENSIBLE_PERCENTAGE

    def as_percentage(self, value: float) -> float:
        """A difference in per cent of the baseline's mean."""
        return 100.0 * value / abs(self.baseline_mean)

    def shown_level(self, value: float) -> str:
        """A level of the outcome as shown in tables."""
        return wording.number(value * self.factor, self.decimals)

    @property
    def shown_difference(self) -> str:
        """The difference as shown in tables, with its sign."""
        return wording.signed(self.difference * self.factor, self.decimals)

    @property
    def shown_interval(self) -> str:
        """The interval as shown in tables."""
        if self.is_exact:
            return f"{self.shown_level(self.baseline_mean)} in every run"
        return wording.interval(self.low * self.factor, self.high * self.factor, self.decimals, sign=True)

    @property
    def shown_percentage(self) -> str:
        """The difference in per cent of the baseline, with its sign; a dash where there is no such thing."""
        if not self.can_be_drawn:
            return wording.EN_DASH
        percentage = self.as_percentage(self.difference)
        decimals = min(wording.decimals_for(self.as_percentage(self.half_width)), 1)
        return wording.signed(percentage, decimals if abs(percentage) < 100.0 else 0)

    @property
    def size(self) -> str:
        """The difference in a sentence: per cent of the baseline, percentage points, or its own unit."""
        if self.is_share:
            return f"{self.shown_difference} percentage points"
        if self.has_percentage:
            return f"{self.shown_percentage}{wording.NO_BREAK}%"
        return f"{self.shown_difference} {self.unit}"

    @property
    def span(self) -> str:
        """The interval in a sentence, in the same measure as ``size``."""
        if self.has_percentage and not self.is_share:
            low, high = self.as_percentage(self.low), self.as_percentage(self.high)
            decimals = min(wording.decimals_for((high - low) / 2.0), 1)
            return f"{wording.interval(low, high, decimals, sign=True)}{wording.NO_BREAK}%"
        return self.shown_interval


def reader_finding(found: str, low: float, high: float, baseline_mean: float) -> str:
    """The finding, but "about equal" where the whole interval is too near to zero for anyone to care."""
    is_next_to_nothing = max(abs(low), abs(high)) <= NEXT_TO_NOTHING * abs(baseline_mean)
    return ABOUT_EQUAL if is_next_to_nothing and found != "identical" else found


def is_share(unit: str) -> bool:
    """True for the unit of an outcome that is a share of something."""
    return unit.startswith("share")


def effects(comparison: "Comparison") -> tuple[Effect, ...]:
    """Every row of the verdict, in its order: outcomes as declared, policies as given."""
    titles = policy_titles(comparison)
    wanted = [name for name in Effect.__dataclass_fields__ if name not in {"policy_title", "decimals"}]
    rows = [
        {str(k): v for k, v in row.items()} for row in comparison.verdict[wanted].to_dict(orient="records")
    ]
    decimals = _decimals_by_outcome(rows)
    return tuple(
        Effect(**row, policy_title=titles[row["policy"]], decimals=decimals[row["outcome"]]) for row in rows
    )


def _decimals_by_outcome(rows: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Decimals that suit every policy's interval of an outcome, so that its numbers can be compared."""
    decimals: dict[str, int] = {}
    for row in rows:
        factor = 100.0 if is_share(row["unit"]) else 1.0
        is_exact = max(abs(row["low"]), abs(row["high"])) <= ROUNDING * abs(row["baseline_mean"])
        suited = (
            EXACT_DECIMALS
            if is_exact
            else wording.decimals_for_interval(row["low"] * factor, row["high"] * factor)
        )
        decimals[row["outcome"]] = max(suited, decimals.get(row["outcome"], 0))
    return decimals


def policy_titles(comparison: "Comparison") -> dict[str, str]:
    """The title to show of every policy by its name; the baseline comes first."""
    return {scenario.name: scenario.title or scenario.name for scenario in comparison.scenarios}
