"""``coproduce oracles``, ``validate`` and ``schema``: what holds is said, what does not ends with code 1."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coproduction.experiments import oracles
from coproduction.experiments.facts.stylised_facts import targets
from coproduction.experiments.oracle_rows import Row

HOLDS = Row("O:made", "two and two", 4.0, 4.0, 1e-9)
FAILS = Row("O:made", "two and three", 5.0, 6.0, 1e-9)
NO_OBSERVED_COLUMN = "name,income\nNorth,12\nSouth,30\n"
SCENARIO = '[scenario]\nname = "mine"\ncity = "mine/mine.toml"\nresidents = 300\nresidents_per_cell = 5\n'


@pytest.mark.parametrize(
    ("rows", "code", "said"), [([HOLDS], 0, "1 of 1 hold."), ([HOLDS, FAILS], 1, "1 of 2 hold.")]
)
def test_a_closed_form_that_fails_ends_with_code_1(
    coproduce: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, rows: list[Row], code: int, said: str
) -> None:
    monkeypatch.setattr(oracles, "predicted_against_measured", lambda: rows)
    ended = coproduce("oracles")
    assert ended.code == code
    assert said in ended.out
    assert ("FAILS" in ended.out) == bool(code)


def test_closed_forms_that_need_long_runs_are_asked_for(
    coproduce: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oracles, "predicted_against_measured", lambda: [HOLDS])
    monkeypatch.setattr(oracles, "predicted_against_measured_at_length", lambda: [FAILS])
    assert "1 of 1 hold." in coproduce("oracles").out
    ended = coproduce("oracles", "--long")
    assert "1 of 2 hold." in ended.out
    assert ended.code == 1


def test_validation_says_level_order_and_what_income_says_alone(
    coproduce: Callable[..., Any], scenario: Callable[..., Path]
) -> None:
    more = "[burglary]\nrecorded_rate = 5000"
    ended = coproduce("validate", scenario(more=more, weeks=26), "--seeds", 3, "--no-cuts", "--workers", 1)
    assert ended.code == 0
    for phrase in (
        "Rank correlation over",
        "For comparison: income alone",
        "per 1,000 households a year",
        "Moran's I",
    ):
        assert phrase in ended.out
    assert max(map(len, ended.out.splitlines())) <= 100


def test_city_without_anything_observed_cannot_be_held_against_it(
    coproduce: Callable[..., Any], table: Callable[..., Path], folder: Path
) -> None:
    columns = ("--column", "name=name", "--column", "income=income")
    assert (
        coproduce(
            "city", "import", table(NO_OBSERVED_COLUMN), "--name", "mine", "--out", "mine", *columns
        ).code
        == 0
    )
    (folder / "town.toml").write_text(SCENARIO, encoding="utf-8")
    ended = coproduce("validate", "town.toml")
    assert ended.code == 2
    assert (
        ended.err
        == "coproduce: town.toml: city must have an observed column to be held against; it has none.\n"
    )


def test_comparison_in_such_a_city_has_a_report_all_the_same(
    coproduce: Callable[..., Any], table: Callable[..., Path], folder: Path
) -> None:
    columns = ("--column", "name=name", "--column", "income=income")
    coproduce("city", "import", table(NO_OBSERVED_COLUMN), "--name", "mine", "--out", "mine", *columns)
    weeks = "burn_in_weeks = 1\nmeasured_weeks = 4\n"
    for name, more in (("one", ""), ("two", "[policy]\nboards = 0.5\n")):
        text = SCENARIO.replace('"mine"\ncity', f'"{name}"\ncity') + weeks + more
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    ended = coproduce("compare", "one.toml", "two.toml", "--ceiling", 2, "--workers", 1, "--out", "result")
    assert ended.code == 0, ended.err
    assert (folder / "result" / "report.html").is_file()


def test_schema_in_every_form(coproduce: Callable[..., Any]) -> None:
    assert "[guardianship]" in coproduce("schema").out
    assert coproduce("schema", "guardianship", "--markdown").out.startswith("### `[guardianship]`\n\n| key |")
    (eyes, *_) = json.loads(coproduce("schema", "guardianship", "--json").out)["parameters"]
    assert eyes["key"] == "eyes"


@pytest.mark.slow
def test_facts_are_listed_with_what_the_model_gave(coproduce: Callable[..., Any]) -> None:
    ended = coproduce("facts", "--residents", "1000", "--workers", "1")
    assert ended.code == 0
    assert "T4-01  street segments with half of crime: " in ended.out
    assert "CANNOT MEASURE T1-01" in ended.out
    assert f"{len(targets())} facts to be held against: inside" in ended.out
