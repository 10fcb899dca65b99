"""Whether public spending was equal, and what each policy gave up to pay for what it bought."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from coproduction.experiments.replication import RunRecord
    from coproduction.scenarios.scenario import Scenario

PUBLIC_PAYER = "city"
TOLERANCE = 0.005
"""Largest difference of public spending from the baseline's that still counts as equal, as a share."""

WEEKS_PER_YEAR = 52
PRICES = {
    "officers": ("full-time posts", "officer_cost"),
    "coordinators": ("full-time posts", "coordinator_cost"),
    "meetings": ("meetings a year", "meeting_cost"),
}
"""Item of the ledger to what one buys of it, and the lever that is its price a year or apiece."""


def budget_check(records: "Sequence[RunRecord]", policies: Sequence[str]) -> pd.DataFrame:
    """Compare the public spending of every run with the baseline's on the same seed.

    The baseline is the first policy. Columns policy, seed, public_usd,
    relative_difference_to_baseline (share, nan where the baseline's run failed), equal (bool).
    """
    spent = {(record.policy, record.seed): public_spending(record.ledger) for record in records}
    rows = []
    for (policy, seed), dollars in spent.items():
        difference = _relative(dollars, spent.get((policies[0], seed), np.nan))
        rows.append((policy, seed, dollars, difference, abs(difference) <= TOLERANCE))
    columns = ["policy", "seed", "public_usd", "relative_difference_to_baseline", "equal"]
    return pd.DataFrame(rows, columns=columns)


def public_spending(ledger: pd.DataFrame) -> float:
    """Add up what the ledger books to the city, USD in the measured period."""
    return float(ledger.loc[ledger["payer"] == PUBLIC_PAYER, "usd"].sum())


def budget_sentence(check: pd.DataFrame) -> str:
    """Say in one sentence whether public spending was equal, and if not, whose was not and by how much."""
    known = check.dropna(subset=["relative_difference_to_baseline"])
    size = known["relative_difference_to_baseline"].abs()
    if known["equal"].all():
        return (
            f"Public spending was equal in every replication: at most {size.max():.2%} from the baseline's, "
            f"where {TOLERANCE:.1%} is allowed."
        )
    worst = known.loc[size.groupby(known["policy"]).idxmax()]
    off = worst.loc[~worst["equal"]]
    parts = [
        f"{row['policy']} by up to {row['relative_difference_to_baseline']:+.2%}" for _, row in off.iterrows()
    ]
    return (
        f"Public spending was NOT equal, so these are not comparisons at equal budget: "
        f"{', '.join(parts)} from the baseline's, where {TOLERANCE:.1%} is allowed."
    )


def gave_up(scenarios: "Sequence[Scenario]", ledger: pd.DataFrame) -> pd.DataFrame:
    """List, for every policy but the baseline, the levers that differ and what its public money went to.

    ledger   means over replications: columns policy, payer, item, usd, hours

    Columns policy, kind, name, unit, baseline, value, difference (nan where the lever is not a number). Kinds:
    "lever"; "spending" in USD and in hours on duty in the measured period; "bought": full-time posts and
    meetings a year, for policies that are in force over the whole measured period.
    """
    rows: list[tuple[object, ...]] = []
    for scenario in scenarios[1:]:
        rows.extend(_levers(scenarios[0], scenario))
        rows.extend(_spending(scenarios[0].name, scenario.name, ledger))
        rows.extend(_bought(scenarios[0], scenario, ledger))
    return pd.DataFrame(rows, columns=["policy", "kind", "name", "unit", "baseline", "value", "difference"])


def _levers(baseline: "Scenario", scenario: "Scenario") -> list[tuple[object, ...]]:
    before, after = _flat(baseline.to_dict()["policy"]), _flat(scenario.to_dict()["policy"])
    rows: list[tuple[object, ...]] = [
        (scenario.name, "lever", key, _unit(key), before.get(key), value, _difference(before.get(key), value))
        for key, value in after.items()
        if value != before.get(key)
    ]
    rows += [
        (scenario.name, "lever", f"programme {name}", "dose", earlier, later, later - earlier)
        for name, earlier, later in _doses(baseline, scenario)
        if later != earlier
    ]
    return rows


def _doses(baseline: "Scenario", scenario: "Scenario") -> list[tuple[str, float, float]]:
    """Name every programme of either scenario with its dose in both, 0 where it does not run."""
    before, after = ({p.name: p.dose for p in each.programmes} for each in (baseline, scenario))
    return [(name, before.get(name, 0.0), after.get(name, 0.0)) for name in before | after]


def _spending(baseline: str, policy: str, ledger: pd.DataFrame) -> list[tuple[object, ...]]:
    public = ledger.loc[ledger["payer"] == PUBLIC_PAYER]
    rows: list[tuple[object, ...]] = []
    for unit in ("usd", "hours"):
        table = public.pivot_table(index="item", columns="policy", values=unit, aggfunc="sum", fill_value=0.0)
        for item, row in table.iterrows():
            before, after = float(row.get(baseline, 0.0)), float(row.get(policy, 0.0))
            if before or after:
                rows.append((policy, "spending", item, unit, before, after, after - before))
    return rows


def _bought(baseline: "Scenario", scenario: "Scenario", ledger: pd.DataFrame) -> list[tuple[object, ...]]:
    """Turn spending into what it pays for at each policy's own prices."""
    if any(each.policy_start_watch > each.burn_in_watches for each in (baseline, scenario)):
        return []
    rows: list[tuple[object, ...]] = []
    for item, (unit, price) in PRICES.items():
        before, after = (_units_a_year(each, item, price, ledger) for each in (baseline, scenario))
        if before or after:
            rows.append((scenario.name, "bought", item, unit, before, after, after - before))
    return rows


def _units_a_year(scenario: "Scenario", item: str, price: str, ledger: pd.DataFrame) -> float:
    booked = ledger.loc[
        (ledger["policy"] == scenario.name) & (ledger["payer"] == PUBLIC_PAYER) & (ledger["item"] == item),
        "usd",
    ]
    years = scenario.measured_weeks / WEEKS_PER_YEAR
    return float(booked.sum()) / years / float(getattr(scenario.policy, price))


def _unit(key: str) -> str:
    from coproduction.simulation.parameters import describe

    units = {row.key: row.unit for row in describe() if row.table == "policing"}
    return str(units.get(key.rsplit(".", 1)[-1], ""))


def _flat(levers: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Name nested levers by their path."""
    flat: dict[str, Any] = {}
    for key, value in levers.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{key}.")
        else:
            flat[f"{prefix}{key}"] = value
    return flat


def _difference(before: object, after: object) -> float:
    numbers = [value for value in (before, after) if isinstance(value, int | float)]
    return float(numbers[1] - numbers[0]) if len(numbers) == 2 else float("nan")


def _relative(dollars: float, baseline: float) -> float:
    if baseline == 0:
        return 0.0 if dollars == 0 else float("inf")
    return dollars / baseline - 1
