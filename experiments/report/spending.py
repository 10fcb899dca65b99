"""Equal budget: what each policy spent, and what it gave up to pay for what it bought."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coproduction.experiments.pathways import mediation
from coproduction.experiments.report import wording
from coproduction.experiments.report.effects import policy_titles
from coproduction.experiments.report.tables import Table, by_policy
from coproduction.simulation.outcomes import BY_NAME

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.comparison import Comparison

WEEKS_A_YEAR = 52.0
PER_HEAD = "USD of 2020 per resident a year"
PAYERS = {
    "city": "City budget",
    "county_state": "County and state",
    "nonprofit": "Nonprofits",
    "district": "Levy of a district",
    "residents": "Residents as members",
    "county_justice": "County justice",
    "volunteers": "Volunteers, unpaid",
    "victims": "Cost of crime to victims and society",
}

PUBLIC_PAYER = "city"
BESIDE_BUDGET = {
    "volunteers": "volunteer time valued, USD of 2019 per resident a year; no public money",
    "victims": f"cost of crime to victims and society, {PER_HEAD}",
    "county_justice": f"county justice, {PER_HEAD}; not the city's budget",
}
SMALL_POSTS = 0.05
CENT = 1e-7
"""Relative difference of public spending that is far below a cent per resident."""
SMALLEST_GAP = 0.0001
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
    return by_policy(titles, rows, f"Who paid what, {PER_HEAD} (volunteers' time: of 2019)", "Payer and item")


def mediation_table(comparison: "Comparison") -> Table | None:
    """Each policy's effects in full and without a pathway, for main outcomes; None where no pathway is cut."""
    found = mediation(comparison)
    if found.empty:
        return None
    titles = policy_titles(comparison)
    rows = tuple(
        (
            f"{titles[row['policy']]}, {BY_NAME[row['outcome']].label.lower()}, without {row['pathway']}",
            wording.signed(row["in_full"], 3),
            wording.signed(row["left"], 3),
            (
                f"{wording.signed(row['lost'], 3)} "
                f"({wording.signed(row['lost_low'], 3)} to {wording.signed(row['lost_high'], 3)})"
            ),
        )
        for row in found.to_dict(orient="records")
    )
    caption = (
        "What is left of an effect when one of its pathways is cut, outcome's unit, pairs on the same luck"
    )
    return Table(caption, ("Policy, outcome, pathway", "Effect in full", "Left", "Lost with it"), rows)


def summary_table(comparison: "Comparison") -> Table:
    """Public spending and its equality, paid posts, and what stands beside the budget."""
    titles = policy_titles(comparison)
    ledger = comparison.ledger
    public = ledger[ledger["payer"] == PUBLIC_PAYER]
    rows = [
        _row(comparison, public, titles, f"public spending, {PER_HEAD}", ""),
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
    gaps = [float(sizes.get(policy, 0.0)) for policy in titles]
    shown = ["less than a cent" if gap < CENT else wording.percent(100.0 * gap, 2) for gap in gaps]
    return ["baseline", *shown[1:]]


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
    return Trade(f"{title}{_taken_up(rows, comparison)}", changes, more, less)


def _taken_up(rows: "pd.DataFrame", comparison: "Comparison") -> str:
    """Say in how many runs the city took up an arrangement that was left to it; empty where none was."""
    policies = rows["policy"].unique()
    runs = comparison.runs
    chosen = runs["policy"].isin(policies) & (runs["outcome"] == "arrangement_taken_up")
    taken = runs.loc[chosen, "value"].dropna()
    return f" (taken up by the city in {int(taken.sum())} of {len(taken)} runs)" if len(taken) else ""


def _moved(name: str, difference: Mapping[str, float], comparison: "Comparison") -> str:
    """ "officers: −16.60 USD of 2020 per resident a year, −3.9 full-time posts": one item of public spending."""
    scenario = comparison.scenarios[0]
    years = scenario.measured_weeks / WEEKS_A_YEAR
    dollars = difference.get("usd", 0.0) / years / scenario.residents
    text = f"{plain(name)}: {wording.signed(dollars, 2)} {PER_HEAD}"
    posts = difference.get("hours", 0.0) / years / FULL_TIME_HOURS
    decimals = 1 if abs(posts) >= SMALL_POSTS else 2
    return f"{text}, {wording.signed(posts, decimals)} full-time posts" if posts else text


def budget_gap(comparison: "Comparison") -> tuple[bool, float]:
    """Whether public spending was equal in every run, and the largest difference in any, as a share."""
    check = comparison.budget_check
    gaps = check["relative_difference_to_baseline"].abs().dropna()
    return bool(check["equal"].all()), float(gaps.max()) if len(gaps) else 0.0


def gap_in_words(gap: float) -> str:
    """How equal public spending was, as it follows "equal": "to the cent" or "within 0.31 %"."""
    return "to the cent" if gap < CENT else f"within {wording.percent(100.0 * max(gap, SMALLEST_GAP), 2)}"


def plain(name: str) -> str:
    """A name of the program's as words."""
    return name.replace("_", " ").replace(".", ": ")


def _value(value: object) -> str:
    return wording.significant(value, 4) if isinstance(value, int | float) else str(value)
