"""How surely policies differ on average: paired differences from the first policy, with their interval.

An interval is about what was drawn at random. The seeds always were; the futures were in a design that samples what
nobody knows, and were not in one whose points somebody chose (a grid, a list, trajectories). All futures share the
seeds, so many futures do not make up for few seeds: the luck of two seeds is in every one of the differences. So
the half-width of the mean's interval is that over futures and that over seeds, each by Student's t, added in squares
(Howe 1974). What belongs to neither alone is counted in both: intervals are rather too wide than too narrow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from coproduction.experiments.sweeps.dimensions import Floats

if TYPE_CHECKING:
    import pandas as pd

CONFIDENCE = 0.95
ROUNDING = 1e-9
"""Share of the first policy's mean; what differs by less differs in the order of adding up."""
SAMPLED = ("latin_hypercube", "sobol")
"""Designs whose futures are a sample of what nobody knows."""
FUTURE, SEED = "future", "seed"
RUN = ("lever_point", FUTURE, SEED)


@dataclass(frozen=True, slots=True)
class Difference:
    """A policy's mean paired difference from the first policy in one outcome, in the outcome's unit.

    first, mean         means of the first policy and of this one over the same runs
    difference          with ``low`` and ``high``, the ends of its 95 % interval; nan where there are too few to tell
    pairs               runs compared
    futures             that the interval is over, 0 where it is over seeds only
    seeds               with a difference, ``seeds_lower`` and ``seeds_higher`` of them below and above the first policy
    finding             "better", "worse", "lower", "higher", "not distinguishable", "identical" or "unknown"
    """

    policy: str
    outcome: str
    first: float
    mean: float
    difference: float
    low: float
    high: float
    pairs: int
    futures: int
    seeds: int
    seeds_lower: int
    seeds_higher: int
    finding: str

    @property
    def seeds_better(self) -> int | None:
        """Seeds on which the policy does better; None for an outcome of which neither way is better."""
        from coproduction.simulation.outcomes import BY_NAME

        ways = {"lower": self.seeds_lower, "higher": self.seeds_higher}
        return ways.get(BY_NAME[self.outcome].better)


def is_sampled(design: str, table: "pd.DataFrame") -> bool:
    """Say whether the futures of a sweep are a sample that an interval can be over."""
    return design in SAMPLED and table[FUTURE].nunique() > 1


def differences(
    table: "pd.DataFrame", policies: Sequence[str], outcomes: Sequence[str], *, sampled: bool
) -> list[Difference]:
    """Compare every policy with the first one, run by run at the same point and seed.

    table    as ``reading.results`` gives it; a point that any run failed of, under either policy, is left out
    sampled  whether the interval is over futures as well, see ``is_sampled``

    In the order of policies, then outcomes; what no two runs can be compared in is left out.
    """
    whole = _whole(table)
    found: list[Difference] = []
    if policies[0] not in whole:
        return found
    for policy in policies[1:]:
        if policy in whole:
            found += _of_policy(policy, (whole[policies[0]], whole[policy]), outcomes, sampled=sampled)
    return found


def _whole(table: "pd.DataFrame") -> "dict[str, pd.DataFrame]":
    """Return the runs of each policy at points that no run failed of, by lever point, future and seed."""
    ended = table["status"] == "done"
    kept = table[ended.groupby([table[key] for key in ("policy", "lever_point", "future")]).transform("all")]
    return {str(policy): own.set_index(list(RUN)) for policy, own in kept.groupby("policy", sort=False)}


def _of_policy(
    policy: str, pair: "tuple[pd.DataFrame, pd.DataFrame]", outcomes: Sequence[str], *, sampled: bool
) -> list[Difference]:
    names = list(outcomes)
    common = pair[0].index.intersection(pair[1].index, sort=False)
    first, own = (each.loc[common, names].astype(np.float64) for each in pair)
    apart = beyond_rounding(own - first, first.abs().mean())
    known = apart.notna()
    columns = {
        "first": first.where(known).mean().to_numpy(),
        "mean": own.where(known).mean().to_numpy(),
        "pairs": known.sum().to_numpy(),
        **_spread(apart, sampled=sampled),
    }
    return [
        _difference(policy, name, {key: column[place].item() for key, column in columns.items()})
        for place, name in enumerate(names)
        if columns["pairs"][place]
    ]


def beyond_rounding[T: ("pd.DataFrame", "pd.Series[float]")](
    apart: T, level: "float | pd.Series[float]"
) -> T:
    """Return differences, 0 where they are of rounding only against a level, as those of spending at equal budget."""
    return apart.mask(apart.abs() <= ROUNDING * level, 0.0)


def _spread(apart: "pd.DataFrame", *, sampled: bool) -> dict[str, Any]:
    """Return the mean of paired differences with its interval, by outcome."""
    from coproduction.experiments.paired import mean_interval

    by_seed = apart.groupby(level=SEED, sort=False).mean().to_numpy(dtype=np.float64)
    by_future = apart.groupby(level=FUTURE, sort=False).mean().to_numpy(dtype=np.float64)
    half_width = mean_interval(by_seed, CONFIDENCE).half_width
    if sampled:
        half_width = np.hypot(half_width, mean_interval(by_future, CONFIDENCE).half_width)
    mean = apart.mean().to_numpy(dtype=np.float64)
    return {
        "difference": mean,
        "low": mean - half_width,
        "high": mean + half_width,
        "futures": np.isfinite(by_future).sum(axis=0) * sampled,
        "seeds": np.isfinite(by_seed).sum(axis=0),
        "seeds_lower": (by_seed < 0).sum(axis=0),
        "seeds_higher": (by_seed > 0).sum(axis=0),
    }


def _difference(policy: str, outcome: str, numbers: dict[str, Any]) -> Difference:
    from coproduction.experiments.verdict import finding
    from coproduction.simulation.outcomes import BY_NAME

    word = finding(BY_NAME[outcome].better, numbers["low"], numbers["high"])
    return Difference(policy=policy, outcome=outcome, finding=word, **numbers)


def interval_over(found: Sequence[Difference]) -> str:
    """Say what the intervals of mean differences are over, from the first of them; nothing where there is none."""
    from coproduction.experiments.report import wording

    if not found:
        return ""
    seeds = wording.count(found[0].seeds, "seed")
    return f"{wording.count(found[0].futures, 'future')} and {seeds}" if found[0].futures else seeds


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Policies in the plane of two outcomes, as mean differences from the first policy, which lies at zero.

    points   policy to its differences in both outcomes; the first policy is not among them
    levels   of the first policy in both outcomes
    front    policies that no other does at least as well as in both and better in one, the first included, in the order
             of the first outcome; empty where of either outcome neither way is better
    """

    outcomes: tuple[str, str]
    first: str
    points: dict[str, tuple[Difference, Difference]]
    levels: tuple[float, float]
    front: tuple[str, ...]


def trade_off(found: Sequence[Difference], first: str, outcomes: tuple[str, str]) -> TradeOff:
    """Return how policies stand in two outcomes, from their differences."""
    by_key = {(each.policy, each.outcome): each for each in found}
    points = {
        policy: (by_key[policy, outcomes[0]], by_key[policy, outcomes[1]])
        for policy in dict.fromkeys(each.policy for each in found)
        if all((policy, outcome) in by_key for outcome in outcomes)
    }
    some = next(iter(points.values()), None)
    levels = (some[0].first, some[1].first) if some else (float("nan"), float("nan"))
    return TradeOff(outcomes, first, points, levels, _front(points, first, outcomes))


def _front(
    points: dict[str, tuple[Difference, Difference]], first: str, outcomes: tuple[str, str]
) -> tuple[str, ...]:
    from coproduction.simulation.outcomes import BY_NAME

    signs = [{"lower": 1.0, "higher": -1.0}.get(BY_NAME[outcome].better) for outcome in outcomes]
    if not points or signs[0] is None or signs[1] is None:
        return ()
    names = [first, *points]
    at = np.array([(0.0, 0.0), *((x.difference, y.difference) for x, y in points.values())]) * signs
    kept = [name for name, own in zip(names, at, strict=True) if not _is_beaten(own, at)]
    place = {name: (float(own[0]), float(own[1])) for name, own in zip(names, at, strict=True)}
    return tuple(sorted(kept, key=place.__getitem__))


def _is_beaten(own: Floats, others: Floats) -> bool:
    """Say whether any other point is as low in both and lower in one."""
    return bool(((others <= own).all(axis=1) & (others < own).any(axis=1)).any())
