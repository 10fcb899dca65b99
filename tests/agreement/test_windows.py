"""Agents are windows on the state, the grid's layers are the state's arrays, and the core may run beneath both."""

from collections.abc import Callable

import numpy as np
import pytest

from coproduction.agents.city_model import CityModel
from coproduction.agents.window import Column, Window
from coproduction.simulation.city import City
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import CRIME_NAMES, Numbers
from coproduction.simulation.population import populate

OUTSIDE = (1, 8, 9, 20)


@pytest.fixture
def model(eventful: Numbers, grid_city: Callable[..., City]) -> CityModel:
    return CityModel(populate(grid_city(8, 2, OUTSIDE), 200, eventful, 1, 210), eventful, 1)


def agents_of(model: CityModel) -> list[Window]:
    """Return one agent of each class that is there from the start."""
    groups = (model.residents, model.offenders, model.officers, model.neighbourhoods, [model.government])
    return [agents[-1] for agents in groups]


def test_every_column_reads_and_writes_its_own_array(model: CityModel) -> None:
    model.step()
    model.open_files()
    windows = [*agents_of(model), *list(model.case_files.values())[:1]]
    for agent in windows:
        columns = {name: c for name, c in vars(type(agent)).items() if isinstance(c, Column)}
        assert columns, type(agent)
        for name, column in columns.items():
            array = column.array(model.state)
            value = getattr(agent, name)
            assert type(value) in {int, float}
            assert value == array[agent.index]
            setattr(agent, name, value + 1)
            assert array[agent.index] == value + 1, name
            setattr(agent, name, value)


def test_agents_store_nothing_but_their_place(model: CityModel) -> None:
    model.step()
    of_mesa = {"model", "unique_id", "pos", "current_action"}
    for agent in model.agents:
        assert set(vars(agent)) - of_mesa == {"index"}


def test_agents_see_what_the_core_does_beneath_them(model: CityModel, eventful: Numbers) -> None:
    before = [resident.trust for resident in model.residents]
    run_core(model.state, eventful, 1, 0, 30)
    after = [resident.trust for resident in model.residents]
    assert before != after
    assert after == model.state.residents.trust.tolist()


def test_property_layers_are_the_states_arrays(model: CityModel) -> None:
    grid, cells = model.streets.grid, model.state.cells
    fields = {"patrol": cells.patrol, "crime_map": cells.crime_map, "homes": cells.homes}
    fields |= {f"boost_{name}": cells.boost[k] for k, name in enumerate(CRIME_NAMES)}
    for name, field in fields.items():
        layer = getattr(grid, name)
        assert np.shares_memory(getattr(layer, "data", layer), field), name
        field[2 * 8 + 5] += 3.5
        assert getattr(grid[2, 5], name) == field[2 * 8 + 5]
        setattr(grid[2, 5], name, 7.25)
        assert field[2 * 8 + 5] == 7.25


def test_cells_of_the_grid_have_the_states_neighbours(model: CityModel) -> None:
    cells = model.state.cells
    for cell in range(64):
        on_grid = {
            r * 8 + c for r, c in (n.coordinate for n in model.streets.grid[divmod(cell, 8)].neighborhood)
        }
        inside = set() if cell in OUTSIDE else on_grid - set(OUTSIDE)
        assert set(cells.neighbours[cell, : cells.n_neighbours[cell]].tolist()) == inside


def test_state_and_numbers_may_be_replaced(model: CityModel, eventful: Numbers) -> None:
    """A lever turned while the city is watched reaches agents and compiled functions alike."""
    for _ in range(3):
        model.step()
    other = eventful._replace(before=eventful.before._replace(budget=300.0), policy_start=10**6)
    model.numbers = other
    packed = model.packed
    assert model.packed is packed
    model.step()
    assert model.government.posts < 3.0
    model.state = model.state._replace(cases=model.state.cases)
    assert model.packed is not packed
