"""The laboratory in seven words, for scripts and notebooks.

    from coproduction.experiments import api
    before, after = api.load("own_department"), api.load("coproduced")
    comparison = api.compare([before, after], ceiling=10)
    api.report(comparison, "my_report")

Importing this module is cheap; each function brings what it needs. In a script, call them under
``if __name__ == "__main__":``, since workers import the script anew.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.comparison import Comparison
    from coproduction.experiments.explanations.account import Account
    from coproduction.experiments.profiling import Profile
    from coproduction.experiments.result import Result
    from coproduction.scenarios.scenario import Scenario

__all__ = ["compare", "explain", "load", "profile", "report", "simulate", "sweep"]


def load(path_or_preset: str | Path) -> "Scenario":
    """Read a scenario file, or a preset by name, such as own_department or coproduced."""
    from coproduction.scenarios import scenario

    return scenario.load(str(path_or_preset))


def simulate(scenario: "Scenario", seed: int = 1, engine: str = "core") -> "Result":
    """Run one scenario once; see `experiments.run.simulate`."""
    from coproduction.experiments import run

    return run.simulate(scenario, seed, engine=engine)


def profile(scenario: "Scenario", seed: int = 1) -> "Profile":
    """Run one scenario once and return where its time went; see `experiments.profiling`."""
    from coproduction.experiments import run

    return run.profiled(scenario, seed)[1]


def explain(scenario: "Scenario", kind: str, week: int, **choices: Any) -> "Account":
    """Explain an agent's decisions at the end of a week; choices as in `explanations.account.Question`."""
    from coproduction.experiments.explanations.account import Question
    from coproduction.experiments.explanations.account import explain as account_of

    return account_of(scenario, Question(kind, week, **choices))


def compare(scenarios: "Sequence[Scenario]", **choices: Any) -> "Comparison":
    """Compare policies with the first one on shared luck; choices as in `experiments.compare.compare`."""
    from coproduction.experiments.compare import compare as run_comparison

    return run_comparison(scenarios, **choices)


def sweep(scenario: "Scenario", values: Mapping[str, Sequence[float]], **choices: Any) -> "pd.DataFrame":
    """Run a grid of values and seeds; choices as in `experiments.sweep.sweep`."""
    from coproduction.experiments.sweep import sweep as run_sweep

    return run_sweep(scenario, values, **choices)


def report(comparison: "Comparison", folder: str | Path) -> Path:
    """Write the report of a comparison into a folder; return the path of its HTML page."""
    from coproduction.experiments.report import report as write_report

    return write_report(comparison, Path(folder))
