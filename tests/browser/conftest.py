"""A real browser on a real server: the page must ask nothing of the network and complain of nothing."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 60.0
"""Seconds that anything may take on a machine that does much else; what happens sooner is not waited for."""
COMMAND = """
from coproduction.dashboard import visit
from coproduction.experiments.cli import main

visit.WAIT = {patience}  # a browser that is slow today is no browser that has gone
main()
"""
KNOWN = ("Failed to evaluate Vue script and find module.exports",)
"""What Solara's own page warns of at every visit, on its own account."""
BROUGHT_ABOUT = "\nAttributeError: 'int' object has no attribute 'replace'"
"""How the one traceback ends that a test brings about in the server, with a store that was tampered with."""


@pytest.fixture(scope="session")
def chromium() -> str:
    """Chromium's path; where it is missing these tests are skipped, but never in continuous integration."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found is None:
        message = "no Chromium here: the pages were not looked at; install Debian's package chromium"
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(message)
        pytest.skip(message)
    return found


@dataclass
class Visitor:
    """A tab of the browser, and what went wrong in it."""

    page: Any
    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def open(self, url: str) -> None:
        """Open an address and wait until all three maps are drawn."""
        self.page.goto(url)
        self.page.wait_for_function(
            "document.querySelectorAll('canvas.city-canvas[data-frame]').length === 3"
        )

    def drawn(self, what: str, side: int = 0) -> int:
        """Return the number of the frame that a map shows, or its watch."""
        return int(self.page.evaluate(f"document.querySelectorAll('.city-canvas')[{side}].dataset.{what}"))

    def wait_for(self, condition: str) -> None:
        """Wait until something holds of ``maps``, what each map tells of its frame."""
        self.page.wait_for_function(
            "() => { const maps = [...document.querySelectorAll('.city-canvas')].map(each => ({"
            "frame: +each.dataset.frame, watch: +each.dataset.watch })); return " + condition + "; }"
        )

    def picture(self, side: int) -> int:
        """Return a hash of every pixel of a map."""
        return int(
            self.page.evaluate(
                "side => { const canvas = document.querySelectorAll('.city-canvas')[side];"
                "const seen = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
                "let hash = 0; for (let i = 0; i < seen.length; i++) hash = (hash * 31 + seen[i]) | 0; return hash; }",
                side,
            )
        )

    def reads(self, *notes: str) -> None:
        """Wait until the page says all of this."""
        for note in notes:
            self.page.get_by_text(note).wait_for()

    def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Wait until something holds of the page that the server changes in its own time."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, what or "it did not come to hold"
            self.page.wait_for_timeout(20)

    def press(self, button: str) -> None:
        """Press a button by its words."""
        self.page.get_by_role("button", name=button, exact=True).click()

    def _heard(self, message: Any) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(KNOWN):
            self.complaints.append(message.text)

    def _asked(self, request: Any) -> None:
        if request.url.startswith("http") and "//127.0.0.1:" not in request.url:
            self.outside.append(request.url)

    def _answered(self, response: Any) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} {response.url}")


@pytest.fixture(scope="session")
def small_policies(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two scenario files for a small city with a short burn-in."""
    folder = tmp_path_factory.mktemp("policies")
    head = "residents = 2000\nresidents_per_cell = 10\nburn_in_weeks = 2\nmeasured_weeks = 20\n"
    files = []
    for name, policy in (("as_it_is", ""), ("with_boards", "[policy]\nboards = 0.5\nmeetings = 11\n")):
        files.append(folder / f"{name}.toml")
        files[-1].write_text(
            f'[scenario]\nname = "{name}"\ntitle = "{name.replace("_", " ")}"\ncity = "columbus"\n{head}\n{policy}',
            encoding="utf-8",
        )
    return files


@dataclass(frozen=True)
class Server:
    """A server that was started by the command: its address, and what its terminal showed until then."""

    url: str
    said: str


@contextmanager
def serving(*words: str) -> Iterator[Server]:
    """Start the dashboard with some words on a free port; end it, and see that it went quietly."""
    command = [sys.executable, "-c", COMMAND.format(patience=PATIENCE), "dashboard"]
    command += [*words, "--no-open", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr
        said = ""
        try:
            for line in server.stderr:
                said += line
                if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                    yield Server(found[0], said)
                    break
            else:
                pytest.fail(f"the server did not start: {said}")
        finally:
            server.send_signal(signal.SIGINT)
            _, rest = server.communicate(timeout=PATIENCE)
        assert rest.count("Traceback") == rest.count(BROUGHT_ABOUT), rest


@pytest.fixture(scope="session")
def serve(chromium: str) -> Callable[..., AbstractContextManager[Server]]:
    """Give the function that starts the dashboard, where there is a browser to look at it."""
    assert chromium
    return serving


@pytest.fixture(scope="session")
def dashboard(
    serve: Callable[..., AbstractContextManager[Server]], small_policies: list[Path]
) -> Iterator[str]:
    """Address of a server with two small cities."""
    with serve(*map(str, small_policies)) as server:
        yield server.url


@pytest.fixture(scope="module")
def engine(chromium: str) -> Iterator[Any]:
    """The browser. Not for the whole session: while it runs, no other test of the process can run an event loop."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visitors(engine: Any) -> Iterator[Any]:
    """Give a function that lets a new visitor come, with cookies and storage of its own; nobody may complain."""
    came = []

    def come(width: int = 1280, height: int = 900) -> Visitor:
        context = engine.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        context.set_default_timeout(1000 * PATIENCE)
        came.append((context, Visitor(context.new_page())))
        return came[-1][1]

    yield come
    # Looked at before the tab is closed: what is still being loaded then is broken off, and complains of it.
    complaints = [each for _, visitor in came for each in (*visitor.complaints, *visitor.outside)]
    for context, _ in came:
        context.close()
    assert complaints == []
