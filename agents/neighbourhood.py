"""Neighbourhoods: what their residents are together, and what they ask of the police."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import numpy as np

from coproduction.agents.encounter import Encounter, Luck
from coproduction.agents.window import Column, Window
from coproduction.simulation.calls import calls_per_resident
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick, poisson
from coproduction.simulation.parameters.levers import (
    ENGAGEMENT,
    FIELD_STOPS,
    MEMBER_PATROLS,
    UPKEEP,
    VISIBLE_STOPS,
)
from coproduction.simulation.phases.beats import MOST_EVENTS, ON_FOOT
from coproduction.simulation.phases.suspicion import AFTER_CALL, SUSPECT_LOOKS
from coproduction.simulation.rules.calendar import (
    EVENING,
    WATCHES_PER_DAY,
    WATCHES_PER_WEEK,
    WATCHES_PER_YEAR,
    watch_of_day,
)
from coproduction.simulation.rules.conduct import stop_probability, suspicion_probability
from coproduction.simulation.rules.disorder import disheartening, left_to_see
from coproduction.simulation.rules.guardianship import collective_efficacy
from coproduction.simulation.rules.perception import discouraged
from coproduction.simulation.rules.programmes import blended_claim, events_per_watch
from coproduction.simulation.rules.targets import around, leave_patrol, leave_visit, resident_around
from coproduction.simulation.rules.trust import relaxed
from coproduction.simulation.rules.volunteering import helping_pays, practised
from coproduction.simulation.state import (
    BELIEVES_ROSE,
    BY_CALLS,
    BY_OFFICERS,
    CONTACTS,
    DISORDER,
    EFFICACY,
    FEAR,
    LEVEL,
    PANEL_SHIFTS,
    PERCEIVED,
    SELF_EFFICACY,
    SHIFTS,
    STOPS,
    TRUST,
    VISITS,
    VOLUNTEERS,
    Counts,
    Flags,
    Floats,
    Ints,
    Residents,
)

if TYPE_CHECKING:
    from coproduction.agents.resident import Resident


def summed(values: Iterable[float], start: float = 0.0) -> float:
    """Return a sum taken strictly from the first value to the last.

    ``sum`` and NumPy's sums each round in another way, and the result must not differ in any bit.
    """
    return reduce(add, values, start)


def add_up(panel: Floats, residents: Residents, members: Counts, seen: tuple[Floats, Floats]) -> None:
    """Add the traits of some residents to their row of the panel, in the order of their index.

    seen  perceived crime above which the residents of a neighbourhood believe that crime rose, shape (N,), and how
          disordered their street looks to residents, shape (R,)
    """
    noticed, disorder = seen
    believes = (residents.perceived > noticed[residents.neighbourhood]).astype(np.int8)
    traits: dict[int, Floats | Flags] = {
        FEAR: residents.fear,
        TRUST: residents.trust,
        SELF_EFFICACY: residents.self_efficacy,
        VOLUNTEERS: residents.volunteer,
        PERCEIVED: residents.perceived,
        BELIEVES_ROSE: believes,
        DISORDER: disorder,
    }
    for column, trait in traits.items():
        panel[column] = summed(trait[members].tolist(), panel.item(column))


class Neighbourhood(Window):
    """A part of the city, and the board that speaks for it."""

    size = Column[int]("neighbourhoods.residents")
    efficacy = Column[float]("neighbourhoods.efficacy")
    mean_fear = Column[float]("neighbourhoods.mean_fear")
    concern = Column[int]("neighbourhoods.concern")
    priority = Column[float]("neighbourhoods.priority")
    offences = Column[int]("neighbourhoods.offences")
    usual = Column[float]("neighbourhoods.usual")
    calls = Column[int]("neighbourhoods.calls")
    shifts = Column[int]("neighbourhoods.shifts")
    questioned = Column[int]("neighbourhoods.questioned")
    level = Column[float]("neighbourhoods.level")
    readiness = Column[float]("neighbourhoods.readiness")
    organisations = Column[float]("neighbourhoods.organisations")

    @property
    def cells(self) -> Ints:
        """Its cells, shape (cells of the neighbourhood,)."""
        places = self.model.state.neighbourhoods
        return places.cell[places.cell_start[self.index] : places.cell_start[self.index + 1]]

    @property
    def members(self) -> Counts:
        """Its residents in the order of their index, shape (residents of the neighbourhood,)."""
        return np.flatnonzero(self.model.state.residents.neighbourhood == self.index)

    def takes_levers(self) -> None:
        """Take what the programmes here add to each lever, up to its largest value."""
        portfolio = self.model.numbers.programmes
        added = [programme.adds(self.index) for programme in self.model.programmes]
        for lever, most in enumerate(portfolio.most.tolist()):
            self.model.state.neighbourhoods.levers[self.index, lever] = min(
                summed(each[lever] for each in added), most
            )

    def lever(self, lever: int) -> float:
        """Return a lever of programmes, as ``parameters.levers`` numbers them."""
        value: float = self.model.state.neighbourhoods.levers.item(self.index, lever)
        return value

    def volunteer(self) -> None:
        """Send members of programmes on patrol in the evening, each visit to a cell drawn anew."""
        hours, v = self.lever(MEMBER_PATROLS), self.parameters.volunteering
        if watch_of_day(self.watch) != EVENING or hours <= 0.0:
            return
        reliable = 1.0 - self.parameters.dysfunctions.unreliable_volunteers
        evenings = WATCHES_PER_YEAR // WATCHES_PER_DAY
        mean = events_per_watch(reliable * hours / v.shift_hours, self.size, evenings)
        patrols = poisson(self.draw(Decision.MEMBER_PATROLS), min(mean, MOST_EVENTS))
        visits = patrols * int(v.shift_hours * v.visits_per_hour)
        self.shifts += patrols
        self.model.count(SHIFTS, patrols)
        self.model.count(VISITS, visits)
        for visit in range(visits):
            cell = self.cell_at(self.draw(Decision.MEMBER_CELL, visit))
            leave_visit(self.model.state.cells, cell, self.watch)

    def cell_at(self, u: float) -> int:
        """Return the cell that the draw falls on, each being as likely."""
        own_cells = self.cells
        return own_cells.item(pick(u, len(own_cells)))

    def walk_beats(self) -> None:
        """Let programmes' own foot officers stop here."""
        wanted = self.lever(VISIBLE_STOPS)
        if wanted > 0.0:
            mean = events_per_watch(wanted, self.size, WATCHES_PER_WEEK)
            stops = poisson(self.draw(Decision.FOOT_STOPS), min(mean, MOST_EVENTS))
            self.model.count(STOPS, stops)
            for stop in range(stops):
                self.is_walked(stop)

    def is_walked(self, stop: int) -> None:
        """Have a stop on foot made in one of its cells, where the officer perhaps meets somebody."""
        cells = self.model.state.cells
        cell = self.cell_at(self.draw(Decision.FOOT_CELL, stop))
        leave_patrol(cells, cell, self.watch, self.parameters.guardianship.patrol_memory)
        if around(cells, cell) > 0:
            place = pick(self.draw(Decision.FOOT_ENGAGED, stop), around(cells, cell))
            met = self.model.residents[resident_around(cells, cell, place)]
            if met.is_in(cell):
                self.model.experience(("foot", self.index, stop), self.is_met_on_foot, met, stop)

    def is_met_on_foot(self, met: Resident, stop: int) -> None:
        """Let a foot officer question or speak with a resident who is there, or pass by."""
        encounter = Encounter(None, met, self.index)
        wanted = self.levers.field_stops + self.lever(FIELD_STOPS)
        if self.draw(Decision.FOOT_QUESTIONED, stop) < stop_probability(wanted, encounter.bias()):
            encounter.question(BY_OFFICERS, Luck(self.index, ON_FOOT + stop))
        elif self.draw(Decision.FOOT_ENGAGES, stop) < self.levers.engagement + self.lever(ENGAGEMENT):
            self.model.count(CONTACTS)
            encounter.talk(self.draw(Decision.FOOT_TREATED, stop))

    def is_looked_into(self, officer: int, number: int) -> None:
        """Have an officer look into a suspicion that somebody here called about."""
        suspect = self.suspect(number)
        if suspect is not None:
            encounter = Encounter(self.model.officers[officer], suspect, self.index)
            encounter.question(BY_CALLS, Luck(self.index, AFTER_CALL + number))

    def suspect(self, number: int) -> Resident | None:
        """Return who looked suspicious to somebody here, if that one was there."""
        d, cell = self.parameters.dysfunctions, self.cell_at(self.draw(Decision.SUSPECT_CELL, number))
        luck = self.draw(Decision.SUSPECT, number)
        for look, person in enumerate(self.model.streets.people(cell, luck, SUSPECT_LOOKS)):
            if person.is_in(cell):
                chance = suspicion_probability(person.group == 1, d.discrimination, d.report_bias)
                if self.draw(Decision.SUSPECTED, SUSPECT_LOOKS * number + look) < chance:
                    return person
        return None

    def call(self) -> None:
        """Call the police about matters other than crime as often as that many residents do."""
        mean = calls_per_resident(self.parameters) / WATCHES_PER_YEAR * self.size
        self.calls = poisson(self.draw(Decision.CALLS), mean)

    def practises(self, share: float) -> None:
        """In the volunteer's dilemma: respond to the share of the city's residents who were seen to help."""
        pays = helping_pays(share, self.size - 1, self.parameters.setting.helping_cost)
        self.readiness = practised(self.readiness, pays, self.model.month)

    def hears(self, fear: float) -> None:
        """Note the fear that a resident voices at a meeting, in thousandths."""
        self.concern += int(1000.0 * fear)

    def was_quiet(self) -> bool:
        """Say whether the month had no more offences than is usual here."""
        return self.offences <= self.usual

    def take_stock(self) -> None:
        """Write the sums over its residents into the panel."""
        add_up(self.panel(), self.model.state.residents, self.members, self.model.streets.as_seen())

    def unite(self) -> None:
        """Become what its residents are together: collective efficacy, mean fear, and what is usual here."""
        panel, guardianship, size = self.panel(), self.parameters.guardianship, max(self.size, 1)
        capital = summed(self.model.state.residents.social_capital[self.members].tolist())
        self.mean_fear = panel.item(FEAR) / size
        together = collective_efficacy(
            capital / size,
            panel.item(SELF_EFFICACY) / size,
            self.mean_fear,
            guardianship.cohesion,
            guardianship.fear_withdrawal,
        )
        heart = discouraged(together, panel.item(PERCEIVED) / size, self.parameters.perception.discouragement)
        seen = panel.item(DISORDER) / size
        self.efficacy = heart * disheartening(seen, self.parameters.disorder.discouragement)
        self.usual = relaxed(self.usual, float(self.offences), self.parameters.change.usual_share)
        panel[EFFICACY], panel[PANEL_SHIFTS], panel[LEVEL] = self.efficacy, self.shifts, self.level
        self.offences = self.shifts = 0

    def tidy(self) -> None:
        """Clear some of the traces of disorder, the more the more its residents look after things together."""
        p = self.parameters.disorder
        left = left_to_see(p.weeks, p.care * self.efficacy, self.lever(UPKEEP))
        self.model.state.cells.disorder[self.cells] *= left

    def takes_priority(self, afraid: float, voiced: int) -> None:
        """Take its share of what boards ask for, and close the month's minutes.

        afraid, voiced  sums over the city of residents times mean fear, and of the fear voiced at meetings
        """
        of_all = self.size * self.mean_fear / max(afraid, 1e-12)
        of_attendees = self.concern / voiced if voiced > 0 else of_all
        self.priority = blended_claim(of_all, of_attendees, self.levers.voice)
        self.concern = 0

    def panel(self) -> Floats:
        """Return its row of this month's panel."""
        row: Floats = self.model.state.books.by_neighbourhood[self.model.month, self.index]
        return row
