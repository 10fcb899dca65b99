"""Officers: when they are on duty, where they patrol, and whom they speak with."""

from coproduction.agents.window import Column, Window
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick
from coproduction.simulation.rules.calendar import on_rota
from coproduction.simulation.rules.police import duty_share, patrol_stops
from coproduction.simulation.rules.targets import around, leave_patrol, patrol_cell, resident_around
from coproduction.simulation.state import CONTACTS, MOST_STOPS, NOBODY, STOPS


class Officer(Window):
    """A post in the police, full-time, part-time or vacant according to what the city can pay."""

    free_at = Column[int]("officers.free_at")
    stops = Column[int]("officers.stops")
    on_duty = Column[int]("officers.on_duty")

    def deploy(self) -> None:
        """Go on duty if the rota says so and the post is paid; then patrol with the time that calls leave."""
        self.on_duty = int(self.works())
        self.stops = self.stops_to_make() if self.on_duty else 0
        self.model.count(STOPS, self.stops)
        for stop in range(self.stops):
            self.patrols(stop)

    def works(self) -> bool:
        """Say whether the officer is on duty in this watch; of a post that is paid in part, by the draw."""
        share = duty_share(self.index, self.model.government.posts)
        if not on_rota(self.index, self.watch, self.parameters.patrol.shifts):
            return False
        return share >= 1.0 or self.draw(Decision.ON_DUTY) < share

    def stops_to_make(self) -> int:
        """Return how many patrol stops the watch leaves time for."""
        call_load = self.model.government.call_load
        return patrol_stops(self.draw(Decision.STOPS), self.parameters.patrol.stops, call_load, MOST_STOPS)

    def patrols(self, stop: int) -> None:
        """Make a patrol stop where the patrol plan says, and perhaps speak with somebody there."""
        cells = self.model.state.cells
        cell = patrol_cell(cells, self.draw(Decision.PATROL_CELL, stop))
        leave_patrol(cells, cell, self.watch, self.parameters.guardianship.patrol_memory)
        met = self.speaks_with(cell, stop) if self.engages(cell, stop) else NOBODY
        self.model.state.officers.contact[self.index, stop] = met
        if met != NOBODY:
            self.model.count(CONTACTS)

    def engages(self, cell: int, stop: int) -> bool:
        """Decide whether to speak with a resident at this stop; nobody lives or works everywhere."""
        somebody = around(self.model.state.cells, cell) > 0
        return somebody and self.draw(Decision.ENGAGES, stop) < self.levers.engagement

    def speaks_with(self, cell: int, stop: int) -> int:
        """Return the resident met, or NOBODY when the one sought is not there."""
        cells = self.model.state.cells
        place = pick(self.draw(Decision.ENGAGED, stop), around(cells, cell))
        sought = self.model.residents[resident_around(cells, cell, place)]
        return sought.index if sought.is_in(cell) else NOBODY

    def remember(self) -> None:
        """Leave behind in everybody spoken with how it felt."""
        contacts = self.model.state.officers.contact
        for stop in range(self.stops):
            met = contacts.item(self.index, stop)
            if met != NOBODY:
                fair = self.draw(Decision.TREATED, stop) < self.levers.fairness
                resident = self.model.residents[met]
                self.model.experience(("contact", self.index, stop), resident.meets_police, fair)
