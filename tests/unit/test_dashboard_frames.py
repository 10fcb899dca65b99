"""Frames that are kept and shown again, files of what is on the screen, and cities that visitors share."""

import threading
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from coproduction.dashboard.city_map import packed
from coproduction.dashboard.city_session import CitySession, Pair
from coproduction.dashboard.exported import charts_as_svg, maps_as_svg
from coproduction.dashboard.kept_frames import KeptFrames
from coproduction.dashboard.link import Shown
from coproduction.dashboard.marks import KINDS, marks_of
from coproduction.dashboard.openings import Openings
from coproduction.dashboard.served import Served, open_first
from coproduction.dashboard.visit import Visit
from coproduction.scenarios.scenario import Scenario, load, replace

WEEK = 21
SVG = "{http://www.w3.org/2000/svg}"


def small(name: str = "own_department") -> Scenario:
    return replace(load(name), residents=1200, residents_per_cell=10, burn_in_weeks=2, measured_weeks=10)


def frames(watch: int, size: int = 100) -> dict[str, bytes]:
    return {"a": packed(watch, watch, np.full(size, 7, np.uint8), None)}


def test_frames_are_kept_up_to_a_bound_and_the_oldest_go() -> None:
    kept = KeptFrames(most=10 * 112)
    for watch in range(25):
        kept.keep(watch, "crime", frames(watch))
    assert len(kept) == 10
    assert kept.bytes == 10 * 112
    assert [kept.watch(place) for place in range(10)] == list(range(15, 25))
    again = kept.at(3, 999)["a"]
    assert np.frombuffer(again, "<u4", 3).tolist() == [999, 18, 0]
    assert again[4:] == frames(18)["a"][4:]


def test_what_is_no_past_of_the_present_is_given_up() -> None:
    kept = KeptFrames()
    for watch in range(10):
        kept.keep(watch, "crime", frames(watch))
    kept.keep(4, "crime", frames(4))
    assert [kept.watch(place) for place in range(len(kept))] == [0, 1, 2, 3, 4]
    kept.keep(5, "fear", frames(5))
    assert [kept.watch(place) for place in range(len(kept))] == [5]
    assert kept.bytes == 112


class Map:
    """Stands for a browser's map."""

    def __init__(self) -> None:
        self.frame, self.ack, self.label, self.ringed = b"", -1, "", -1
        self.tied: list[int] = []


@pytest.fixture
def visit() -> Visit:
    session = CitySession(Pair(small(), small("coproduced"), 3), Openings())
    visit = Visit(session, Shown("own_department", "coproduced", 3, span="week"))
    visit.maps.update({name: Map() for name in ("a", "b", "difference")})
    return visit


def test_looking_back_shows_what_was_shown_and_leaves_the_cities(visit: Visit) -> None:
    visit.push()
    seen = []
    for _ in range(4):
        visit.step()
        visit.push()
        seen.append(visit.maps["a"].frame)
    now, state = visit.session.watch, visit.session.worlds["a"].state.cases.count[0]
    assert visit.look_back(1) == visit.session.first + WEEK
    assert visit.maps["a"].frame[4:] == seen[0][4:]
    assert "kept from then" in visit.maps["b"].label
    assert [visit.looking] == [1]
    assert visit.session.watch == now
    assert visit.session.worlds["a"].state.cases.count[0] == state
    visit.push()
    assert [visit.looking] == [None]
    assert visit.maps["a"].frame[4:] == seen[-1][4:]
    visit.look_back(10**6)
    assert [visit.looking] == [None], "the latest is the present"


def test_who_is_followed_is_ringed_and_ties_lead_from_there(visit: Visit) -> None:
    visit.show(Shown("own_department", "coproduced", 3, follow="resident-40"))
    visit.mark()
    state = visit.session.worlds["a"].state
    assert visit.maps["a"].ringed == visit.maps["b"].ringed == state.residents.home[40]
    assert len(visit.maps["a"].tied) == state.ties.start[41] - state.ties.start[40]
    visit.show(Shown("own_department", "coproduced", 3, follow="resident-999999"))
    visit.mark()
    assert visit.maps["a"].ringed == -1
    assert visit.session.worlds["a"].followed is None


def test_maps_and_charts_as_svg_are_what_the_screen_shows(visit: Visit) -> None:
    assert "after the first whole week" in charts_as_svg(visit)
    visit.step()
    visit.step()
    while not len(marks_of(visit.session.worlds["a"].view).cell):
        visit.session.advance(1)
    root = ET.fromstring(maps_as_svg(visit))  # noqa: S314 - our own
    view = visit.session.worlds["a"].view
    marks = sum(len(marks_of(world.view).cell) for world in visit.session.worlds.values())
    assert len(root.findall(f".//{SVG}path")) == marks > 0
    rows, columns = view.shape
    covered = sum(
        int(each.get("width", "0")) for each in root.findall(f".//{SVG}g[@shape-rendering]/{SVG}rect")
    )
    cell = int(root.findall(f".//{SVG}g[@shape-rendering]/{SVG}rect")[0].get("height", "0"))
    assert cell >= 8
    assert covered == 3 * rows * columns * cell, "every cell of three maps"
    words = "".join(root.itertext())
    assert "B minus A" in words
    assert visit.layer.unit in words
    assert {each.get("fill") for each in root.findall(f".//{SVG}path")} <= {kind.colour for kind in KINDS}
    charts = ET.fromstring(charts_as_svg(visit))  # noqa: S314
    assert len(charts.findall(f".//{SVG}polyline")) == 8


class Clock:
    """Stands for the clock: nothing takes time but what a test says, and sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def drawn(visit: Visit) -> Visit:
    """A visit at ten watches a second whose browser has always drawn what it was sent."""
    visit.show(Shown("own_department", "coproduced", 3, span="watch", speed=10))
    for each in visit.maps.values():
        each.ack = 10**9
    return visit


@pytest.mark.parametrize(("late", "steps"), [(0.0, 7), (0.35, 5)])
def test_a_city_goes_as_fast_as_was_asked_for_and_one_late_frame_is_made_up_for(
    drawn: Visit, monkeypatch: pytest.MonkeyPatch, late: float, steps: int
) -> None:
    """In six tenths of a second: at 0.0, 0.1 and so on; or at 0.0, 0.1, 0.2 and, after a late one, twice in a row."""
    clock, first, step = Clock(), drawn.session.watch, drawn.step

    def sometimes_late() -> None:
        step()
        clock.now += late if drawn.session.watch == first + 3 else 0.0

    monkeypatch.setattr("coproduction.dashboard.visit.time", clock)
    monkeypatch.setattr(drawn, "step", sometimes_late)
    drawn.play(lambda: clock.now < 1000.62, lambda: None)
    assert drawn.session.watch - first == steps


def test_a_city_that_is_played_twice_at_a_time_does_not_go_twice_as_fast(drawn: Visit) -> None:
    """As when somebody pauses and plays in a hurry: the second loop waits until the first has stopped."""
    under_way, went_on, stop = threading.Event(), threading.Event(), threading.Event()
    first: list[int] = []
    second: list[int] = []

    def first_goes() -> bool:
        first.append(drawn.session.watch)
        (went_on if len(first) > 7 else under_way).set()
        return not stop.is_set()

    def second_goes() -> bool:
        second.append(drawn.session.watch)
        return len(second) < 3

    one, other = (
        threading.Thread(target=drawn.play, args=(goes, lambda: None)) for goes in (first_goes, second_goes)
    )
    one.start()
    assert under_way.wait(60)
    other.start()
    assert went_on.wait(60)
    assert second == [], "it waits"
    stop.set()
    for loop in (one, other):
        loop.join(60)
        assert not loop.is_alive()
    assert second == [first[-1], first[-1] + 1, first[-1] + 2]


def test_two_who_ask_for_a_city_at_a_time_burn_it_in_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from coproduction.dashboard import openings as module

    calls, begun, go = [], threading.Event(), threading.Event()
    real = module._burnt_in

    def slow(*given: object) -> object:
        calls.append(1)
        begun.set()
        assert go.wait(60)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "_burnt_in", slow)
    shared, found, told = Openings(), [], []
    scenario = small()
    ask = [
        threading.Thread(
            target=lambda: found.append(shared.of(scenario, 3, lambda done, of: told.append(of)))
        )
        for _ in range(2)
    ]
    ask[0].start()
    assert begun.wait(60)
    ask[1].start()
    while not told:
        ask[1].join(0.05)
    go.set()
    for thread in ask:
        thread.join()
    assert calls == [1]
    assert found[0][0] is found[1][0]


def test_who_waits_goes_on_where_the_other_gives_up() -> None:
    class EnoughError(Exception):
        pass

    shared, scenario, found = Openings(), small(), []
    first_told, second_waits = threading.Event(), threading.Event()

    def gives_up(_done: int, _of: int) -> None:
        first_told.set()
        assert second_waits.wait(60)
        raise EnoughError

    def first() -> None:
        with pytest.raises(EnoughError):
            shared.of(scenario, 3, gives_up)

    def second() -> None:
        found.append(shared.of(scenario, 3, lambda _done, _of: second_waits.set()))

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    threads[0].start()
    assert first_told.wait(60)
    threads[1].start()
    for thread in threads:
        thread.join()
    assert found
    assert len(shared) == 1


def test_a_server_opens_its_first_policies_by_itself_and_stops_when_told() -> None:
    class Two:
        first_two = ("a", "b")

        def __getitem__(self, name: str) -> Scenario:
            return small("own_department" if name == "a" else "coproduced")

    served = Served(Two(), Openings())  # type: ignore[arg-type]
    open_first(served, threading.Event()).join(60)
    assert len(served.openings) >= 1
    ended, idle = threading.Event(), Served(Two(), Openings())  # type: ignore[arg-type]
    ended.set()
    open_first(idle, ended).join(60)
    assert len(idle.openings) == 0
