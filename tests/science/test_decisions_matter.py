"""No dead decision: pushing all its draws towards 0, then towards 1, moves what it should, the way its rule says.

Every decision has a line in ``decisions.toml``. Both engines run each push, and agree on it in every bit.
"""

import json
import os
import pickle
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coproduction.simulation.decisions import Decision
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.levers import FAIRNESS, SUPERVISION
from coproduction.simulation.population import populate
from coproduction.simulation.state import State

Found = dict[str, list[dict[str, Any]]]
HERE = Path(__file__).parent
LINES: dict[str, dict[str, Any]] = tomllib.loads((HERE / "decisions.toml").read_text(encoding="utf-8"))[
    "decisions"
]
AGREEMENT = runpy.run_path(str(HERE.parent / "agreement" / "conftest.py"))
GRID = runpy.run_path(str(HERE.parent / "conftest.py"))
FIRST_WEEKS_END, OPENING, MONTH_END = 20, 84, 167
RESIDENTS, SEEDS = 2000, (1, 2, 3)

MISSING = """has no line in tests/science/decisions.toml. Add
  NAME = { moves = "READING", sign = -1, why = "rule: below it" }
where READING is smaller when all its draws are near 1 (sign = 1: greater), or
  NAME = { differs = "why no way is up or down" }
The head of the file says the rest."""

pytestmark = pytest.mark.slow


def eventful(*, lattice: bool = False, adoption: float = 1.0) -> Numbers:
    """Return numbers under which everything happens and rare things often."""
    programmes = AGREEMENT["eventful_programmes"]()
    amounts = programmes.amounts * np.array([[1.0], [8.0], [0.5], [1.0]])
    gentler = {"amounts": amounts, "adoption": np.full(4, adoption)}
    before, after = (
        AGREEMENT[name]._replace(budget=1200.0, co_responders=23.0) for name in ("BEFORE", "AFTER")
    )
    parameters = AGREEMENT["eventful_parameters"](lattice=lattice)
    amounts[:, [FAIRNESS, SUPERVISION]] = (
        0.0  # or all treatment is fair, and nobody has a temper or bias left
    )
    parameters = parameters._replace(conduct=parameters.conduct._replace(correction=0.0))
    # Many wait at large for the court, with witnesses who have told on them.
    at_large = parameters.justice._replace(remand=0.1, retaliation=1.0)
    told_on = parameters.reporting._replace(witness=0.6)
    parameters = parameters._replace(justice=at_large, reporting=told_on)
    # Whoever has a part-time post may be on duty in any watch.
    parameters = parameters._replace(patrol=parameters.patrol._replace(shifts=21.0))
    start = AGREEMENT["POLICY_START"]
    return Numbers(parameters, before, after, start, 60, programmes._replace(**gentler))


def cities(numbers: Numbers, watch: int) -> list[tuple[State, Numbers, int, int]]:
    """Return a town before a watch for each seed, with its numbers."""
    starts = {seed: populate(GRID["build_grid_city"](), RESIDENTS, numbers, seed, 210) for seed in SEEDS}
    return [
        (run_core(start, numbers, seed, 0, watch), numbers, seed, watch) for seed, start in starts.items()
    ]


def push_luck(folder: Path) -> Found:
    """Push luck in a process in which nothing is compiled, and return what followed, by decision."""
    stages = {
        "town": cities(eventful(), MONTH_END),
        "lattice": cities(eventful(lattice=True), MONTH_END),
        "early": cities(eventful(), FIRST_WEEKS_END),
        "opening": cities(eventful(adoption=0.5), OPENING),
        "handover": cities(eventful(), AGREEMENT["POLICY_START"]),
        "offer": cities(eventful()._replace(contracting=0.5), AGREEMENT["POLICY_START"]),
    }
    (folder / "stages.pickle").write_bytes(pickle.dumps(stages))
    command = [sys.executable, "-W", "error", str(HERE / "pushed_luck.py"), str(folder)]
    subprocess.run(command, check=True, env={**os.environ, "NUMBA_DISABLE_JIT": "1"})
    findings: Found = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    return findings


@pytest.fixture(scope="module")
def found(
    tmp_path_factory: pytest.TempPathFactory, once_for_all: Callable[[str, Callable[[], Any]], Any]
) -> Found:
    """Give what follows when luck is pushed, by decision."""
    findings: Found = once_for_all("pushed_luck", lambda: push_luck(tmp_path_factory.mktemp("pushed_luck")))
    return findings


def test_every_line_is_of_a_decision() -> None:
    assert set(LINES) <= {decision.name for decision in Decision}


@pytest.mark.parametrize("name", [decision.name for decision in Decision])
def test_decision_moves_what_it_should_the_way_its_rule_says(name: str, found: Found) -> None:
    assert name in LINES, f"{name} {MISSING}"
    line, findings = LINES[name], [each for each in found[name] if each["drawn"]]
    assert findings, "is drawn in none of these cities"
    assert [each["engines differ in"] for each in findings] == [[] for _ in findings]
    assert any(each["differ in"] for each in findings)
    if "differs" in line:
        assert line["differs"]
        return
    assert line["why"]
    low, high = (sum(each["readings"][place] for each in findings) for place in (0, 1))
    assert (high - low) * line["sign"] > 0.0, f"{line['moves']} from {low:g} to {high:g}"
