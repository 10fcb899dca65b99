"""A lesson's file: what it says is read, and every mistake in it is said with file, table and key."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from coproduction.dashboard.city_session import CitySession, Pair
from coproduction.dashboard.layers import layers_of
from coproduction.dashboard.lesson_file import PACKAGED, all_lessons, lessons_in, read_lesson
from coproduction.dashboard.lesson_link import (
    LUCKS,
    Way,
    as_luck,
    as_text,
    into_explore,
    predictions_from,
    read_way,
)
from coproduction.dashboard.lesson_schema import STEPS, LessonFileError
from coproduction.dashboard.lesson_service import files_of
from coproduction.dashboard.lesson_text import as_html, source_lines
from coproduction.dashboard.lesson_words import CHANGES, SURENESS, Prediction
from coproduction.dashboard.link import Shown, read
from coproduction.dashboard.openings import Openings
from coproduction.dashboard.policies import Policies
from coproduction.experiments.cli import main
from coproduction.simulation.errors import CoproductionError
from coproduction.simulation.parameters import names_of

EXAMPLE = Path(__file__).parents[2] / "docs/lessons/asking_for_help"
READ = read_lesson(EXAMPLE)


def changed(folder: Path, before: str, after: str) -> Path:
    """Copy the example with one piece of its file changed; return its folder."""
    lesson = folder / "mine"
    lesson.mkdir()
    for file in EXAMPLE.iterdir():
        text = file.read_text(encoding="utf-8")
        assert file.name != "lesson.toml" or before in text
        (lesson / file.name).write_text(text.replace(before, after), encoding="utf-8")
    return lesson


MISTAKES = (
    ("[explain]", "[explane]", "[explane] explane is not a known key. Did you mean explain?"),
    ('level = "For everybody."', "", "[lesson] level is missing"),
    ('level = "For everybody."', "levle = 3", "[lesson] level is missing"),
    ("read = 3", "read = 300", "[minutes] read must be whole minutes, 0 to 240; got 300"),
    ("try = 2", "try = 'two'", "[minutes] try must be whole minutes, 0 to 240; got 'two'"),
    ("try = 2", "", "[minutes] try must be whole minutes, 0 to 240; it is missing"),
    ('sources = ["T6-12"]', 'sources = ["T6-99"]', "[read] sources T6-99 is not a known key"),
    ('outcome = "volunteer_hours"', 'outcome = "volunter_hours"', "[predict 1] outcome volunter_hours is not a known"),
    ('policy = "asked"', 'policy = "as_it_is"', "[predict 1] policy must not be as_it_is"),
    ('policy = "asked"', 'policy = "nobody"', "[predict 1] policy nobody is not a known key"),
    ('answer = "level"', 'answer = "number"', "[predict 2] answer must be \"change\" or \"level\"; got 'number'"),
    ("high = 100", "high = 0", "[predict 2] low and high must be two numbers, the lower first"),
    ("runs = 5", "runs = 2", "[run] runs must be paired runs, 3 to 200; got 2"),
    ('"asked.toml"]', '"../asked.toml"]', "[run] policies must be presets or scenario files in the lesson's folder"),
    ('"asked.toml"]', '"gone.toml"]', "there is no such file"),
    ('"asked.toml"]', '"contract"]', "residents must be the same as in"),
    ('"asked.toml"]', '"as_it_is.toml"]', "names must all differ"),
    ('outcomes = ["true_crime"', 'outcomes = ["crime"', "[compare] outcomes crime is not a known key"),
    ('quintiles = ["volunteer_hours"]', 'quintiles = ["hours"]', "[compare] quintiles hours is not a known key"),
    ('curves = ["recorded_crime"]', 'curves = ["recorded"]', "[compare] curves recorded is not a known key"),
    ("asking works twice: {asked.volunteer_hours}", "{asked.hours}", "[explain] {asked.hours} must be a policy and an"),
    ('layer = "volunteers"', 'layer = "volunteer"', "[try 1] layer volunteer is not a known key"),
    ('questions = ["Why', 'answers = ["a", "b"]\nquestions = ["Why', "[explain] answers must be as many as"),
    ("=0@63", "=0", "[try 1] changes_b: link: a change must be written as"),
    ("[[try]]", "[try]", "[[try]] must stand 1 to 10 times"),
    ("[lesson]", "[lesson", "must be TOML"),
)  # fmt: skip


@pytest.mark.parametrize(("before", "after", "said"), MISTAKES)
def test_a_mistake_is_said_with_file_table_and_key(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    with pytest.raises(CoproductionError, match=re.escape(said)) as told:
        read_lesson(changed(tmp_path, before, after))
    assert "mine/lesson.toml" in str(told.value)


def test_a_broken_lesson_is_said_on_start_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coproduction.dashboard import server

    monkeypatch.setattr(server, "serve", lambda *_args, **_options: pytest.fail("served all the same"))
    changed(tmp_path, "runs = 5", "runs = 5000")
    for arguments, said in (
        (
            ["--lessons", str(tmp_path)],
            "mine/lesson.toml: [run] runs must be paired runs, 3 to 200; got 5000.",
        ),
        (["--lessons", str(EXAMPLE)], "must hold a folder with a lesson.toml for each lesson"),
        (["--lessons", str(tmp_path / "no")], "must be a folder with a folder for each lesson"),
        (["--keep", str(tmp_path / "c.sqlite")], "--keep must stand with --class"),
        (["--class", "--keep", str(EXAMPLE / "lesson.toml")], "must be a file that --keep made"),
    ):
        ended = CliRunner().invoke(main, ["dashboard", "--no-open", *arguments])
        assert ended.exit_code == 2
        assert said in ended.stderr
        assert ended.stderr.count("\n") == 1


def test_a_folder_of_ones_own_comes_before_the_packaged(tmp_path: Path) -> None:
    packaged = {lesson.name for lesson in lessons_in(PACKAGED)}
    assert packaged == {"the_report_that_never_came", "contract_or_community"}
    own = all_lessons(EXAMPLE.parent)
    assert set(own) == packaged | {"asking_for_help"}
    with pytest.raises(LessonFileError, match="named in small letters"):
        read_lesson(changed(tmp_path, "x", "x").rename(tmp_path / "Mine!"))


def test_two_policies_of_one_name_are_refused(tmp_path: Path) -> None:
    changed(tmp_path, "x", "x")
    lesson = tmp_path / "mine"
    assert set(all_lessons(tmp_path)) > {"mine"}
    (lesson / "asked.toml").write_text(
        (lesson / "asked.toml").read_text(encoding="utf-8").replace('name = "asked"', 'name = "volunteers"'),
        "utf-8",
    )
    text = (lesson / "lesson.toml").read_text(encoding="utf-8")
    (lesson / "lesson.toml").write_text(
        text.replace('"asked"', '"volunteers"').replace("{asked.", "{volunteers."), "utf-8"
    )
    with pytest.raises(
        LessonFileError, match=r"mine/asked\.toml: \[scenario\] name must not be that of the packaged"
    ):
        all_lessons(tmp_path)


@pytest.mark.parametrize("name", ["the_report_that_never_came", "contract_or_community"])
def test_a_packaged_lesson_leaves_five_of_45_minutes_and_its_links_open(name: str) -> None:
    lesson = read_lesson(PACKAGED / name)
    assert lesson.total_minutes == 40
    assert len(lesson.explain.answers) == len(lesson.explain.questions)
    assert len(lesson.read.sources) >= 6
    policies = Policies(further=files_of({name: lesson}))
    layers = tuple(layers_of(names_of(lesson.scenarios[0].parameters)))
    openings = Openings()
    for each in lesson.tries:
        shown, notes = read(
            into_explore(lesson, each).removeprefix("/?"), Shown("", ""), policies.names, layers
        )
        assert notes == []
        session = CitySession(Pair(policies[shown.a], policies[shown.b], shown.seed), openings)
        for side, changes in (("a", shown.changes_a), ("b", shown.changes_b)):
            for change in changes:
                session.plan(side, change.table, change.key, change.value, watch=change.watch)


@given(st.sampled_from(STEPS))
def test_a_link_brings_somebody_back_to_where_they_were(step: str) -> None:
    way = Way(READ.name, step)
    assert read_way(way.query(), {READ.name: READ}) == (way, [])


@given(st.sampled_from(CHANGES), st.floats(0.0, 100.0), st.sampled_from(list(SURENESS)))
def test_predictions_are_kept_as_text_and_come_back(change: str, level: float, sure: str) -> None:
    said = (Prediction(change, None, sure), Prediction("", level, sure))
    assert predictions_from(READ, [as_text(each) for each in said]) == said


@given(st.one_of(st.none(), st.text(max_size=20), st.lists(st.text(max_size=20), max_size=3), st.floats()))
def test_what_a_browser_says_it_remembers_is_checked(told: object) -> None:
    assert predictions_from(READ, told) == ()
    assert predictions_from(READ, ["rises,sure", told]) == ()
    assert predictions_from(READ, ["rises,sure", "101,sure"]) == ()
    luck = as_luck(told)
    assert luck is None or 1 <= luck <= LUCKS


def test_a_link_carries_nobodys_answers() -> None:
    way, notes = read_way(
        f"lesson={READ.name}&step=compare&p1=rises,sure&p2=40,sure&luck=7", {READ.name: READ}
    )
    assert (way.query(), notes) == (f"lesson={READ.name}&step=compare", [])


def test_lessons_share_a_result_only_where_they_run_the_same(tmp_path: Path) -> None:
    assert read_lesson(changed(tmp_path, "For everybody", "For nobody")).fingerprint == READ.fingerprint
    for before, after in (("runs = 5", "runs = 6"), ("coordinators = 3.0", "coordinators = 2.0")):
        other = tmp_path / before[:4]
        other.mkdir()
        lesson = other / "mine"
        lesson.mkdir()
        for file in EXAMPLE.iterdir():
            (lesson / file.name).write_text(file.read_text("utf-8").replace(before, after), encoding="utf-8")
        assert read_lesson(lesson).fingerprint != READ.fingerprint


def test_texts_can_do_nothing_but_be_read() -> None:
    shown = as_html(
        "## One\n<script>x</script> [link](javascript:x) ![p](//outside/p.png) **b** `c`\n\n> q\n\n- i"
    )
    assert "<h3>One</h3>" in shown
    assert "<strong>b</strong>" in shown
    assert "<blockquote>" in shown
    assert "<li>" in shown
    for tag in ("<script", "<a", "<img"):
        assert tag not in shown


def test_a_source_is_read_from_the_table_of_evidence() -> None:
    fact, book = source_lines(["T3-01", "A book <of> our own"])
    assert fact.startswith("About 42 in 100 violent victimisations reach the police")
    assert "Bureau of Justice Statistics" in fact
    assert book == "A book <of> our own"
