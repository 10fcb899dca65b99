"""Mediation by cutting: what is left of a policy's effect when one of its pathways is switched off."""

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from coproduction.experiments.paired import mean_interval
from coproduction.simulation.errors import DesignError
from coproduction.simulation.outcomes import BY_NAME, OUTCOMES
from coproduction.simulation.parameters import Policing
from coproduction.simulation.parameters.declaration import PATHWAYS, Pathway, declared_fields, unknown

if TYPE_CHECKING:
    from coproduction.experiments.comparison import Comparison
    from coproduction.scenarios.scenario import Scenario

NOTHING = 1e-12
"""What adding up in another order makes of nothing."""


def used_pathways(scenario: "Scenario") -> tuple[Pathway, ...]:
    """Return the pathways by which a policy can work: of levers that it changes, and of its programmes."""
    levers = declared_fields(Policing).items()
    used = {
        d.pathway for key, d in levers if getattr(scenario.policy, key) != getattr(scenario.policing, key)
    }
    used |= {pathway for programme in scenario.programmes for pathway in programme.pathways}
    return tuple(p for p in PATHWAYS if p in used and p not in scenario.cut)


def cut_versions(scenario: "Scenario", pathways: Sequence[str]) -> "list[Scenario]":
    """Return the scenario once for each pathway, with that pathway cut as well; raises ``DesignError``."""
    for pathway in pathways:
        if pathway not in PATHWAYS:
            raise DesignError(f"comparison: pathway {unknown(pathway, list(PATHWAYS))}")
    return [
        dataclasses.replace(
            scenario,
            name=f"{scenario.name}_without_{pathway}",
            title=f"{scenario.title}, without {pathway}",
            cut=tuple(p for p in PATHWAYS if p in (*scenario.cut, pathway)),
        )
        for pathway in pathways
    ]


def mediation(comparison: "Comparison") -> pd.DataFrame:
    """Compare each policy with itself less a pathway, seed by seed; empty where no pathway is cut.

    Columns policy, pathway, outcome, in_full, left (means of the paired differences from the baseline), lost, lost_low,
    lost_high (in_full less left, with its interval), n. For main outcomes and disparities.
    """
    rows = [
        (policy.name, pathway, *_row(comparison, policy.name, less.name, outcome.name))
        for policy, less, pathway in _pairs(comparison.scenarios)
        for outcome in OUTCOMES
        if outcome.main or outcome.disparity
    ]
    columns = ["policy", "pathway", "outcome", "in_full", "left", "lost", "lost_low", "lost_high", "n"]
    return pd.DataFrame(rows, columns=columns)


def _pairs(scenarios: "Sequence[Scenario]") -> "list[tuple[Scenario, Scenario, Pathway]]":
    return [
        (policy, less, pathway)
        for policy in scenarios[1:]
        for less in scenarios[1:]
        for pathway in less.cut
        if less.name == f"{policy.name}_without_{pathway}"
    ]


def _row(comparison: "Comparison", policy: str, less: str, outcome: str) -> tuple[object, ...]:
    table = comparison.runs[comparison.runs["outcome"] == outcome]
    wide = table.pivot_table(index="seed", columns="policy", values="value")
    wide = wide[[comparison.baseline, policy, less]].dropna()
    full, left = (wide[name] - wide[comparison.baseline] for name in (policy, less))
    lost = mean_interval((full - left).to_numpy(), comparison.rule.interval_confidence)
    return outcome, full.mean(), left.mean(), lost.mean, lost.low, lost.high, len(wide)


def mediation_text(comparison: "Comparison") -> str:
    """Say what is left of each effect without a pathway, in the outcome's unit; nothing where none is cut."""
    table, lines = mediation(comparison), []
    for (policy, pathway), rows in table.groupby(["policy", "pathway"], sort=False):
        moved = rows[(rows[["in_full", "left"]].abs() > NOTHING).any(axis=1)]
        title = next(each.title for each in comparison.scenarios if each.name == policy)
        lines += [
            "",
            f"  {title}, without {pathway}: {len(rows) - len(moved)} of {len(rows)} outcomes are the same either way",
        ]
        lines += [_left(row) for row in moved.itertuples()]
    head = "What is left of an effect when a pathway is cut: in full -> left; what is lost with it, with its interval"
    return "\n".join(["", head, *lines, ""]) if lines else ""


def _left(row: Any) -> str:
    what = BY_NAME[row.outcome]
    return (
        f"    {what.label:<26} {row.in_full:+.3g} -> {row.left:+.3g};  lost {row.lost:+.2g} "
        f"({row.lost_low:+.2g} to {row.lost_high:+.2g})  [{what.unit}]"
    )
