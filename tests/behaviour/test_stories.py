"""The story of a case says what happened: every number in it is the case file's, and a false one is found out."""

import dataclasses
from typing import Any

import numpy as np
import pytest

from coproduction.experiments.follow import Story, follow, instructive
from coproduction.experiments.follow_words import chance, lasting, moment, time_of_day
from coproduction.experiments.result import Result
from coproduction.experiments.run import simulate
from coproduction.scenarios.scenario import Scenario, from_dict

CASES = 140
# Rare things made frequent: witnesses, volunteers, arrests, second tries, courts.
EVENTFUL: dict[str, Any] = {
    "scenario": {
        "name": "eventful", "city": "columbus", "residents": 300, "residents_per_cell": 2, "burn_in_weeks": 8,
        "measured_weeks": 30, "policy_start_watch": 0,
    },
    "policy": {"coordinators": 12.0, "invitation": 4.0, "budget": 900.0},
    "parameters": {
        "burglary": {"recorded_rate": 5000.0, "reported_share": 0.1, "visibility": 0.6, "clearance": 0.6},
        "robbery": {"recorded_rate": 5000.0, "reported_share": 0.1, "visibility": 0.9},
        "population": {"offender_share": 0.15, "volunteer_share": 0.05},
        "guardianship": {"eyes": 0.6},
        "patrol": {"discovery": 1.0, "stops": 24.0},
        "offending": {"second_try": 1.0},
        "justice": {"scene_arrest": 0.9, "scene_decay": 60.0, "conference": 0.3, "victim_agrees": 0.9,
                    "offender_agrees": 0.9, "court_weeks": 2.0, "attendance": 0.7, "diversion": 1.0,
                    "retaliation": 2.0},
        "volunteering": {"hours": 400.0, "joining": 0.05},
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def result() -> Result:
    """Return a run in which everything happens that a story can tell."""
    return simulate(from_dict(EVENTFUL, source="eventful.toml"), seed=12)


@pytest.fixture(scope="module")
def stories(result: Result) -> list[Story]:
    """Return the stories of the first cases."""
    assert len(result.cases) >= CASES
    return [follow(result, number) for number in range(1, CASES + 1)]


def test_every_number_of_every_story_is_the_case_files_to_the_last_bit(stories: list[Story]) -> None:
    for story in stories:
        assert story.true, story.closing()
        assert len(story.checks) >= 11
        assert "the same to the last bit" in story.closing()


def test_every_kind_of_ending_is_told(stories: list[Story]) -> None:
    told = " ".join(" ".join(story.text().split()) for story in stories)
    for phrase in (
        "The victim called.", "The victim did not call.", "Nobody called, and no officer", "No officer stopped there",
        "The police knew at once.", "saw it and called",
        "did not see it",
        "elsewhere at the time", "Volunteers came by", "No volunteer was on patrol", "There was none.",
        "There was one.", "It was cleared.", "It was not cleared.", "This one was charged.",
        "This one was not charged.", "ended with a caution", "restorative conference", "on bail", "came.",
        "stayed away", "the case was lost", "was convicted", "was acquitted", "to be held in", "left alone",
        "A second try", "felt treated fairly", "this one was the first who was there",
    ):  # fmt: skip
        assert phrase in told, phrase


def test_stories_agree_with_the_case_files_in_words(result: Result, stories: list[Story]) -> None:
    for story in stories:
        case, text = result.cases.iloc[story.number - 1], " ".join(story.text().split())
        assert ("The victim called." in text) == bool(case["victim_reported"])
        assert ("Nobody called, and no officer" in text) == (not case["recorded"])
        assert ("They did. The police knew at once." in text) == bool(case["discovered"])
        assert ("The investigation" in text) == (bool(case["recorded"]) and case["cleared"] != 1)
        assert ("The sentence" in text) == (case["sentence"] > 0)
        assert ("The charge" in text) == (case["cleared"] > 0)
        assert text.count("A second try") == case["tries"] - 1


@pytest.mark.parametrize(
    "column",
    ["attempt_probability", "guardianship", "victim_trust", "report_probability", "attraction", "witnesses"],
)
def test_a_case_file_that_was_tampered_with_is_found_out(result: Result, column: str) -> None:
    cases = result.cases.copy()
    values = cases[column].to_numpy(np.float64, copy=True)
    values[0] += 1e-9
    cases[column] = values
    story = follow(dataclasses.replace(result, cases=cases), 1)
    assert not story.true
    assert f"does NOT agree with the case file: {column} is" in story.closing()


def test_case_picked_is_one_that_got_furthest(result: Result) -> None:
    picked = result.cases.iloc[instructive(result.cases) - 1]
    assert picked["reported"]
    assert picked["cleared"] > 0
    assert picked["sentence"] > 0
    assert follow(result).number == instructive(result.cases)


def test_story_of_a_policy_that_starts_late_reads_the_arrangement_in_force() -> None:
    tables = {**EVENTFUL, "scenario": {**EVENTFUL["scenario"], "policy_start_watch": 300}}
    tables["policy"] = {**EVENTFUL["policy"], "turnover": 0.1}
    late: Scenario = from_dict(tables, source="late.toml")
    run = simulate(late, seed=5)
    known = [follow(run, number) for number in (1, len(run.cases))]
    assert all(story.true for story in known)


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.5, "50.0 %"), (0.0012, "0.12 %"), (0.00001, "0.0010 %"), (0.0, "0 %"), (1.0, "100 %")],
)
def test_probabilities_are_as_exact_as_their_size_asks_for(value: float, words: str) -> None:
    assert chance(value).replace("\N{NO-BREAK SPACE}", " ") == words


def test_times_are_said_as_people_say_them() -> None:
    assert moment(21, 0) == "week 2, day 1, 00:00"
    assert moment(5, 3725) == "week 1, day 2, 17:02"
    assert [time_of_day(watch) for watch in (3, 4, 5)] == ["at night", "during the day", "in the evening"]
    assert [lasting(s) for s in (45, 600, 7200, 6 * 86400)] == [
        "45 seconds",
        "10 minutes",
        "2.0 hours",
        "6 days",
    ]


def test_story_fits_a_terminal(stories: list[Story]) -> None:
    for story in stories:
        assert max(map(len, story.text().splitlines())) <= 100
