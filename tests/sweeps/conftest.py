"""Small sweeps of the real model, and ways to break what runs them."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from coproduction.experiments.sweeps.carrying_out import Standing
from coproduction.experiments.sweeps.design_file import plan_of
from coproduction.experiments.sweeps.design_head import COUNTED_OTHERWISE
from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.tables import VOLATILE
from coproduction.experiments.sweeps.whole_sweep import Choices, SweepEnd, run_sweep

SMALL = {"residents": 300, "burn_in_weeks": 1, "measured_weeks": 4}
TABLES = {
    "levers": {"policy": {"boards": {"high": 0.5}}},
    "uncertainties": {"guardianship": {"eyes": {}}, "burglary": {"boost": {"low": 0, "high": 5}}},
}
DESIGN = """
[sweep]
name = "small"
policies = ["own_department", "coproduced"]
design = "latin_hypercube"
samples = {samples}
lever_samples = 2
replications = 2
residents = {residents}
burn_in_weeks = 1
measured_weeks = {weeks}
{more}
[levers]
policy.boards = {{ high = 0.5 }}

[uncertainties]
guardianship.eyes = {{}}
burglary.boost = {{ low = 0, high = 5 }}
"""
FAULTS = '''
"""The real run, but for what goes wrong on the way."""

import os
import signal
import time

from coproduction.experiments.sweeps.single_run import simulate


def raises(scenario, seed, engine, snapshot):
    if seed == 2 and scenario.name == "coproduced":
        raise ArithmeticError("the sum is off")
    return simulate(scenario, seed, engine, snapshot)


def kills_its_worker(scenario, seed, engine, snapshot):
    if seed == 2 and scenario.name == "coproduced":
        os.kill(os.getpid(), signal.SIGKILL)
    return simulate(scenario, seed, engine, snapshot)


def kills_its_worker_once(scenario, seed, engine, snapshot):
    mark = os.environ["FAULT_MARK"]
    if seed == 2 and scenario.name == "coproduced" and not os.path.exists(mark):
        open(mark, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return simulate(scenario, seed, engine, snapshot)


def never_ends(scenario, seed, engine, snapshot):
    if seed == 2 and scenario.name == "coproduced":
        time.sleep(3600)
    return simulate(scenario, seed, engine, snapshot)


def logged(scenario, seed, engine, snapshot):
    from coproduction.experiments.sweeps.identity import address_of

    mark = os.environ["FAULT_MARK"]
    with open(mark, "ab", buffering=0) as log:
        log.write(address_of(scenario, seed, engine).encode() + b"\\n")
    # What is to be killed must not have come to its end before, however late the killer is.
    with open(mark, "rb") as log:
        begun = len(log.readlines())
    while begun > int(os.environ.get("FAULT_MOST", "1000000")) and not os.path.exists(mark + ".go_on"):
        time.sleep(0.01)
    return simulate(scenario, seed, engine, snapshot)


def needs_too_much(scenario, seed, engine, snapshot):
    if seed == 2 and scenario.name == "coproduced":
        bytearray(1 << 62)
    return simulate(scenario, seed, engine, snapshot)
'''


@pytest.fixture(scope="session")
def planned() -> Callable[..., Plan]:
    """Return a function that plans small runs: two policies, two lever points, some futures, two seeds."""

    def plan(tables: dict[str, Any] | None = None, **changes: Any) -> Plan:
        head = {
            "name": "small",
            "policies": ["own_department", "coproduced"],
            "design": "latin_hypercube",
            "samples": 4,
            "lever_samples": 2,
            "replications": 2,
            **SMALL,
            **changes,
        }
        if head["design"] in COUNTED_OTHERWISE:
            head = {
                key: value
                for key, value in head.items()
                if key not in {"samples", "lever_samples"} or key in changes
            }
        return plan_of({"sweep": head, **(TABLES if tables is None else tables)}, source="small.toml")

    return plan


@pytest.fixture(scope="session")
def carry_out() -> Callable[..., SweepEnd]:
    """Return a function that carries out a plan in blocks of four, in this process if not said otherwise."""

    def carry_out(plan: Plan, folder: Path, **choices: Any) -> SweepEnd:
        return run_sweep(plan, folder, Choices(**{"workers": 1, "block_runs": 4, **choices}), _unseen)

    return carry_out


def _unseen(_: Standing) -> None:
    """Watch nothing."""


@pytest.fixture(scope="session")
def stable() -> Callable[..., pd.DataFrame]:
    """Return a function that reads a table of a store less the columns that may differ, ordered by addresses."""

    def read(folder: Path, table: str) -> pd.DataFrame:
        found = pd.read_parquet(folder / table).drop(columns=list(VOLATILE) if table == "runs" else [])
        return found.sort_values("run").reset_index(drop=True)

    return read


@pytest.fixture(scope="session")
def assert_equal_stores(stable: Callable[..., pd.DataFrame]) -> Callable[[Path, Path], None]:
    """Return a function that holds two stores equal in every bit of what is not volatile."""

    def compare(one: Path, other: Path) -> None:
        for table in ("runs", "outcomes", "design"):
            pd.testing.assert_frame_equal(stable(one, table), stable(other, table), check_exact=True)

    return compare


@pytest.fixture(scope="session")
def whole(
    planned: Callable[..., Plan],
    carry_out: Callable[..., SweepEnd],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Return the store of a small sweep that nothing has interrupted."""
    folder = tmp_path_factory.mktemp("whole") / "store"
    carry_out(planned(), folder)
    return folder


@pytest.fixture
def design_file(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a design file of 8 x samples runs."""

    def write(samples: int = 4, residents: int = 300, weeks: int = 4, more: str = "") -> Path:
        file = tmp_path / "small.toml"
        file.write_text(DESIGN.format(samples=samples, residents=residents, weeks=weeks, more=more))
        return file

    return write


@pytest.fixture
def begin(tmp_path: Path) -> Callable[..., "subprocess.Popen[str]"]:
    """Return a function that starts ``coproduce`` as a process of its own, in the folder."""

    def start(*words: object, **more: Any) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", "from coproduction.experiments.cli import main; main()"]
        return subprocess.Popen(
            [*command, *map(str, words)],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **more,
        )

    return start


@pytest.fixture
def faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a module whose functions run the model and go wrong on seed 2 of one policy; workers find it by name."""
    (tmp_path / "sweep_faults.py").write_text(FAULTS)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("FAULT_MARK", str(tmp_path / "mark"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    import importlib

    module = importlib.import_module("sweep_faults")
    yield module
    sys.modules.pop("sweep_faults")
