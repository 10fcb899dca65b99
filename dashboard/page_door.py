"""The door of a class: where a word is given that opens a page of it."""

from collections.abc import Callable

import solara

from coproduction.dashboard.classroom_store import ClassroomError
from coproduction.dashboard.lesson_controls import Entry
from coproduction.dashboard.page_parts import html
from coproduction.experiments.report import wording

LONGEST = 100
"""Letters of a word that are looked at."""


@solara.component
def Door(label: str, button: str, try_word: Callable[[str], None], *, secret: bool = False) -> None:
    """A word to enter; ``try_word`` lets the visitor in or says by ``ClassroomError`` why not.

    secret  what is typed is not shown
    """
    complaint = solara.use_reactive("")

    def entered(given: list[object]) -> None:
        try:
            try_word(str(given[1])[:LONGEST])
        except ClassroomError as error:
            complaint.set(str(error).removeprefix("class: "))

    Entry.element(label=label, button=button, secret=secret, entered=[0, ""], on_entered=entered)
    with solara.v.Html(tag="div", attributes={"role": "alert"}):
        if complaint.value:
            html("p", wording.sentence_start(complaint.value), "note")
