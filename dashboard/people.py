"""The people of a city as a table that is sorted by any column: no more rows than a page can bear."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from coproduction.dashboard.subjects import RESIDENT, Subject
from coproduction.simulation.rules.calendar import WATCHES_PER_YEAR

if TYPE_CHECKING:
    from coproduction.dashboard.world import World

MOST_ROWS = 200
COLUMNS = {
    "resident": "Resident",
    "age": "Age",
    "place": "Neighbourhood",
    "quintile": "Income fifth",
    "trust": "Trust",
    "fear": "Fear",
    "efficacy": "Self-efficacy",
    "volunteer": "Volunteers",
    "victim": "Times a victim",
    "offences": "Offences done",
}
"""Columns by key; fear, trust and self-efficacy are 0 to 1."""
EVERYWHERE = -1

Values = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Sorting:
    """Which people are listed, and in which order.

    by        key of a column
    highest   True for the highest first
    place     index of the neighbourhood, ``EVERYWHERE`` for all
    """

    by: str = "victim"
    highest: bool = True
    place: int = EVERYWHERE

    def sorted_by(self, key: str) -> "Sorting":
        """Return the order after a heading was pressed: that column, or the other way round where it is the same."""
        if key not in COLUMNS:
            return self
        return Sorting(key, not self.highest if key == self.by else key != "resident", self.place)


def rows_of(world: "World", sorting: Sorting) -> list[list[str]]:
    """Return at most ``MOST_ROWS`` people in order, each as what it stands for and a text for each column."""
    values, names = _values(world), world.scenario.city.city.names
    chosen = np.arange(len(values["resident"]))
    if sorting.place != EVERYWHERE:
        chosen = chosen[values["place"] == sorting.place]
    key = values[sorting.by][chosen].astype(np.float64)
    order = chosen[np.argsort(-key if sorting.highest else key, kind="stable")][:MOST_ROWS]
    return [
        [Subject(RESIDENT, i).text(), *(_text(key, values[key][i], names) for key in COLUMNS)]
        for i in order.tolist()
    ]


def _values(world: "World") -> Values:
    people, state = world.state.residents, world.state
    n, everybody = int(state.cases.count[0]), len(people.home)
    victim = state.cases.victim[:n]
    offences = np.zeros(everybody, np.int64)
    np.add.at(offences, state.offenders.resident, state.offenders.offences)
    return {
        "resident": np.arange(everybody),
        "age": people.age + world.watch // WATCHES_PER_YEAR,
        "place": people.neighbourhood,
        "quintile": people.quintile + 1,
        "trust": people.trust,
        "fear": people.fear,
        "efficacy": people.self_efficacy,
        "volunteer": people.volunteer,
        "victim": np.bincount(victim[victim >= 0], minlength=everybody),
        "offences": offences,
    }


def _text(key: str, value: Any, names: Any) -> str:
    if key == "place":
        return str(names[int(value)])
    if key == "volunteer":
        return "yes" if value else "no"
    return f"{value:.3f}" if key in {"trust", "fear", "efficacy"} else f"{int(value)}"
