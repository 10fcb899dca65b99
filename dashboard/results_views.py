"""The screens of Results. A further analysis is a function of what was found, and an entry here."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from coproduction.dashboard import results_differences, results_equity, results_runs
from coproduction.dashboard.findings import Findings
from coproduction.dashboard.results_link import Asked
from coproduction.dashboard.results_screen import Screen

_drawing = threading.Lock()
"""Matplotlib's settings are one for the whole process: one visitor's picture is drawn at a time."""


@dataclass(frozen=True, slots=True)
class View:
    """A screen.

    name      in the address
    title     on its tab
    about     what it answers, in a sentence
    asks      which of the page's controls it reads: fields of ``Asked``
    screen    makes it; called off the page's thread, and may raise ``CoproductionError``
    """

    name: str
    title: str
    about: str
    asks: tuple[str, ...]
    screen: Callable[[Findings, Asked], Screen]


VIEWS = (
    View(
        "compare",
        "Compare",
        "How does each policy differ from the first, run by run on the same luck?",
        ("x", "policy", "find", "every", "sort"),
        results_differences.compare,
    ),
    View(
        "trade_off",
        "Trade-off",
        "What does a gain in one outcome cost in another?",
        ("x", "y"),
        results_differences.trade,
    ),
    View(
        "equity",
        "Equity",
        "Who gains and who pays? Each gap stands beside its mean.",
        (),
        results_equity.equity,
    ),
    View(
        "uncertainty",
        "Uncertainty",
        "Which of the things that nobody knows moves the answer?",
        ("x", "parameter"),
        results_runs.uncertainty,
    ),
    View(
        "runs",
        "Runs",
        "Every run, how it ended, and where to see it.",
        ("policy", "find", "page"),
        results_runs.runs,
    ),
)
BY_NAME = {view.name: view for view in VIEWS}


def made(found: Findings, asked: Asked) -> Screen:
    """Return the screen that is asked for; its name must be one of ``BY_NAME``."""
    with _drawing:
        return BY_NAME[asked.view].screen(found, asked)
