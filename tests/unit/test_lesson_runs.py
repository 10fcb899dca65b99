"""Runs of a lesson: computed once for everybody, left when nobody waits, and put into words that fit the interval."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from coproduction.dashboard.lesson_file import PACKAGED, Lesson, read_lesson
from coproduction.dashboard.lesson_result import LessonResult, Told, computed
from coproduction.dashboard.lesson_runs import LessonRuns
from coproduction.dashboard.lesson_words import Prediction, beside, direction, effects_table, filled
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
        self.answer, self.begun, self.finished = answer, 0, 0
        self.go_on = threading.Event()

    def __call__(self, lesson: Lesson, told: Told) -> LessonResult:
        assert lesson.name == "asking_for_help"
        self.begun += 1
        while not self.go_on.wait(0.02):
            told(1, 10)
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


def test_a_computation_ends_when_the_last_who_waits_has_left(example: Lesson, result: LessonResult) -> None:
    compute = Counting(result)
    runs = LessonRuns(compute)

    def leave(_done: int, _of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        runs.result(example, leave)
    until = time.monotonic() + 10.0
    while example.fingerprint in runs._under_way and time.monotonic() < until:
        time.sleep(0.02)
    assert example.fingerprint not in runs._under_way
    compute.go_on.set()
    assert runs.result(example, wait) is result, "whoever asks later begins it anew"
    assert (compute.begun, compute.finished) == (2, 1)


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
    assert direction(effect) == "rises"
    said = beside(asked, Prediction("falls", None, "sure"), result, "as_it_is")
    assert said.startswith("You said it falls (sure); it rises in 5 of 5 paired runs: +")
    assert said.endswith("hours per 1,000 residents a year.")
    reported = 100.0 * result.effects["asked", "reporting"].baseline_mean
    high = beside(share, Prediction("", 2.0 * reported, "guess"), result, "as_it_is")
    assert f"in the runs it is {reported:.3g}"[:24] in high
    assert "too high" in high


def test_what_the_runs_cannot_tell_is_not_said_to_be_told(example: Lesson, result: LessonResult) -> None:
    told = {name: effect for (_, name), effect in result.effects.items()}
    unclear = next(
        each for each in told.values() if each.main and each.shown_finding == "not distinguishable"
    )
    assert unclear.low <= 0.0 <= unclear.high
    assert direction(unclear) == ""
    table = effects_table(example, result)
    assert table.count("<tr>") == 1 + len(example.compare.outcomes)
    assert "the same in every run" in table, "public cost"
    assert "{" not in filled(example.explain.account, example, result)


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["the_report_that_never_came", "contract_or_community"])
def test_what_a_packaged_lesson_tells_of_really_happens(name: str) -> None:
    """The texts tell these directions in words, so that they must hold at the lesson's number of runs."""
    lesson = read_lesson(PACKAGED / name)
    result = computed(lesson, lambda _done, _of: None)
    expected = {
        "the_report_that_never_came": {
            ("volunteers", "recorded_crime"): "rises",
            ("volunteers", "reporting"): "rises",
            ("volunteers", "volunteer_reports"): "rises",
            ("volunteers", "clearance"): "rises",
        },
        "contract_or_community": {
            ("contract", "true_crime"): "falls",
            ("contract_same_price", "true_crime"): "rises",
            ("contract", "clearance"): "falls",
            ("contract_same_price", "clearance"): "falls",
            ("contract", "local_knowledge"): "falls",
            ("volunteers", "reporting"): "rises",
            ("volunteers", "volunteer_hours"): "rises",
            ("volunteers", "volunteer_gap"): "falls",
        },
    }[name]
    assert {key: direction(result.effects[key]) for key in expected} == expected
    recorded, true = (result.effects["volunteers", key] for key in ("recorded_crime", "true_crime"))
    assert recorded.as_percentage(recorded.low) > 5.0
    assert abs(true.as_percentage(true.difference)) < 2.0, "hardly moves"
    assert result.seconds < 120.0


def test_pandas_is_there_before_the_first_visitor_comes() -> None:
    """A page that is drawn while another thread imports pandas breaks down."""
    code = "import sys, coproduction.dashboard.lesson_service; sys.exit('pandas' not in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
