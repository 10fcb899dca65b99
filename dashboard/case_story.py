"""The whole story of a case of a city on the page: the project's own, with every term, on the city run again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coproduction.experiments.follow import Story
from coproduction.experiments.follow_offence import offence_steps
from coproduction.experiments.follow_response import response_steps
from coproduction.experiments.follow_scene import Scene, scene_of
from coproduction.experiments.follow_words import moment
from coproduction.experiments.stages import place_of, through_phases
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters import Numbers, Parameters
from coproduction.simulation.state import copied

if TYPE_CHECKING:
    from coproduction.dashboard.world import World

Told = Callable[[int, int], None]
SPAN = 21
"""Watches between two tellings of how far the city is run again."""


@dataclass(frozen=True)
class _SceneOnThePage(Scene):
    """A case of a city that was changed while it ran: what the kernels read is that of its watch."""

    run_with: Numbers

    @property
    def numbers(self) -> Numbers:
        """What the kernels read."""
        return self.run_with

    @property
    def parameters(self) -> Parameters:
        """Parameters but the arrangement."""
        return self.run_with.parameters


def story_of(world: "World", case: int, told: Told = lambda _done, _of: None) -> Story:
    """Run a city again up to one of its cases and tell it, each number computed again from what it rests on.

    told  called as the city is run again; what it raises stops it

    Raises
    ------
    DesignError
        Offenders walk on a lattice in this city: there is no journey to tell.
    """
    scene = _scene(world, case, told)
    heading = (
        f"Case {case + 1:,}: {scene.crime_name} in neighbourhood {scene.neighbourhood_of(scene.cell)}, "
        f"{moment(scene.watch, int(scene.case['second']))}"
    )
    return Story(case + 1, heading, (*offence_steps(scene), *response_steps(scene)))


def _scene(world: "World", case: int, told: Told) -> Scene:
    row = _file(world, case)
    watch = int(row["watch"])
    if watch < world.first:
        return scene_of(world.scenario, world.seed, case + 1, row)
    if world.scenario.parameters.setting.movement > 0.0:
        raise DesignError(
            f"{world.scenario.source}: [setting] movement must be 0 to follow a case; got "
            f"{world.scenario.parameters.setting.movement:g}. On the lattice there is no journey to tell."
        )
    again = world.again()
    for stop in [*range(again.first + SPAN, watch, SPAN), watch]:
        again.run_to(stop)
        told(stop - again.first, watch - again.first)
    return _at(again, case, row)


def _at(again: "World", case: int, row: dict[str, Any]) -> Scene:
    numbers, seed, watch = again.numbers, again.seed, again.watch
    attempts, settled = place_of("offend"), place_of("remember") + 1
    before = through_phases(copied(again.state), numbers, seed, watch, 0, attempts)
    after = through_phases(copied(before), numbers, seed, watch, attempts, settled)
    return _SceneOnThePage(again.scenario, seed, case + 1, row, before, after, case, numbers)


def _file(world: "World", case: int) -> dict[str, Any]:
    """Return the case file as the stories read it, column to value."""
    cases = world.state.cases
    row = {name: getattr(cases, name)[case] for name in cases._fields[2:]}
    row["recorded"] = bool(row["delay"] >= 0)
    row["reported"] = row["recorded"] and not row["discovered"]
    return row
