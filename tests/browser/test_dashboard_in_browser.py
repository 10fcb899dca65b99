"""The dashboard as visitors meet it: played, turned, looked into and passed on, in a real browser without a network."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Come = Callable[..., Any]


def test_plays_ten_frames_pauses_and_steps(dashboard: str, visitors: Come) -> None:
    visitor = visitors()
    visitor.open(dashboard)
    assert visitor.drawn("watch") == 42, "the end of the burn-in"
    begun = visitor.drawn("frame")
    visitor.press("Play")
    visitor.wait_for(f"maps.every(map => map.frame >= {begun + 10})")
    visitor.press("Pause")
    visitor.page.get_by_role("button", name="Step", exact=True).and_(
        visitor.page.locator(":enabled")
    ).wait_for()
    watch = visitor.drawn("watch")
    assert watch >= 42 + 10 * 3
    visitor.press("Step")
    visitor.wait_for(f"maps.every(map => map.watch === {watch + 3})")
    visitor.page.get_by_text("Over the last").wait_for()
    label = visitor.page.locator(".city-canvas").first.get_attribute("aria-label")
    assert label.startswith("Map A, policy as it is, before week")


def test_a_lever_makes_b_another_city_and_the_link_gives_the_same_picture(
    dashboard: str, visitors: Come
) -> None:
    """Equal policies give equal pixels; a lever that is turned parts them; a link brings all of it to somebody else."""
    visitor = visitors()
    visitor.open(f"{dashboard}?a=as_it_is&b=as_it_is&seed=3&layer=patrol&span=week")
    visitor.press("Step")
    visitor.wait_for("maps.every(map => map.watch === 63)")
    assert visitor.picture(0) == visitor.picture(1)
    visitor.page.get_by_text("Levers of the policy").click()
    budget = visitor.page.locator("input[data-key='policing.budget']")
    budget.fill("600")
    budget.press("Tab")
    visitor.page.get_by_text("In B, budget is 600 from now on.").wait_for()
    visitor.page.get_by_text("Programmes", exact=True).click()
    visitor.page.locator("input[data-key='programmes.foot_patrol']").check()
    visitor.page.get_by_text("In B, foot patrol is 1 from now on.").wait_for()
    visitor.reads("Changed in B so far: budget 600 from week 4 on; foot patrol 1 from week 4 on.")
    budget.fill("1e9")
    budget.press("Tab")
    visitor.reads("Not taken: 1e9. It must be a number from")
    visitor.until(lambda: budget.input_value() == "600")
    visitor.press("Step")
    visitor.wait_for("maps.every(map => map.watch === 84)")
    pictures = [visitor.picture(side) for side in range(3)]
    assert pictures[0] != pictures[1]
    visitor.page.wait_for_function("location.search.includes('watch=84')")
    other = visitors()
    other.open(visitor.page.url)
    other.wait_for("maps.every(map => map.watch === 84)")
    assert [other.picture(side) for side in range(3)] == pictures
    other.until(lambda: other.page.get_by_label("Colour of the maps").input_value() == "patrol")
    other.until(other.page.locator("input[data-key='programmes.foot_patrol']").is_checked)


def test_two_visitors_do_not_touch_each_other(dashboard: str, visitors: Come) -> None:
    one, two = visitors(), visitors()
    one.open(dashboard)
    one.press("Step")
    one.wait_for("maps.every(map => map.watch === 45)")
    two.open(dashboard)
    assert two.drawn("watch") == 42
    two.press("Step")
    two.press("Step")
    two.wait_for("maps.every(map => map.watch === 48)")
    assert one.drawn("watch") == 45


def test_the_keyboard_looks_into_a_cell_and_at_a_person(dashboard: str, visitors: Come) -> None:
    visitor = visitors()
    visitor.open(dashboard)
    visitor.page.locator(".city-canvas").first.focus()
    visitor.page.keyboard.press("ArrowDown")
    spoken = visitor.page.locator(".only-spoken[aria-live]").first
    visitor.until(lambda: "offences per cell" in spoken.inner_text())
    visitor.page.keyboard.press("Enter")
    report = visitor.page.locator(".inspector")
    report.get_by_text("In A: Column").wait_for()
    report.get_by_text("In B: Column").wait_for()
    visitor.page.get_by_label("Choose somebody or something there").select_option(index=1)
    visitor.page.get_by_text("to the last bit").first.wait_for()
    visitor.until(
        lambda: visitor.page.locator("section.account").count() == 2, "the same person in both cities"
    )
    first = visitor.page.locator("section.account summary").first
    first.click()
    assert "trust in police" in visitor.page.locator("section.account table").first.inner_text()


def test_a_fork_makes_b_a_copy_and_the_space_bar_plays(dashboard: str, visitors: Come) -> None:
    visitor = visitors()
    visitor.open(f"{dashboard}?span=week&layer=fear")
    visitor.press("Step")
    visitor.wait_for("maps.every(map => map.watch === 63)")
    visitor.press("Fork: make B a copy of A")
    visitor.page.wait_for_function("location.search.includes('b=as_it_is')")
    visitor.page.get_by_text("B: as it is").wait_for()
    visitor.page.locator(".city-canvas").first.focus()
    visitor.page.keyboard.press("Space")
    visitor.wait_for("maps.every(map => map.watch >= 105)")
    visitor.page.keyboard.press("Space")
    visitor.page.get_by_role("button", name="Play", exact=True).wait_for()
    visitor.page.locator(".city-canvas").first.blur()  # the ring around the cursor goes
    visitor.wait_for("maps[0].frame === maps[1].frame")
    visitor.until(lambda: visitor.picture(0) == visitor.picture(1))
    visitor.page.get_by_label("Policy B").and_(visitor.page.locator("select")).select_option("with_boards")
    visitor.wait_for("maps.length === 3 && maps.every(map => map.watch === 42)")
    visitor.reads("B: with boards")  # a fork can be undone


def test_cities_that_cannot_be_set_side_by_side_are_said_to_be(dashboard: str, visitors: Come) -> None:
    visitor = visitors()
    visitor.page.goto(f"{dashboard}?b=coproduced")
    visitor.page.get_by_text("residents must be the same as in as_it_is.toml, 2000; got 20000").wait_for()
    visitor.press("Show the first policies instead")
    visitor.wait_for("maps.length === 3 && maps.every(map => map.watch === 42)")


def test_a_link_with_mistakes_is_answered_on_the_page(dashboard: str, visitors: Come) -> None:
    visitor = visitors()
    visitor.open(f"{dashboard}?a=/etc/passwd&seed=-1&layer=%3Cscript%3E&change_b=policing.budget%3D1e9%4050")
    visitor.reads(
        "a '/etc/passwd' is not known", "seed must be a whole number", "layer '<script>'", "got 1e+09"
    )
    visitor.press("Step")
    visitor.wait_for("maps.every(map => map.watch === 45)")


def test_what_can_be_taken_away(dashboard: str, visitors: Come, tmp_path: Path) -> None:
    visitor = visitors()
    visitor.open(f"{dashboard}?span=week&watch=84")
    with visitor.page.expect_download() as table:
        visitor.press("Save weeks (CSV)")
    table.value.save_as(tmp_path / "weeks.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "weeks.csv").read_text(encoding="utf-8"))))
    assert [(row["city"], row["week"]) for row in rows] == [("A", "3"), ("A", "4"), ("B", "3"), ("B", "4")]
    with visitor.page.expect_download() as picture:
        visitor.press("Save maps (PNG)")
    picture.value.save_as(tmp_path / "maps.png")
    assert (tmp_path / "maps.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_sticks_out_and_the_map_comes_first(dashboard: str, visitors: Come, width: int) -> None:
    visitor = visitors(width, 844)
    visitor.open(dashboard)
    place = visitor.page.locator(".city-canvas").first.bounding_box()
    assert place["y"] < 300
    assert place["width"] > 0.2 * width
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= width
    visitor.until(lambda: visitor.page.evaluate("document.documentElement.lang") == "en")
