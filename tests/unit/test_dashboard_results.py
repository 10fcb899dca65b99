"""The screens of Results as plain data: the figures of comparison and sweep, links, what is saved."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from coproduction.dashboard.findings import Findings, methods, read_findings, standing_line
from coproduction.dashboard.result_stores import ResultStores
from coproduction.dashboard.results_link import Asked, read
from coproduction.dashboard.results_screen import Figure, Screen, Table, Words
from coproduction.dashboard.results_views import VIEWS, made
from coproduction.experiments.cli import main
from coproduction.experiments.cli.places import read_back
from coproduction.experiments.report.drawing import standalone_svg
from coproduction.simulation.errors import CoproductionError, DesignError
from coproduction.simulation.outcomes import BY_NAME

STORE = Path(__file__).parents[2] / "docs" / "columbus_sweep-store"
HEAD = """[scenario]
name = "{name}"
city = "columbus"
residents = 1500
residents_per_cell = 10
burn_in_weeks = 1
measured_weeks = 6
"""


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a small comparison on four seeds."""
    folder = tmp_path_factory.mktemp("compared")
    for name, more in (("first", ""), ("boards", "[policy]\nboards = 0.5\nmeetings = 11\n")):
        (folder / f"{name}.toml").write_text(HEAD.format(name=name) + more, encoding="utf-8")
    files = [str(folder / "first.toml"), str(folder / "boards.toml")]
    ended = CliRunner().invoke(
        main, ["compare", *files, "--ceiling", "4", "--workers", "1", "--out", str(folder / "found")]
    )
    assert ended.exit_code == 0, ended.output
    return folder / "found"


@pytest.fixture(scope="module")
def swept() -> Findings:
    return ResultStores([STORE]).read("columbus_sweep-store")


def tables(screen: Screen) -> dict[str, Table]:
    return {part.name: part for part in screen.parts if isinstance(part, Table)}


def words(screen: Screen) -> str:
    return " ".join(part.text for part in screen.parts if isinstance(part, Words))


def test_a_comparison_is_shown_with_the_figures_of_its_verdict(compared: Path) -> None:
    found, comparison = read_findings(compared), read_back(compared)
    assert (found.confidence, found.pairs, found.over) == (comparison.confidence, 4, "four seeds")
    verdict = comparison.verdict.to_dict(orient="records")
    assert len(verdict) == len(found.apart)
    for each, row in zip(found.apart, verdict, strict=True):
        assert (each.policy, each.outcome, each.finding) == (row["policy"], row["outcome"], row["finding"])
        assert [each.low, each.high] == pytest.approx([row["low"], row["high"]], rel=0, nan_ok=True)
        assert each.seeds_lower + each.seeds_higher <= each.seeds
    screens = {view.name: made(found, Asked(view=view.name)) for view in VIEWS}
    assert {"fifths", "neighbourhoods", "inequality", "equity"} <= set(tables(screens["equity"]))
    assert "Nothing but luck was varied" in words(screens["uncertainty"])
    assert len(tables(screens["runs"])["runs"].rows) == 8
    assert "over-futures" not in tables(screens["compare"])


def test_the_sweep_has_every_screen_and_each_picture_words_of_its_own(swept: Findings) -> None:
    for view in VIEWS:
        screen = made(swept, Asked(view=view.name))
        pictures = [part for part in screen.parts if isinstance(part, Figure)]
        assert all(re.search(r'role="img" aria-label="[^"]{30,}"', each.svg) for each in pictures)
        identities = [each for picture in pictures for each in re.findall(r'\bid="([^"]+)"', picture.svg)]
        assert len(identities) == len(set(identities)), "an id stands once on a page"
        for table in tables(screen).values():
            rows = list(csv.reader(io.StringIO(table.as_csv())))
            assert {len(row) for row in rows} == {len(rows[0])}
            assert all(len(row) == len(table.headings) for row in table.rows)


def test_a_clear_difference_is_told_from_one_that_luck_may_have_made(swept: Findings) -> None:
    """With two seeds, of the crime of 247.8: contracting is lower by 3.4 (1.9 to 4.8), volunteering not clearly."""
    rows = {row[:2]: row for row in tables(made(swept, Asked()))["differences"].rows}
    crime = "True crime, offences per 1,000 residents a year"
    assert rows[crime, "contract"][2:5] == ("−3.4 (−4.8 to −1.9)", "better", "2 of 2")
    assert rows[crime, "volunteers"][3] == "no clear difference"
    assert rows["Public cost of policing, USD per resident a year, paid by the city", "coproduced"][3] == (
        "the same in every run"
    )
    assert "All of this is on two seeds." in words(made(swept, Asked()))
    surest = tables(made(swept, Asked(sort="surest")))["differences"].rows
    assert surest[0][3] in {"lower", "higher", "better", "worse"}
    assert surest[-1][3] == "the same in every run"
    every = tables(made(swept, Asked(every=True)))["differences"].rows
    assert len(every) == 3 * len(swept.outcomes)


def test_what_a_result_comes_to_is_said_first_and_in_words(swept: Findings, compared: Path) -> None:
    """As the tables have it; what is too little for anybody to care about is about equal, as in the report."""
    first, *_ = made(swept, Asked()).parts
    assert isinstance(first, Words)
    assert first.title == "In short"
    assert first.text.startswith("Contract, beside own department: better in true crime (−1.4")
    assert "worse in clearance (−20.8" in first.text
    assert "about equal in fear; no clear difference in reporting and trust in police" in first.text
    assert first.text.endswith("the same in every run: public cost of policing.")
    said = words(made(swept, Asked()))
    assert "higher in recorded crime (+10.1" in said
    assert "volunteer hours (+937 hours per 1,000 residents a year)" in said
    found = read_findings(compared)
    stands_alone = replace(found, apart=tuple(each for each in found.apart if not BY_NAME[each.outcome].main))
    assert not any(isinstance(part, Words) and part.title for part in made(stands_alone, Asked()).parts)


def test_more_is_more_also_where_the_first_policy_is_below_zero(swept: Findings) -> None:
    """As of a gap that favours the poorest: −10 and 1 more are 10 per cent more and not 10 per cent less."""
    row = swept.by_key["contract", "crime_gap"]
    below = replace(row, first=-10.0, mean=-9.0, difference=1.0, low=0.5, high=1.5, finding="worse")
    found = replace(swept, apart=(below,))
    assert "worse in victimisation gap (+10" in words(made(found, Asked()))


def test_runs_are_found_by_words_and_failed_ones_said(swept: Findings) -> None:
    from dataclasses import replace

    runs = swept.runs.copy()
    runs.loc[5, ["status", "stage", "reason"]] = "failed", "run", "ArithmeticError: the sum is off"
    found = replace(swept, runs=runs)
    screen = made(found, Asked(view="runs", find="arithmetic"))
    assert len(tables(screen)["runs"].rows) == 1
    assert tables(screen)["failed-runs"].rows[0][:3] == ("run", "ArithmeticError: the sum is off", "1")
    assert "2,047 came through and 1 failed" in words(screen)
    last = made(swept, Asked(view="runs", page=99))
    assert tables(last)["runs"].caption == "Runs 2,001 to 2,048 of 2,048"
    assert tables(made(swept, Asked(view="runs", find="nothing")))["runs"].rows == ()


def test_every_screen_says_what_it_rests_on(swept: Findings) -> None:
    assert standing_line(swept) == (
        "A model of Columbus, not a forecast. Each difference is from up to 512 paired runs, over 32 futures and two "
        "seeds. Version 0.1.0, content 928433d50c8562c2."
    )
    told = methods(swept)
    assert "intervals of 95 per cent over 32 futures and two seeds" in told
    assert "they are no forecast" in told


def test_a_link_says_what_is_seen_and_replaces_what_it_cannot_have() -> None:
    asked = Asked("b", "runs", "fear", "trust", "contract", "t.x", "a word", True, "name", 3)
    names = ["a", "b"], ["compare", "runs"], ["true_crime", "crime_gap", "fear", "trust"]
    assert read("?" + asked.query(), *names)[0] != asked, "the question mark is the browser's"
    assert read(asked.query(), *names) == (asked, [])
    assert Asked(store="a").query() == "store=a"
    found, notes = read("store=/etc/passwd&view=x&x=&sort=1&every=2&page=0", *names)
    assert found == Asked(store="a")
    assert len(notes) == 6
    assert read("", [], *names[1:])[0].store == ""


def test_a_saved_picture_is_a_file_of_its_own(swept: Findings) -> None:
    import xml.etree.ElementTree as ET

    figure = next(part for part in made(swept, Asked()).parts if isinstance(part, Figure))
    root = ET.fromstring(standalone_svg(figure.svg))  # noqa: S314 - our own picture
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.attrib["width"] == "360pt"


def test_folders_without_a_result_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DesignError, match=r"--results .*: must be the store of a sweep"):
        ResultStores([tmp_path])
    with pytest.raises(CoproductionError, match="there is none"):
        read_findings(tmp_path / "gone")
    with pytest.raises(CoproductionError, match="no store of a sweep"):
        read_findings(tmp_path)
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CoproductionError, match=r"manifest\.json"):
        read_findings(tmp_path)


def test_a_name_in_a_store_is_text_and_never_markup(swept: Findings) -> None:
    from dataclasses import replace

    from coproduction.dashboard.page_results_parts import table_html

    evil = "<img src=x onerror=alert(1)>"
    apart = tuple(replace(each, policy=evil) if each.policy == "contract" else each for each in swept.apart)
    runs = swept.runs.assign(policy=swept.runs["policy"].replace("contract", evil))
    found = replace(
        swept, apart=apart, runs=runs, policies=("own_department", evil, "volunteers", "coproduced")
    )
    for view in VIEWS:
        for part in made(found, Asked(view=view.name)).parts:
            if isinstance(part, Figure):
                assert "<img" not in part.svg
            elif isinstance(part, Table):
                assert "<img" not in table_html(part)
    assert any(row[1] == evil for row in tables(made(found, Asked()))["differences"].rows)
