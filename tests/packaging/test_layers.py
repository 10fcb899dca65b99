"""The import contracts in pyproject.toml hold, and a broken one is seen."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(COMMAND, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path, root: Path, top_folders: list[str]) -> Path:
    """Return a copy of the packages under their import name, with the contracts."""
    shutil.copyfile(root / "pyproject.toml", tmp_path / "pyproject.toml")
    for folder in top_folders:
        shutil.copytree(
            root / folder, tmp_path / "coproduction" / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    return tmp_path


def test_contracts_hold(copy: Path) -> None:
    outcome = _lint(copy)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("simulation/broken.py", "import coproduction.agents", "Layers point one way"),
        ("agents/broken.py", "import coproduction.scenarios", "Layers point one way"),
        ("scenarios/broken.py", "import coproduction.experiments", "Layers point one way"),
        ("experiments/broken.py", "import coproduction.dashboard", "Layers point one way"),
        ("simulation/broken.py", "import pandas", "The numerical core knows arrays only"),
        ("agents/broken.py", "import numba", "Only the numerical core compiles"),
        ("agents/broken.py", "import mesa", "All contact with Mesa is in agents.mesa_bridge"),
    ],
)
def test_a_broken_contract_is_seen(copy: Path, module: str, line: str, contract: str) -> None:
    (copy / "coproduction" / module).write_text(f'"""Breaks a contract."""\n\n{line}\n', encoding="utf-8")
    outcome = _lint(copy)
    assert f"{contract} BROKEN" in outcome.stdout, outcome.stdout + outcome.stderr
    assert outcome.returncode == 1
