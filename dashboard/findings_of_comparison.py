"""What a comparison says, in the form that the screens of Results read: its verdict, its runs."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from coproduction.dashboard.findings import Findings
from coproduction.experiments.cli.places import read_back
from coproduction.experiments.sweeps.differences import Difference, beyond_rounding

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.comparison import Comparison


def of_comparison(folder: Path) -> Findings:
    """Read the folder that ``coproduce compare`` or ``coproduce demo`` has written; raises ``ManifestError``."""
    comparison = read_back(folder)
    first = comparison.scenarios[0]
    environment: dict[str, Any] = comparison.manifest.get("environment", {})
    policies = tuple(scenario.name for scenario in comparison.scenarios)
    return Findings(
        title=f"{first.city.title}: {len(policies)} policies on the same luck",
        city=first.city.title,
        policies=policies,
        apart=tuple(_differences(comparison)),
        runs=_runs(comparison),
        version=str(environment.get("version", "unknown")),
        model=str(environment.get("sources", "unknown")),
        confidence=comparison.confidence,
        comparison=comparison,
        facts=(
            ("City", first.city.title),
            ("Simulated residents", f"{first.residents:,}"),
            ("Weeks", f"{first.burn_in_weeks} to settle, {first.measured_weeks} measured"),
            ("Seeds", f"{len(comparison.seeds):,}"),
        ),
    )


def _differences(comparison: "Comparison") -> list[Difference]:
    """Return the rows of the verdict, with the seeds counted on which each policy lies above and below."""
    values = comparison.runs.pivot(index="seed", columns=["policy", "outcome"], values="value")
    found = []
    for row in comparison.verdict.to_dict(orient="records"):
        apart = values[row["policy"], row["outcome"]] - values[comparison.baseline, row["outcome"]]
        apart = beyond_rounding(apart.dropna(), abs(row["baseline_mean"]))
        found.append(
            Difference(
                policy=row["policy"],
                outcome=row["outcome"],
                first=row["baseline_mean"],
                mean=row["mean"],
                difference=row["difference"],
                low=row["low"],
                high=row["high"],
                pairs=row["n"],
                futures=0,
                seeds=row["n"],
                seeds_lower=int((apart < 0).sum()),
                seeds_higher=int((apart > 0).sum()),
                finding=row["finding"],
            )
        )
    return found


def _runs(comparison: "Comparison") -> "pd.DataFrame":
    """Return one row a run, those that failed last."""
    import pandas as pd

    wide = comparison.runs.pivot(index=["policy", "seed"], columns="outcome", values="value").reset_index()
    done = wide.assign(status="done", stage="", reason="")
    failed = comparison.failures.assign(status="failed", reason=comparison.failures["error"])
    both = [table for table in (done, failed[["policy", "seed", "status", "stage", "reason"]]) if len(table)]
    table = pd.concat(both, ignore_index=True)
    order = {name: place for place, name in enumerate(comparison.verdict["policy"].unique())}
    return table.sort_values(
        ["policy", "seed"],
        key=lambda column: column.map(order).fillna(-1) if column.name == "policy" else column,
    ).assign(lever_point=0, future=0)
