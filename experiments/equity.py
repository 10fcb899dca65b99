"""How unequally something is spread: Gini, Theil, concentration index, poorest against richest.

All indices take people's values, or neighbourhood means with ``weights`` (residents). Values must be zero or
more; where all are zero nothing is unequal, so every index of inequality is 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from coproduction.simulation.errors import DesignError

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Theil's T split over groups; ``within + between == total``."""

    total: float
    within: float
    between: float


def gini(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Give Gini's coefficient: half the mean absolute difference between two people, over the mean.

    0 when all have the same; (n - 1) / n when one of n equal-weighted people has everything.
    """
    amount, people = _checked(values, weights)
    total = float((amount * people).sum())
    if total == 0:
        return 0.0
    order = np.argsort(amount, kind="stable")
    amount, people = amount[order], people[order]
    below = np.cumsum(people) - people / 2
    # Covariance form: each unit of the total counts by how many people stand below its owner.
    return float(2 * (amount * people * below).sum() / (total * people.sum()) - 1)


def theil(values: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Give Theil's T: the mean of (x / mean) ln(x / mean), in nats; 0 to ln(n).

    A person with nothing contributes 0, the limit of x ln x.
    """
    amount, people = _checked(values, weights)
    mean = float((amount * people).sum() / people.sum())
    if mean == 0:
        return 0.0
    share = amount / mean
    logarithm = np.log(share, out=np.zeros_like(share), where=share > 0)
    # Equal values may come out a rounding error below zero.
    return max(0.0, float((people * share * logarithm).sum() / people.sum()))


def theil_decomposition(
    values: ArrayLike, groups: Sequence[object], weights: ArrayLike | None = None
) -> Decomposition:
    """Split Theil's T into inequality within groups and between the groups' means.

    groups   one label a value
    """
    amount, people = _checked(values, weights)
    labels = np.asarray([str(group) for group in groups])
    if labels.shape != amount.shape:
        raise DesignError(_message("groups", f"one label for each of the {amount.size} values", labels.size))
    members = [labels == label for label in np.unique(labels)]
    sizes = np.array([people[member].sum() for member in members])
    totals = np.array([(amount * people)[member].sum() for member in members])
    inside = sizes > 0
    means = np.divide(totals, sizes, out=np.zeros_like(totals), where=inside)
    between = theil(means[inside], sizes[inside])
    grand = float(totals.sum())
    if grand == 0:
        return Decomposition(total=0.0, within=0.0, between=0.0)
    parts = [
        theil(amount[member], people[member]) if keep else 0.0
        for member, keep in zip(members, inside, strict=True)
    ]
    within = float((totals / grand * np.array(parts)).sum())
    return Decomposition(total=theil(amount, people), within=within, between=between)


def concentration_index(values: ArrayLike, rank_by: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Give the concentration index of ``values`` over people ranked by ``rank_by`` (income, poorest first).

    -1 to 1: below zero when the values fall on the poor, above zero when they fall on the rich. People of
    equal rank share their mean rank, so that their order does not matter.
    """
    amount, people = _checked(values, weights)
    rank = np.asarray(rank_by, dtype=np.float64)
    if rank.shape != amount.shape or not np.isfinite(rank).all():
        raise DesignError(_message("rank_by", f"{amount.size} finite numbers, one a value", rank.size))
    total = float((amount * people).sum())
    if total == 0:
        return 0.0
    _, tied = np.unique(rank, return_inverse=True)
    size = np.bincount(tied, weights=people)
    fraction = (np.cumsum(size) - size / 2)[tied] / people.sum()
    return float(2 * (amount * people * fraction).sum() / total - 1)


def poorest_to_richest(by_quintile: ArrayLike) -> float:
    """Give the first value over the last (quintile 1, the poorest, over quintile 5).

    1 where both are zero (nobody bears anything), infinite where only the richest's is zero.
    """
    amount, _ = _checked(by_quintile, None)
    poorest, richest = float(amount[0]), float(amount[-1])
    if richest == 0:
        return 1.0 if poorest == 0 else float("inf")
    return poorest / richest


def worst_off(names: Sequence[str], values: ArrayLike, *, better: str = "lower") -> tuple[str, float]:
    """Give the name and value of the neighbourhood that is worst off; the first of equals, nan left out.

    better   "lower" (victimisation, fear) or "higher" (trust)
    """
    amount = np.asarray(values, dtype=np.float64)
    if better not in {"lower", "higher"}:
        raise DesignError(_message("better", "'lower' or 'higher'", repr(better)))
    if amount.shape != (len(names),) or not np.isfinite(amount).any():
        raise DesignError(_message("values", f"{len(names)} numbers, not all nan, one a name", amount.size))
    worst = int(np.nanargmax(amount) if better == "lower" else np.nanargmin(amount))
    return names[worst], float(amount[worst])


def _checked(values: ArrayLike, weights: ArrayLike | None) -> tuple[FloatArray, FloatArray]:
    amount = np.asarray(values, dtype=np.float64)
    people = np.ones_like(amount) if weights is None else np.asarray(weights, dtype=np.float64)
    if amount.ndim != 1 or amount.size == 0 or people.shape != amount.shape:
        raise DesignError(_message("values and weights", "two lists of one length, not empty", amount.shape))
    for name, numbers in (("values", amount), ("weights", people)):
        if not np.isfinite(numbers).all() or (numbers < 0).any():
            raise DesignError(_message(name, "finite numbers of zero or more", float(np.min(numbers))))
    if people.sum() == 0:
        raise DesignError(_message("weights", "above zero for at least one value", 0))
    return amount, people


def _message(name: str, allowed: str, given: object) -> str:
    return f"equity: {name} must be {allowed}; got {given}."
