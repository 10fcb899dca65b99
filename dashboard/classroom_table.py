"""What a class has handed in as a table for spreadsheets: each answer with its question, numbers as they are shown."""

import csv
import io
from collections.abc import Mapping, Sequence

from coproduction.dashboard.classroom_store import Answer
from coproduction.dashboard.lesson_file import Lesson
from coproduction.dashboard.lesson_words import shown_unit, unit_of_change

COLUMNS = ("visitor", "lesson", "kind", "item", "question", "value", "unit", "sure")


def class_table(answers: Sequence[Answer], lessons: Mapping[str, Lesson]) -> str:
    """Return answers as CSV, visitors as numbers in the order in which they came."""
    numbers = {
        visitor: n for n, visitor in enumerate(dict.fromkeys(each.visitor for each in answers), start=1)
    }
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in answers:
        question, unit = _asked(each, lessons.get(each.lesson))
        row = (each.lesson, each.kind, each.item, question, each.value, unit, each.sure)
        writer.writerow([numbers[each.visitor], *map(_harmless, row)])
    return text.getvalue()


def _asked(answer: Answer, lesson: Lesson | None) -> tuple[str, str]:
    """Return the question and the unit of its answer; empty for a lesson that is not taught any more."""
    if lesson is None:
        return "", ""
    if answer.kind.startswith("answer"):
        questions = lesson.explain.questions
        return (questions[answer.item - 1] if answer.item <= len(questions) else ""), ""
    if answer.item > len(lesson.predict):
        return "", ""
    asked = lesson.predict[answer.item - 1]
    if answer.kind == "own_run":
        return asked.question, unit_of_change(asked.outcome)
    return asked.question, shown_unit(asked.outcome) if asked.answer == "level" else ""


def _harmless(value: object) -> object:
    """Return a cell that a spreadsheet takes for text and not for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in set("=+@\t\r") else value
