"""``coproduce compare``, ``demo`` and ``report``: a verdict in the terminal, a page and its tables on disk."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from coproduction.experiments.cli import main
from coproduction.experiments.cli.places import foreign_files
from coproduction.simulation.outcomes import OUTCOMES

QUICKLY = ("--ceiling", "3", "--workers", "1")
SMALL = """
[scenario]
name = "{name}"
title = "{title}"
residents = 300
residents_per_cell = 2
burn_in_weeks = 1
measured_weeks = 4
"""


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return a folder with two small scenarios and the result of comparing them, and what was printed."""
    place = tmp_path_factory.mktemp("finished")
    (place / "plain.toml").write_text(SMALL.format(name="plain", title="Plain"), encoding="utf-8")
    asked = SMALL.format(name="asked", title="Asked") + "[policy]\ncoordinators = 3\ninvitation = 3\n"
    (place / "asked.toml").write_text(asked, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        words = ["compare", "plain.toml", "asked.toml", *QUICKLY, "--out", "result"]
        ended = CliRunner().invoke(main, words, catch_exceptions=False)
    assert ended.exit_code == 0
    return place, ended.stdout


@pytest.fixture
def copied(finished: tuple[Path, str], folder: Path) -> str:
    """Copy that folder into the current one; return what was printed."""
    place, printed = finished
    shutil.copytree(place, folder, dirs_exist_ok=True)
    return printed


def test_verdict_holds_every_main_outcome_its_unit_and_interval(copied: str) -> None:
    assert max(map(len, copied.splitlines())) <= 100
    for outcome in OUTCOMES:
        if outcome.main:
            assert f"\n{outcome.label}  " in copied
    table = re.split(r"\n-{40,}\n", copied)[1]
    intervals = re.findall(r"\S to \S|less than 0|no interval|identical", table)
    assert len(intervals) >= sum(outcome.main for outcome in OUTCOMES)
    assert "not distinguishable" in copied
    assert "3 pairs of runs, seeds 1 to 3" in copied


def test_verdict_says_budget_precision_and_what_was_given_up(copied: str) -> None:
    assert "Public spending was" in copied
    assert "Wider than asked; pairs of runs that it would take" in copied
    assert "coordinators 0.25 → 3, invitation 0 → 3" in copied
    assert "full-time posts" in copied
    assert "Took " in copied


def test_page_tables_and_manifest_are_written_and_nothing_else(copied: str, folder: Path) -> None:
    assert "Report: result/report.html" in copied
    assert {each.name for each in (folder / "result").iterdir()} == {"report.html", "manifest.json", "tables"}
    assert foreign_files(folder / "result") == []
    page = (folder / "result" / "report.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "Asked" in page
    assert {each.name for each in folder.iterdir()} == {"result", "plain.toml", "asked.toml"}


@pytest.mark.usefixtures("copied")
def test_comparison_can_be_made_again_in_its_place(coproduce: Callable[..., Any], folder: Path) -> None:
    table = folder / "result" / "tables" / "verdict.csv"
    before = table.read_bytes()
    table.write_text("damaged", encoding="utf-8")
    assert coproduce("compare", "plain.toml", "asked.toml", *QUICKLY, "--out", "result").code == 0
    assert table.read_bytes() == before


@pytest.mark.usefixtures("copied")
def test_comparison_replays_bit_for_bit(coproduce: Callable[..., Any]) -> None:
    again = coproduce("replay", "result", "--workers", 1)
    assert again.code == 0, again.out
    assert "bit for bit" in again.out


def test_report_of_a_finished_comparison_says_the_same(
    copied: str, coproduce: Callable[..., Any], folder: Path
) -> None:
    again = coproduce("report", "result", "--out", "copy")
    assert again.code == 0
    assert again.out.startswith(copied.split("\nTook ", maxsplit=1)[0])
    for name in ("verdict", "series", "cells"):
        copy = (folder / "copy" / "tables" / f"{name}.csv").read_text(encoding="utf-8")
        assert copy == (folder / "result" / "tables" / f"{name}.csv").read_text(encoding="utf-8")


@pytest.mark.slow
def test_quick_demo_compares_four_policies_of_columbus(coproduce: Callable[..., Any], folder: Path) -> None:
    ended = coproduce("demo", "--quick", "--seed", 7)
    assert ended.code == 0
    assert "Columbus, Ohio" in ended.out
    for title in ("Contracting out", "Organised", "Co-produced with"):
        assert title in ended.out
    assert "Public spending was equal in every replication" in ended.out
    assert "8 pairs of runs, seeds 7 to 14" in ended.out
    assert foreign_files(folder / "coproduce-demo") == []
    assert (folder / "coproduce-demo" / "report.html").stat().st_size > 100_000
