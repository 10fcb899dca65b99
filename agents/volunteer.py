"""Volunteers: the role of a resident who helps, kept from joining to leaving."""

from coproduction.agents.resident import Resident
from coproduction.agents.window import Window
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick
from coproduction.simulation.rules.calendar import EVENING, WATCHES_PER_DAY, WATCHES_PER_YEAR, watch_of_day
from coproduction.simulation.rules.programmes import fading_probability
from coproduction.simulation.rules.targets import leave_visit
from coproduction.simulation.rules.volunteering import (
    learnt_efficacy,
    leaving_probability,
    shift_probability,
)
from coproduction.simulation.state import SHIFTS, VISITS

EVENINGS_PER_YEAR = WATCHES_PER_YEAR // WATCHES_PER_DAY


class Volunteer(Window):
    """The role that a resident holds while volunteering; its row and its luck are the resident's."""

    @property
    def resident(self) -> Resident:
        """Who holds the role."""
        return self.model.residents[self.index]

    def volunteer(self) -> None:
        """Perhaps go on patrol, in the evening."""
        v = self.parameters.volunteering
        if watch_of_day(self.watch) == EVENING:
            missed = self.parameters.dysfunctions.unreliable_volunteers
            chance = shift_probability(v.hours, v.shift_hours, EVENINGS_PER_YEAR) * (1.0 - missed)
            if self.draw(Decision.SHIFT) < chance:
                self.walks(int(v.shift_hours * v.visits_per_hour))

    def walks(self, visits: int) -> None:
        """Visit that many cells of the own neighbourhood, one after the other, each drawn anew."""
        neighbourhood = self.model.neighbourhoods[self.resident.neighbourhood]
        neighbourhood.shifts += 1
        self.model.count(SHIFTS)
        self.model.count(VISITS, visits)
        own_cells = neighbourhood.cells
        for visit in range(visits):
            place = pick(self.draw(Decision.VOLUNTEER_CELL, visit), len(own_cells))
            leave_visit(self.model.state.cells, own_cells.item(place), self.watch)

    def serves_on(self) -> None:
        """Learn from a month of volunteering, then stay or leave."""
        resident, gain = self.resident, self.parameters.change.efficacy_gain
        success = self.model.neighbourhoods[resident.neighbourhood].was_quiet()
        resident.self_efficacy = learnt_efficacy(resident.self_efficacy, success, gain)
        if self.decides_to_leave():
            resident.is_volunteer = 0

    def decides_to_leave(self) -> bool:
        """Decide whether this month was the last one; less likely for those who are coordinated."""
        v = self.parameters.volunteering
        support = self.model.government.support()
        chance = leaving_probability(v.leaving, v.unsupported_leaving, support)
        d = self.parameters.dysfunctions
        chance = fading_probability(chance, d.unreliable_volunteers, d.fading)
        return self.draw(Decision.LEAVE) < chance
