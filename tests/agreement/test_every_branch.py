"""Every line and branch of rules, phases and agents is run by the agreement of both engines, every decision drawn."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coproduction.simulation.decisions import Decision

SCRIPT = Path(__file__).parent / "every_branch.py"
WHOLLY_RUN = (
    "agents/",
    "simulation/phases/",
    "simulation/rules/",
    "simulation/case_files.py",
    "simulation/dispatch.py",
    "simulation/draws.py",
)
BRANCHES_LEFT = {"agents/mesa_bridge.py": 1}  # one of two ways is for the version of Mesa that is not here

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def output(
    tmp_path_factory: pytest.TempPathFactory, once_for_all: Callable[[str, Callable[[], Any]], Any]
) -> Path:
    """Run both engines in a process in which nothing is compiled, and return the folder of its results."""

    def run() -> Path:
        folder = tmp_path_factory.mktemp("every_branch")
        environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
        command = [sys.executable, "-W", "error", str(SCRIPT), str(folder)]
        subprocess.run(command, check=True, env=environment)
        return folder

    folder: Path = once_for_all("every_branch", run)
    return folder


@pytest.fixture(scope="module")
def modules(output: Path) -> dict[str, Any]:
    """Give coverage by module, named by its path from the top of the package."""
    report = json.loads((output / "coverage.json").read_text(encoding="utf-8"))["files"]
    named = {}
    for file, figures in report.items():
        parts = Path(file).parts
        top = max(parts.index(name) for name in ("agents", "simulation") if name in parts)
        named["/".join(parts[top:])] = figures
    return named


def test_engines_agree_as_plain_python(output: Path) -> None:
    findings = json.loads((output / "findings.json").read_text(encoding="utf-8"))
    assert findings["different"] == [[] for _ in findings["different"]]


@pytest.mark.parametrize("engine", ["core", "agents"])
def test_every_decision_is_really_drawn(output: Path, engine: str) -> None:
    findings = json.loads((output / "findings.json").read_text(encoding="utf-8"))
    assert set(findings[f"drawn by the {engine}"]) == {decision.name for decision in Decision}


def test_every_line_and_branch_is_run(modules: dict[str, Any]) -> None:
    left = {}
    for name, figures in sorted(modules.items()):
        sys.stdout.write(f"{figures['summary']['percent_covered']:6.1f} %  {name}\n")
        branches = figures["missing_branches"]
        if name.startswith(WHOLLY_RUN) and len(branches) > BRANCHES_LEFT.get(name, 0):
            left[name] = branches
        if name.startswith(WHOLLY_RUN) and name not in BRANCHES_LEFT and figures["missing_lines"]:
            left[name] = figures["missing_lines"]
    assert left == {}
    assert sum(name.startswith(WHOLLY_RUN) for name in modules) > 30
