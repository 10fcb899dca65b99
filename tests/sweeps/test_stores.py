"""Stores: what is in them is what the model gives, once, whatever carried it out and whatever went wrong."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from coproduction.experiments import api
from coproduction.experiments.sweeps import carrying_out, collecting, identity, shards
from coproduction.experiments.sweeps.collecting import collect
from coproduction.experiments.sweeps.identity import model_of
from coproduction.experiments.sweeps.plan import Plan
from coproduction.experiments.sweeps.reading import read_sweep
from coproduction.experiments.sweeps.shards import StoreError
from coproduction.experiments.sweeps.store import opened
from coproduction.experiments.sweeps.whole_sweep import SweepEnd
from coproduction.simulation.outcomes import OUTCOMES

Planned = Callable[..., Plan]
CarryOut = Callable[..., SweepEnd]
Stable = Callable[[Path, str], pd.DataFrame]
Equal = Callable[[Path, Path], None]
RUNS = 32


def test_a_row_is_the_run_of_its_values_bit_for_bit(whole: Path, planned: Planned) -> None:
    table = read_sweep(whole)
    plan = planned()
    assert len(table) == RUNS
    for number in (0, 13, 31):
        run = plan.run(number)
        row = table.iloc[number]
        assert (row["policy"], row["seed"]) == (plan.policies[run.policy].name, run.seed)
        alone = api.simulate(plan.scenario(run.policy, run.values), run.seed)
        for name, value in alone.outcomes.items():
            assert row[name] == value or (pd.isna(row[name]) and pd.isna(value)), name


def test_tables_are_read_by_one_pattern_without_this_program(whole: Path) -> None:
    outcomes = pd.read_parquet(whole / "outcomes")
    assert set(outcomes.columns) == {"run", *(outcome.name for outcome in OUTCOMES)}
    design = ds.dataset(whole / "design", format="parquet").to_table().to_pandas()
    joined = design.merge(outcomes, on="run")
    assert len(joined) == RUNS
    assert {"policy.boards", "guardianship.eyes", "burglary.boost"} <= set(joined.columns)
    undefined = ds.dataset(whole / "outcomes", format="parquet").to_table()
    assert undefined.column("weeks_to_court").null_count == outcomes["weeks_to_court"].isna().sum() > 0
    runs = pd.concat([pd.read_parquet(file) for file in whole.glob("runs/*.parquet")])
    assert (runs["status"] == "done").all()
    volatile = json.loads((whole / "manifest.json").read_text())["volatile"]["runs"]
    assert {"cpu_seconds", "host", "attempts", "started"} <= set(volatile) <= set(runs.columns)


def test_a_store_describes_itself_to_repositories_of_data(whole: Path) -> None:
    """RO-Crate 1.1: a descriptor about the root, which has its parts; every identifier that is named is there."""
    graph = json.loads((whole / "ro-crate-metadata.json").read_text())["@graph"]
    known = {entity["@id"]: entity for entity in graph}
    assert len(known) == len(graph)
    assert known["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    named = {
        part["@id"]
        for entity in graph
        for value in entity.values()
        if isinstance(value, list)
        for part in value
        if isinstance(part, dict)
    }
    assert named <= set(known)
    assert {part["@id"] for part in known["./"]["hasPart"]} == {"runs/", "outcomes/", "design/"}
    assert all((whole / part).is_dir() for part in ("runs", "outcomes", "design"))
    assert known["#fear"]["unitText"] == "mean, 0 to 1"


def test_no_run_is_run_twice_in_any_sweep(planned: Planned, carry_out: CarryOut, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert carry_out(planned(samples=2), store).standing.done == 16
    again = carry_out(planned(samples=2), store).standing
    assert (again.done, again.found) == (0, 16)
    more = carry_out(planned(samples=2, replications=3), store).standing
    assert (more.done, more.found) == (8, 16)
    other = carry_out(planned(samples=2, name="other", policies=["contract", "coproduced"]), store).standing
    assert (other.done, other.found) == (8, 8)  # one of its policies is in the first sweep as well
    assert len(pd.read_parquet(store / "runs")) == len(set(pd.read_parquet(store / "runs")["run"])) == 32
    assert len(read_sweep(store, "other")) == 16
    with pytest.raises(StoreError, match=r"holds other, small; got None\. Name one of them"):
        read_sweep(store)


def test_a_run_that_two_points_share_is_run_once(
    planned: Planned, carry_out: CarryOut, tmp_path: Path
) -> None:
    listed = planned(
        {"points": [{"policy": {"coordinators": 1.0, "invitation": float(i)}} for i in (0, 0, 1)]},
        policies=["volunteers"], design="list", replications=1,
    )  # fmt: skip
    end = carry_out(listed, tmp_path / "store")
    assert (end.standing.done, end.standing.found) == (2, 1)
    assert len(read_sweep(tmp_path / "store")) == 3
    assert len(pd.read_parquet(tmp_path / "store" / "runs")) == 2


def test_a_failed_run_is_a_row_and_is_run_again_on_request(
    whole: Path,
    planned: Planned,
    carry_out: CarryOut,
    tmp_path: Path,
    faults: Any,
    assert_equal_stores: Equal,
) -> None:
    store = tmp_path / "store"
    end = carry_out(planned(), store, simulate=faults.raises)
    assert (end.standing.done, end.standing.failed) == (24, 8)
    table = read_sweep(store)
    failed = table[table["status"] == "failed"]
    assert set(zip(failed["policy"], failed["seed"], strict=True)) == {("coproduced", 2)}
    assert (failed["stage"] == "run").all()
    assert failed["reason"].str.startswith("ArithmeticError: the sum is off; sweep_faults.py:").all()
    assert failed["true_crime"].isna().all()
    assert carry_out(planned(), store).standing.done == 0
    assert carry_out(planned(), store, retry_failed=True).standing.done == 8
    assert_equal_stores(whole, store)


@pytest.mark.nightly
def test_a_run_that_kills_its_worker_is_a_row_and_takes_nothing_with_it(
    planned: Planned, carry_out: CarryOut, tmp_path: Path, faults: Any
) -> None:
    end = carry_out(planned(samples=1), tmp_path / "store", workers=2, simulate=faults.kills_its_worker)
    assert (end.standing.done, end.standing.failed) == (6, 2)
    table = read_sweep(tmp_path / "store")
    failed = table[table["status"] == "failed"]
    assert set(zip(failed["policy"], failed["seed"], strict=True)) == {("coproduced", 2)}
    assert (failed["stage"] == "worker").all()
    assert failed["reason"].str.contains("it was killed or ran out of memory").all()


@pytest.mark.slow
def test_a_worker_that_is_killed_once_costs_one_block(
    whole: Path,
    planned: Planned,
    carry_out: CarryOut,
    tmp_path: Path,
    faults: Any,
    assert_equal_stores: Equal,
) -> None:
    end = carry_out(planned(), tmp_path / "store", workers=2, simulate=faults.kills_its_worker_once)
    assert (end.standing.done, end.standing.failed, end.standing.repeated) == (RUNS, 0, 1)
    attempts = pd.read_parquet(tmp_path / "store" / "runs")["attempts"]
    assert attempts.value_counts().to_dict() == {1: RUNS - 4, 2: 4}
    assert_equal_stores(whole, tmp_path / "store")


@pytest.mark.nightly
def test_a_run_that_takes_too_long_is_ended_and_is_a_row(
    planned: Planned, carry_out: CarryOut, tmp_path: Path, faults: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying_out, "STARTING", 20.0)
    plan = planned(samples=1, lever_samples=1)
    end = carry_out(plan, tmp_path / "store", timeout=0.5, simulate=faults.never_ends)
    assert (end.standing.done, end.standing.failed) == (3, 1)
    table = read_sweep(tmp_path / "store")
    assert table[table["status"] == "failed"]["reason"].item() == "it took longer than allowed and was ended"


def test_a_run_that_needs_more_memory_than_there_is_is_tried_alone_and_is_a_row(
    planned: Planned, carry_out: CarryOut, tmp_path: Path, faults: Any
) -> None:
    end = carry_out(planned(samples=1), tmp_path / "store", simulate=faults.needs_too_much)
    assert (end.standing.done, end.standing.failed) == (6, 2)
    reasons = pd.read_parquet(tmp_path / "store" / "runs")["reason"]
    assert reasons[reasons != ""].str.startswith("MemoryError: this run takes more memory").sum() == 2


def test_case_files_are_kept_on_request(planned: Planned, carry_out: CarryOut, tmp_path: Path) -> None:
    store = tmp_path / "store"
    carry_out(planned(samples=1, cases=True), store)
    cases = pd.read_parquet(store / "cases")
    crime = read_sweep(store).set_index("run")["true_crime"] * 300 / 1000 * 4 / 52
    counted = cases.groupby("run").size().reindex(crime.index, fill_value=0)
    assert counted.to_numpy() == pytest.approx(crime.to_numpy())


def test_a_damaged_part_is_set_aside_and_its_runs_are_run_again(
    whole: Path, planned: Planned, carry_out: CarryOut, tmp_path: Path, assert_equal_stores: Equal
) -> None:
    store = tmp_path / "store"
    carry_out(planned(), store)
    (part,) = (store / "outcomes").glob("*.parquet")
    part.write_bytes(part.read_bytes()[:-1000])
    (store / "journal" / "torn.arrow").write_bytes(b"PAR1")
    end = carry_out(planned(), store)
    assert end.standing.done == RUNS
    assert len(end.notices) == 2
    assert "torn.arrow: cannot be read as Arrow" in end.notices[0]
    assert "Its runs are run again; the file is kept in" in end.notices[0]
    kept = {file.name for file in (store / "damaged").iterdir()}
    assert kept == {"journal-torn.arrow", f"runs-{part.name}", f"outcomes-{part.name}"}
    assert_equal_stores(whole, store)


def test_a_foreign_table_among_the_parts_is_refused(
    whole: Path, planned: Planned, carry_out: CarryOut, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    carry_out(planned(samples=1), store)
    pq.write_table(pq.read_table(whole / "runs").select(["host"]), store / "runs" / "mine.parquet")
    with pytest.raises(StoreError, match=r"mine.parquet: lacks the column run; .* Move it elsewhere"):
        carry_out(planned(samples=1), store)


@pytest.mark.parametrize("ends_after", [1, 2])
def test_a_crash_while_collecting_leaves_nothing_twice_and_nothing_out(
    whole: Path,
    planned: Planned,
    carry_out: CarryOut,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    assert_equal_stores: Equal,
    ends_after: int,
) -> None:
    """After the outcomes were written, and after the runs were, before the journal is emptied."""
    written: list[Path] = []

    def write_and_die(table: Any, file: Path) -> None:
        shards.write_table(table, file)
        written.append(file)
        if len(written) == ends_after:
            raise KeyboardInterrupt

    store = tmp_path / "store"
    monkeypatch.setattr(collecting, "write_table", write_and_die)
    with pytest.raises(KeyboardInterrupt):
        carry_out(planned(), store)
    monkeypatch.undo()
    assert list((store / "journal").glob("*.arrow"))
    assert carry_out(planned(), store).standing.done == 0
    assert not list((store / "journal").glob("*.arrow"))
    assert_equal_stores(whole, store)


def test_what_a_process_left_half_written_is_removed_in_time(
    planned: Planned, carry_out: CarryOut, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    carry_out(planned(samples=1), store)
    old, new = (store / "journal" / f".x.arrow.{number}.part" for number in (1, 2))
    old.write_bytes(b"PAR1")
    new.write_bytes(b"PAR1")
    os.utime(old, (0, 0))
    assert carry_out(planned(samples=1, replications=3), store).standing.found == 8
    assert not old.exists()
    assert new.exists()


def test_blocks_are_collected_into_few_parts(whole: Path) -> None:
    assert len(list((whole / "runs").glob("*.parquet"))) == 1
    assert not list((whole / "journal").iterdir())
    collect(opened(whole))
    assert len(list((whole / "runs").glob("*.parquet"))) == 1


def test_a_sweep_that_was_edited_in_between_is_told_and_loses_nothing(
    planned: Planned, carry_out: CarryOut, tmp_path: Path
) -> None:
    store = tmp_path / "store"
    carry_out(planned(samples=2), store)
    edited = planned(samples=2, policies=["own_department", "contract"])
    with pytest.raises(StoreError) as refused:
        carry_out(edited, store)
    said = str(refused.value)
    assert "the sweep small has changed since it was begun: policies coproduced was" in said
    assert "What was finished stays in the store" in said
    assert "--accept-changes" in said
    end = carry_out(edited, store, accept_changes=True)
    assert (end.standing.done, end.standing.found) == (8, 8)
    assert len(pd.read_parquet(store / "runs")) == 24
    assert len(read_sweep(store)) == 16
    assert len(list((store / "earlier").iterdir())) == 2


def test_a_store_of_another_version_of_the_model_is_told_and_loses_nothing(
    planned: Planned, carry_out: CarryOut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    monkeypatch.setattr(identity, "version", lambda _: "0.0")
    model_of.cache_clear()
    carry_out(planned(samples=1), store)
    before = pd.read_parquet(store / "runs")
    monkeypatch.undo()
    model_of.cache_clear()
    with pytest.raises(
        StoreError, match=r"was begun with another version of the model, .*results of two models do not mix"
    ):
        carry_out(planned(samples=1), store)
    assert carry_out(planned(samples=1), store, accept_changes=True).standing.done == 8
    after = pd.read_parquet(store / "runs")
    assert set(before["run"]) < set(after["run"])
    assert after["model"].nunique() == 2
    assert set(read_sweep(store)["run"]).isdisjoint(before["run"])


@pytest.mark.parametrize(("stage", "writes"), [("fsync", 12), ("replace", 7)])
def test_a_full_disk_stops_the_sweep_with_a_sentence_and_what_was_finished_is_kept(
    whole: Path,
    planned: Planned,
    carry_out: CarryOut,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    assert_equal_stores: Equal,
    stage: str,
    writes: int,
) -> None:
    store = tmp_path / "store"
    real: Any = os.fsync if stage == "fsync" else Path.replace
    calls = 0

    def full(first: Any, *more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls > writes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(first, *more)

    monkeypatch.setattr(os if stage == "fsync" else Path, stage, full)
    with pytest.raises(
        StoreError, match=r"cannot be written \(No space left on device\). What was finished is kept"
    ):
        carry_out(planned(), store)
    monkeypatch.undo()
    assert not list(store.rglob("*.part"))
    end = carry_out(planned(), store)
    assert 0 < end.standing.found < RUNS
    assert end.standing.found + end.standing.done == RUNS
    assert_equal_stores(whole, store)


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are POSIX")
def test_a_limit_on_the_size_of_files_stops_the_sweep_with_a_sentence(
    design_file: Callable[..., Path], begin: Callable[..., "subprocess.Popen[str]"]
) -> None:
    import resource

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    ended = begin("sweep", design_file(samples=1), "--workers", 1, preexec_fn=limited)
    _, said = ended.communicate(timeout=120)
    assert ended.returncode == 2, said
    assert "cannot be written (File too large). What was finished is kept." in said
    assert "Traceback" not in said


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user"
)
def test_a_folder_that_may_not_be_written_is_told(
    whole: Path, design_file: Callable[..., Path], tmp_path: Path
) -> None:
    """As an unprivileged child, since the superuser may write anywhere."""
    code = (
        "import os, sys\n"
        "from coproduction.experiments.sweeps import store, shards, locks\n"
        "import pyarrow.parquet\n"
        "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "try:\n"
        "    store.opened(sys.argv[1])\n"
        "except shards.StoreError as error:\n"
        "    print(error)\n"
    )
    for folder in (*whole.parents, whole):
        if folder != Path(folder.anchor) and folder.stat().st_uid == os.geteuid() and "pytest" in str(folder):
            folder.chmod(0o755)
    said = subprocess.run(
        [sys.executable, "-c", code, str(whole)], capture_output=True, text=True, check=True
    ).stdout
    assert "cannot be written (Permission denied). What was finished is kept." in said


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda p: p.write_text("x"), "must be a folder; it is a file"),
        (lambda p: (p.mkdir(), (p / "cat.txt").write_text("x")), "it holds cat.txt"),
        (lambda p: (p.mkdir(), (p / "manifest.json").write_text("{")), "cannot be read as JSON"),
        (
            lambda p: (p.mkdir(), (p / "manifest.json").write_text('{"kind": "run"}')),
            "must be the manifest of a store",
        ),
        (
            lambda p: (p.mkdir(), (p / "manifest.json").write_text('{"kind": "sweep-store", "format": 9}')),
            "it is of format 9, of another version of this program",
        ),
    ],
)
def test_places_that_are_no_stores(tmp_path: Path, made: Callable[[Path], object], said: str) -> None:
    made(tmp_path / "place")
    with pytest.raises(StoreError) as refused:
        opened(tmp_path / "place")
    assert said in str(refused.value)
    assert "Choose another store with --out." in str(refused.value)


def test_reading_what_is_not_there(tmp_path: Path, planned: Planned, carry_out: CarryOut) -> None:
    with pytest.raises(StoreError, match="there is no store of a sweep"):
        read_sweep(tmp_path)
    opened(tmp_path / "empty")
    with pytest.raises(StoreError, match="holds no sweep"):
        read_sweep(tmp_path / "empty")
    carry_out(planned(samples=1), tmp_path / "store")
    (tmp_path / "store" / "sweeps" / "small.json").write_text("{}")
    with pytest.raises(StoreError, match="cannot be read as the record of a sweep"):
        carry_out(planned(samples=1), tmp_path / "store")
