"""Mesa's own page around the city of agents: each visitor's city is their own, and stops when they leave."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

Come = Callable[..., Any]


@pytest.fixture(scope="module")
def server(chromium: str) -> Iterator[tuple[str, int]]:
    """Address and process of a server that was started as documented."""
    assert chromium
    command = [sys.executable, "-m", "coproduction.dashboard.serve_mesa_page", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        said = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert found, said
        yield found[0], process.pid
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def cpu(process: int) -> float:
    """Return the CPU seconds that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def becomes_quiet(page: Any, process: int) -> bool:
    """Say whether a process comes to a second in which it hardly works, within a minute; a city that plays never does.

    Where the machine has no time for it, it hardly works either: so no second counts in which it wanted to run.
    """
    end = time.monotonic() + 60.0
    while time.monotonic() < end:
        before, waited, began = cpu(process), held_up(process), time.monotonic()
        page.wait_for_timeout(1000)
        passed = time.monotonic() - began
        if cpu(process) - before + held_up(process) - waited < 0.15 * passed:
            return True
    return False


def held_up(process: int) -> float:
    """Return the seconds for which threads of a process wanted to run and had to wait for others."""
    total = 0.0
    for thread in Path(f"/proc/{process}/task").iterdir():
        with suppress(OSError):
            total += int((thread / "schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    return total


def clock(page: Any) -> Any:
    return page.locator("svg text").first


@pytest.mark.nightly
def test_mesas_page_steps_plays_and_stops_with_its_visitor(server: tuple[str, int], visitors: Come) -> None:
    url, process = server
    one, two = visitors(), visitors()
    one.page.goto(url)
    one.page.get_by_text("Before week 1, day 1, at night", exact=True).wait_for()
    one.page.get_by_role("button", name="Step").click()
    one.page.get_by_text("Before week 1, day 1, during the day", exact=True).wait_for()
    two.page.goto(url)
    two.page.get_by_text("Before week 1, day 1, at night", exact=True).wait_for()
    one.page.get_by_role("button", name="▶").click()
    one.page.get_by_text(re.compile("^Before week 1, day [23]")).wait_for()
    assert "day 1, at night" in clock(two.page).text_content(), "each has a city of their own"
    one.page.goto("about:blank")
    two.page.goto("about:blank")
    assert becomes_quiet(two.page, process), "nobody's city plays on"
