"""What a class hands in: nothing is lost, nothing is beyond its limits or personal, and wiping leaves nothing."""

import csv
import io
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coproduction.dashboard import classroom_store
from coproduction.dashboard.classroom import (
    ALL_WRONG_TRIES,
    CODE_LENGTH,
    LETTERS,
    MOST_A_MINUTE,
    WAIT,
    WRONG_TRIES,
    Classroom,
)
from coproduction.dashboard.classroom_address import lessons_address, own_address, to_type
from coproduction.dashboard.classroom_store import COLUMNS as KEPT_COLUMNS
from coproduction.dashboard.classroom_store import (
    KINDS,
    LONGEST_ANSWER,
    MOST_ANSWERS,
    Answer,
    ClassroomError,
    ClassroomStore,
    Kind,
)
from coproduction.dashboard.classroom_table import class_table
from coproduction.dashboard.lesson_file import read_lesson

ANSWERS = st.builds(
    Answer,
    visitor=st.sampled_from(["a1", "b2", "c3"]),
    lesson=st.sampled_from(["one", "two"]),
    kind=st.sampled_from(KINDS),
    item=st.integers(1, 4),
    value=st.text(st.characters(codec="utf-8"), max_size=40),
    sure=st.sampled_from(["", "guess", "sure"]),
)


@pytest.fixture
def store() -> Iterator[ClassroomStore]:
    with_answers = ClassroomStore()
    yield with_answers
    with_answers.close()


class Clock:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(st.lists(ANSWERS, max_size=30))
def test_the_latest_of_every_answer_is_kept_and_the_first_of_every_prediction(
    handed_in: list[Answer],
) -> None:
    store, expected = ClassroomStore(), {}
    try:
        for each in handed_in:
            store.hand_in(each)
            key = (each.visitor, each.lesson, each.kind, each.item)
            if each.kind not in {"prediction", "answer"} or key not in expected:
                expected[key] = each
        assert sorted(store.answers(), key=repr) == sorted(expected.values(), key=repr)
        assert (
            len(list(csv.reader(io.StringIO(class_table(store.answers(), {}), newline=""))))
            == len(expected) + 1
        )
    finally:
        store.close()


@given(st.lists(st.integers(1, 400), max_size=400), st.integers(0, 2 * LONGEST_ANSWER))
def test_nobody_leaves_more_than_is_allowed(items: list[int], length: int) -> None:
    store, refused = ClassroomStore(), 0
    try:
        for item in items:
            try:
                store.hand_in(Answer("a1", "one", "answer", item, "x" * length))
            except ClassroomError:
                refused += 1
        kept = store.answers()
        assert len(kept) == (0 if length > LONGEST_ANSWER else min(len(set(items)), MOST_ANSWERS))
        assert all(len(each.value) <= LONGEST_ANSWER for each in kept)
        assert (refused > 0) == (bool(items) and (length > LONGEST_ANSWER or len(set(items)) > MOST_ANSWERS))
    finally:
        store.close()


def test_wiping_leaves_nothing_in_the_file(tmp_path: Path) -> None:
    store = ClassroomStore(tmp_path / "class.sqlite")
    store.hand_in(Answer("a1", "one", "answer", 1, "a sentence that must go"))
    assert b"a sentence that must go" in (tmp_path / "class.sqlite").read_bytes()
    store.wipe()
    assert b"a sentence that must go" not in (tmp_path / "class.sqlite").read_bytes()
    assert store.answers() == []
    store.close()


def test_without_a_file_nothing_outlives_the_server_and_with_one_it_does(tmp_path: Path) -> None:
    gone = ClassroomStore()
    assert gone.path.exists()
    gone.close()
    assert not gone.path.exists()
    kept = ClassroomStore(tmp_path / "class.sqlite")
    kept.hand_in(Answer("a1", "one", "answer", 1, "stays"))
    kept.close()
    again = ClassroomStore(tmp_path / "class.sqlite")
    assert [each.value for each in again.answers()] == ["stays"]
    again.close()


def test_somebody_elses_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    other, text = tmp_path / "other.sqlite", tmp_path / "notes.txt"
    with sqlite3.connect(other) as base:
        base.execute("CREATE TABLE mine (x)")
    base.close()
    text.write_text("not a database at all, and long enough to be looked at" * 20, encoding="utf-8")
    for path in (other, text, tmp_path / "no folder" / "class.sqlite"):
        before = path.read_bytes() if path.exists() else None
        with pytest.raises(ClassroomError, match="must be a file that --keep made"):
            ClassroomStore(path)
        assert (path.read_bytes() if path.exists() else None) == before


def test_a_table_for_spreadsheets_holds_no_formula(store: ClassroomStore) -> None:
    for item, value in enumerate(("=1+1", "+1", "@x", "-3.5", "plain"), start=1):
        store.hand_in(Answer("a1", "one", "answer_after", item, value))
    rows = list(csv.DictReader(io.StringIO(class_table(store.answers(), {}))))
    assert [row["value"] for row in rows] == ["'=1+1", "'+1", "'@x", "-3.5", "plain"]
    assert {row["visitor"] for row in rows} == {"1"}


def test_a_table_says_what_was_asked_and_in_which_unit(store: ClassroomStore) -> None:
    lesson = read_lesson(Path(__file__).parents[2] / "docs/lessons/asking_for_help")
    given: list[tuple[Kind, int, str]] = [
        ("prediction", 1, "rises"), ("prediction", 2, "40"), ("own_run", 2, "2.77"),
        ("answer", 1, "why"), ("answer", 9, "?"),
    ]  # fmt: skip
    for kind, item, value in given:
        store.hand_in(Answer("a1", lesson.name, kind, item, value))
    rows = list(csv.DictReader(io.StringIO(class_table(store.answers(), {lesson.name: lesson}))))
    assert [row["unit"] for row in rows] == ["", "% of offences reported", "percentage points", "", ""]
    assert [row["question"] for row in rows] == [
        lesson.predict[0].question, lesson.predict[1].question, lesson.predict[1].question,
        lesson.explain.questions[0], "",
    ]  # fmt: skip


def test_an_answer_after_the_models_account_stands_beside_the_first(store: ClassroomStore) -> None:
    kinds: list[tuple[Kind, str]] = [
        ("answer", "mine"), ("answer", "not this"), ("answer_after", "a"), ("answer_after", "b"),
    ]  # fmt: skip
    for kind, value in kinds:
        store.hand_in(Answer("a1", "one", kind, 1, value))
    assert [(each.kind, each.value) for each in store.answers()] == [
        ("answer", "mine"),
        ("answer_after", "b"),
    ]


def test_the_teacher_starts_the_pairs_and_a_wipe_forgets_the_class(store: ClassroomStore) -> None:
    room = Classroom(store)
    room.enter("student", room.code)
    room.open_as_teacher("teacher", room.secret)
    room.hand_in("student", "one", "answer", 1, ("x", ""))
    assert not room.may_run("student", "one"), "held back until the teacher starts them"
    assert room.may_run("teacher", "one")
    room.start("one")
    assert room.may_run("student", "one")
    assert not room.may_run("student", "two")
    room.start("one", held=True)
    assert not room.may_run("student", "one")
    room.start("one")
    mark, changes = room.mark, room.changes
    room.wipe()
    assert (room.n_visitors, store.answers(), room.is_in("student")) == (0, [], False)
    assert not room.may_run("student", "one")
    assert room.is_teacher("teacher")
    assert room.mark != mark, "what browsers keep belongs to nothing any more"
    assert room.changes > changes


def test_two_codes_and_only_a_random_number_is_kept(store: ClassroomStore) -> None:
    room = Classroom(store)
    assert len(room.code) == CODE_LENGTH
    assert set(room.code) <= set(LETTERS)
    assert room.secret != room.code
    with pytest.raises(ClassroomError, match="give the class code first"):
        room.hand_in("session-of-a-browser", "one", "answer", 1, ("x", ""))
    room.enter("session-of-a-browser", f" {room.code.lower()[:3]} {room.code[3:]} ")
    assert room.is_in("session-of-a-browser")
    assert not room.is_teacher("session-of-a-browser"), "the code does not open the teacher's page"
    room.hand_in("session-of-a-browser", "one", "answer", 1, ("x", ""))
    (kept,) = store.answers()
    assert kept.visitor != "session-of-a-browser"
    assert len(kept.visitor) == 16
    assert set(KEPT_COLUMNS) == {"visitor", "lesson", "kind", "item", "value", "sure"}
    room.open_as_teacher("teacher", room.secret)
    assert room.is_teacher("teacher")
    assert not room.is_in("teacher")


def test_whoever_tries_too_often_waits_even_with_the_right_code(store: ClassroomStore) -> None:
    clock = Clock()
    room = Classroom(store, clock)
    for _ in range(WRONG_TRIES):
        with pytest.raises(ClassroomError, match="not the class code"):
            room.enter("one", "WRONGS")
    with pytest.raises(ClassroomError, match="wait 30 seconds"):
        room.enter("one", room.code)
    room.enter("two", room.code)
    clock.now += WAIT
    room.enter("one", room.code)
    assert room.n_visitors == 2


def test_whoever_looks_like_many_browsers_makes_everybody_wait_a_minute(store: ClassroomStore) -> None:
    clock = Clock()
    room = Classroom(store, clock)
    for number in range(ALL_WRONG_TRIES):
        with pytest.raises(ClassroomError, match="not the teacher's word"):
            room.open_as_teacher(f"browser {number}", "wrong é")
    with pytest.raises(ClassroomError, match="wait a minute"):
        room.open_as_teacher("teacher", room.secret)
    clock.now += 61.0
    room.open_as_teacher("teacher", room.secret)


def test_a_class_has_room_for_so_many_and_each_for_so_many_a_minute(
    store: ClassroomStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    room = Classroom(store, clock)
    monkeypatch.setattr("coproduction.dashboard.classroom.MOST_VISITORS", 2)
    for session in ("one", "two", "one"):
        room.enter(session, room.code)
    with pytest.raises(ClassroomError, match="class is full"):
        room.enter("three", room.code)
    for number in range(MOST_A_MINUTE):
        room.hand_in("one", "one", "answer", number + 1, ("x", ""))
    with pytest.raises(ClassroomError, match="a minute"):
        room.hand_in("one", "one", "answer", 1, ("x", ""))
    room.hand_in("two", "one", "answer", 1, ("x", ""))
    clock.now += 61.0
    room.hand_in("one", "one", "answer", 1, ("x", ""))
    assert classroom_store.MOST_VISITORS == 300


def test_thirty_at_once_lose_nothing(store: ClassroomStore) -> None:
    room = Classroom(store)

    def hand_in(number: int) -> None:
        room.enter(str(number), room.code)
        for item in range(1, 6):
            room.hand_in(str(number), "one", "answer", item, (f"{number} {item}", ""))

    threads = [threading.Thread(target=hand_in, args=(number,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.value for each in store.answers()} == {f"{n} {i}" for n in range(30) for i in range(1, 6)}


@pytest.mark.parametrize(
    ("host", "port", "address"),
    [
        ("127.0.0.1", 8765, ""),
        ("192.0.2.7", 0, ""),
        ("192.0.2.7", 8765, "http://192.0.2.7:8765/lessons"),
        ("2001:db8::1", 80, "http://[2001:db8::1]:80/lessons"),
    ],
)
def test_students_are_told_an_address_that_they_can_reach(host: str, port: int, address: str) -> None:
    assert lessons_address(host, port) == address


def test_a_machine_on_all_networks_tells_one_of_its_own() -> None:
    own = own_address()
    everywhere = "0.0.0.0"  # noqa: S104 - nothing is bound
    assert lessons_address(everywhere, 8765) == (f"http://{own}:8765/lessons" if own else "")
    assert own != everywhere


def test_the_address_that_is_told_can_be_typed() -> None:
    assert to_type("127.0.0.1", 8765) == "http://127.0.0.1:8765/"
    assert to_type("2001:db8::1", 80) == "http://[2001:db8::1]:80/"
    everywhere = to_type("0.0.0.0", 8765)  # noqa: S104 - nothing is bound
    assert everywhere == f"http://{own_address() or '127.0.0.1'}:8765/"
