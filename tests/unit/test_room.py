"""What a run takes is known before it is run, from the shapes of the state, and what does not fit is refused."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from coproduction.experiments import room
from coproduction.experiments.room import GIB, PROCESS, Need, check_room, needed, needed_once, seconds_for
from coproduction.scenarios.scenario import load, replace
from coproduction.simulation.city import City
from coproduction.simulation.engine import run_core
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters import Numbers, Parameters, Policing
from coproduction.simulation.population import populate
from coproduction.simulation.population.size import expected_bytes
from coproduction.simulation.state import memory


@pytest.mark.parametrize("residents", [500, 20_000, 100_000])
def test_expected_bytes_are_those_of_the_state(residents: int) -> None:
    scenario = replace(load("coproduced"), residents=residents, burn_in_weeks=1, measured_weeks=12)
    city, numbers, watches = scenario.city.city, scenario.numbers, scenario.watches
    expected = expected_bytes(city, residents, numbers, watches)
    state = run_core(populate(city, residents, numbers, 1, watches), numbers, 1, 0, watches)
    assert sum(expected.values()) == pytest.approx(memory(state), rel=0.15)
    assert list(expected) == list(state._fields)
    exact = {name: memory(getattr(state, name)) for name in state._fields if name != "ties"}
    assert {name: size for name, size in expected.items() if name != "ties"} == exact


@pytest.mark.parametrize(("bonding", "bridging"), [(0.0, 0.0), (12.0, 2.0), (3.0, 15.0)])
def test_expected_bytes_follow_the_ties(
    grid_city: Callable[..., City], bonding: float, bridging: float
) -> None:
    p = Parameters()
    p = p._replace(ties=p.ties._replace(bonding=bonding, bridging=bridging))
    numbers, city = Numbers(p, Policing(), Policing(), 0, 0), grid_city(20)
    expected = expected_bytes(city, 8_000, numbers, 84)
    state = populate(city, 8_000, numbers, 1, 84)
    assert expected["ties"] == pytest.approx(memory(state.ties), rel=0.15)
    assert sum(expected.values()) == pytest.approx(memory(state), rel=0.15)


def test_expected_bytes_follow_a_long_run_in_which_case_files_grow() -> None:
    scenario = replace(load("coproduced"), residents=6_000, burn_in_weeks=0, measured_weeks=1_040)
    city, numbers = scenario.city.city, scenario.numbers
    short, long = (expected_bytes(city, 6_000, numbers, watches) for watches in (84, scenario.watches))
    assert long["cases"] > short["cases"]
    state = run_core(populate(city, 6_000, numbers, 1, scenario.watches), numbers, 1, 0, scenario.watches)
    assert sum(long.values()) == pytest.approx(memory(state), rel=0.15)


def test_a_comparison_holds_a_city_for_each_beginning_and_one_to_run() -> None:
    one, other = load("own_department"), load("coproduced")
    alone, both = needed_once(one), needed([one, other], "core", 8, 4)
    city = sum(expected_bytes(one.city.city, one.residents, one.numbers, one.watches).values())
    assert both.processes == 4
    assert both.city > 2 * city > alone.city > city
    assert needed([one], "core", 1, 4).processes == 1
    by_agents = needed_once(one, "agents")
    assert by_agents.city > alone.city + 100 * one.residents
    assert needed([one, other], "agents", 8, 4).city == pytest.approx(by_agents.city, rel=0.01)
    unlike = replace(other, policing=other.policing._replace(engagement=0.3))
    assert needed([one, unlike], "core", 8, 4).city > both.city + 0.9 * city


NEED = Need(residents=1_000_000, city=int(GIB), processes=2)


@pytest.mark.parametrize(
    ("need", "free", "advice"),
    [
        (NEED, NEED.total - 1, "1.29 GiB in each of 2 processes. Use --workers 1, or --residents 990000."),
        (NEED, PROCESS + GIB / 4, "Use --residents 250000 with --workers 1."),
        (Need(1_000_000, int(GIB), 1), PROCESS + GIB / 2, "take 1.29 GiB. Use --residents 500000."),
        (NEED, PROCESS / 2, "Free some memory."),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(need: Need, free: float, advice: str) -> None:
    with pytest.raises(DesignError) as refused:
        check_room(need, int(free))
    assert str(refused.value).endswith(advice)
    check_room(need, need.total)
    check_room(need, None)


@pytest.mark.parametrize("free", [0.5, 1.0, 3.0])
def test_what_is_advised_fits(free: float) -> None:
    scenario = replace(load("coproduced"), residents=2_000_000)
    need, there = needed_once(scenario), int(free * GIB)
    advised = need.residents_in(there, 1)
    smaller = needed_once(replace(scenario, residents=advised))
    assert 0.9 * there < smaller.total <= 1.01 * there


def test_free_memory_is_what_machine_and_control_group_leave(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 9000 kB\nMemAvailable:    5000 kB\n", encoding="ascii")
    monkeypatch.setattr(room, "MEMORY", meminfo)
    monkeypatch.setattr(room, "CGROUP", tmp_path)
    assert room.free_memory() == 5000 * 1024
    (tmp_path / "memory.max").write_text("4096000\n", encoding="ascii")
    (tmp_path / "memory.current").write_text("3000000\n", encoding="ascii")
    (tmp_path / "memory.stat").write_text(
        "anon 5\ninactive_file 300000\nactive_file 700000\n", encoding="ascii"
    )
    assert room.free_memory() == 2_096_000
    (tmp_path / "memory.max").write_text("max\n", encoding="ascii")
    assert room.free_memory() == 5000 * 1024
    meminfo.unlink()
    monkeypatch.setattr(os, "sysconf_names", {})
    assert room.free_memory() is None


def test_time_is_told_in_proportion(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = np.arange(0.0, 100.0).tolist()
    monkeypatch.setattr(time, "process_time", lambda: ticks.pop(0))
    monkeypatch.setitem(room.PILOT_RESIDENTS, "core", 500)
    scenario = replace(load("coproduced"), residents=5_000, burn_in_weeks=8, measured_weeks=16)
    # One second for 500 residents' set-up and one for their 8 weeks, by the clock above.
    assert seconds_for(scenario) == pytest.approx(10.0 * (1.0 + 3.0))
