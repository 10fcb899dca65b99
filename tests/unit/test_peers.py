"""The comparison with other packages runs without them, and knows every one that its set-up installs."""

import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = ("--rounds", "1", "--residents", "500", "--small", "300", "--weeks", "1")


@pytest.fixture
def compare() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "benchmarks/peers/compare.py"))


def test_every_listed_environment_is_measured_by_a_script(compare: dict[str, Any], tmp_path: Path) -> None:
    lines = (ROOT / "requirements/peers.in").read_text(encoding="utf-8").splitlines()
    listed = {line.split(":")[0] for line in lines if not line.startswith("#")}
    for name in listed:
        python = tmp_path / name / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.touch()
    commands = [entry.command for entry in compare["peers"](tmp_path, 1000, 100, 1)]
    assert {Path(command[0]).parents[1].name for command in commands} == listed
    assert all(Path(command[1]).is_file() for command in commands)


def test_ratio_is_the_median_of_the_rounds(compare: dict[str, Any]) -> None:
    measured = {
        "a": [{"rate": 6.0}, {"rate": 8.0}, {"rate": 9.0}],
        "b": [{"rate": 2.0}, {"rate": 1.0}, {"rate": 9.0}],
    }
    assert compare["ratio"](measured, "a", "b") == "3 (1 to 8)"


@pytest.mark.slow
def test_what_is_not_installed_is_named_and_the_rest_is_measured(tmp_path: Path) -> None:
    script = ROOT / "benchmarks/peers/compare.py"
    command = [sys.executable, str(script), *ARGUMENTS, "--environments", str(tmp_path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    for name in ("Covasim", "Starsim", "Mesa, civil violence", "mesa-frames"):
        assert f"{name}: not measured" in done.stderr
    assert done.stdout.count("| Coproduce |") == 6
    assert "the same city of 300 residents and the same events" in done.stdout
    assert "`coproduce --help`" in done.stdout
