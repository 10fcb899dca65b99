"""Every page of the dashboard by the rules of axe-core: nothing that keeps somebody out, at a desk and on a phone.

The scan finds what a machine can find (names, contrast, roles, order); keyboards and words are tested beside it.
"""

from collections.abc import Callable
from typing import Any

import pytest

Come = Callable[..., Any]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
BAD = {"serious", "critical"}
SCREENS = (
    "results?view=uncertainty",
    "results?view=runs",
)
"""Beside the pages that the header links to; at a desk only, since they are made of the same parts."""


def faults(visitor: Any) -> list[str]:
    """Return what axe finds serious or critical on the page as it stands, a sentence each."""
    from axe_playwright_python.sync_playwright import Axe

    found = (
        Axe().run(visitor.page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    )
    return [
        f"{visitor.page.url}: {each['id']}, {each['help']}: {[node['target'] for node in each['nodes']][:3]}"
        for each in found
        if each["impact"] in BAD
    ]


def settled(visitor: Any) -> None:
    """Wait until the page has drawn what it opens with."""
    visitor.page.locator("h1").wait_for()
    visitor.page.wait_for_function(
        "() => { const maps = document.querySelectorAll('canvas.city-canvas'); "
        "const busy = /^(Reading|Running the city)/m.test(document.querySelector('main')?.innerText ?? 'Reading'); "
        "const drawn = location.pathname !== '/' || maps.length === 3; "
        "return drawn && !busy && [...maps].every(map => map.dataset.frame) && document.documentElement.lang; }"
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious_on_any_page(dashboard: str, visitors: Come, width: int) -> None:
    visitor = visitors(width, 844)
    visitor.page.goto(dashboard)
    links = visitor.page.locator("nav.pages a")
    links.first.wait_for()
    pages = [link.get_attribute("href").lstrip("/") for link in links.all()]
    assert {"", "results"} <= set(pages)
    found, waiting = [], [*pages, *(SCREENS if width > 1000 else ())]
    for path in waiting:
        visitor.page.goto(dashboard + path)
        settled(visitor)
        found += faults(visitor)
        assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width, path
        if path and path in pages:  # a page may open further ones of its own, as that of the lessons does
            further = visitor.page.locator(f"main a[href^='/{path}?']")
            waiting += [link.get_attribute("href").lstrip("/") for link in further.all()[:1]]
    assert found == []


def test_the_scan_finds_what_is_wrong(visitors: Come) -> None:
    """A picture without words, and grey on grey: were the scan not to run, this would fail."""
    visitor = visitors()
    visitor.page.set_content(
        "<html lang=en><title>x</title><main><img src='data:,'><p style='color:#aaa;background:#ccc'>words</p>"
    )
    assert {fault.split(": ")[1].split(",")[0] for fault in faults(visitor)} >= {
        "image-alt",
        "color-contrast",
    }
