"""Officers: when they are on duty, where they patrol, whom they question and speak with, what they know."""

from coproduction.agents.encounter import Encounter, Luck
from coproduction.agents.window import Column, Window
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick
from coproduction.simulation.parameters.levers import ENGAGEMENT, FIELD_STOPS
from coproduction.simulation.rules.beats import (
    CAR,
    FOOT,
    SUB_STATION,
    beat_of,
    beat_span,
    knowledge_after_month,
    learning_pace,
    leaving_beat_probability,
    mode_of,
    planned_cell,
    station_span,
    whole_span,
)
from coproduction.simulation.rules.calendar import on_rota
from coproduction.simulation.rules.conduct import corrected, stop_probability
from coproduction.simulation.rules.police import duty_share, patrol_stops
from coproduction.simulation.rules.targets import around, leave_patrol, resident_around
from coproduction.simulation.state import BY_OFFICERS, CONTACTS, MOST_STOPS, NOBODY, STOPS


class Officer(Window):
    """A post in the police, full-time, part-time or vacant according to what the city can pay, and who holds it."""

    free_at = Column[int]("officers.free_at")
    stops = Column[int]("officers.stops")
    on_duty = Column[int]("officers.on_duty")
    holder = Column[int]("officers.holder")
    knowledge = Column[float]("officers.knowledge")
    supervision = Column[float]("officers.supervision")
    complaints = Column[int]("officers.complaints")

    # --- On duty ---

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
        """Make a patrol stop, and perhaps question or speak with somebody there."""
        cells, officers = self.model.state.cells, self.model.state.officers
        cell = self.goes_to(stop)
        leave_patrol(cells, cell, self.watch, self.parameters.guardianship.patrol_memory)
        officers.contact[self.index, stop] = NOBODY
        if around(cells, cell) == 0:
            return
        met = self.questions(cell, stop)
        officers.questioned[self.index, stop] = int(met != NOBODY)
        if met == NOBODY:
            met = self.speaks_with(cell, stop)
            self.model.count(CONTACTS, int(met != NOBODY))
        officers.contact[self.index, stop] = met

    @property
    def mode(self) -> int:
        """How the officer works: ``CAR``, ``FOOT`` or ``SUB_STATION``."""
        return mode_of(self.index, self.levers.foot, self.levers.sub_stations)

    @property
    def beat(self) -> int:
        """The beat of the post."""
        return beat_of(self.index, len(self.model.state.beats.knowledge))

    def goes_to(self, stop: int) -> int:
        """Return the cell of a patrol stop: by the plan in the own beat or anywhere, or the sub-station."""
        beats = self.model.state.beats
        u = self.draw(Decision.PATROL_CELL, stop)
        if self.mode == SUB_STATION:
            return planned_cell(beats, station_span(beats, self.beat), u)
        own = self.mode == FOOT or self.draw(Decision.ON_BEAT, stop) < self.levers.beat_integrity
        return planned_cell(beats, beat_span(beats, self.beat) if own else whole_span(beats), u)

    def finds(self, decision: Decision, cell: int, stop: int) -> int:
        """Return the resident around a cell on whom the draw falls, or NOBODY when that one is not there."""
        cells = self.model.state.cells
        place = pick(self.draw(decision, stop), around(cells, cell))
        sought = self.model.residents[resident_around(cells, cell, place)]
        return sought.index if sought.is_in(cell) else NOBODY

    def questions(self, cell: int, stop: int) -> int:
        """Return the resident whom the officer stops and questions, or NOBODY."""
        seen = self.finds(Decision.SOUGHT, cell, stop)
        if seen == NOBODY:
            return NOBODY
        place = self.place_of(cell)
        wanted = self.levers.field_stops + self.model.neighbourhoods[place].lever(FIELD_STOPS)
        bias = Encounter(self, self.model.residents[seen], place).bias()
        return seen if self.draw(Decision.QUESTIONED, stop) < stop_probability(wanted, bias) else NOBODY

    def speaks_with(self, cell: int, stop: int) -> int:
        """Return the resident whom the officer speaks with, or NOBODY when none is sought or the one is not there."""
        if self.draw(Decision.ENGAGES, stop) >= self.engagement(cell):
            return NOBODY
        return self.finds(Decision.ENGAGED, cell, stop)

    def engagement(self, cell: int) -> float:
        """Return the probability that the officer seeks to speak with somebody at a stop."""
        wanted = self.levers.engagement + self.model.neighbourhoods[self.place_of(cell)].lever(ENGAGEMENT)
        beats = self.parameters.beats
        if self.mode == CAR:
            return wanted
        return wanted + (beats.foot_engagement if self.mode == FOOT else beats.desk_engagement)

    def place_of(self, cell: int) -> int:
        """Return the neighbourhood of a cell."""
        place: int = self.model.state.cells.neighbourhood.item(cell)
        return place

    # --- What encounters leave behind ---

    def remember(self) -> None:
        """Leave behind in everybody questioned or spoken with how it went."""
        contacts = self.model.state.officers.contact
        for stop in range(self.stops):
            met = contacts.item(self.index, stop)
            if met != NOBODY:
                self.model.experience(("contact", self.index, stop), self.meets, met, stop)

    def meets(self, met: int, stop: int) -> None:
        """Meet a resident on patrol."""
        resident = self.model.residents[met]
        encounter = Encounter(self, resident, resident.neighbourhood)
        if self.model.state.officers.questioned.item(self.index, stop):
            encounter.question(BY_OFFICERS, Luck(self.index, stop))
        else:
            encounter.talk(self.draw(Decision.TREATED, stop))

    def trait(self, decision: Decision) -> float:
        """Draw a trait of whoever holds the post, the same as long as that one does."""
        return self.model.luck(decision, self.index, self.holder)

    def is_complained_about(self, *, true: bool) -> None:
        """Have a complaint on file, and change one's ways when it was found true."""
        self.complaints += 1
        if true:
            self.supervision = corrected(self.supervision, self.parameters.conduct.correction)

    # --- The post over the months ---

    def staff(self) -> None:
        """Leave the beat to somebody new, or come to know it better; vacant posts know and forget nothing."""
        if duty_share(self.index, self.model.government.posts) <= 0.0:
            return
        if self.draw(Decision.LEAVES_BEAT) < leaving_beat_probability(self.levers.turnover):
            self.is_replaced()
        else:
            beats = self.parameters.beats
            pace = learning_pace(self.mode, self.levers.beat_integrity, beats.foot_learning)
            self.knowledge = knowledge_after_month(self.knowledge, beats.weeks_to_know, pace)

    def hand_over(self) -> None:
        """Leave the post to somebody whom the arrangement that begins brings, or stay."""
        if self.draw(Decision.TAKEN_OVER) < self.levers.takeover:
            self.is_replaced()

    def is_replaced(self) -> None:
        """Let somebody take the post who does not know the beat, and against whom nothing stands."""
        self.holder += 1
        self.knowledge = self.supervision = 0.0
        self.complaints = 0
