"""Equal budget: what each policy spent, and what it gave up to pay for what it bought."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduction.experiments.report import wording
from coproduction.experiments.report.effects import policy_titles
from coproduction.experiments.report.tables import Table, by_policy

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.comparison import Comparison

WEEKS_A_YEAR = 52.0
PAYERS = {
    "city": "City budget",
    "county_justice": "County justice",
    "volunteers": "Volunteers, unpaid",
    "victims": "Victims and society",
}

PUBLIC_PAYER = "city"
BESIDE_BUDGET = {
    "volunteers": "volunteer time valued, USD per resident a year; no public money",
    "victims": "cost to victims, USD per resident a year",
    "county_justice": "county justice, USD per resident a year; not the city's budget",
}
FULL_TIME_HOURS = 2080.0  # 40 hours in each of 52 weeks: a convention for showing paid hours as posts


@dataclass(frozen=True, slots=True)
class LeverChange:
    """A lever in which a policy differs from the baseline."""

    name: str
    unit: str
    baseline: str
    value: str


@dataclass(frozen=True, slots=True)
class Trade:
    """What one policy changed and how its public spending moved."""

    title: str
    changes: tuple[LeverChange, ...]
    more: tuple[str, ...]
    less: tuple[str, ...]


def spending_table(comparison: "Comparison") -> Table:
    """Every item of the mean ledger by payer, USD per resident a year, one column a policy."""
    titles = policy_titles(comparison)
    rows = []
    ledger = comparison.ledger
    for payer in dict.fromkeys([*PAYERS, *ledger["payer"]]):
        booked = ledger[ledger["payer"] == payer]
        items = list(dict.fromkeys(booked["item"]))
        rows += [_row(comparison, booked[booked["item"] == item], titles, item, payer) for item in items]
        if len(items) > 1:
            rows.append(_row(comparison, booked, titles, "total", payer))
    return by_policy(titles, rows, "Who paid what, USD per resident a year", "Payer and item")


def summary_table(comparison: "Comparison") -> Table:
    """Public spending and its equality, paid posts, and what stands beside the budget."""
    titles = policy_titles(comparison)
    ledger = comparison.ledger
    public = ledger[ledger["payer"] == PUBLIC_PAYER]
    rows = [
        _row(comparison, public, titles, "public spending, USD per resident a year", ""),
        ("Largest difference from the baseline in any run", *_largest_gaps(comparison, titles)),
    ]
    worked = public[public["hours"] > 0]
    rows += [
        _posts_row(comparison, worked[worked["item"] == i], titles, i) for i in dict.fromkeys(worked["item"])
    ]
    for payer in ("volunteers", "victims", "county_justice"):
        booked = ledger[ledger["payer"] == payer]
        rows.append(_row(comparison, booked, titles, BESIDE_BUDGET[payer], ""))
    return by_policy(titles, rows, "The budget, and what stands beside it", "Measure")


def _largest_gaps(comparison: "Comparison", titles: dict[str, str]) -> list[str]:
    check = comparison.budget_check
    sizes = check["relative_difference_to_baseline"].abs().groupby(check["policy"]).max()
    gaps = [
        f"{wording.number(100.0 * float(sizes.get(policy, 0.0)), 2)}{wording.NO_BREAK}%" for policy in titles
    ]
    return ["baseline", *gaps[1:]]


def _posts_row(
    comparison: "Comparison", worked: "pd.DataFrame", titles: dict[str, str], item: str
) -> tuple[str, ...]:
    hours = worked.groupby("policy")["hours"].sum()
    years = comparison.scenarios[0].measured_weeks / WEEKS_A_YEAR
    posts = [float(hours.get(policy, 0.0)) / years / FULL_TIME_HOURS for policy in titles]
    label = f"{wording.sentence_start(plain(item))}, full-time posts"
    return (label, *(wording.number(count, 1) for count in posts))


def _row(
    comparison: "Comparison", booked: "pd.DataFrame", titles: dict[str, str], item: str, payer: str
) -> tuple[str, ...]:
    sums = booked.groupby("policy")["usd"].sum()
    label = f"{PAYERS.get(payer, payer)}: {plain(item)}" if payer else wording.sentence_start(plain(item))
    return (label, *(_per_head(comparison, float(sums.get(policy, 0.0))) for policy in titles))


def _per_head(comparison: "Comparison", usd: float) -> str:
    scenario = comparison.scenarios[0]
    years = scenario.measured_weeks / WEEKS_A_YEAR
    return wording.number(usd / scenario.residents / years, 2)


def trades(comparison: "Comparison") -> list[Trade]:
    """What each policy but the baseline changed, bought and gave up."""
    titles = policy_titles(comparison)
    table = comparison.gave_up
    return [
        _trade(titles[scenario.name], table[table["policy"] == scenario.name], comparison)
        for scenario in comparison.scenarios[1:]
    ]


def _trade(title: str, rows: "pd.DataFrame", comparison: "Comparison") -> Trade:
    levers = rows[rows["kind"] == "lever"].to_dict(orient="records")
    changes = tuple(
        LeverChange(plain(row["name"]), row["unit"], _value(row["baseline"]), _value(row["value"]))
        for row in levers
    )
    spending = rows[rows["kind"] == "spending"].to_dict(orient="records")
    moved: dict[str, dict[str, float]] = {}
    for row in spending:
        moved.setdefault(row["name"], {})[row["unit"]] = float(row["difference"])
    more = tuple(_moved(name, by_unit, comparison) for name, by_unit in moved.items() if by_unit["usd"] > 0)
    less = tuple(_moved(name, by_unit, comparison) for name, by_unit in moved.items() if by_unit["usd"] < 0)
    return Trade(title, changes, more, less)


def _moved(name: str, difference: Mapping[str, float], comparison: "Comparison") -> str:
    """ "officers: −16.60 USD per resident a year, −3.9 full-time posts": one item of public spending."""
    scenario = comparison.scenarios[0]
    years = scenario.measured_weeks / WEEKS_A_YEAR
    dollars = difference.get("usd", 0.0) / years / scenario.residents
    text = f"{plain(name)}: {wording.signed(dollars, 2)} USD per resident a year"
    posts = difference.get("hours", 0.0) / years / FULL_TIME_HOURS
    return f"{text}, {wording.signed(posts, 1)} full-time posts" if posts else text


def budget_gap(comparison: "Comparison") -> tuple[bool, float]:
    """Whether public spending was equal in every run, and the largest difference in any, as a share."""
    check = comparison.budget_check
    gaps = check["relative_difference_to_baseline"].abs().dropna()
    return bool(check["equal"].all()), float(gaps.max()) if len(gaps) else 0.0


def plain(name: str) -> str:
    """A name of the program's as words."""
    return name.replace("_", " ").replace(".", ": ")


def _value(value: object) -> str:
    return wording.significant(value, 4) if isinstance(value, int | float) else str(value)
