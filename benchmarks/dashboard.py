"""The dashboard as visitors meet it: time to interactive, frames a second, memory, many visitors at a time.

    python -m benchmarks.dashboard [--seconds 30 | --long] [--visitors 20]

Starts the real server by its command and looks at it with a real Chromium on the same machine. The many visitors speak
to the server as the page does but draw nothing (``light_visitor.py``): as many browsers would take the processors from
the server, and in a classroom each has one of its own. ``--long`` plays five minutes.
"""

import argparse
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.light_visitor import LightVisitor

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
PLAYABLE = """() => document.querySelectorAll('canvas.city-canvas[data-frame]').length === 3 &&
  [...document.querySelectorAll('button')].some(each => each.textContent.trim() === 'Play' && !each.disabled)"""
FRAME = "() => +document.querySelector('.city-canvas').dataset.frame"
BETWEEN = 0.15
"""Seconds from one control turned to the next, by whichever visitor: of twenty, each turns one every three seconds."""
LARGE = """[scenario]
name = "{name}"
title = "{title}"
city = "columbus"
residents = 50000
residents_per_cell = 10
burn_in_weeks = 4
measured_weeks = 400
"""


@dataclass
class Server:
    """A server that was started by the command."""

    url: str
    process: "subprocess.Popen[str]"

    @property
    def cpu(self) -> float:
        """CPU seconds that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) / 1024.0 if found else float("nan")


@contextmanager
def serving(*policies: str) -> Iterator[Server]:
    """Start the dashboard on a free port; end it."""
    command = [sys.executable, "-c", "from coproduction.experiments.cli import main; main()", "dashboard"]
    with subprocess.Popen(
        [*command, *policies, "--no-open", "--port", "0"], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        for line in process.stderr:
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                try:
                    yield Server(found[0], process)
                finally:
                    process.send_signal(signal.SIGINT)
                    process.communicate(timeout=30)
                return
        raise RuntimeError("the server did not start")


def visitor(browser: Any) -> Any:
    """Give the tab of a visitor who has never been here."""
    return browser.new_context(viewport={"width": 1280, "height": 900}).new_page()


def opened(page: Any, url: str) -> float:
    """Open an address; return seconds until the maps are drawn and play can begin."""
    began = time.monotonic()
    page.goto(url)
    page.wait_for_function(PLAYABLE, timeout=180_000)
    return time.monotonic() - began


def press(page: Any, button: str) -> None:
    """Press a button by its words."""
    page.get_by_role("button", name=button, exact=True).click()


def heap(page: Any) -> float:
    """Return what scripts hold in memory after a collection, megabytes."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    metrics = session.send("Performance.enable") or session.send("Performance.getMetrics")
    session.detach()
    used = next(each["value"] for each in metrics["metrics"] if each["name"] == "JSHeapUsedSize")
    return float(used) / 2**20


def interactive(browser: Any, server: Server) -> dict[str, Any]:
    """Measure from navigation to interactive: for the very first visitor, and for those who come later."""
    first = visitor(browser)
    seconds = {"first_visit_ever": round(opened(first, server.url), 2)}
    first.context.close()
    later = []
    for _ in range(5):
        page = visitor(browser)
        later.append(opened(page, server.url))
        page.context.close()
    return {
        **seconds,
        "median": round(statistics.median(later), 2),
        "longest": round(max(later), 2),
        "asked": 3.0,
    }


def one_large_city(browser: Any, server: Server, seconds: float) -> dict[str, Any]:
    """Play a city of 50,000 residents on a grid of 93 by 127 at 10 frames a second."""
    page = visitor(browser)
    opened(page, f"{server.url}?span=watch&speed=10&seed=1")
    press(page, "Play")
    time.sleep(5.0)  # until it plays evenly
    memory, scripts, cpu = [server.megabytes], [heap(page)], server.cpu
    began, first = time.monotonic(), page.evaluate(FRAME)
    for _ in range(5):
        time.sleep(seconds / 5.0)
        memory.append(server.megabytes)
        scripts.append(heap(page))
    lasted, frames = time.monotonic() - began, page.evaluate(FRAME) - first
    used = server.cpu - cpu
    page.context.close()
    return {
        "seconds": round(lasted),
        "frames_a_second": round(frames / lasted, 2),
        "asked": 10,
        "server_cpu_ms_a_frame": round(1000.0 * used / max(frames, 1), 1),
        "server_megabytes": [round(each, 1) for each in memory],
        "script_megabytes": [round(each, 1) for each in scripts],
    }


def many_visitors(server: Server, number: int, seconds: float) -> dict[str, Any]:
    """Let visitors play the demo city at a time, and turn a control of each meanwhile."""
    visitors = [LightVisitor(server.url, "?span=watch&speed=3") for _ in range(number)]
    for each in visitors:
        if not each.ready.wait(120.0):
            raise TimeoutError("a visitor saw no maps in two minutes")
        each.press("Play")
    time.sleep(3.0)
    cpu, began, before = server.cpu, time.monotonic(), [each.drawn for each in visitors]
    answers: list[float] = []
    while time.monotonic() - began < seconds:
        layer = ("fear", "crime")[len(answers) // number % 2]
        for each in visitors:
            answers.append(each.colour(layer))
            time.sleep(BETWEEN)
    lasted, used = time.monotonic() - began, server.cpu - cpu
    # A frame is sent once more when the layer changes; that is no step of play.
    again = len(answers) / number
    shown = [(each.drawn - first - again) / lasted for each, first in zip(visitors, before, strict=True)]
    for each in visitors:
        each.leave()
    return {
        "visitors": number,
        "cores": len(os.sched_getaffinity(0)),
        "frames_a_second_fewest": round(min(shown), 2),
        "frames_a_second_mean": round(statistics.mean(shown), 2),
        "asked": 2,
        "server_cpu_ms_a_frame": round(1000.0 * used / max(sum(shown) * lasted, 1.0), 1),
        "server_cores": round(used / lasted, 2),
        "controls_turned": len(answers),
        "answer_ms_95th_percentile": round(1000.0 * statistics.quantiles(answers, n=20)[-1]),
        "answer_asked_ms": 1000,
        "server_megabytes": round(server.megabytes, 1),
    }


def main() -> int:
    """Measure, and print a line a measurement."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=30.0, help="that the large city is played")
    parser.add_argument("--long", action="store_true", help="play it for five minutes")
    parser.add_argument("--visitors", type=int, default=20, help="who play the demo city at a time")
    asked = parser.parse_args()
    chromium = next((path for path in map(shutil.which, NAMES) if path), None)
    if chromium is None or find_spec("playwright") is None:
        print(
            "The dashboard was not measured: it takes Chromium and the package playwright, as make test brings it."
        )
        return 0
    from playwright.sync_api import sync_playwright

    def told(what: str, figures: dict[str, Any]) -> None:
        print(json.dumps({"dashboard": what, "load": round(os.getloadavg()[0], 1), **figures}), flush=True)

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        with serving() as server:
            told("interactive, demo city, seconds", interactive(browser, server))
            told("many visitors", many_visitors(server, asked.visitors, min(asked.seconds, 30.0)))
        files = [Path(folder) / f"{name}.toml" for name in ("large", "large_with_boards")]
        for file, policy in zip(files, ("", "[policy]\nboards = 0.5\nmeetings = 11\n"), strict=True):
            head = LARGE.format(name=file.stem, title=file.stem.replace("_", " "))
            file.write_text(head + policy, encoding="utf-8")
        with serving(*map(str, files)) as server:
            seconds = 300.0 if asked.long else asked.seconds
            told("one visitor, large city", one_large_city(browser, server, seconds))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
