"""``coproduce compare``, ``demo`` and ``report``: a verdict in the terminal, a page and its tables on disk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coproduction.experiments.cli.places import foreign_files
from coproduction.simulation.outcomes import OUTCOMES

QUICKLY = ("--ceiling", 3, "--workers", 1)


@pytest.fixture
def compared(coproduce: Callable[..., Any], scenario: Callable[..., Path]) -> Any:
    """Return how a comparison of two small scenarios ended; its result is in the folder ``result``."""
    asked = scenario("asked", more="[policy]\ncoordinators = 3\ninvitation = 3")
    return coproduce("compare", scenario("plain"), asked, *QUICKLY, "--out", "result")


def test_verdict_holds_every_main_outcome_its_unit_and_interval(compared: Any) -> None:
    assert compared.code == 0
    assert max(map(len, compared.out.splitlines())) <= 100
    for outcome in OUTCOMES:
        if outcome.main:
            assert f"\n{outcome.label}  " in compared.out
    assert compared.out.count(" to ") >= sum(outcome.main for outcome in OUTCOMES)
    assert "not distinguishable" in compared.out
    assert "3 pairs of runs, seeds 1 to 3" in compared.out


def test_verdict_says_budget_precision_and_what_was_given_up(compared: Any) -> None:
    assert "Public spending was" in compared.out
    assert "Wider than asked; pairs of runs that it would take" in compared.out
    assert "coordinators 0.25 → 3, invitation 0 → 3" in compared.out
    assert "full-time posts" in compared.out
    assert "Took " in compared.out


def test_page_tables_and_manifest_are_written_and_nothing_else(compared: Any, folder: Path) -> None:
    assert "Report: result/report.html" in compared.out
    assert {each.name for each in (folder / "result").iterdir()} == {"report.html", "manifest.json", "tables"}
    assert foreign_files(folder / "result") == []
    page = (folder / "result" / "report.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "Asked" in page
    assert {each.name for each in folder.iterdir()} == {"result", "plain.toml", "asked.toml"}


def test_comparison_can_be_made_again_in_its_place(
    compared: Any, coproduce: Callable[..., Any], folder: Path
) -> None:
    verdict = (folder / "result" / "tables" / "verdict.csv").read_bytes()
    assert compared.code == 0
    assert coproduce("compare", "plain.toml", "asked.toml", *QUICKLY, "--out", "result").code == 0
    assert (folder / "result" / "tables" / "verdict.csv").read_bytes() == verdict


def test_comparison_replays_bit_for_bit(compared: Any, coproduce: Callable[..., Any]) -> None:
    assert compared.code == 0
    again = coproduce("replay", "result", "--workers", 1)
    assert again.code == 0, again.out
    assert "bit for bit" in again.out


def test_report_of_a_finished_comparison_says_the_same(
    compared: Any, coproduce: Callable[..., Any], folder: Path
) -> None:
    again = coproduce("report", "result", "--out", "copy")
    assert again.code == 0
    opening = compared.out.split("\nTook ")[0]
    assert again.out.startswith(opening)
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
