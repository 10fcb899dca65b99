"""What a sweep found, as text."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coproduction.experiments.sweeps.plan import Plan
    from coproduction.experiments.sweeps.store import Store

SHOWN = ("true_crime", "recorded_crime", "clearance", "fear", "trust", "volunteer_hours")
"""The main outcomes that fit on a line."""


def means_text(store: "Store", plan: "Plan") -> str:
    """Return the means of some outcomes over futures and seeds, a line a policy, with how many runs came through."""
    from coproduction.experiments.sweeps.reading import results
    from coproduction.simulation.outcomes import BY_NAME

    table = results(store, plan.name, SHOWN)
    head = "".join(f"{BY_NAME[name].label:>17}" for name in SHOWN)
    width = max(len("policy"), *(len(policy.name) for policy in plan.policies))
    lines = [
        "Means over points and seeds; units: coproduce schema outcomes",
        f"{'policy':{width}}    runs{head}",
    ]
    for policy, rows in table[table["status"] == "done"].groupby("policy", sort=False):
        means = rows[list(SHOWN)].astype(float).mean()
        lines.append(f"{policy!s:{width}}{len(rows):>8,}" + "".join(f"{mean:17.4g}" for mean in means))
    return "\n".join(lines)
