"""What a comparison of policies found: the tables, and the sentences that must go with them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coproduction.experiments.budget import budget_sentence
from coproduction.experiments.digest import FloatArray

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.precision import StoppingRule
    from coproduction.scenarios.scenario import Scenario

TABLES = (
    "verdict",
    "levels",
    "runs",
    "failures",
    "series",
    "neighbourhoods",
    "quintiles",
    "equity",
    "ledger",
    "budget_check",
    "gave_up",
    "recorded_property",
)
"""Attributes of a comparison that are tables, in the order in which they are listed; each is a file beside the page."""


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Policies compared on shared luck; the first scenario is the baseline.

    scenarios       as compared, one a policy
    seeds           of all replications, failed ones included
    rule            precision, confidence, minimum, step and ceiling
    engine          "core" or "agents"
    stopped         "precise" (as narrow as asked) or "ceiling"
    minutes         wall clock
    cpu_seconds     summed over all runs, burn-ins included
    runs            policy, seed, outcome, value
    failures        policy, seed, stage, error, traceback; one row a run that failed
    verdict         one row an outcome and policy, see `verdict.verdict_table`
    levels          policy, outcome, mean, low, high, n
    series, neighbourhoods, quintiles, equity
                    policy, two keys or one, mean, low, high, n, difference, difference_low, difference_high;
                    see `averages`
    cells           policy to name to mean map, shape (rows, columns), nan outside the city
    ledger          policy, payer, item, usd, hours: means in the measured period
    budget_check    policy, seed, public_usd, relative_difference_to_baseline, equal
    gave_up         policy, kind, name, unit, baseline, value, difference
    recorded_property
                    seed, name, per_1000_households: recorded burglary and vehicle theft of the first policy in each
                    neighbourhood, by replication; what observed maps are of
    manifest        all that is needed to make this again, see `manifest`
    """

    scenarios: "tuple[Scenario, ...]"
    seeds: tuple[int, ...]
    rule: "StoppingRule"
    engine: str
    stopped: str
    minutes: float
    cpu_seconds: float
    runs: "pd.DataFrame"
    failures: "pd.DataFrame"
    verdict: "pd.DataFrame"
    levels: "pd.DataFrame"
    series: "pd.DataFrame"
    neighbourhoods: "pd.DataFrame"
    quintiles: "pd.DataFrame"
    equity: "pd.DataFrame"
    cells: dict[str, dict[str, FloatArray]]
    ledger: "pd.DataFrame"
    budget_check: "pd.DataFrame"
    gave_up: "pd.DataFrame"
    recorded_property: "pd.DataFrame"
    manifest: dict[str, Any]

    @property
    def precision(self) -> float:
        """Half-width asked for, as a share of the baseline's mean."""
        return self.rule.precision

    @property
    def confidence(self) -> float:
        """Nominal confidence of every interval."""
        return self.rule.confidence

    @property
    def policies(self) -> tuple[str, ...]:
        """Names of the policies, the baseline first."""
        return tuple(scenario.name for scenario in self.scenarios)

    @property
    def baseline(self) -> str:
        """Name of the policy that the others are compared with."""
        return self.scenarios[0].name

    @property
    def budget_equal(self) -> bool:
        """True when public spending was equal in every replication."""
        return bool(self.budget_check["equal"].all())

    @property
    def too_wide(self) -> "pd.DataFrame":
        """Rows of the verdict on main outcomes that are not known as well as asked, with the n they need."""
        return self.verdict[self.verdict["main"] & ~self.verdict["precise_enough"]]

    @property
    def expected_by_chance(self) -> float:
        """How many rows of the verdict would be distinguishable by chance if no policy changed anything."""
        tests = int((~self.verdict["identical"] & (self.verdict["n"] >= 2)).sum())
        return tests * (1 - self.rule.confidence)

    def notes(self) -> list[str]:
        """Say what must be read with the verdict: budget, precision, chance findings, failed runs."""
        return [
            budget_sentence(self.budget_check),
            self._precision_sentence(),
            self._chance_sentence(),
            *self._failure_sentences(),
        ]

    def _precision_sentence(self) -> str:
        wide = self.too_wide
        asked = f"{self.precision:.1%} of the baseline's mean to either side"
        if wide.empty:
            return f"Every main outcome is known within {asked}, after {len(self.seeds)} replications."
        return (
            f"{len(wide)} of {int(self.verdict['main'].sum())} intervals of main outcomes are wider than "
            f"{asked} after {len(self.seeds)} replications (ceiling {self.rule.ceiling}); the column n_needed "
            f"says how many replications each would take."
        )

    def _chance_sentence(self) -> str:
        told = self.verdict["distinguishable"]
        found, kept = int(told.sum()), int((told & (self.verdict["adjusted_p"] <= 1 - self.confidence)).sum())
        return (
            f"{found} of {len(self.verdict)} differences are distinguishable from zero; about "
            f"{self.expected_by_chance:.1f} would be by chance if no policy changed anything. With "
            f"allowance for that (column adjusted_p), {kept} remain."
        )

    def _failure_sentences(self) -> list[str]:
        if self.failures.empty:
            return []
        runs = len(self.seeds) * len(self.scenarios)
        first = self.failures.iloc[0]
        sentence = (
            f"{len(self.failures)} of {runs} runs failed and are left out of the pairs; the first: "
            f"{first['policy']}, seed {first['seed']}, stage {first['stage']}: {first['error']}."
        )
        return [sentence]
