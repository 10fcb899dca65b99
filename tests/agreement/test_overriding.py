"""A subclass in the place of one of our classes changes what happens, and only that."""

from collections.abc import Callable

import numpy as np

from coproduction.agents.agent_classes import AgentClasses
from coproduction.agents.case_file import CaseFile
from coproduction.agents.city_government import CityGovernment
from coproduction.agents.city_model import CityModel
from coproduction.agents.neighbourhood import Neighbourhood
from coproduction.agents.offender import Offender
from coproduction.agents.officer import Officer
from coproduction.agents.resident import Resident
from coproduction.agents.volunteer import Volunteer
from coproduction.simulation.engine import run_core
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.state import NOBODY, SHIFTS, State, copied, differences


class Silent(Resident):
    """Never reports as a victim."""

    def decides_to_report(self, case: CaseFile) -> bool:
        return False


class Homebody(Offender):
    """Offends nowhere but on the own doorstep."""

    def chooses_target(self, crime: int, tries: int, origin: int) -> int:
        return self.home


class Tired(Volunteer):
    """Never goes on patrol."""

    def volunteer(self) -> None:
        return


class Silence(Officer):
    """Speaks with nobody."""

    def questions(self, cell: int, stop: int) -> int:
        return NOBODY

    def speaks_with(self, cell: int, stop: int) -> int:
        return NOBODY


class Contented(Neighbourhood):
    """Never calls the police about matters other than crime."""

    def call(self) -> None:
        self.calls = 0


class Spendthrift(CityGovernment):
    """Fills all posts, whatever they cost."""

    def spends(self) -> None:
        super().spends()
        self.posts = float(len(self.model.officers))


class Hopeless(CaseFile):
    """Is never cleared by an investigation."""

    def investigate(self) -> None:
        return


def lived(start: State, numbers: Numbers, classes: AgentClasses, watches: int = 42) -> State:
    model = CityModel(copied(start), numbers, 1, classes=classes)
    while model.watch < watches:
        model.step()
    return model.state


def test_overriding_changes_what_it_should(eventful: Numbers, settle: Callable[..., State]) -> None:
    start = settle(eventful)
    ours = run_core(copied(start), eventful, 1, 0, 42)
    n = int(ours.cases.count[0])

    silent = lived(start, eventful, AgentClasses(resident=Silent))
    assert ours.cases.victim_reported[:n].sum() > 0
    assert silent.cases.victim_reported.sum() == 0
    assert (silent.cases.delay >= 0).sum() < (ours.cases.delay >= 0).sum()

    local = lived(start, eventful, AgentClasses(offender=Homebody)).cases
    done = int(local.count[0])
    assert done > 0
    assert (local.cell[:done] == start.offenders.home[local.offender[:done]]).all()
    assert (ours.cases.cell[:n] != start.offenders.home[ours.cases.offender[:n]]).any()

    assert ours.books.weekly[:, SHIFTS].sum() > 0
    assert lived(start, eventful, AgentClasses(volunteer=Tired)).books.weekly[:, SHIFTS].sum() == 0

    assert (ours.officers.contact >= 0).any()
    assert (lived(start, eventful, AgentClasses(officer=Silence)).officers.contact < 0).all()

    assert ours.neighbourhoods.calls.any()
    assert not lived(start, eventful, AgentClasses(neighbourhood=Contented)).neighbourhoods.calls.any()

    assert lived(start, eventful, AgentClasses(government=Spendthrift)).government.posts[0] == len(
        start.officers.free_at
    )

    hopeless = lived(start, eventful, AgentClasses(case_file=Hopeless)).cases.cleared
    assert (ours.cases.cleared == 2).any()
    assert not (hopeless == 2).any()


def test_subclasses_that_change_nothing_agree(eventful: Numbers, settle: Callable[..., State]) -> None:
    class SameResident(Resident):
        pass

    class SameCase(CaseFile):
        pass

    start = settle(eventful)
    classes = AgentClasses(resident=SameResident, case_file=SameCase)
    same = lived(start, eventful, classes, 90)
    assert differences(same, run_core(copied(start), eventful, 1, 0, 90)) == []


def test_the_citys_own_phases_can_be_overridden(eventful: Numbers, settle: Callable[..., State]) -> None:
    class NoCrime(CityModel):
        def offend(self) -> None:
            return

    model = NoCrime(settle(eventful), eventful, 1)
    for _ in range(21):
        model.step()
    assert model.state.cases.count[0] == 0
    assert np.all(model.state.cells.boost == 0.0)
