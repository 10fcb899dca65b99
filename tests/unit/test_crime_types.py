"""Types of crime are data: who is exposed, what guards, and types that a scenario file adds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numba import typeof

from coproduction.experiments.run import simulate
from coproduction.scenarios.scenario import Scenario, changed_parameters, from_dict, load, replace
from coproduction.simulation.city import City
from coproduction.simulation.engine import run_core
from coproduction.simulation.packed import pack_numbers
from coproduction.simulation.parameters import CRIME_NAMES, Numbers, Policing, as_tables, build, names_of
from coproduction.simulation.parameters.crimes import CRIME_TYPES, HOUSEHOLD
from coproduction.simulation.population import populate
from coproduction.simulation.rules.targets import housemate
from coproduction.simulation.state import NOBODY, State

GRAFFITI = {"like": "antisocial_behaviour", "recorded_rate": 4000.0, "visibility": 0.2}
KINDS = {name: k for k, name in enumerate(CRIME_NAMES)}


@pytest.fixture
def with_graffiti(tmp_path: Path) -> Scenario:
    """A scenario whose file adds a type of crime."""
    file = tmp_path / "painted.toml"
    keys = "\n".join(f"{key} = {value!r}" for key, value in GRAFFITI.items())
    file.write_text(f'[scenario]\nname = "painted"\nresidents = 1000\n[crime.graffiti]\n{keys}\n')
    return replace(load(file), burn_in_weeks=1, measured_weeks=8)


def test_an_added_type_takes_what_it_does_not_say_from_the_one_it_is_like(with_graffiti: Scenario) -> None:
    *_, graffiti = with_graffiti.parameters.crimes
    declared = CRIME_TYPES["antisocial_behaviour"]
    assert names_of(with_graffiti.parameters) == (*CRIME_NAMES, "graffiti")
    assert graffiti == declared._replace(name="graffiti", recorded_rate=4000.0, visibility=0.2)


def test_an_added_type_happens_and_is_in_every_table(with_graffiti: Scenario) -> None:
    result = simulate(with_graffiti, 1)
    n = (result.cases["type"] == "graffiti").sum()
    assert n > 5
    assert result.neighbourhoods["true_graffiti"].sum() == n
    assert (
        result.ledger.set_index("item").loc["graffiti", "usd"]
        == n * CRIME_TYPES["antisocial_behaviour"].unit_cost
    )


def test_an_added_type_is_written_out_and_read_back(with_graffiti: Scenario) -> None:
    assert from_dict(with_graffiti.to_dict(), source="again").parameters == with_graffiti.parameters
    assert build("again", as_tables(with_graffiti.parameters)) == with_graffiti.parameters


def test_an_added_type_is_changed_by_its_name(with_graffiti: Scenario) -> None:
    changed = changed_parameters("test", with_graffiti.parameters, {"graffiti": {"boost": 7.0}})
    assert changed.crimes[-1] == with_graffiti.parameters.crimes[-1]._replace(boost=7.0)
    assert changed.crimes[:-1] == with_graffiti.parameters.crimes[:-1]


def test_compiled_kernels_serve_any_number_of_types(with_graffiti: Scenario) -> None:
    """Numbers of nine types are of the same compiled type as numbers of eight: nothing is compiled again."""
    of_nine, of_eight = (pack_numbers(s.numbers) for s in (with_graffiti, load("own_department")))
    assert typeof(of_nine) == typeof(of_eight)  # type: ignore[no-untyped-call]


def only(kind: str, **changes: float) -> Numbers:
    """Numbers of a city that knows one type of crime, much of it, and charges nobody."""
    tables: dict[str, dict[str, Any]] = {name: {"recorded_rate": 0.0} for name in CRIME_NAMES}
    tables[kind] = {"recorded_rate": 5000.0, "reported_share": 0.1, **changes}
    tables["justice"] = {"charge": 0.0}
    return Numbers(build("test", tables), Policing(), Policing(), 10**6, 0)


def lived(city: City, numbers: Numbers) -> State:
    return run_core(populate(city, 600, numbers, 2, 400), numbers, 2, 0, 400)


def test_domestic_violence_hits_the_same_person_at_the_own_home_again(grid_city: Callable[..., City]) -> None:
    state = lived(grid_city(), only("domestic_violence"))
    cases, n = state.cases, int(state.cases.count[0])
    assert n > 100
    assert (cases.crime[:n] == KINDS["domestic_violence"]).all()
    assert (cases.cell[:n] == state.offenders.home[cases.offender[:n]]).all()
    assert (cases.tries[:n] == 1).all()
    pairs = np.unique(np.stack([cases.offender[:n], cases.victim[:n]]), axis=1)
    assert pairs.shape[1] == len(np.unique(cases.offender[:n]))
    assert (state.offenders.resident[pairs[0]] != pairs[1]).all()
    assert (state.residents.home[pairs[1]] == state.offenders.home[pairs[0]]).all()


def test_who_lives_alone_has_nobody_to_hit(grid_city: Callable[..., City]) -> None:
    numbers = only("domestic_violence")
    cells = populate(grid_city(), 200, numbers, 1, 10).cells
    for home in range(144):
        living = list(range(cells.living_start.item(home), cells.living_start.item(home + 1)))
        found = [housemate(cells, home, one) for one in living]
        assert found == ([NOBODY] if len(living) == 1 else living[1:] + living[:1])


def test_what_guardians_cannot_reach_they_do_not_prevent(grid_city: Callable[..., City]) -> None:
    def stopped(guardable: float) -> float:
        books = lived(grid_city(), only("theft", guardable=guardable)).books
        return float(books.weekly[:, 1].sum() / books.weekly[:, 0].sum())

    assert stopped(0.0) == 0.0
    assert 0.0 < stopped(0.3) < stopped(1.0)


def test_every_type_says_whom_it_exposes_and_when_a_unit_must_come() -> None:
    household = [name for name, crime in CRIME_TYPES.items() if crime.exposure == HOUSEHOLD]
    assert household == ["domestic_violence"]
    first = {name for name, crime in CRIME_TYPES.items() if crime.priority == 0.0}
    assert first == {"robbery", "assault", "domestic_violence"}
