"""Takes the pictures of every page of the dashboard for docs/dashboard.md, at the width of a desk and of a phone.

    .venv/bin/python -m tests.browser.pictures docs/pictures

Run it after a change of what a page looks like, and look at them.
"""

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, NAMES, serving

WIDTHS = {"desk": (1280, 1000), "phone": (390, 1100)}
COLOURS = 96
"""Of a picture as it is kept: enough for flat pages and maps."""
LESSON = "lessons?lesson=the_report_that_never_came"


def come_in(page: Any, words: str) -> None:
    """Give the class code where it is asked for."""
    page.get_by_label("Class code").fill(words.split(maxsplit=1)[0])
    page.get_by_role("button", name="Come in").click()


def drawn(page: Any, _: str) -> None:
    """Wait for the maps."""
    page.wait_for_function(
        "document.querySelectorAll('canvas.city-canvas[data-frame]').length === 3", timeout=60_000
    )
    page.wait_for_timeout(2_000)


def looked_into(page: Any, words: str) -> None:
    """Look into a cell, and scroll to what is told of whom the link follows."""
    drawn(page, words)
    page.get_by_text(re.compile("^Following ")).first.scroll_into_view_if_needed()
    page.wait_for_timeout(1_500)


def settled(page: Any, _: str) -> None:
    """Wait for the figures of a screen."""
    page.wait_for_timeout(4_000)


def lesson(page: Any, words: str) -> None:
    """Come in and wait for the step."""
    come_in(page, words)
    page.wait_for_timeout(2_500)


def compared(page: Any, words: str) -> None:
    """Predict and run all pairs, as the teacher may at any time, and go on to what they found."""
    there = page.url
    page.goto(there.split("lessons", maxsplit=1)[0] + "class")
    teacher(page, words)
    page.goto(there)
    page.locator("input[type=number]").fill("40")
    for label in ("It falls", "Fairly sure"):
        for each in page.get_by_label(label).all():
            each.check()
    page.get_by_role("button", name="Hand in my predictions").click()
    page.get_by_role("heading", name=re.compile("^Run ")).wait_for()
    run = page.get_by_role("button", name=re.compile(r"^Run \d+ pairs"))
    if run.is_visible():  # the next visitor finds them run
        run.click()
    page.get_by_role("button", name="Go on: compare").click(timeout=120_000)
    page.wait_for_timeout(3_000)


def teacher(page: Any, words: str) -> None:
    """Open the teacher's page."""
    page.get_by_label("Teacher's word").fill(words.split()[1])
    page.get_by_role("button", name="Open").click()
    page.wait_for_timeout(3_000)


WATCH = "?a=own_department&b=coproduced&layer=crime&span=week&watch=798"
SCREENS: dict[str, tuple[str, Callable[[Any, str], None]]] = {
    "explore": (WATCH, drawn),
    "follow_resident": (f"{WATCH}&follow=resident-4000", looked_into),
    "results_compare": ("results", settled),
    "results_trade_off": ("results?view=trade_off", settled),
    "results_equity": ("results?view=equity", settled),
    "results_uncertainty": ("results?view=uncertainty", settled),
    "results_runs": ("results?view=runs", settled),
    "lesson_read": (LESSON, lesson),
    "lesson_predict": (f"{LESSON}&step=predict", lesson),
    "lesson_compare": (f"{LESSON}&step=predict", compared),
    "class": ("class", teacher),
    "no_such_page": ("no_such_page", settled),
}


def main(folder: Path) -> None:
    """Take all pictures into a folder, and say what could not be."""
    folder.mkdir(parents=True, exist_ok=True)
    with serving("--class") as server, sync_playwright() as playwright:
        words = " ".join(re.findall(r"(?:code|word).*: (\S+)", server.said))
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, NAMES)), None), args=FLAGS
        )
        for name, (path, ready) in SCREENS.items():
            for where, (width, height) in WIDTHS.items():
                context = browser.new_context(viewport={"width": width, "height": height})
                page = context.new_page()
                page.goto(server.url + path)
                ready(page, words)
                file = folder / f"{name}_{where}.png"
                page.screenshot(path=file)
                Image.open(file).convert("RGB").quantize(COLOURS).save(file, optimize=True)
                sys.stdout.write(f"{file}  {file.stat().st_size // 1024} kB\n")
                context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures"))
