"""What stops a sweep or refuses to begin it, beside what the other files test: a sentence each."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from coproduction.experiments.cli import main
from coproduction.experiments.sweeps import block as blocks
from coproduction.experiments.sweeps.identity import address_of
from coproduction.experiments.sweeps.locks import Locks
from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.records import read_record
from coproduction.experiments.sweeps.shards import StoreError
from coproduction.experiments.sweeps.single_run import simulate
from coproduction.experiments.sweeps.tables import shard_of
from coproduction.experiments.sweeps.whole_sweep import SweepEnd

Planned = Callable[..., Plan]
CarryOut = Callable[..., SweepEnd]


def undeclared(scenario: Any, seed: int, engine: str, snapshot: Any) -> Any:
    outcomes, cases = simulate(scenario, seed, engine, snapshot)
    return {**outcomes, "happiness": 1.0}, cases


def test_a_worker_with_another_version_of_the_model_stops_the_sweep(
    planned: Planned, carry_out: CarryOut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "model_of", lambda _: "another")
    with pytest.raises(
        StoreError, match="has another version of the model, another, than the sweep was begun with"
    ):
        carry_out(planned(samples=1), tmp_path / "store")
    monkeypatch.undo()
    assert carry_out(planned(samples=1), tmp_path / "store").standing.done == 8


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"digest": "another"}, "was changed by another process. Run the command again"),
        ({"asks": {"cities": ["another"]}}, "the city columbus has changed since the sweep was begun"),
    ],
)
def test_a_record_that_changes_while_the_sweep_goes_on_stops_it(
    planned: Planned,
    carry_out: CarryOut,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    changes: dict[str, Any],
    said: str,
) -> None:
    def changed(file: Path) -> Any:
        record = json.loads(file.read_text())
        record["asks"] |= changes.get("asks", {})
        file.write_text(json.dumps(record | {k: v for k, v in changes.items() if k != "asks"}))
        return read_record(file)

    monkeypatch.setattr(blocks, "read_record", changed)
    with pytest.raises(StoreError, match=said):
        carry_out(planned(samples=1), tmp_path / "store")


def test_failed_runs_are_not_dropped_while_another_process_collects(
    planned: Planned, carry_out: CarryOut, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    carry_out(planned(samples=1), store)
    code = (
        "import sys, pathlib\n"
        "from coproduction.experiments.sweeps.locks import Locks\n"
        "with Locks(pathlib.Path(sys.argv[1])) as locks:\n"
        "    print(locks.take(0), flush=True)\n"
        "    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(store / "locks" / "collect")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with pytest.raises(StoreError, match="another process is at work on it"):
            carry_out(planned(samples=1), store, retry_failed=True)
        with Locks(store / "locks" / "collect") as locks:
            assert not locks.take(0)
            assert locks.take(1)
        other.kill()
    with Locks(store / "locks" / "collect") as locks:
        assert locks.take(0)
        locks.give_back(0)


def test_locks_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be written"), Locks(tmp_path / "file" / "locks"):
        pass


def test_dask_that_is_not_installed(
    planned: Planned, carry_out: CarryOut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(StoreError, match=r"Install coproduction\[dask\], or leave out --dask"):
        carry_out(planned(samples=1), tmp_path / "store", dask="tcp://nowhere:1")


def test_an_outcome_that_is_not_declared_is_a_mistake_of_the_program(
    planned: Planned, carry_out: CarryOut, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="an outcome that is not declared: happiness"):
        shard_of([], [{"happiness": 1.0}], ["fear"])
    end = carry_out(planned(samples=1), tmp_path / "store", simulate=undeclared)
    assert (end.standing.done, end.standing.failed) == (0, 8)


def test_a_part_of_a_scenario_that_cannot_be_addressed_is_a_mistake_of_the_program(planned: Planned) -> None:
    from dataclasses import replace

    scenario = planned().policies[0]
    with pytest.raises(TypeError, match="a part of a scenario that has no address"):
        address_of(replace(scenario, cut=(complex(1, 1),)), 1)  # type: ignore[arg-type]


@pytest.mark.parametrize("more", [[], ["--dry-run"], ["--accept-changes"]])
@pytest.mark.parametrize(
    ("text", "said"), [(None, "there is no such file"), ('[sweep\nname = "a"\n', "at line 1, column 7")]
)
def test_a_design_that_cannot_be_read_is_said_before_anything_else(
    tmp_path: Path, text: str | None, said: str, more: list[str]
) -> None:
    if text is not None:
        (tmp_path / "torn.toml").write_text(text, encoding="utf-8")
    ended = CliRunner().invoke(main, ["sweep", str(tmp_path / "torn.toml"), *more])
    assert ended.exit_code == 2
    assert said in ended.stderr
