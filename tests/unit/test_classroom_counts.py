"""What a class said, counted: nobody is counted twice or left out, and what is no number is no dot."""

from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from coproduction.dashboard.classroom_counts import counted, counts_table, dots
from coproduction.dashboard.classroom_store import Answer
from coproduction.dashboard.lesson_file import read_lesson
from coproduction.dashboard.lesson_words import CHANGES, SURENESS

LESSON = read_lesson(Path(__file__).parents[2] / "docs/lessons/asking_for_help")


def said(visitor: int, item: int, value: str, sure: str = "sure") -> Answer:
    return Answer(str(visitor), LESSON.name, "prediction", item, value, sure)


@given(st.lists(st.tuples(st.sampled_from(CHANGES), st.sampled_from(list(SURENESS))), max_size=40))
def test_every_prediction_is_counted_once(given_by_all: list[tuple[str, str]]) -> None:
    answers = [said(number, 1, change, sure) for number, (change, sure) in enumerate(given_by_all)]
    answers.append(Answer("x", "another_lesson", "prediction", 1, "falls", "sure"))
    first, _ = counted(LESSON, answers, None)
    assert [count for _, count, _ in first.rows] == [
        Counter(change for change, _ in given_by_all)[change] for change in CHANGES
    ]
    for change, (_, _, sure) in zip(CHANGES, first.rows, strict=True):
        told = sum(int(part.split()[0]) for part in sure.split(", ")) if sure else 0
        assert told == sum(each == change for each, _ in given_by_all)


def test_numbers_are_told_by_their_ends_and_their_middle() -> None:
    _, second = counted(
        LESSON, [said(number, 2, value) for number, value in enumerate(("60", "20", "30"))], None
    )
    assert second.rows == (("from 20 to 60, middle 30 % of offences reported", 3, "3 sure"),)
    assert second.runs == (60.0, 20.0, 30.0), "drawn as dots"
    assert 'aria-label="3 numbers, 0 below zero' in dots(second, "%", "numbers")
    _, even = counted(
        LESSON, [said(number, 2, value) for number, value in enumerate(("60", "20", "30", "40"))], None
    )
    assert even.rows[0][0].startswith("from 20 to 60, middle 35 ")
    assert counted(LESSON, [], None)[1].rows == (("no number yet", 0, ""),)


def test_an_own_run_is_a_dot_and_what_is_no_number_is_none() -> None:
    runs = [
        Answer(str(n), LESSON.name, "own_run", 1, value)
        for n, value in enumerate(("1.5", "-2", "nan", "<b>"))
    ]
    first, _ = counted(LESSON, runs, None)
    assert first.runs == (1.5, -2.0)
    picture = dots(first, "hours")
    assert picture.count("<circle") == 2
    assert "2 own runs, 1 below zero, unit hours" in picture
    assert "<b>" not in picture + counts_table(first)
