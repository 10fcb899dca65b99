"""Which lever does it: the packaged policies taken apart, as the table in docs/model.md.

    python -m coproduction.experiments.lever_table

Each line is an arrangement against the own department on the same luck, at the same public budget.
"""

from typing import TYPE_CHECKING

from coproduction.experiments.compare import compare
from coproduction.experiments.paired import mean_interval

if TYPE_CHECKING:
    from coproduction.experiments.comparison import Comparison
    from coproduction.experiments.paired import Interval
    from coproduction.scenarios.scenario import Scenario

PAIRS, CONFIDENCE = 20, 0.95
COLUMNS = (("true_crime", 1.0), ("reporting", 100.0), ("clearance", 100.0))
"""Outcomes of the table, and what turns them into its units."""
OWN = "own_department"
ONLY = {
    "contract": ("officer_cost",),
    "beats": ("takeover", "turnover"),
    "boards": ("boards",),
}
"""Levers that are taken alone."""


def lines() -> "dict[str, Scenario]":
    """Return the arrangements by what a line calls them, the own department first."""
    from coproduction.scenarios.scenario import load

    own, contract, boards = load(OWN), load("contract"), load("coproduced")
    return {
        "own department": own,
        "contracting out, as packaged": contract,
        "only its lower price a post": _with(own, contract, ONLY["contract"]),
        "all but the price": _with(contract, own, ONLY["contract"]),
        "only its new officers who change beats more often": _with(own, contract, ONLY["beats"]),
        "co-produced, as packaged": boards,
        "only boards choosing half of patrol": _with(own, boards, ONLY["boards"]),
        "all but the boards": _with(boards, own, ONLY["boards"]),
        "organised volunteering": load("volunteers"),
        "a fifth of posts on foot": _changed(own, foot=0.2),
        "own department without hot spots": _changed(own, hot_spots=0.0),
    }


def _with(scenario: "Scenario", other: "Scenario", levers: tuple[str, ...]) -> "Scenario":
    return _changed(scenario, **{lever: getattr(other.policy, lever) for lever in levers})


def _changed(scenario: "Scenario", **levers: float) -> "Scenario":
    from coproduction.scenarios.scenario import replace

    return replace(scenario, policy=scenario.policy._replace(**levers))


def table(comparison: "Comparison", named: list[str]) -> str:
    """Return the differences from the first policy as a table in Markdown."""
    rows = ["| levers | true crime | reporting, points | clearance, points |", "|---|---|---|---|"]
    for name, scenario in zip(named[1:], comparison.scenarios[1:], strict=True):
        cells = [_cell(comparison, scenario.name, outcome, unit) for outcome, unit in COLUMNS]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _cell(comparison: "Comparison", policy: str, outcome: str, unit: float) -> str:
    runs = comparison.runs[comparison.runs["outcome"] == outcome]
    by_seed = runs.pivot_table(index="seed", columns="policy", values="value")
    found: Interval = mean_interval(
        (by_seed[policy] - by_seed[comparison.scenarios[0].name]) * unit, CONFIDENCE
    )
    mean, low, high = (
        f"{float(value):+.1f}".replace("-", "−") for value in (found.mean, found.low, found.high)
    )
    return f"{mean} ({low} to {high})"


def main() -> None:
    """Run all lines and print the table."""
    from coproduction.scenarios.scenario import replace

    by_name = lines()
    scenarios = [
        replace(each, name=f"line_{at}", title=name) for at, (name, each) in enumerate(by_name.items())
    ]
    comparison = compare(scenarios, precision=1.0, minimum=PAIRS, ceiling=PAIRS)
    own = comparison.runs[comparison.runs["policy"] == "line_0"]
    means = own.groupby("outcome")["value"].mean()
    told = ", ".join(f"{outcome} {means[outcome]:.4g}" for outcome, _ in COLUMNS)
    print(f"{PAIRS} pairs; own department: {told}\n\n{table(comparison, list(by_name))}")  # noqa: T201


if __name__ == "__main__":
    main()
