"""Lessons as a class meets them: from reading to trying, two students and a teacher, in a real browser."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from coproduction.dashboard.lesson_file import PACKAGED, read_lesson
from coproduction.dashboard.lesson_handout import handout
from coproduction.dashboard.lesson_result import computed
from coproduction.experiments.cli import main

Come = Callable[..., Any]
LESSON = "lessons?lesson=asking_for_help"


@dataclass(frozen=True)
class Served:
    """A server with a class: its address, and what its terminal showed."""

    url: str
    code: str
    word: str


@pytest.fixture(scope="module")
def served(serve: Callable[..., Any]) -> Iterator[Served]:
    """A server with the small lesson of the documentation and an open class."""
    own = Path(__file__).parents[2] / "docs/lessons"
    with serve("--lessons", str(own), "--class") as server:
        code, word = re.search(r"code.*: (\w+)", server.said), re.search(r"word.*: (\S+)", server.said)
        assert code
        assert word
        yield Served(server.url, code[1], word[1])


def _come_in(visitor: Any, served: Served, page: str = "lessons") -> Any:
    """Let a student in by the class code; return the tab."""
    visitor.page.goto(served.url + page)
    visitor.page.get_by_label("Class code").fill(served.code.lower())
    visitor.press("Come in")
    return visitor.page


def _open_as_teacher(visitor: Any, served: Served) -> None:
    """Open the teacher's page, which the class code does not."""
    visitor.page.goto(f"{served.url}class")
    for word in (served.code, served.word):
        visitor.page.get_by_label("Teacher's word").fill(word)
        visitor.press("Open")
        if word == served.code:
            visitor.page.get_by_text("That is not the teacher's word").wait_for()


def _hand_in(visitor: Any, change: str, level: str) -> None:
    """Answer both questions of the small lesson."""
    page = visitor.page
    page.get_by_label(change).check()
    page.locator("input[type=number]").fill(level)
    for sure in page.get_by_label("Fairly sure").all():
        sure.check()
    visitor.press("Hand in my predictions")


def _fill_in_by_halves(visitor: Any) -> None:
    """Forget something, and load the page anew: drafts stay in this tab."""
    page = visitor.page
    page.locator("input[type=number]").fill("150")
    visitor.press("Hand in my predictions")
    missing = page.locator(".missing")
    missing.get_by_text("Answer 2: from 0 to 100.").wait_for()
    missing.get_by_text("Answer 1, how sure: choose one.").wait_for()
    page.get_by_label("It falls").check()
    page.locator("input[type=number]").fill("33")
    page.reload()  # half-filled predictions stay in this tab
    page.get_by_label("It falls").wait_for()
    visitor.until(page.get_by_label("It falls").is_checked)
    visitor.until(lambda: page.locator("input[type=number]").input_value() == "33")


def _go_back_and_load_anew(visitor: Any) -> None:
    """Back is the step before; own luck is found again, and all pairs wait for the teacher."""
    page = visitor.page
    luck = page.get_by_text("On luck").inner_text()
    page.go_back()  # to the step before, not out of the lesson
    page.get_by_text("Handed in: ").wait_for()
    visitor.until(page.get_by_label("It falls").is_disabled)
    page.go_forward()
    page.get_by_text(luck).wait_for()
    page.reload()
    page.get_by_text(luck).wait_for()
    page.get_by_text("Your teacher starts them").wait_for()
    visitor.until(page.get_by_role("button", name="4 Compare").is_disabled)


def _start_the_pairs(teacher: Any, served: Served) -> None:
    """Turn the teacher's switch; the page finds by itself that they have been run."""
    _open_as_teacher(teacher, served)
    teacher.press("Start all 5 pairs for the class")
    teacher.page.get_by_text("All 5 pairs are open to the class.").wait_for()
    teacher.page.get_by_text("Runs: it rises in 5 of 5 paired runs").wait_for()


def _sees_the_counts(teacher: Any, served: Served) -> None:
    """The code, and what the class predicts."""
    assert teacher.page.locator(".class-code").inner_text() == served.code
    row = teacher.page.get_by_role("row", name=re.compile("^rises"))
    teacher.until(lambda: row.locator("td").first.inner_text().strip() == "1")


def _wipe(teacher: Any, two: Any) -> None:
    """Wipe: students are out of the class, and their browsers forget."""
    teacher.press("Wipe all answers")
    teacher.page.get_by_role("button", name=re.compile(r"Yes, wipe \d+ answers for good")).click()
    teacher.page.get_by_text("Nothing has been handed in yet").wait_for()
    teacher.page.get_by_text("0 students have come in").wait_for()
    two.page.get_by_label("Class code").wait_for()  # the students' pages go back to the door, and forget
    kept = "Object.keys(sessionStorage).filter(key => key.startsWith('coproduce ')).length"
    two.until(lambda: two.page.evaluate(kept) == 0)


def test_a_lesson_from_read_to_try(served: Served, visitors: Come) -> None:
    visitor = visitors()
    page = _come_in(visitor, served)
    page.get_by_role("link", name="Asking for help").click()
    page.get_by_text("Most people who volunteer were").wait_for()
    visitor.until(page.get_by_role("button", name="3 Run").is_disabled, "closed until a prediction is made")
    visitor.press("Go on: predict")
    page.get_by_role("button", name="Hand in my predictions").wait_for()
    _fill_in_by_halves(visitor)
    _hand_in(visitor, "It falls", "40")
    visitor.press("Run one pair")
    _go_back_and_load_anew(visitor)
    teacher = visitors()
    _start_the_pairs(teacher, served)
    visitor.press("Go on: compare")
    page.get_by_text("You said it falls (fairly sure); it rises in 5 of 5 paired runs").wait_for()
    page.get_by_text(re.compile(r"You said 40 \(fairly sure\); in the runs it is \d")).wait_for()
    page.get_by_role("img", name=re.compile("by income fifth|Change in volunteer hours")).wait_for()
    visitor.until(lambda: page.locator(".lesson-table table").count() == 3)
    visitor.press("Go on: explain")
    assert page.get_by_text("being asked", exact=True).count() == 0, "the model's account comes second"
    page.get_by_label("1. Why does").fill("They had not been asked before.")
    visitor.press("4 Compare")
    page.get_by_role("heading", name="What the runs found").wait_for()
    visitor.press("5 Explain")
    visitor.until(lambda: page.get_by_label("1. Why does").input_value() == "They had not been asked before.")
    visitor.press("Hand in, and show the model's account")
    page.locator("strong", has_text="being asked").wait_for()
    visitor.press("Go on: try")
    link = page.get_by_role("link", name="Try 1 in Explore").get_attribute("href")
    assert link == (
        "/?a=as_it_is&b=asked&seed=1&layer=volunteers&span=week&speed=8&change_b=policing.coordinators%3D0.0%4063"
    )


def test_a_class_of_two_and_its_teacher(served: Served, visitors: Come, tmp_path: Path) -> None:
    one, two, teacher = visitors(), visitors(390, 844), visitors()
    one.page.goto(f"{served.url}lessons?lesson=../../etc/passwd")
    one.page.get_by_text("There is no lesson").wait_for()
    one.page.get_by_label("Class code").fill("WRONGS")
    one.press("Come in")
    one.page.get_by_text("That is not the class code").wait_for()
    _come_in(one, served, f"{LESSON}&step=explain&p1=falls,sure&p2=40,sure")  # a link of somebody else's
    one.page.get_by_text("opens when the predictions are handed in").wait_for()
    one.press("Go on: predict")
    _hand_in(one, "It rises", "20")
    _come_in(two, served, f"{LESSON}&step=predict")
    _hand_in(two, "It stays about the same", "60")
    two.page.get_by_role("heading", name="Run (2 minutes)").wait_for()
    two.page.wait_for_function("window.scrollY === 0 && document.activeElement.tagName === 'H2'")
    for student in (one, two):
        student.press("Run one pair")
        student.page.get_by_text("On luck").wait_for()
        assert (
            student.page.evaluate("document.documentElement.scrollWidth")
            <= student.page.viewport_size["width"]
        )
    _open_as_teacher(teacher, served)
    teacher.page.get_by_role("heading", name="Asking for help").wait_for()
    _sees_the_counts(teacher, served)
    two.page.goto(f"{served.url}{LESSON}&step=explain")  # a bare link, of somebody who has handed in
    two.page.get_by_label("1. Why does").fill("=HYPERLINK(1) <b>bold</b>")
    two.press("Hand in, and show the model's account")
    two.page.goto(f"{served.url}{LESSON}")  # comes back without a link: the class knows what was said
    two.press("5 Explain")
    two.until(lambda: two.page.get_by_label("1. Why does").input_value() == "=HYPERLINK(1) <b>bold</b>")
    two.page.get_by_label("1. Why does").fill("Another answer, when the account is known")
    two.press("Hand in again")
    two.page.get_by_text("Handed in.").wait_for()
    teacher.page.get_by_text("After the lesson: save or wipe").click()
    with teacher.page.expect_download() as table:
        teacher.press("Save answers (CSV)")
    table.value.save_as(tmp_path / "class.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "class.csv").read_text(encoding="utf-8"))))
    predictions = {(row["item"], row["value"], row["sure"]) for row in rows if row["kind"] == "prediction"}
    assert {
        ("1", "rises", "fairly"),
        ("1", "same", "fairly"),
        ("2", "20", "fairly"),
        ("2", "60", "fairly"),
    } <= predictions
    assert [row["value"] for row in rows if row["value"].endswith("</b>")] == ["'=HYPERLINK(1) <b>bold</b>"]
    assert served.url not in (tmp_path / "class.csv").read_text(encoding="utf-8")
    assert "Another answer, when the account is known" in {row["value"] for row in rows}
    _wipe(teacher, two)


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_a_hand_out_prints_on_two_pages(visitors: Come, tmp_path: Path) -> None:
    own = Path(__file__).parents[2] / "docs/lessons/asking_for_help"
    ended = CliRunner().invoke(main, ["lesson", str(own), "--handout", str(tmp_path / "sheet.html")])
    assert ended.exit_code == 0, ended.stderr
    assert "The lesson is in order." in ended.stdout
    page = visitors().page
    page.goto((tmp_path / "sheet.html").as_uri())
    said = "It rises in 5 of 5 paired runs"
    assert said in page.locator(".key").inner_text()
    assert said not in page.locator(".sheet").inner_text(), "the answers are on a page of their own"
    assert _pages(page.pdf(prefer_css_page_size=True)) == 2


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["the_report_that_never_came", "contract_or_community"])
def test_a_packaged_hand_out_prints_a_sheet_and_a_key_of_two_pages(
    visitors: Come, tmp_path: Path, name: str
) -> None:
    lesson = read_lesson(PACKAGED / name)
    (tmp_path / "sheet.html").write_text(handout(lesson, computed(lesson, lambda _done, _of: None)), "utf-8")
    page = visitors().page
    page.goto((tmp_path / "sheet.html").as_uri())
    assert _pages(page.pdf(prefer_css_page_size=True)) == 3
