"""What the page draws and says of a city, against the state itself: layers, marks, frames, words, links, accounts."""

import csv
import io
import time
import zipfile
from importlib import metadata
from types import SimpleNamespace

import numpy as np
import pytest
import solara

from coproduction.dashboard import charts, environment, link, reproduce, sentences
from coproduction.dashboard.account_page import as_html
from coproduction.dashboard.changes import Change
from coproduction.dashboard.city_map import packed
from coproduction.dashboard.city_session import CitySession, Pair
from coproduction.dashboard.inspector import account_of, cell_report
from coproduction.dashboard.layers import (
    HIGHEST,
    MIDDLE,
    OUTSIDE,
    WEEKS_SHOWN,
    difference_levels,
    layers_of,
    levels,
)
from coproduction.dashboard.lever_rows import dysfunction_rows, lever_rows, programme_rows
from coproduction.dashboard.link import Shown
from coproduction.dashboard.marks import KINDS, OFFENCES, STOPS, VISITS, marks_of
from coproduction.dashboard.openings import Openings
from coproduction.dashboard.page_parts import html, use_work
from coproduction.dashboard.subjects import Subject, subjects_in
from coproduction.dashboard.visit import DIFFERENCE, Visit
from coproduction.dashboard.world import World
from coproduction.experiments.explanations.account import Question, explain
from coproduction.scenarios.scenario import load, replace
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters import names_of
from coproduction.simulation.rules.targets import cell_guardianship
from coproduction.simulation.state import copied, differences

WEEK = 21


@pytest.fixture(scope="module")
def session() -> CitySession:
    sized = {"residents": 2400, "residents_per_cell": 12, "burn_in_weeks": 2, "measured_weeks": 20}
    a, b = (replace(load(name), **sized) for name in ("own_department", "coproduced"))
    session = CitySession(Pair(a, b, 3), Openings())
    session.run_to(16 * WEEK)
    return session


@pytest.fixture
def world(session: CitySession) -> World:
    return session.worlds["b"]


def layer_values(world: World, name: str) -> np.ndarray:
    return layers_of(names_of(world.scenario.parameters))[name].values(world.view)


def test_crime_layers_are_the_case_files_of_the_last_weeks(world: World) -> None:
    cases, n = world.state.cases, int(world.state.cases.count[0])
    recent = [i for i in range(n) if cases.watch[i] >= world.watch - WEEKS_SHOWN * WEEK]
    assert 0 < len(recent) < n, "some are older"
    by_hand = np.zeros(world.view.cells)
    known = np.zeros(world.view.cells)
    for case in recent:
        by_hand[cases.cell[case]] += 1
        known[cases.cell[case]] += cases.delay[case] >= 0
    assert np.array_equal(layer_values(world, "crime"), by_hand)
    assert np.array_equal(layer_values(world, "recorded"), known)
    types = [name for name in layers_of(names_of(world.scenario.parameters)) if name.startswith("crime-")]
    assert np.array_equal(sum(layer_values(world, name) for name in types), by_hand)


def test_other_layers_are_the_state(world: World) -> None:
    people, cells = world.state.residents, world.state.cells
    home = int(people.home[500])
    there = people.home == home
    assert layer_values(world, "fear")[home] == pytest.approx(people.fear[there].mean())
    assert layer_values(world, "trust")[home] == pytest.approx(people.trust[there].mean())
    assert layer_values(world, "volunteers").sum() == people.volunteer.sum()
    place = cells.neighbourhood[home]
    assert layer_values(world, "efficacy")[home] == world.state.neighbourhoods.efficacy[place]
    weights = world.numbers.parameters.guardianship
    assert layer_values(world, "guardianship")[home] == cell_guardianship(
        cells, world.state.neighbourhoods, weights, home, world.watch - 1
    )


def test_every_layer_says_its_unit_and_uses_its_scale(world: World) -> None:
    for layer in layers_of(names_of(world.scenario.parameters)).values():
        values = layer.values(world.view)
        assert values.shape == (world.view.cells,)
        assert np.isfinite(values).all()
        assert values.min() >= 0.0
        assert layer.unit
        assert np.quantile(values[world.view.inside], 0.9) <= layer.top, layer.name
        if not layer.name.startswith("crime-"):  # some are rare in a small city
            assert values.max() > 0.02 * layer.top, layer.name


def test_levels_keep_the_order_and_mark_what_is_outside() -> None:
    inside = np.array([True, True, True, True, False])
    values = np.array([0.0, 1.0, 2.0, 5.0, 0.0])
    assert levels(values, 2.0, inside).tolist() == [0, 127, HIGHEST, HIGHEST, OUTSIDE]
    other = np.array([0.0, 0.0, 3.0, 5.0, 9.0])
    assert difference_levels(values, other, 2.0, inside).tolist() == [MIDDLE, HIGHEST, 0, MIDDLE, OUTSIDE]


def test_marks_are_what_the_last_watch_left(world: World) -> None:
    marks, state = marks_of(world.view), world.state
    last = world.watch - 1
    offences = state.cases.cell[: state.cases.count[0]][state.cases.watch[: state.cases.count[0]] == last]
    assert sorted(marks.cell[marks.kind == OFFENCES]) == sorted(offences)
    stops = state.cells.stops[state.cells.patrol_seen == last]
    assert marks.count(STOPS) == (stops > 0).sum() > 0
    assert marks.count(VISITS) == (state.cells.visits[state.cells.visits_seen == last] > 0).sum()
    assert len({kind.shape for kind in KINDS}) == len({kind.colour for kind in KINDS}) == len(KINDS)


def test_a_frame_holds_what_the_map_reads(world: World) -> None:
    marks = marks_of(world.view)
    shades = levels(layer_values(world, "trust"), 1.0, world.view.inside)
    frame = packed(7, world.watch, shades, marks)
    head, n = np.frombuffer(frame, "<u4", 3), len(marks.cell)
    assert head.tolist() == [7, world.watch, n]
    assert np.array_equal(np.frombuffer(frame, np.uint8, len(shades), 12), shades)
    assert np.array_equal(np.frombuffer(frame, "<u4", n, 12 + len(shades)), marks.cell)
    assert np.array_equal(np.frombuffer(frame, np.uint8, n, 12 + len(shades) + 4 * n), marks.kind)


class Map:
    """Stands for a browser's map: answers each frame, until it is closed."""

    def __init__(self, *, closed: bool = False) -> None:
        self.closed, self.label, self.ack, self.frames = closed, "", -1, 0
        self.ringed, self.tied = -1, []  # type: ignore[var-annotated]

    @property
    def frame(self) -> bytes:
        return b""

    @frame.setter
    def frame(self, frame: bytes) -> None:
        self.frames += 1
        if not self.closed:
            self.ack = int(np.frombuffer(frame, "<u4", 1)[0])


def visit_of(session: CitySession) -> Visit:
    own = CitySession(Pair(session.worlds["a"].scenario, session.worlds["b"].scenario, 3), Openings())
    return Visit(own, Shown("own_department", "coproduced", 3, span="week", speed=15))


def test_play_goes_to_the_end_and_says_so(session: CitySession) -> None:
    visit = visit_of(session)
    visit.maps.update({"a": Map(), "b": Map(), DIFFERENCE: Map()})
    assert "come to its end" in visit.play(lambda: True, visit.label)
    assert visit.session.ended
    assert visit.maps[DIFFERENCE].label.startswith("Map of differences, B minus A")


def test_play_stops_when_nobody_draws(session: CitySession, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coproduction.dashboard.visit.WAIT", 0.01)
    visit = visit_of(session)
    visit.maps["a"] = Map(closed=True)
    assert "not drawn any more" in visit.play(lambda: True, lambda: None)
    assert visit.session.watch == visit.session.first + 3 * WEEK


@pytest.mark.parametrize(("closer", "renewed"), [((), 1), (("place",), 5)])
def test_while_it_plays_words_are_renewed_and_the_whole_page_only_where_somebody_looks_closer(
    session: CitySession, monkeypatch: pytest.MonkeyPatch, closer: tuple[str, ...], renewed: int
) -> None:
    """To renew the page is to go through all of it, which twenty visitors at a time cannot have at every step."""
    # What takes long is renewed less often: not here, whatever else this machine is doing.
    for name, value in {"TELLING": 0.0, "RENEWAL": float("inf"), "SHARE": float("inf")}.items():
        monkeypatch.setattr(f"coproduction.dashboard.visit.{name}", value)
    visit, steps, renewals = visit_of(session), iter(range(6)), []
    visit.maps["a"] = Map()
    words = SimpleNamespace(unsafe_innerHTML="")
    visit.words["moving"] = words, lambda: str(visit.session.watch)
    visit.closer.update(closer)
    assert visit.play(lambda: next(steps) < 5, lambda: renewals.append(visit.session.watch)) == ""
    assert words.unsafe_innerHTML == str(visit.session.watch)
    assert visit.maps["a"].label.startswith("Map A")
    assert len(renewals) == renewed


def test_an_unforeseen_error_in_work_for_the_page_is_said_there() -> None:
    """The page would go blank, and with it the visitor's cities."""
    told: solara.Reactive[str] = solara.reactive("")

    def breaks() -> None:
        raise ZeroDivisionError("nobody thought of this")

    @solara.component  # type: ignore[untyped-decorator]
    def page() -> None:
        use_work(breaks, told.set, [1])
        html("p", told.value)

    _, rendered = solara.render(page(), handle_error=False)
    end = time.monotonic() + 60.0
    while not told.value and time.monotonic() < end:
        time.sleep(0.01)
    assert "nobody thought of this" in told.value
    assert "Your cities are kept" in told.value
    rendered.close()


def test_the_sentence_states_the_difference(session: CitySession) -> None:
    said = sentences.difference(session)
    counts = [sum(week.offences for week in world.weeks[-WEEKS_SHOWN:]) for world in session.worlds.values()]
    assert f"A had {counts[0]:,} offences and B {counts[1]:,}" in said
    more, fewer = (f"{abs(counts[1] - counts[0]):,} {word} in B" for word in ("more", "fewer"))
    assert (more if counts[1] > counts[0] else fewer) in said
    assert "not a forecast" in said
    assert sentences.moment(0) == "week 1, day 1, at night"
    assert sentences.moment(WEEK + 5) == "week 2, day 2, in the evening"


def test_after_a_fork_only_weeks_since_it_are_compared() -> None:
    """Until something is changed in the copy there is nothing to compare; before that watch both were one city."""
    scenario = replace(load("own_department"), residents=500, burn_in_weeks=1, measured_weeks=8)
    other = replace(load("coproduced"), residents=500, burn_in_weeks=1, measured_weeks=8)
    session = CitySession(Pair(scenario, other, 3), Openings())
    session.advance(3 * WEEK)
    parted = [session.parted]
    session.fork()
    parted.append(session.parted)
    assert "the same city under the same policy" in sentences.difference(session)
    session.change("b", "policing", "engagement", 0.9)
    assert [*parted, session.parted] == [session.first, None, session.watch]
    assert "since A and B went their own ways" in sentences.difference(session)
    session.advance(2 * WEEK)
    said = sentences.difference(session)
    counts = [sum(week.offences for week in world.weeks[-2:]) for world in session.worlds.values()]
    assert f"Over the last 2 weeks, A had {counts[0]:,} offences and B {counts[1]:,}" in said


def test_charts_and_table_tell_the_same_weeks(session: CitySession) -> None:
    a, b = (world.weeks for world in session.worlds.values())
    rows = list(csv.DictReader(io.StringIO(charts.as_csv(a, b))))
    assert [int(row["offences"]) for row in rows] == [week.offences for week in (*a, *b)]
    table = charts.as_table(a, b)
    assert f'<tr><th scope="row">{a[-1].week}</th><td>{a[-1].offences}</td><td>{b[-1].offences}</td>' in table
    for series in charts.SERIES:
        drawn = charts.chart(series, a, b)
        assert drawn.count("<polyline") == 2
        assert f"A {series.of(a[-1]):.{series.decimals}f}" in drawn
    assert "after the first whole week" in charts.chart(charts.SERIES[0], [], [])


def test_a_cell_tells_who_lives_there(world: World) -> None:
    home = int(world.state.residents.home[77])
    report = cell_report(world, home)
    assert report.residents == (world.state.residents.home == home).sum()
    assert Subject("resident", 77) in {each for _, group in subjects_in(world, home) for each, _ in group}
    assert report.offences == layer_values(world, "crime")[home]
    assert report.recorded == layer_values(world, "recorded")[home]
    outside = int(np.flatnonzero(~world.view.inside)[0])
    assert "outside the city" in cell_report(world, outside).text


@pytest.mark.parametrize("kind", ["resident", "offender", "officer"])
def test_decisions_are_explained_as_by_the_command(world: World, kind: str) -> None:
    """On the last watch of a week the page's account is that of `coproduce explain`, and the city is left alone."""
    fresh = CitySession(Pair(world.scenario, world.scenario, 3), Openings())
    fresh.run_to(4 * WEEK - 1)
    own, before = fresh.worlds["a"], copied(fresh.worlds["a"].state)
    account = account_of(own, Subject(kind, 2))
    asked = explain(world.scenario, Question(kind, 4, 3, 2))
    assert account.true
    assert account.watch == asked.watch
    assert account.explanations == asked.explanations
    assert differences(before, own.state) == []
    page = as_html(account)
    assert page.count("<details>") == len(account.explanations) > 0
    assert "to the last bit" in page


def test_rows_of_levers_are_as_declared_and_as_they_stand(world: World) -> None:
    rows = {row["key"]: row for row in lever_rows(world)}
    assert rows["boards"]["value"] == 0.5
    assert rows["budget"]["low"] == 20
    assert "USD of 2020" in rows["budget"]["told"]
    assert [row["value"] for row in dysfunction_rows(world)] == [0.0, 0.0]
    assert not any(row["on"] for row in programme_rows(world))


SHOWN = Shown(
    "own_department",
    "coproduced",
    12,
    "fear",
    "week",
    5,
    600,
    (),
    (Change(567, "policing", "hot_spots", 0.8),),
)
STANDARD = Shown("own_department", "coproduced")
POLICIES, LAYERS = ("own_department", "coproduced"), ("crime", "fear")


def test_a_link_brings_back_what_was_shown() -> None:
    assert link.read(SHOWN.query(), STANDARD, POLICIES, LAYERS) == (SHOWN, [])
    assert link.read("", STANDARD, POLICIES, LAYERS) == (STANDARD, [])


@pytest.mark.parametrize(
    "query",
    ["a=../../secret", "b=", "seed=-1", "seed=1e3", f"seed={2**60}", "layer=x", "span=year", "speed=0", "speed=99",
     "watch=soon", "watch=" + "9" * 5000, "change_a=x", "change_b=policing.hot_spots%3D1%40x", "seed=%D9%A3"],
)  # fmt: skip
def test_what_a_link_may_not_ask_for_is_noted(query: str) -> None:
    shown, notes = link.read(query, STANDARD, POLICIES, LAYERS)
    assert shown == STANDARD
    assert len(notes) == 1
    assert len(notes[0]) < 300


def test_the_script_ends_with_the_cities_on_the_screen() -> None:
    sized = {"residents": 600, "burn_in_weeks": 26}
    a, b = (replace(load(name), **sized) for name in ("own_department", "coproduced"))
    session = CitySession(Pair(a, b, 2), Openings())
    session.change("b", "policing", "hot_spots", 0.8)
    session.advance(30)
    shown = Visit(session, Shown("own_department", "coproduced", 2)).shown
    script = reproduce.in_python(shown, ("own_department", "coproduced"), 600)
    ran: dict[str, object] = {}
    exec(script, ran)  # noqa: S102 - our own text
    assert differences(session.worlds["b"].state, ran["state"]) == []
    command = reproduce.as_command(shown, ("own_department", "coproduced"), 600)
    assert "coproduce dashboard own_department coproduced --residents 600" in command


def test_the_front_end_is_whole_and_licensed() -> None:
    with zipfile.ZipFile(environment.FRONT_END) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert sum(name.startswith("LICENCE") for name in names) == 5
    assert sum(name.endswith((".js", ".css", ".woff2")) for name in names) == 11


@pytest.mark.parametrize("name", ["solara", "ipyvuetify"])
def test_packages_that_are_missing_or_too_new_are_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    true_version = metadata.version

    def missing(asked: str) -> str:
        if asked == name:
            raise metadata.PackageNotFoundError
        return true_version(asked)

    monkeypatch.setattr(metadata, "version", missing)
    with pytest.raises(DesignError, match=f"package {name} must be installed"):
        environment.check_installed()
    monkeypatch.setattr(metadata, "version", lambda asked: "3.1.0" if asked == "ipyvuetify" else "1.0")
    with pytest.raises(DesignError, match=r"ipyvuetify must be older than 2; got 3\.1\.0"):
        environment.check_installed()
