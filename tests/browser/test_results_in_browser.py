"""Results as visitors meet them: looked at, narrowed, saved, passed on; and bad input, said on the page."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coproduction.experiments.sweeps.differences import differences
from coproduction.experiments.sweeps.reading import read_sweep

Come = Callable[..., Any]
STORE = Path(__file__).parents[2] / "docs" / "columbus_sweep-store"


def saved(visitor: Any, button: str, place: Path) -> str:
    """Press a button that saves a file; return the file's text."""
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("button", name=button).first.click()
    download.value.save_as(place)
    return place.read_text(encoding="utf-8", errors="replace")


def test_every_screen_shows_the_figures_of_the_store(dashboard: str, visitors: Come, tmp_path: Path) -> None:
    """What the page saves is what the analysis finds in the store, to the last digit."""
    visitor = visitors()
    visitor.page.goto(f"{dashboard}results")
    visitor.page.get_by_text(
        "A model of Columbus, not a forecast. Each difference is from up to 512"
    ).wait_for()
    text = saved(visitor, "Save table (CSV)", tmp_path / "table.csv")
    rows = {(row["policy"], row["outcome"]): row for row in csv.DictReader(io.StringIO(text))}
    table = read_sweep(STORE)
    names = ["own_department", "contract", "volunteers", "coproduced"]
    for wanted in differences(table, names, ["true_crime", "trust"], sampled=True):
        row = rows[wanted.policy, wanted.outcome]
        found = [float(row[name]) for name in ("difference", "low", "high")]
        assert found == pytest.approx([wanted.difference, wanted.low, wanted.high], rel=1e-12)
    visitor.until(lambda: visitor.page.get_by_role("cell", name="no clear difference").count() > 5)
    visitor.page.get_by_label("Outcomes that hold the words").fill("burglary reporting")
    visitor.page.get_by_role("rowheader", name="Burglary (reporting)").first.wait_for()
    visitor.until(lambda: visitor.page.get_by_role("rowheader").count() == 6, "in both tables")
    picture = saved(visitor, "Save SVG", tmp_path / "picture.svg")
    assert picture.startswith("<svg xmlns=")
    saved(visitor, "Save PNG", tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    for button, seen in (
        ("Trade-off", "What is not beaten"),
        ("Equity", "Gaps beside means"),
        ("Uncertainty", "How outcomes go with"),
        ("Runs", "Runs 1 to 50 of 2,048"),
    ):
        visitor.page.get_by_role("button", name=button, exact=True).click()
        visitor.page.get_by_text(seen).first.wait_for()
    visitor.page.get_by_text("How these figures came about").click()
    assert "32 futures and two seeds" in saved(
        visitor, "Save the paragraph on methods", tmp_path / "methods.txt"
    )


def test_a_link_gives_the_same_screen_and_a_run_opens_in_explore(dashboard: str, visitors: Come) -> None:
    visitor = visitors(390, 844)
    visitor.page.goto(f"{dashboard}results?view=runs")
    visitor.page.get_by_label("Rows that hold the words").fill("contract")
    visitor.page.get_by_text("Runs 1 to 50 of 512").first.wait_for()
    visitor.page.get_by_label("Page of the table").fill("3")
    visitor.page.keyboard.press("Tab")
    visitor.page.get_by_text("Runs 101 to 150 of 512").first.wait_for()
    visitor.page.wait_for_function("location.search.includes('page=3')")
    other = visitors()
    other.page.goto(visitor.page.url)
    other.page.get_by_text("Runs 101 to 150 of 512").first.wait_for()
    link = other.page.get_by_role("link", name="Open in Explore").first
    assert re.fullmatch(r"/\?a=own_department&b=contract&seed=[12]", link.get_attribute("href"))


def _zip_store(place: Path, spoil: Callable[[str, bytes], bytes]) -> None:
    with zipfile.ZipFile(place, "w") as archive:
        for file in filter(Path.is_file, STORE.rglob("*")):
            name = file.relative_to(STORE).as_posix()
            archive.writestr(f"store/{name}", spoil(name, file.read_bytes()))


def _as_it_is(_name: str, content: bytes) -> bytes:
    return content


def _cut_short(name: str, content: bytes) -> bytes:
    return content[:4000] if name.startswith("outcomes") else content


def _of_no_known_distribution(name: str, content: bytes) -> bytes:
    """A record that trips only the screen which says what was varied."""
    return content.replace(b'"log_uniform"', b"7") if name.startswith("sweeps") else content


def test_a_store_is_sent_and_what_is_none_is_refused(dashboard: str, visitors: Come, tmp_path: Path) -> None:
    """The visitor's own result is read like another; bad files are sentences, and the page lives on."""
    visitor = visitors()
    visitor.page.goto(f"{dashboard}results?store=/etc&view=nothing&page=-3&x=%3Cscript%3E")
    visitor.reads(
        "store '/etc' is not known", "view 'nothing'", "page must be a whole number", "x '<script>'"
    )
    visitor.page.get_by_text("up to 512 paired runs").wait_for()
    whole, torn, odd, other, huge = (
        tmp_path / f"{name}.zip" for name in ("whole", "torn", "odd", "other", "huge")
    )
    for place, spoil in ((whole, _as_it_is), (torn, _cut_short), (odd, _of_no_known_distribution)):
        _zip_store(place, spoil)
    other.write_bytes(b"a holiday picture")
    with huge.open("wb") as stream:
        stream.truncate(60_000_000)
    send = visitor.page.get_by_label("Or send a zip of a sweep's store")
    for file, note in (
        (torn, "cannot be read as Parquet"),
        (other, "must be a zip"),
        (huge, "It was not read"),
    ):
        send.set_input_files(file)
        visitor.page.get_by_text(note).wait_for()
    send.set_input_files(odd)
    visitor.page.get_by_text("512 paired runs").wait_for()
    visitor.page.get_by_role("button", name="Uncertainty").click()
    visitor.page.get_by_text("This cannot be shown: the store is damaged or foreign").wait_for()
    visitor.page.get_by_role("button", name="Compare").click()
    visitor.page.get_by_role("cell", name="no clear difference").first.wait_for()
    send.set_input_files(whole)
    visitor.page.wait_for_function(
        "document.querySelector('select').selectedOptions[0].text.startsWith('whole.zip')"
    )
    visitor.page.get_by_text("up to 512 paired runs").wait_for()
    visitor.until(lambda: visitor.page.locator(".note").count() == 0)
    assert "store=" not in visitor.page.url, "what is the visitor's own is in no link"


def test_a_policy_of_ones_own_and_its_mistakes(dashboard: str, visitors: Come, small_policies: list[Path],
                                               tmp_path: Path) -> None:  # fmt: skip
    visitor = visitors()
    visitor.open(dashboard)
    visitor.press("Step")
    visitor.wait_for("maps.every(map => map.watch === 45)")
    visitor.page.get_by_text("Your own policy").click()
    text = small_policies[1].read_text(encoding="utf-8").replace("with_boards", "mine")
    (tmp_path / "wrong.toml").write_text(f"{text}bords = 1\n", encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    send = visitor.page.get_by_label("Scenario file")
    send.set_input_files(tmp_path / "wrong.toml")
    visitor.page.get_by_text("wrong.toml: [policy] bords is not a known key. Did you mean boards?").wait_for()
    visitor.press("Step")
    visitor.wait_for("maps.every(map => map.watch === 48)")
    send.set_input_files(tmp_path / "mine.toml")
    visitor.page.wait_for_function("location.search.includes('b=mine')")
    visitor.wait_for("maps.length === 3 && maps.every(map => map.watch === 42)")
    other = visitors()
    other.page.goto(visitor.page.url)
    other.page.get_by_text("The link's b 'mine' is not known here").wait_for()


def test_an_address_that_leads_nowhere(dashboard: str, visitors: Come) -> None:
    visitor = visitors()
    answer = visitor.page.goto(f"{dashboard}nowhere")
    assert answer.status == 404
    visitor.page.get_by_role("heading", name="There is no such page").wait_for()
    visitor.page.get_by_role("link", name="Results").click()
    visitor.page.get_by_text("up to 512 paired runs").wait_for()
    assert [each for each in visitor.complaints if "404" not in each] == []
    visitor.complaints.clear()  # the browser complains of the very answer that is wanted here
