"""A finished city model leaves nothing behind."""

import gc
import weakref
from collections.abc import Callable
from typing import Any

from coproduction.agents.city_model import CityModel
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.state import State


def test_a_finished_model_is_freed_with_its_arrays(eventful: Numbers, settle: Callable[..., State]) -> None:
    model = CityModel(settle(eventful), eventful, 1)
    while model.watch < 22:
        model.step()
    cell = model.streets.grid[0, 0]
    assert cell.homes == model.state.cells.homes[0]
    watched: list[Any] = [model, model.state.cells.homes, model.residents[0]]
    traces = [weakref.ref(one) for one in watched]
    watched.clear()
    del model, cell
    gc.collect()  # the model and its grid; this ends the grid's registration at copyreg
    gc.collect()  # the class of its cells, which looks at the arrays
    assert [trace() for trace in traces] == [None, None, None]


def test_case_files_leave_the_model_when_their_week_is_over(
    eventful: Numbers, settle: Callable[..., State]
) -> None:
    model = CityModel(settle(eventful), eventful, 1)
    people = len(model.agents) - len(model.volunteers)
    while model.watch < 20:
        model.step()
    assert len(model.case_files) == model.state.cases.count[0] > 0
    assert len(model.agents) == people + len(model.volunteers) + len(model.case_files)
    model.step()
    assert len(model.agents) == people + len(model.volunteers)
