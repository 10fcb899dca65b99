"""How outcomes of programmes and of dysfunctions are measured from a finished run."""

import numpy as np

from coproduction.experiments.observation import Observation


def programmes(seen: Observation) -> dict[str, float]:
    """Members at the end, who they are, and what programmes cost in the measured period."""
    member = (seen.state.residents.memberships != 0) * 1000.0
    by_quintile = (
        np.bincount(seen.state.residents.quintile, weights=member, minlength=5) / seen.quintile_sizes
    )
    return {
        "members": float(member.mean()),
        "members_gap": float(by_quintile[0] - by_quintile[-1]),
        "programme_cost": seen.per_head(float(seen.state.programmes.spent.sum())),
    }


def discrimination(seen: Observation) -> dict[str, float]:
    """How much likelier offences are reported when the offender is of the minority."""
    offender = seen.state.offenders.resident[seen.cases["offender"].to_numpy()]
    of_minority, reported = seen.state.residents.group[offender] == 1, seen.cases["reported"].to_numpy()
    shares = [reported[of].mean() if of.any() else np.nan for of in (of_minority, ~of_minority)]
    return {"report_group_gap": float(shares[0] - shares[1])}
