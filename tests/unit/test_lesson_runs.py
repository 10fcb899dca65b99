"""Runs of a lesson: computed once for everybody, left when nobody waits, and put into words that fit the interval."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coproduction.dashboard.lesson_file import PACKAGED, Lesson, read_lesson
from coproduction.dashboard.lesson_result import LessonResult, Told, computed
from coproduction.dashboard.lesson_runs import LessonRuns
from coproduction.dashboard.lesson_words import (
    Prediction,
    beside,
    direction,
    effects_table,
    filled,
    finding,
    same_in_words,
)
from coproduction.experiments.run import simulate
from coproduction.simulation.errors import DesignError

EXAMPLE = Path(__file__).parents[2] / "docs/lessons/asking_for_help"


@pytest.fixture(scope="module")
def example() -> Lesson:
    return read_lesson(EXAMPLE)


@pytest.fixture(scope="module")
def result(example: Lesson) -> LessonResult:
    return computed(example, lambda _done, _of: None)


def wait(_done: int, _of: int) -> None:
    """Go on waiting."""


class Counting:
    """Computes as slowly as a test wants, and counts how often."""

    def __init__(self, answer: LessonResult) -> None:
        self.answer, self.begun, self.told, self.finished = answer, 0, 0, 0
        self.go_on = threading.Event()

    def __call__(self, lesson: Lesson, told: Told) -> LessonResult:
        assert lesson.name == "asking_for_help"
        self.begun += 1
        while not self.go_on.wait(0.02):
            told(1, 10)
            self.told += 1
        self.finished += 1
        return self.answer


def test_thirty_who_ask_at_once_cost_one_computation(example: Lesson, result: LessonResult) -> None:
    compute = Counting(result)
    runs, found = LessonRuns(compute), []
    threads = [threading.Thread(target=lambda: found.append(runs.result(example, wait))) for _ in range(30)]
    for thread in threads:
        thread.start()
    assert runs.known(example) is None
    compute.go_on.set()
    for thread in threads:
        thread.join()
    assert found == [result] * 30
    assert (compute.begun, compute.finished) == (1, 1)
    assert runs.known(example) is result


def wait_until(happens: Callable[[], bool]) -> None:
    """Wait for another thread, however much else the machine does."""
    end = time.monotonic() + 60.0
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def ask_and_leave(runs: LessonRuns, lesson: Lesson) -> None:
    """Ask for a result, and leave while it is computed."""

    def leave(_done: int, _of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        runs.result(lesson, leave)


def test_a_computation_ends_when_the_last_who_waits_has_left(example: Lesson, result: LessonResult) -> None:
    compute = Counting(result)
    runs = LessonRuns(compute, patience=0.0)
    ask_and_leave(runs, example)
    wait_until(lambda: example.fingerprint not in runs._under_way)
    compute.go_on.set()
    assert runs.result(example, wait) is result, "whoever asks later begins it anew"
    assert (compute.begun, compute.finished) == (2, 1)


def test_a_page_that_is_loaded_anew_finds_the_runs_still_going_on(
    example: Lesson, result: LessonResult
) -> None:
    compute = Counting(result)
    runs = LessonRuns(compute, patience=600.0)
    ask_and_leave(runs, example)
    before = compute.told
    wait_until(lambda: compute.told > before + 2)
    assert runs.is_under_way(example)
    compute.go_on.set()
    assert runs.result(example, wait) is result
    assert (compute.begun, compute.finished, runs.changes) == (1, 1, 1)
    assert not runs.is_under_way(example)


def test_what_goes_wrong_is_told_to_everybody_who_waits(example: Lesson) -> None:
    def fail(_lesson: Lesson, _told: Told) -> LessonResult:
        raise ZeroDivisionError("no such luck")

    with pytest.raises(DesignError, match=r"the runs failed \(ZeroDivisionError: no such luck\)"):
        LessonRuns(fail).result(example, wait)


def test_only_so_many_results_are_kept(example: Lesson, result: LessonResult) -> None:
    compute = Counting(result)
    compute.go_on.set()
    runs = LessonRuns(compute, most=0)
    runs.result(example, wait)
    runs.result(example, wait)
    assert compute.finished == 2


def test_ones_own_pair_is_that_of_the_model(example: Lesson) -> None:
    runs = LessonRuns()
    pair = runs.one_pair(example, 7)
    alone = simulate(example.scenarios[1], 7).outcomes
    assert pair["asked"] == pytest.approx(alone, nan_ok=True, rel=0, abs=0)
    assert runs.one_pair(example, 7) is pair


def test_words_say_what_the_pairs_say(example: Lesson, result: LessonResult) -> None:
    asked, share = example.predict
    pairs = result.pairs["asked", "volunteer_hours"]
    assert len(pairs) == result.n == 5
    assert min(pairs) > 0
    effect = result.effects["asked", "volunteer_hours"]
    assert effect.difference == pytest.approx(np.mean(pairs))
    assert direction(effect, example) == "rises"
    said = beside(asked, Prediction("falls", None, "sure"), result, example)
    assert said.startswith("You said it falls (sure); it rises in 5 of 5 paired runs: +")
    assert said.endswith("hours per 1,000 residents a year.")
    reported = 100.0 * result.effects["asked", "reporting"].baseline_mean
    high = beside(share, Prediction("", 2.0 * reported, "guess"), result, example)
    assert f"in the runs it is {reported:.3g}"[:24] in high
    assert "too high" in high


def test_what_the_runs_cannot_tell_is_not_said_to_be_told(example: Lesson, result: LessonResult) -> None:
    told = {name: effect for (_, name), effect in result.effects.items()}
    unclear = next(
        each for each in told.values() if each.main and each.shown_finding == "not distinguishable"
    )
    assert unclear.low <= 0.0 <= unclear.high
    assert direction(unclear, example) == ""
    table = effects_table(example, result)
    assert table.count("<tr>") == 1 + len(example.compare.outcomes)
    assert "the same in every run" in table, "public cost"
    assert "{" not in filled(example.explain.account, example, result)


def test_about_the_same_is_one_thing_for_page_judgement_and_account(
    example: Lesson, result: LessonResult
) -> None:
    """A whole interval within the declared share of the level is "the same", also where it leaves out zero."""
    effect = replace(
        result.effects["asked", "true_crime"], baseline_mean=250.0, mean=248.8, difference=-1.2, low=-2.1, high=-0.3,
        distinguishable=True, finding="better", decimals=1,
    )  # fmt: skip
    pairs = {**result.pairs, ("asked", "true_crime"): (-1.0, -2.0, 1.0)}
    with_it = replace(result, effects={**result.effects, ("asked", "true_crime"): effect}, pairs=pairs)
    asked = example.predict[0].model_copy(update={"outcome": "true_crime"})
    for share, told, says in ((0.01, "same", "about the same"), (0.005, "falls", "falls")):
        lesson = replace(example, compare=example.compare.model_copy(update={"same_within": share}))
        assert direction(effect, lesson) == told
        assert finding(effect, lesson) == says
        said = beside(asked, Prediction("same", None, "sure"), with_it, lesson)
        assert ("it stays about the same: −1.2" in said) == (told == "same")
        assert "it falls in 2 of 3 paired runs" in said.replace("It falls", "it falls")
        assert ("about the same" in filled("{asked.true_crime}", lesson, with_it)) == (told == "same")
        assert f"{100 * share:g} %" in same_in_words(lesson)


def test_of_a_gap_it_is_said_whether_it_is_wider(example: Lesson, result: LessonResult) -> None:
    gap = replace(
        result.effects["asked", "volunteer_gap"], baseline_mean=-100.0, difference=-50.0, mean=-150.0, low=-70.0,
        high=-30.0, distinguishable=True,
    )  # fmt: skip
    assert finding(gap, example) == "wider"
    assert finding(replace(gap, difference=50.0, mean=-50.0, low=30.0, high=70.0), example) == "narrower"
    assert finding(replace(gap, difference=150.0, mean=50.0, low=130.0, high=170.0), example) == "rises"


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["the_report_that_never_came", "contract_or_community"])
def test_what_a_packaged_lesson_tells_of_really_happens(name: str) -> None:
    """The texts tell these directions in words, so that they must hold at the lesson's number of runs."""
    lesson = read_lesson(PACKAGED / name)
    result = computed(lesson, lambda _done, _of: None)
    expected = {
        "the_report_that_never_came": {
            ("volunteers", "true_crime"): "same",
            ("volunteers", "patrol_stops"): "falls",
            ("volunteers", "recorded_crime"): "rises",
            ("volunteers", "reporting"): "rises",
            ("volunteers", "volunteer_reports"): "rises",
            ("volunteers", "clearance"): "rises",
        },
        "contract_or_community": {
            ("contract", "true_crime"): "falls",
            ("contract_same_price", "true_crime"): "same",
            ("contract", "clearance"): "falls",
            ("contract_same_price", "clearance"): "falls",
            ("contract", "local_knowledge"): "falls",
            ("volunteers", "reporting"): "rises",
            ("volunteers", "volunteer_hours"): "rises",
            ("volunteers", "volunteer_gap"): "falls",
        },
    }[name]
    assert {key: direction(result.effects[key], lesson) for key in expected} == expected
    recorded, true = (result.effects["volunteers", key] for key in ("recorded_crime", "true_crime"))
    assert recorded.as_percentage(recorded.low) > 5.0
    assert abs(true.as_percentage(true.difference)) < 2.0, "hardly moves"
    assert result.seconds < 120.0


def test_pandas_is_there_before_the_first_visitor_comes() -> None:
    """A page that is drawn while another thread imports pandas breaks down."""
    code = "import sys, coproduction.dashboard.lesson_service; sys.exit('pandas' not in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
