"""Who is met in the city: followed on the map and in the table, cases from offence to outcome, looking back, files."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

Come = Callable[..., Any]


def test_a_person_is_found_in_the_table_and_followed_while_the_city_plays(
    dashboard: str, visitors: Come
) -> None:
    visitor = visitors()
    visitor.open(f"{dashboard}?span=week&watch=126")
    plain = visitor.picture(0)
    visitor.press("Open the table")
    page = visitor.page
    page.locator("table.people tbody tr").first.wait_for()
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Times a victim")
    page.get_by_role("button", name="Trust", exact=True).click()
    page.locator("th[aria-sort=descending]", has_text="Trust").wait_for()
    page.locator("table.people thead button[data-key=trust]").click()
    page.locator("th[aria-sort=ascending]", has_text="Trust").wait_for()
    trust = [float(cell) for cell in page.locator("table.people tbody tr td:nth-child(5)").all_inner_texts()]
    assert len(trust) == 200
    assert trust == sorted(trust)
    row = page.locator("table.people tbody button").nth(3)
    resident = row.inner_text()
    row.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=f"Following resident {resident}").wait_for()
    page.wait_for_function(f"location.search.includes('follow=resident-{resident}')")
    page.get_by_text("in both cities before").wait_for()
    visitor.reads("Ties:")
    visitor.until(lambda: visitor.picture(0) != plain, "a ring and lines are on the map")
    visitor.press("Play")
    visitor.wait_for("maps.every(map => map.watch >= 189)")
    page.get_by_text(f"Pause to see why resident {resident} decides").first.wait_for()
    visitor.press("Pause")
    page.locator("section.account").nth(1).wait_for()
    page.get_by_text("Trust in the police of this person").first.wait_for()
    visitor.press("Follow nobody")
    page.get_by_role("heading", name=f"Following resident {resident}").wait_for(state="detached")


def test_a_case_is_followed_from_offence_to_outcome_in_both_cities(dashboard: str, visitors: Come) -> None:
    visitor = visitors()
    visitor.open(f"{dashboard}?watch=126&follow=case-20&side=b")
    page = visitor.page
    page.get_by_role("heading", name="Following case 21").wait_for()
    page.locator("table.facts tr", has_text="What has become of it").wait_for()
    assert "by offender" in page.locator(".followed ol li").first.inner_text()
    page.get_by_role("button", name="Tell it with every term, in B").click()
    page.get_by_text("the same to the last bit").first.wait_for()
    visitor.open(f"{dashboard}?watch=126&follow=officer-1")
    page.locator("section.account").nth(1).wait_for()
    visitor.open(f"{dashboard}?follow=resident-99999999")
    page.get_by_text("There is no resident 99999999 in A now.").wait_for()
    visitor.press("Step")
    visitor.wait_for("maps.every(map => map.watch === 45)")


def test_looking_back_shows_the_same_pixels_the_present_comes_back_and_is_saved(
    dashboard: str, visitors: Come, tmp_path: Path
) -> None:
    visitor = visitors()
    visitor.open(f"{dashboard}?span=day&layer=patrol")
    page, seen = visitor.page, []
    for step in range(1, 4):
        visitor.press("Step")
        visitor.wait_for(f"maps.every(map => map.watch === {42 + 3 * step})")
        seen.append([visitor.picture(side) for side in range(3)])
        page.get_by_role("button", name="Step", exact=True).and_(page.locator(":enabled")).wait_for()
    slider = page.get_by_role("slider")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    visitor.wait_for("maps.every(map => map.watch === 45)")
    assert [visitor.picture(side) for side in range(3)] == seen[0]
    page.get_by_text("The maps show the city before week 3, day 2").wait_for()
    assert "week 3, day 4" in page.locator(".clock").inner_text(), "the clock is of the present"
    visitor.press("Back to the present")
    visitor.wait_for("maps.every(map => map.watch === 51)")
    assert [visitor.picture(side) for side in range(3)] == seen[2]
    for button, element in (("Save maps (SVG)", "rect"), ("Save charts (SVG)", "g")):
        with page.expect_download() as saved:
            visitor.press(button)
        file = tmp_path / saved.value.suggested_filename
        saved.value.save_as(file)
        assert file.suffix == ".svg"
        assert len(list(ET.parse(file).iter(f"{{http://www.w3.org/2000/svg}}{element}"))) >= 8  # noqa: S314


def test_whoever_asks_for_little_motion_gets_it_and_maps_grow_on_a_wall(
    dashboard: str, visitors: Come
) -> None:
    visitor = visitors(2400, 1300)
    visitor.page.emulate_media(reduced_motion="reduce")
    visitor.open(dashboard)
    visitor.page.wait_for_function("location.search.includes('speed=2')")
    visitor.until(visitor.page.get_by_role("button", name="Play", exact=True).is_enabled)
    assert visitor.page.locator(".city-canvas").first.bounding_box()["width"] > 480
