"""``coproduce explain`` tells an agent's decisions, and says in one sentence what it cannot tell."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coproduction.experiments import api
from coproduction.experiments.explanations.subjects import ANSWERS, decisions_of

WATCHED = "[programmes.neighbourhood_watch]\n"


@pytest.fixture
def explain(coproduce: Callable[..., Any], scenario: Callable[..., Path]) -> Callable[..., Any]:
    """Return a function that explains something of a small city at the end of its fourth week."""

    def run(*words: object, week: int = 4, more: str = WATCHED) -> Any:
        return coproduce("explain", scenario(more=more), "--week", week, *words)

    return run


@pytest.mark.parametrize("kind", list(ANSWERS))
def test_agent_is_chosen_and_explained(explain: Callable[..., Any], kind: str) -> None:
    ended = explain(f"--{kind.replace('_', '-')}")
    assert ended.code == 0, ended.err
    assert ", week 4, day 7, in the evening\n=====" in ended.out
    assert ("Chosen: " in ended.out) == (kind != "city")
    assert "1. " in ended.out
    assert "the same as by the model's rules to the last bit." in ended.out
    assert max(map(len, ended.out.splitlines())) <= 100


def test_resident_asked_for_is_told_of_in_full(explain: Callable[..., Any]) -> None:
    ended = explain("--resident", 12, more=f"[policy]\nmeetings = 11\n{WATCHED}")
    assert ended.out.startswith("Resident 12, week 4")
    assert "Chosen" not in ended.out
    for key in ("report_as_victim", "report_as_witness", "channel", "court", "meeting", "protect", "evening"):
        assert f"[{key}]" in ended.out
    for word in ("log odds", "trust in police", "Luck drew", "domestic violence", "quintile"):
        assert word in ended.out


def test_one_decision_with_its_sources(explain: Callable[..., Any]) -> None:
    ended = explain("--resident", 12, "--decision", "court", "--sources")
    assert ended.out.count("[") == 1
    assert "rule court_attendance_probability: From clearance to sanction" in " ".join(ended.out.split())
    assert "justice.attendance: assumption:" in ended.out


def test_same_words_give_the_same_account_and_another_seed_another(explain: Callable[..., Any]) -> None:
    first, again, other = explain("--city"), explain("--city"), explain("--city", "--seed", 2)
    assert first.out == again.out
    assert first.out != other.out


def test_neighbourhood_and_programme_go_by_name(explain: Callable[..., Any]) -> None:
    assert explain("--neighbourhood", "7").out.startswith("Neighbourhood 7, week 4")
    assert explain("--programme", "neighbourhood_watch").out.startswith(
        "Programme neighbourhood watch, week 4"
    )


def test_place_without_residents_is_told_of_but_not_chosen(
    explain: Callable[..., Any], coproduce: Callable[..., Any], table: Callable[..., Path]
) -> None:
    columns = [
        part for pair in ("name=name", "income=income", "population=people") for part in ("--column", pair)
    ]
    imported = coproduce("city", "import", table(), "--name", "town", "--out", "town", *columns)
    assert imported.code == 0, imported.err
    more = 'city = "town/town.toml"\n'
    asked, chosen = explain("--neighbourhood", "Harbour", more=more), explain("--neighbourhood", more=more)
    assert "0 residents" in asked.out
    assert not chosen.out.startswith("Neighbourhood Harbour")


def test_account_as_data_is_that_of_the_library(
    explain: Callable[..., Any], scenario: Callable[..., Path]
) -> None:
    printed = json.loads(explain("--offender", 1, "--json").out)
    account = api.explain(api.load(scenario(more=WATCHED)), "offender", 4, which=1)
    assert printed == json.loads(json.dumps(account.as_data(), default=float))
    assert account.true


def test_nothing_open_is_said(explain: Callable[..., Any]) -> None:
    ended = explain("--resident", 12, "--decision", "join_programme", more="")
    assert ended.code == 0
    assert "None of these decisions is open to this agent now." in ended.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "one agent must be asked for, by --resident, --offender"),
        (("--resident", "--city"), "got --resident, --city"),
        (("--resident", 300), "the resident must be a whole number from 0 to 299; got 300."),
        (("--resident=-1",), "No such option '-1'."),
        (("--resident", "somebody"), "the resident must be a whole number from 0 to 299; got somebody."),
        (("--offender", 9999), "the offender must be a whole number from 0 to"),
        (("--officer", 9999), "the officer must be a whole number from 0 to"),
        (("--neighbourhood", "Atlantis"), "neighbourhood Atlantis is not a known key."),
        (("--programme", "neighborhood_watch"), "Did you mean neighbourhood_watch?"),
        (("--resident", 1, "--decision", "joins"), "Did you mean join?"),
        (("--city", "--decision", "court"), "decision of a city: court is not a known key."),
    ],
)
def test_what_cannot_be_explained_is_said_in_one_sentence(
    explain: Callable[..., Any], words: tuple[object, ...], said: str
) -> None:
    ended = explain(*words)
    assert ended.code == 2
    assert ended.out == ""
    assert len(ended.err.splitlines()) == 1
    assert said in ended.err


@pytest.mark.parametrize("week", [0, -3, 6])
def test_week_must_lie_in_the_run(explain: Callable[..., Any], week: int) -> None:
    ended = explain("--city", week=week)
    assert ended.code == 2
    assert f"the week to explain must be between 1 and 5, burn-in included; got {week}." in ended.err


def test_what_is_not_there_is_said(explain: Callable[..., Any]) -> None:
    assert "there must be at least one programme to explain" in explain("--programme", more="").err
    lattice = explain("--offender", more="[setting]\nmovement = 1")
    assert lattice.code == 2
    assert "[setting] movement must be 0 to explain offenders; got 1." in lattice.err


def test_kind_that_is_unknown_is_refused_by_the_library(scenario: Callable[..., Path]) -> None:
    with pytest.raises(
        ValueError, match=r"kind of agent resdent is not a known key\. Did you mean resident\?"
    ):
        api.explain(api.load(scenario()), "resdent", 1)


def test_dilemma_of_volunteers_is_explained(explain: Callable[..., Any]) -> None:
    ended = explain("--resident", 12, "--decision", "join", more="[setting]\nhelping_cost = 0.3")
    assert "in the volunteer's dilemma?" in ended.out


def test_every_decision_can_be_asked_for(explain: Callable[..., Any]) -> None:
    for kind in ANSWERS:
        for decision in decisions_of(kind):
            assert explain(f"--{kind.replace('_', '-')}", "--decision", decision).code == 0
