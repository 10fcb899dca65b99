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

if TYPE_CHECKING:
    import pandas as pd


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

    The first policy, or the first lever point where there is one policy, is what the others are compared with.

    looks  numbers of replications up to now
    """
    from coproduction.simulation.outcomes import OUTCOMES

    rule = rule_of(plan)
    if rule is None:
        return []
    main = [outcome.name for outcome in OUTCOMES if outcome.main]
    table = results(store, plan.name, main)
    open_futures = []
    for future, rows in table.groupby("future"):
        narrow = [_narrow(rule, plan, rows[rows["replication"] < look], main) for look in looks]
        if not bool(rule.stops(narrow)):
            open_futures.append(int(str(future)))
    return open_futures


def _narrow(rule: StoppingRule, plan: Plan, rows: "pd.DataFrame", main: Sequence[str]) -> NDArray[np.bool_]:
    """Say whether every comparison of one future is as narrow as asked, shape ()."""
    arms = {key: _outcomes(arm, main) for key, arm in rows.groupby(["lever_point", "policy"])}
    first = plan.policies[0].name
    held = []
    for (lever_point, policy), values in arms.items():
        baseline = (lever_point, first) if len(plan.policies) > 1 else (0, first)
        if (lever_point, policy) != baseline and baseline in arms:
            held.append(rule.narrow_enough(arms[baseline], values).all())
    return np.asarray(bool(held) and all(held))


def _outcomes(arm: "pd.DataFrame", main: Sequence[str]) -> Floats:
    """Return outcomes in the order of the seeds, shape (replications, outcomes); nan where a run failed."""
    return np.asarray(arm.sort_values("replication")[list(main)].to_numpy(dtype=np.float64))
