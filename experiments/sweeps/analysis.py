"""What a finished sweep says: differences between policies over the same futures, and which parameters move what.

Every figure is made from means over seeds, so that luck is averaged out before futures are compared. A failed run
leaves its point out of a comparison; analyses whose points belong together are refused where one is missing, since they
would give wrong numbers without a word (SALib issue 273).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from coproduction.experiments.sweeps.differences import ROUNDING, beyond_rounding
from coproduction.experiments.sweeps.dimensions import Dimension, Floats
from coproduction.experiments.sweeps.sampling import MORRIS_LEVELS, PAIRED, problem_of

if TYPE_CHECKING:
    import pandas as pd

POINT = ["policy", "lever_point", "future"]
FEWEST = 3
"""Points that a correlation needs more than."""
WIDEST = 0.2
"""Half-width from which on an index says little of a share of 1."""
FEW = (
    f"total indices add up to less than 1, which they cannot, or an interval is wider than ± {WIDEST:g}. Raise samples "
    "before reading shares off this table."
)
INTERVALS = "Behind ± stands half of the interval of 95 per cent, from resampling the points (bootstrap)."


@dataclass(frozen=True, slots=True)
class Contrast:
    """How a policy differs from the first one over all lever points and futures, in one outcome.

    mean     of the policy, over points
    low      5th percentile of the difference over points, ``middle`` its median, ``high`` the 95th
    below    share of points in which the policy's mean is below the first one's, ``above`` likewise
    points   compared
    """

    policy: str
    outcome: str
    mean: float
    low: float
    middle: float
    high: float
    below: float
    above: float
    points: int


def point_means(table: "pd.DataFrame", outcomes: Sequence[str]) -> "pd.DataFrame":
    """Return means over seeds, one row a policy, lever point and future that no run of failed."""
    done = table[table["status"] == "done"]
    failed = table.groupby(POINT)["status"].agg(lambda ends: bool((ends != "done").any()))
    means = done.groupby(POINT, sort=False)[list(outcomes)].mean()
    return means[~failed.reindex(means.index)]


def contrasts(means: "pd.DataFrame", policies: Sequence[str], outcomes: Sequence[str]) -> list[Contrast]:
    """Compare every policy with the first one, point by point; the first comes with a difference of nothing."""
    first = means.xs(policies[0], level="policy") if policies[0] in means.index.get_level_values(0) else None
    found = []
    for policy in policies:
        if first is None or policy not in means.index.get_level_values(0):
            continue
        own = means.xs(policy, level="policy")
        for outcome in outcomes:
            apart = beyond_rounding((own[outcome] - first[outcome]).dropna(), first[outcome].abs().mean())
            if not len(apart):
                continue
            pairs = apart.to_numpy(dtype=np.float64)
            low, middle, high = np.quantile(pairs, (0.05, 0.5, 0.95)).tolist()
            mean = float(own[outcome].mean())
            below, above = float((pairs < 0).mean()), float((pairs > 0).mean())
            found.append(Contrast(policy, outcome, mean, low, middle, high, below, above, len(pairs)))
    return found


@dataclass(frozen=True, slots=True)
class Influence:
    """How much each parameter moves each outcome.

    measure  what the numbers are, in words
    values   outcome to parameter (or group) to number; nan where it cannot be said
    margins  half-widths of their intervals of 95 per cent, in the same shape; empty where there are none
    notes    sentences on how far the numbers can be trusted
    """

    measure: str
    values: dict[str, dict[str, float]]
    margins: dict[str, dict[str, float]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def influence(
    table: "pd.DataFrame", design: str, dimensions: Sequence[Dimension], outcomes: Sequence[str]
) -> Influence:
    """Return rank correlations, or what a design of Morris or Saltelli was made for, of the first policy's runs."""
    first = table["policy"].iloc[0]
    own = table[table["policy"] == first]
    names = [dimension.name for dimension in dimensions]
    if design in PAIRED:
        means = own.groupby("future", sort=True)[list(outcomes)].mean().to_numpy(dtype=np.float64)
        points = own.drop_duplicates("future").sort_values("future")[names].to_numpy(dtype=np.float64)
        complete = bool((own["status"] == "done").all())
        columns = dict(zip(outcomes, means.T, strict=True))
        return _paired(design, dimensions, points, columns, complete=complete)
    means = point_means(own, outcomes).join(own.groupby(POINT)[names].first())
    values = {
        outcome: {name: _rank_correlation(means[name], means[outcome]) for name in names}
        for outcome in outcomes
    }
    measure = "rank correlation (Spearman), −1 to 1"
    return Influence(measure, values, notes=_size_of_luck(means.index.get_level_values("future").nunique()))


def _size_of_luck(futures: int) -> tuple[str, ...]:
    """Say which rank correlations over independent futures are no larger than luck gives, 19 times of 20."""
    if futures <= FEWEST:
        return ()
    luck = 1.96 / (futures - 1) ** 0.5
    return (
        f"Over {futures:,} futures, one below about {luck:.2g} in size may be luck where the parameter is uncertain.",
    )


def influence_on_difference(
    means: "pd.DataFrame", values: "pd.DataFrame", policies: Sequence[str], outcome: str
) -> dict[str, dict[str, float]]:
    """Return what moves the difference of each policy from the first, point by point, in one outcome.

    means   as ``point_means`` gives them; ``values`` of what was varied at the same points

    Policy to parameter to rank correlation, −1 to 1; nan where it cannot be said.
    """
    found: dict[str, dict[str, float]] = {}
    known = set(means.index.get_level_values("policy"))
    for policy in policies[1:]:
        if not {policy, policies[0]} <= known:
            continue
        first, own = (means.xs(each, level="policy")[outcome] for each in (policies[0], policy))
        apart = beyond_rounding((own - first).dropna(), first.abs().mean())
        at = values.xs(policy, level="policy").loc[apart.index]
        found[policy] = {str(name): _rank_correlation(at[name], apart) for name in at.columns}
    return found


def _rank_correlation(one: Any, other: Any) -> float:
    from scipy import stats

    known = ~(np.isnan(one.to_numpy(dtype=np.float64)) | np.isnan(other.to_numpy(dtype=float)))
    if known.sum() < 3 or not _varies(one[known]) or not _varies(other[known]):
        return float("nan")
    return float(stats.spearmanr(one[known], other[known]).statistic)


def _varies(values: Any) -> bool:
    """Say whether values differ by more than rounding."""
    column = np.asarray(values, dtype=np.float64)
    return bool(np.ptp(column) > ROUNDING * np.abs(column).mean())


def _paired(
    design: str,
    dimensions: Sequence[Dimension],
    points: Floats,
    columns: dict[str, Floats],
    *,
    complete: bool,
) -> Influence:
    groups = list(dict.fromkeys(dimension.group for dimension in dimensions))
    values: dict[str, dict[str, float]] = {}
    margins: dict[str, dict[str, float]] = {}
    for outcome, column in columns.items():
        found = np.full((2, len(groups)), np.nan)
        if complete and np.isfinite(column).all() and _varies(column):
            found = _indices(design, dimensions, points, column)
        values[outcome], margins[outcome] = (dict(zip(groups, each.tolist(), strict=True)) for each in found)
    if design == "morris":
        return Influence("mean absolute elementary effect (Morris)", values, margins, (INTERVALS,))
    notes = (INTERVALS, *_too_few(values, margins))
    return Influence("total-order index (Sobol’), the share of variance", values, margins, notes)


def _indices(design: str, dimensions: Sequence[Dimension], points: Floats, column: Floats) -> Floats:
    """Return the indices of one outcome and the half-widths of their intervals, shape (2, groups)."""
    from SALib.analyze import morris, sobol

    problem = problem_of(dimensions)
    if design == "morris":
        cube = np.column_stack([_as_quantiles(d, points[:, i]) for i, d in enumerate(dimensions)])
        found = morris.analyze(problem, cube, column, num_levels=MORRIS_LEVELS, seed=1)
        return np.asarray([found["mu_star"], found["mu_star_conf"]], dtype=np.float64)
    found = sobol.analyze(problem, column, calc_second_order=False, seed=1)
    return np.asarray([found["ST"], found["ST_conf"]], dtype=np.float64)


def _too_few(values: dict[str, dict[str, float]], margins: dict[str, dict[str, float]]) -> tuple[str, ...]:
    """Warn where total indices cannot be right: they add up to 1 at least, since every share has an owner."""
    few = []
    for outcome, found in values.items():
        whole = sum(found.values())
        wide = max(margins[outcome].values(), default=0.0)
        if whole + sum(margins[outcome].values()) < 1.0 or wide > WIDEST:
            few.append(outcome)
    if not few:
        return ()
    return (
        f"Too few samples for {len(few)} of {len(values)} outcomes: {FEW}",
    )  # fmt: skip


def _as_quantiles(dimension: Dimension, column: Floats) -> Floats:
    """Return where in the unit cube the values of a trajectory came from: levels are few, so their order tells."""
    levels = np.linspace(0.0, 1.0, MORRIS_LEVELS)
    values = dimension.at(levels)
    return levels[np.abs(values[None, :] - column[:, None]).argmin(axis=1)]


@dataclass(frozen=True, slots=True)
class Course:
    """How an outcome goes with a parameter, for one policy: means over the points in each of some classes.

    value, mean, error   shape (classes,); error is the standard error of the mean, over futures where there are some
    """

    policy: str
    value: Floats
    mean: Floats
    error: Floats


CLASSES = 8


def courses(means: "pd.DataFrame", values: "pd.Series[float]", outcome: str) -> list[Course]:
    """Return the course of an outcome along a parameter for each policy.

    means   as ``point_means`` gives them; ``values`` of the parameter at the same points
    """
    import pandas as pd

    found = []
    for policy, own in means.groupby(level="policy", sort=False):
        at = values.loc[own.index]
        many = at.nunique() > CLASSES
        classes = pd.qcut(at, CLASSES, labels=False, duplicates="drop") if many else at
        grouped = own[outcome].groupby(classes.to_numpy())
        middle = at.groupby(classes.to_numpy()).mean().to_numpy(dtype=np.float64)
        mean = grouped.mean().to_numpy(dtype=np.float64)
        found.append(Course(str(policy), np.asarray(middle), mean, _errors(own[outcome], classes.to_numpy())))
    return found


def _errors(outcome: "pd.Series[float]", classes: Any) -> Floats:
    """Return standard errors of the means of classes, (classes,); points that share a future are counted once.

    They share all that nobody knows, and a hundred lever points in one future are no hundred futures.
    """
    shared = "future" if outcome.index.get_level_values("future").nunique() > 1 else "lever_point"
    apart = outcome.groupby([classes, outcome.index.get_level_values(shared)]).mean().groupby(level=0)
    spread, size = (
        apart.std().fillna(0.0).to_numpy(dtype=np.float64),
        apart.count().to_numpy(dtype=np.float64),
    )
    errors: Floats = spread / np.sqrt(np.maximum(size, 1.0))
    return errors
