"""``coproduce sweep`` with a design file, as its users meet it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

from coproduction.experiments.cli import main
from coproduction.experiments.sweeps.reading import read_sweep

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def coproduce(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return a function that runs the command in an empty folder: exit code, output, what was told."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, [str(word) for word in words])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    return run


def test_a_design_file_gives_a_store_and_the_same_command_finds_it_finished(
    coproduce: Command, design_file: Callable[..., Path]
) -> None:
    design_file()
    code, out, told = coproduce("sweep", "small.toml", "--workers", 1)
    assert code == 0
    assert "2 policies x 2 lever points x 4 futures x 2 seeds, 32 runs of 300 residents" in told
    lines = out.splitlines()
    assert [line.split()[:2] for line in lines[2:4]] == [["own_department", "16"], ["coproduced", "16"]]
    table = read_sweep("small-store")
    mean = table[table["policy"] == "coproduced"]["true_crime"].mean()
    assert float(lines[3].split()[2]) == pytest.approx(mean, rel=1e-3)
    before = {file: file.stat().st_mtime_ns for file in Path("small-store/runs").iterdir()}
    assert coproduce("sweep", "small.toml", "--workers", 1)[0] == 0
    assert {file: file.stat().st_mtime_ns for file in Path("small-store/runs").iterdir()} == before


def test_a_dry_run_says_what_it_will_take_and_runs_nothing(
    coproduce: Command, design_file: Callable[..., Path]
) -> None:
    design_file(samples=8)
    code, out, _ = coproduce("sweep", "small.toml", "--dry-run", "--workers", 1)
    assert code == 0
    assert "0 of 64 runs" in out
    assert not Path("small-store").exists()
    coproduce("sweep", "small.toml", "--workers", 1)
    _, again, _ = coproduce("sweep", "small.toml", "--dry-run", "--workers", 1)
    assert "64 of 64 runs" in again
    foretold = float(next(line for line in out.splitlines() if "disk" in line).split()[1])
    found = sum(file.stat().st_size for file in Path("small-store").rglob("*") if file.is_file()) / 1e6
    assert found / 2 < foretold < 2 * found


def test_a_dry_run_refuses_what_the_run_itself_would(
    coproduce: Command, design_file: Callable[..., Path]
) -> None:
    design_file(samples=1)
    assert coproduce("sweep", "small.toml", "--workers", 1)[0] == 0
    design_file(samples=2)
    code, _, told = coproduce("sweep", "small.toml", "--dry-run")
    assert code == 2
    assert "has changed since it was begun: samples was 1, is 2" in told
    code, out, _ = coproduce("sweep", "small.toml", "--dry-run", "--accept-changes")
    assert code == 0
    assert "of 16 runs" in out
    Path("holiday").mkdir()
    Path("holiday/picture.png").touch()
    code, _, told = coproduce("sweep", "small.toml", "--dry-run", "--out", "holiday")
    assert code == 2
    assert "it holds picture.png" in told


def test_parts_of_a_sweep_make_the_whole(
    coproduce: Command,
    design_file: Callable[..., Path],
    whole: Path,
    assert_equal_stores: Callable[..., None],
) -> None:
    design_file()
    ends = [
        coproduce("sweep", "small.toml", "--workers", 1, "--shard", f"{part}/2", "--out", "store")[1]
        for part in (2, 1)
    ]
    assert (
        "This was part 2 of 2. In the store are 0 of 32 runs of the sweep; other parts have 32 to run."
        in ends[0]
    )
    assert "This was part 1 of 2. In the store are 32 of 32 runs of the sweep; that is all of it." in ends[1]
    assert_equal_stores(whole, Path("store"))


def test_progress_as_json_lines(coproduce: Command, design_file: Callable[..., Path]) -> None:
    design_file(samples=1)
    code, out, told = coproduce("sweep", "small.toml", "--workers", 1, "--json-lines")
    assert code == 0
    records = [json.loads(line) for line in out.splitlines()]
    assert records[-1]["ended"]
    assert (records[-1]["planned"], records[-1]["done"], records[-1]["failed"]) == (8, 8, 0)
    assert set(records[-1]["mean"]) == {"own_department", "coproduced"}
    assert "..." not in told


def test_replicating_until_differences_are_known_as_well_as_asked(
    coproduce: Command, design_file: Callable[..., Path]
) -> None:
    """A half-width of all of the mean is reached at once by few outcomes; of nothing, by none before the ceiling."""
    design_file(samples=1, more="precision = 0.0001\nceiling = 5")
    code, out, _ = coproduce("sweep", "small.toml", "--workers", 1)
    assert code == 0
    assert "1 of 1 futures reached the ceiling of 5 replications with an interval wider than asked." in out
    assert len(read_sweep("small-store")) == 4 * 5
    assert read_sweep("small-store")["replication"].nunique() == 5
    assert len(pd.read_parquet("small-store/design")) == 20
    assert coproduce("report", "small-store")[0] == 0
    page = Path("small-store/report.html").read_text("utf-8").replace("\u00a0", " ")
    assert (
        "In 1 of 1 futures a main outcome&#39;s difference is less sure than 0.01 % of the baseline" in page
    )
    assert "5, until differences are known to 0.01 % of the baseline" in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--shard", "3/2"), "--shard must be K/N with K from 1 to N; got 3/2"),
        (("--shard", "1"), "--shard must be K/N"),
        (("--seeds", 3), "--seeds says nothing with a design file"),
        (("--set", "policy.boards=1"), "--set says nothing with a design file"),
        (("--engine", "agents"), "--engine says nothing with a design file"),
        (("--dask", "127.0.0.1:1"), "no scheduler answers"),
    ],
)
def test_options_that_say_nothing(
    coproduce: Command,
    design_file: Callable[..., Path],
    words: tuple[object, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from coproduction.experiments.sweeps import on_dask

    monkeypatch.setattr(on_dask, "CONNECTING", 1)
    design_file(samples=1)
    code, _, told = coproduce("sweep", "small.toml", *words)
    assert code == 2
    assert said in told
    assert told.count("\n") <= 2


def test_a_scenario_without_a_design_needs_its_values(coproduce: Command) -> None:
    code, _, told = coproduce("sweep", "own_department", "--out", "x.csv")
    assert code == 2
    assert "own_department: --set is missing." in told
    code, _, told = coproduce(
        "sweep", "own_department", "--set", "policy.boards=1", "--dry-run", "--out", "x.csv"
    )
    assert code == 2
    assert "--dry-run is for design files" in told


def test_failed_runs_end_with_a_code_and_say_where_to_look(
    coproduce: Command, design_file: Callable[..., Path], faults: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coproduction.experiments.sweeps import whole_sweep

    real = whole_sweep.Choices
    monkeypatch.setattr(whole_sweep, "Choices", lambda **said: real(**said, simulate=faults.raises))
    design_file(samples=1)
    code, out, _ = coproduce("sweep", "small.toml", "--workers", 1)
    assert code == 1
    assert "2 runs failed; runs/*.parquet says at which stage and why. --retry-failed runs them again." in out
