"""The report in a real browser, at the width of a phone and of a desk.

A window of Chromium is never narrower than 500 pixels, so that a phone's width is had by a frame.
"""

import html
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import matplotlib.image
import numpy as np
import pytest

from coproduction.experiments.compare import compare
from coproduction.experiments.report import report
from coproduction.scenarios.scenario import load, replace

PHONE, DESK = 390, 1280
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--virtual-time-budget=10000",
)
POLICY = "default-src 'none';"
LISTENER = """<script>
var refused = [];
document.addEventListener("securitypolicyviolation", function (event) { refused.push(event.blockedURI); });
</script>"""
REPORTER = """<script>
window.addEventListener("load", function () {
  // What lies in a box that scrolls by itself does not make the page wider.
  function inBox(element) {
    for (var up = element.parentElement; up; up = up.parentElement)
      if (["auto", "scroll", "hidden"].includes(getComputedStyle(up).overflowX)) return true;
    return false;
  }
  var wide = Array.from(document.querySelectorAll("body *:not(svg *)")).filter(function (element) {
    var box = element.getBoundingClientRect();
    return box.width > 0 && box.right > innerWidth + 1 && !inBox(element);
  }).map(function (element) { return element.tagName + "." + element.className; });
  var small = Array.from(document.querySelectorAll("svg text")).map(function (text) {
    return parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
  });
  parent.postMessage(JSON.stringify({
    width: innerWidth, scroll_width: document.documentElement.scrollWidth, wide: wide, refused: refused,
    height: document.documentElement.scrollHeight, smallest_text: Math.min.apply(null, small)
  }), "*");
});
</script>"""
WRAPPER = """<!DOCTYPE html><body style="margin:0"><pre id="answer"></pre>
<script>
window.addEventListener("message", function (event) { document.getElementById("answer").textContent = event.data; });
</script>
<iframe src="page.html" style="border:0;width:{width}px;height:{height}px"></iframe></body>"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A page as laid out: pixels, elements that stick out, what was refused, the smallest text of its pictures."""

    width: int
    scroll_width: int
    height: int
    wide: list[str]
    refused: list[str]
    smallest_text: float


class Browser:
    """Runs Chromium once a question, each time with a profile of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder

    def run(self, page: Path, *flags: str) -> str:
        profile = self.folder / "profile"
        command = [self.program, *FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()]
        answer = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        shutil.rmtree(profile, ignore_errors=True)
        return answer.stdout

    def measure(self, page: Path, width: int) -> Measured:
        text = page.read_text(encoding="utf-8")
        assert POLICY in text
        text = text.replace(POLICY, f"{POLICY} script-src 'unsafe-inline';")
        text = text.replace("<title>", LISTENER + "<title>", 1).replace("</body>", REPORTER + "</body>", 1)
        wrapper = self.frame(text, width, 800)
        dom = self.run(wrapper, "--dump-dom", f"--window-size={max(width, 500)},800")
        found = re.search(r'<pre id="answer">(.*?)</pre>', dom, flags=re.DOTALL)
        assert found, "the page did not answer"
        assert found.group(1), "the page did not answer"
        return Measured(**json.loads(html.unescape(found.group(1))))

    def screenshot(self, page: Path, width: int, height: int) -> Path:
        wrapper = self.frame(page.read_text(encoding="utf-8"), width, height)
        picture = self.folder / f"{width}.png"
        self.run(wrapper, f"--screenshot={picture}", f"--window-size={max(width, 500)},{height}")
        return picture

    def frame(self, text: str, width: int, height: int) -> Path:
        (self.folder / "page.html").write_text(text, encoding="utf-8")
        wrapper = self.folder / "wrapper.html"
        wrapper.write_text(
            WRAPPER.replace("{width}", str(width)).replace("{height}", str(height)), encoding="utf-8"
        )
        return wrapper


@pytest.fixture
def browser(chromium: str, tmp_path: Path) -> Browser:
    return Browser(chromium, tmp_path)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Report on a real comparison of all four presets, as small as it can be, one title of them very long."""
    names = ("own_department", "contract", "volunteers", "coproduced")
    scenarios = [replace(load(name), residents=1500, burn_in_weeks=1, measured_weeks=4) for name in names]
    scenarios[2] = replace(scenarios[2], title="Organised volunteering " + "withaverylongwordinit" * 3)
    comparison = compare(scenarios, ceiling=2, minimum=2, workers=1)
    return report(comparison, tmp_path_factory.mktemp("report"))


@pytest.mark.parametrize("width", [PHONE, 768, DESK])
def test_nothing_sticks_out_and_nothing_is_fetched(browser: Browser, page: Path, width: int) -> None:
    measured = browser.measure(page, width)
    assert measured.width == width
    assert measured.wide == []
    assert measured.scroll_width <= width
    assert measured.refused == []
    assert measured.height > 2000
    assert measured.smallest_text >= 8.0, "pixels"


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_page_is_drawn(browser: Browser, page: Path, width: int) -> None:
    picture = matplotlib.image.imread(browser.screenshot(page, width, 1600))[:, :width, :3]
    assert picture.shape[:2] == (1600, width)
    dark = (picture.max(axis=2) < 0.5).mean(axis=1)
    assert dark.mean() < 0.3, "no black page"
    assert (dark > 0).mean() > 0.2, "text on many lines"
    assert np.ptp(picture, axis=2).max() > 0.3, "and colour"


def test_browser_tests_notice_what_sticks_out(browser: Browser, page: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.html"
    extra = '<div style="width:600px">wide</div><img src="https://example.invalid/x.png" alt="">'
    spoilt.write_text(
        page.read_text(encoding="utf-8").replace("</main>", extra + "</main>"), encoding="utf-8"
    )
    measured = browser.measure(spoilt, PHONE)
    assert measured.scroll_width > PHONE
    assert measured.wide[:1] == ["DIV."]
    assert measured.refused == ["https://example.invalid/x.png"]
