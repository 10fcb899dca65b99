"""How many replications a future needs, by paired differences on shared luck."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from coproduction.experiments.precision import StoppingRule
from coproduction.experiments.sweeps.dimensions import Floats
from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.reading import results
from coproduction.experiments.sweeps.store import Store
from coproduction.simulation.outcomes import OUTCOMES

if TYPE_CHECKING:
    import pandas as pd

MAIN = [outcome.name for outcome in OUTCOMES if outcome.main]


def rule_of(plan: Plan) -> StoppingRule | None:
    """Return the rule that a plan's precision asks for, None where it asks for none."""
    if plan.precision is None:
        return None
    return StoppingRule(precision=plan.precision, minimum=plan.replications, ceiling=plan.ceiling)


def looks_of(plan: Plan) -> tuple[int, ...]:
    """Return the numbers of replications at which differences are looked at; without a precision, only the last."""
    rule = rule_of(plan)
    return (plan.replications,) if rule is None else tuple(dict.fromkeys(rule.looks()))


def unsettled(store: Store, plan: Plan, looks: Sequence[int]) -> list[int]:
    """Return the futures in which a main outcome's difference is not yet known as well as asked.

    looks  numbers of replications up to now
    """
    rule = rule_of(plan)
    if rule is None:
        return []
    policies = [policy.name for policy in plan.policies]
    return wide_in(results(store, plan.name, MAIN), rule, policies, looks)


def wide_in(
    table: "pd.DataFrame", rule: StoppingRule, policies: Sequence[str], looks: Sequence[int]
) -> list[int]:
    """Return the same of a table as ``results`` gives it, with the main outcomes.

    The first policy, or the first lever point where there is one policy, is what the others are compared with.
    """
    open_futures = []
    for future, rows in table.groupby("future"):
        narrow = [_narrow(rule, policies, rows[rows["replication"] < look]) for look in looks]
        if not bool(rule.stops(narrow)):
            open_futures.append(int(str(future)))
    return open_futures


def _narrow(rule: StoppingRule, policies: Sequence[str], rows: "pd.DataFrame") -> NDArray[np.bool_]:
    """Say whether every comparison of one future is as narrow as asked, shape ()."""
    arms = {key: _outcomes(arm) for key, arm in rows.groupby(["lever_point", "policy"])}
    first = policies[0]
    held = []
    for (lever_point, policy), values in arms.items():
        baseline = (lever_point, first) if len(policies) > 1 else (0, first)
        if (lever_point, policy) != baseline and baseline in arms:
            held.append(rule.narrow_enough(arms[baseline], values).all())
    return np.asarray(bool(held) and all(held))


def _outcomes(arm: "pd.DataFrame") -> Floats:
    """Return outcomes in the order of the seeds, shape (replications, outcomes); nan where a run failed."""
    return np.asarray(arm.sort_values("replication")[MAIN].to_numpy(dtype=np.float64))
