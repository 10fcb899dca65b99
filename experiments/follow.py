"""One case from offence to outcome in plain English, with the terms of each decision and the luck that settled it.

The terms are those of the very rules that the model runs on, computed again from the city as it was at that moment.
Each is set against the number in the case file: when one differs in any bit, the story says so.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from coproduction.experiments.follow_offence import offence_steps
from coproduction.experiments.follow_response import response_steps
from coproduction.experiments.follow_scene import scene_of
from coproduction.experiments.follow_words import Check, Step, counted, moment
from coproduction.simulation.errors import DesignError

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.result import Result


@dataclass(frozen=True, slots=True)
class Story:
    """A case as told.

    number   of the case, from 1, as a row of the case files
    heading  what, where, when
    steps    in order
    """

    number: int
    heading: str
    steps: tuple[Step, ...]

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every number of the case file that was computed again."""
        return tuple(check for step in self.steps for check in step.checks)

    @property
    def true(self) -> bool:
        """True when all of them came out the same, to the last bit."""
        return all(check.holds for check in self.checks)

    def text(self) -> str:
        """Return the story as text, 100 characters wide."""
        steps = (step.text(number) for number, step in enumerate(self.steps, start=1))
        return "\n\n".join([f"{self.heading}\n{'=' * len(self.heading)}", *steps, self.closing()])

    def closing(self) -> str:
        """Say whether the story agrees with the case file."""
        wrong = [f"{c.name} is {c.stored!r} in it and {c.again!r} here" for c in self.checks if not c.holds]
        if wrong:
            return f"This story does NOT agree with the case file: {'; '.join(wrong)}."
        numbers = counted(len(self.checks), "number")
        return (
            f"Checked: {numbers} of the case file, computed again for this story, the same to the last bit."
        )


def follow(result: "Result", number: int | None = None) -> Story:
    """Tell one case of a run.

    number  from 1, as a row of ``result.cases``; None picks a case that shows as much as possible

    Raises
    ------
    DesignError
        There is no such case, or none at all, or offenders walk on a lattice.
    """
    cases = result.cases
    source = result.scenario.source
    if len(cases) == 0:
        raise DesignError(f"{source}: there was no offence in the measured period; got no case to follow.")
    if number is not None and not 1 <= number <= len(cases):
        raise DesignError(f"{source}: the case to follow must be between 1 and {len(cases)}; got {number}.")
    chosen = instructive(cases) if number is None else number
    case = {str(name): cases[name].iloc[chosen - 1] for name in cases.columns}
    scene = scene_of(result.scenario, result.seed, chosen, case)
    heading = (
        f"Case {chosen:,} of {len(cases):,}: {scene.crime_name} in neighbourhood {scene.neighbourhood_of(scene.cell)}, "
        f"{moment(scene.watch, int(case['second']))}"
    )
    return Story(chosen, heading, (*offence_steps(scene), *response_steps(scene)))


def instructive(cases: "pd.DataFrame") -> int:
    """Return the number of the first case that got furthest, from a victim to a report, clearance and a sentence."""
    merits = (
        cases["victim"] >= 0,
        cases["reported"],
        cases["cleared"] > 0,
        cases["sentence"] > 0,
        cases["witness"] >= 0,
    )
    score = sum(2.0 ** (5 - place) * merit.to_numpy(np.float64) for place, merit in enumerate(merits))
    return int(np.argmax(score)) + 1
