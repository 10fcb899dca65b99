"""Offenders: whether, what and where they offend; or how they walk on the lattice; what justice does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coproduction.agents.window import Column, Window
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick
from coproduction.simulation.parameters.crimes import HOMES, HOUSEHOLD
from coproduction.simulation.parameters.levers import (
    ANONYMITY,
    DESISTANCE,
    HARDENING,
    ORGANISATIONS,
    REGIME,
    RESETTLEMENT,
)
from coproduction.simulation.rules.attractiveness import (
    attractiveness,
    burglary_probability,
    step_probability,
)
from coproduction.simulation.rules.calendar import watch_of_day
from coproduction.simulation.rules.careers import (
    DAY_PLACE,
    HOME,
    LAST_TARGET,
    LEISURE,
    age_at,
    anchor_of,
    desistance_probability,
    desistance_terms,
    entry_probability,
    organisations_hold,
    social_causes,
)
from coproduction.simulation.rules.courts import retaliation_probability
from coproduction.simulation.rules.guardianship import bearing_guardianship, stopped_probability
from coproduction.simulation.rules.offending import attempt_probability, deterrence, learnt_certainty
from coproduction.simulation.rules.protection import home_holds_probability
from coproduction.simulation.rules.recovery import life_of_offender
from coproduction.simulation.rules.targets import cell_guardianship, choose_target, housemate
from coproduction.simulation.rules.temptation import (
    expected_certainty,
    rate_now,
    rhythm_now,
    speciality_probability,
)
from coproduction.simulation.state import (
    ACTIVE,
    ATTEMPTS,
    DESISTED,
    FREE,
    IMPRISONED,
    JAIL_WEEKS,
    NOBODY,
    PEERS,
    POTENTIAL,
    PRISON_WEEKS,
    STOPPED,
)

if TYPE_CHECKING:
    from coproduction.agents.court_case import CourtCase


class Offence(NamedTuple):
    """What an offender has just done; it becomes a case file when all offenders have acted."""

    offender: int
    crime: int
    cell: int
    tries: int
    chance: float  # probability of the attempt
    guardianship: float  # overcome
    anchor: int  # that it started from
    moment: float  # within the watch, 0 to 1


class Offender(Window):
    """Somebody with an offending career."""

    resident = Column[int]("offenders.resident")
    home = Column[int]("offenders.home")
    rate = Column[float]("offenders.rate")
    certainty = Column[float]("offenders.certainty")
    free_from = Column[int]("offenders.free_from")
    position = Column[int]("offenders.position")
    offences = Column[int]("offenders.offences")
    arrests = Column[int]("offenders.arrests")
    held = Column[int]("offenders.held")
    resettled = Column[int]("offenders.resettled")
    bail_until = Column[int]("offenders.bail_until")
    career = Column[int]("offenders.career")
    speciality = Column[int]("offenders.speciality")
    leisure = Column[int]("offenders.leisure")
    last_target = Column[int]("offenders.last_target")
    active_peers = Column[int]("offenders.active_peers")
    released = Column[int]("offenders.released")
    offences_before = Column[int]("offenders.offences_before")
    arrests_before = Column[int]("offenders.arrests_before")

    def offend(self) -> None:
        """Perhaps offend in this watch: out of the awareness space around home, or while roaming the lattice."""
        if self.parameters.setting.movement > 0.0:
            if self.position != NOBODY:
                self.roams()
        elif self.career == ACTIVE and self.watch >= self.free_from:
            chance = self.temptation()
            if self.draw(Decision.ATTEMPT) < chance:
                self.attempts(chance)

    def temptation(self) -> float:
        """Return the probability of an attempt in this watch, lower the surer the offender is of being caught."""
        state = self.model.state
        rate = rate_now(state, self.model.numbers, self.watch, self.index)
        certainty = expected_certainty(state, self.index)
        deterred = deterrence(certainty, self.parameters.offending.certainty_weight)
        rhythm = rhythm_now(state, self.model.numbers, self.watch, self.index)
        return attempt_probability(rate, rhythm, deterred)

    def attempts(self, chance: float) -> None:
        """Go for a target; when guardians are in the way, perhaps for a second one."""
        self.model.count(ATTEMPTS)
        crime = self.chooses_crime()
        anchor, origin = self.chooses_anchor(crime)
        for tries in (1, 2):
            cell = self.chooses_target(crime, tries, origin)
            if cell == NOBODY:
                return
            guardianship = self.guardianship_in(cell, crime)
            if not self.is_prevented(crime, cell, tries, guardianship):
                self.commits(crime, cell, tries, (chance, guardianship, anchor))
                return
            self.model.count(STOPPED)
            if not self.tries_elsewhere(crime):
                return

    def chooses_crime(self) -> int:
        """Return the crime type: the own speciality, or drawn from the mix of this time of day."""
        own = speciality_probability(self.model.state, self.model.numbers, self.watch, self.index)
        if self.draw(Decision.SPECIALISES) < own:
            return self.speciality
        shares = self.model.state.rates.type_share[watch_of_day(self.watch)].tolist()
        u = self.draw(Decision.CRIME_TYPE)
        last = len(shares) - 1
        return next((crime for crime in range(last) if u < shares[crime]), last)

    def chooses_anchor(self, crime: int) -> tuple[int, int]:
        """Return the anchor that the attempt starts from, and its cell; what is done at home starts there."""
        if self.parameters.crimes[crime].exposure == HOUSEHOLD:
            return HOME, self.home
        c = self.parameters.careers
        anchor = anchor_of(self.draw(Decision.ANCHOR), c.day_anchor, c.leisure_anchor, c.target_anchor)
        cells = {
            DAY_PLACE: self.model.residents[self.resident].day_cell,
            LEISURE: self.leisure,
            LAST_TARGET: self.last_target,
        }
        cell = cells.get(anchor, NOBODY)
        return (HOME, self.home) if cell == NOBODY else (anchor, cell)

    def chooses_target(self, crime: int, tries: int, origin: int) -> int:
        """Return the cell to go to, or NOBODY when nothing is in reach or nobody else lives at home."""
        state, p = self.model.state, self.parameters
        exposure = int(p.crimes[crime].exposure)
        if exposure == HOUSEHOLD:
            return NOBODY if self.housemate == NOBODY else self.home
        kind, u = (crime, exposure, self.watch), self.draw(Decision.TARGET, tries)
        return choose_target(state.cells, state.rates, origin, kind, u)

    @property
    def housemate(self) -> int:
        """The person whom the offender hits at home, or NOBODY."""
        return housemate(self.model.state.cells, self.home, self.resident)

    def guardianship_in(self, cell: int, crime: int) -> float:
        """Return what stands in the way of a type of crime in a cell in this watch."""
        state, p = self.model.state, self.parameters
        g = cell_guardianship(state.cells, state.neighbourhoods, p.guardianship, cell, self.watch)
        return bearing_guardianship(g, p.crimes[crime].guardable)

    def is_prevented(self, crime: int, cell: int, tries: int, guardianship: float) -> bool:
        """Say whether guardians stop the attempt, or the home that it is made on holds."""
        if self.draw(Decision.STOPPED, tries) < stopped_probability(guardianship):
            return True
        home = self.home_in(cell) if self.parameters.crimes[crime].exposure == HOMES else NOBODY
        return home != NOBODY and self.fails_at(home, tries)

    def home_in(self, cell: int) -> int:
        """Return the resident whose home is tried in a cell, there or not, but not the own; NOBODY if nobody else's."""
        cells = self.model.state.cells
        living = list(range(cells.living_start.item(cell), cells.living_start.item(cell + 1)))
        place = pick(self.victim_luck(), len(living)) if living else 0
        others = [one for one in living[place:] + living[:place] if one != self.resident]
        return others[0] if others else NOBODY

    def victim_luck(self) -> float:
        """Return the draw of who is hit, the same when a home is tried and when its resident becomes the victim."""
        return self.draw(Decision.VICTIM)

    def fails_at(self, home: int, tries: int) -> bool:
        """Say whether locks or technology of a home make the attempt fail."""
        resident = self.model.residents[home]
        hardening = self.model.neighbourhoods[resident.neighbourhood].lever(HARDENING)
        holds = home_holds_probability(resident.protection, self.parameters.protection, hardening)
        return self.draw(Decision.HOME_HOLDS, tries) < holds

    def tries_elsewhere(self, crime: int) -> bool:
        """Decide after being stopped whether to go for another target; there is no other household than the own."""
        if self.parameters.crimes[crime].exposure == HOUSEHOLD:
            return False
        return self.draw(Decision.TRY_AGAIN) < self.parameters.offending.second_try

    def commits(self, crime: int, cell: int, tries: int, odds: tuple[float, float, int]) -> None:
        """Offend; odds are the probability of the attempt, the guardianship overcome and the anchor."""
        moment = self.draw(Decision.MOMENT)
        self.model.offences.append(Offence(self.index, crime, cell, tries, *odds, moment))

    def release(self) -> None:
        """Spend the week in custody if held, and leave when the time is over."""
        if self.held != FREE:
            self.model.count(PRISON_WEEKS if self.held == IMPRISONED else JAIL_WEEKS)
            if self.free_from <= self.watch + 1:
                self.held = FREE
                share = self.parameters.careers.met_at_gate
                share += self.model.residents[self.resident].lever(RESETTLEMENT)
                self.resettled = int(self.draw(Decision.RESETTLED) < share)
                self.released = self.watch + 1

    def is_held(self, until: int, why: int) -> None:
        """Stay in custody until a watch, longer and for more if that is so already."""
        self.free_from = max(self.free_from, until)
        self.held = max(self.held, why)

    def life(self) -> float:
        """Return how the offender lives, 1 at large, less in custody or waiting for the court."""
        regime = self.model.residents[self.resident].lever(REGIME)
        on_bail = self.bail_until > self.watch
        return life_of_offender(self.parameters.recovery, self.held != FREE, on_bail, regime)

    def retaliates(self, case: CourtCase, watches: int) -> bool:
        """Decide while on bail whether to threaten the witness of a case; the file keeps the probability."""
        anonymity = self.model.residents[case.witness].lever(ANONYMITY)
        retaliation = self.parameters.justice.retaliation
        chance = retaliation_probability(retaliation, self.rate, watches, anonymity)
        case.retaliation_probability = chance
        return case.draw(Decision.RETALIATES) < chance

    def peers(self) -> list[Offender]:
        """Return the other offenders nearby."""
        rows = self.model.state.offenders.peers[self.index].tolist()
        return [self.model.offenders[row] for row in rows if row != NOBODY]

    def looks_around(self) -> None:
        """Count the peers whose careers are active."""
        self.active_peers = sum(peer.career == ACTIVE for peer in self.peers())

    def lives_on(self) -> None:
        """Begin a career, give it up or neither; learn from what befell peers."""
        if self.career == POTENTIAL and self.begins():
            self.career = ACTIVE
        elif self.career == ACTIVE and self.watch >= self.free_from and self.gives_up():
            self.career = DESISTED
        self.learns_from_peers()

    def begins(self) -> bool:
        """Decide whether to begin a career, driven by social causes from outside."""
        c = self.parameters.careers
        causes = social_causes(c.social_causes, c.social_trend, self.watch)
        held = self.is_held_by_organisations()
        chance = entry_probability(c.entry, causes, self.model.state.rates.entry.item(0), held)
        return self.draw(Decision.BEGINS) < chance

    def is_held_by_organisations(self) -> float:
        """Return what the nonprofits around the home do to the log hazards of the career."""
        c = self.parameters.careers
        home = self.model.neighbourhoods[self.model.residents[self.resident].neighbourhood]
        here = home.organisations + home.lever(ORGANISATIONS)
        return organisations_hold(here, c.organisations, c.organisations_weight)

    def gives_up(self) -> bool:
        """Decide whether to give up for good."""
        c, person = self.parameters.careers, self.model.residents[self.resident]
        terms = desistance_terms(
            c.age_weight * (age_at(person.age, self.watch) - 25) / 10.0,
            c.bonds_weight * (person.social_capital - 0.5),
            c.efficacy_weight * (person.self_efficacy - 0.5),
            c.peers_weight * self.active_peers / PEERS,
            self.model.neighbourhoods[person.neighbourhood].lever(DESISTANCE)
            + self.is_held_by_organisations()
            + c.resettlement_weight * self.resettled,
        )
        return self.draw(Decision.GIVES_UP) < desistance_probability(c.desistance, terms)

    def learns_from_peers(self) -> None:
        """Let what befell peers who offended in these four weeks move the perceived certainty of being caught."""
        for peer in self.peers():
            arrested = peer.arrests > peer.arrests_before
            if arrested or peer.offences > peer.offences_before:
                share = self.parameters.careers.peer_learning
                self.certainty = learnt_certainty(self.certainty, float(arrested), share)

    def is_warned(self) -> None:
        """Think that being caught is likelier after being stopped by the police."""
        share = self.parameters.conduct.stop_learning
        self.certainty = learnt_certainty(self.certainty, 1.0, share)

    def closes_the_month(self) -> None:
        """Remember how much was done and how often one was arrested so far."""
        self.offences_before, self.arrests_before = self.offences, self.arrests

    def roams(self) -> None:
        """Offend where one stands and leave, or walk on to a neighbouring cell (Short and others 2008)."""
        chance = burglary_probability(self.attraction(self.position), self.parameters.setting.step_days)
        if self.draw(Decision.ATTEMPT) < chance:
            self.commits(0, self.position, 1, (chance, 0.0, HOME))
            self.position = NOBODY
        else:
            self.position = self.walks()

    def attraction(self, cell: int) -> float:
        """Return the attractiveness of a cell to burglars."""
        cells = self.model.state.cells
        return attractiveness(cells.fixed.item(0, cell), cells.boost.item(0, cell))

    def walks(self) -> int:
        """Return the neighbouring cell that the draw falls on, each by its share of their attractiveness."""
        cells = self.model.state.cells
        ways = cells.neighbours[self.position, : cells.n_neighbours[self.position]].tolist()
        total = 0.0
        for way in ways:
            total += self.attraction(way)
        u, below = self.draw(Decision.WALK), 0.0
        for way in ways:
            below += step_probability(self.attraction(way), total)
            if u < below:
                return int(way)
        return int(ways[-1]) if ways else self.position
