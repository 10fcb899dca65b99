"""Case files: what happens around an offence, from its victim to its clearance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduction.agents.encounter import Encounter
from coproduction.agents.window import Column, Window
from coproduction.simulation.case_files import cases_per_post
from coproduction.simulation.decisions import Decision
from coproduction.simulation.parameters import CrimeType
from coproduction.simulation.parameters.channels import EMERGENCY
from coproduction.simulation.parameters.crimes import HOMES, HOUSEHOLD
from coproduction.simulation.parameters.levers import ALARM
from coproduction.simulation.phases.offend import VICTIM_LOOKS
from coproduction.simulation.phases.reporting import FIRST_WITNESS, PATROLLING, VICTIM
from coproduction.simulation.phases.staff import local_knowledge
from coproduction.simulation.rules.conduct import group_bias
from coproduction.simulation.rules.intervention import HELPED, WORSENED, ending_of, seriousness_lived
from coproduction.simulation.rules.justice import clearance_probability
from coproduction.simulation.rules.police import felt_fair
from coproduction.simulation.rules.protection import SELF_DEFENCE
from coproduction.simulation.rules.reporting import (
    anybody_probability,
    discovery_probability,
    report_seconds,
    told_ties,
)
from coproduction.simulation.rules.targets import stops_in, volunteers_in
from coproduction.simulation.state import CONTACTS, NOBODY, Fate

if TYPE_CHECKING:
    from coproduction.agents.resident import Resident


class CaseFile(Window):
    """An offence, from the watch in which it is done to the investigation at the week's end.

    It acts for those whom it brings together: it finds the victim, asks victim and witnesses, and is worked on.
    """

    happened = Column[int]("cases.watch")
    crime = Column[int]("cases.crime")
    offender = Column[int]("cases.offender")
    cell = Column[int]("cases.cell")
    victim = Column[int]("cases.victim")
    victim_trust = Column[float]("cases.victim_trust")
    report_probability = Column[float]("cases.report_probability")
    victim_reported = Column[int]("cases.victim_reported")
    witnesses = Column[int]("cases.witnesses")
    witness_reports = Column[int]("cases.witness_reports")
    volunteer_report = Column[int]("cases.volunteer_report")
    discovered = Column[int]("cases.discovered")
    delay = Column[int]("cases.delay")
    response = Column[int]("cases.response")
    clearance_probability = Column[float]("cases.clearance_probability")
    cleared = Column[int]("cases.cleared")
    fate = Column[int]("cases.fate")
    witness = Column[int]("cases.witness")
    information = Column[float]("cases.information")
    channel = Column[int]("cases.channel")
    reason = Column[int]("cases.reason")
    caseload = Column[float]("cases.caseload")
    officer = Column[int]("cases.officer")
    knowledge = Column[float]("cases.knowledge")
    intervener = Column[int]("cases.intervener")
    intervention = Column[int]("cases.intervention")

    def draw(self, decision: Decision, partner: int = 0) -> float:
        """Draw for a decision about this offence: its luck belongs to the offender and the watch it was done in."""
        return self.model.luck(decision, self.offender, self.happened, partner)

    @property
    def kind(self) -> CrimeType:
        """What distinguishes this type of crime."""
        return self.parameters.crimes[self.crime]

    def victimise(self) -> None:
        """Find the victim: somebody who is out there, of a home in the cell, or of the offender's own."""
        offender, exposure = self.model.offenders[self.offender], int(self.kind.exposure)
        if exposure == HOUSEHOLD:
            self.victim = offender.housemate
        elif exposure == HOMES:
            self.victim = offender.home_in(self.cell)
        else:
            self.victim = self.somebody_out_there(offender.victim_luck())

    def somebody_out_there(self, u: float) -> int:
        """Return the first one met who is there and not the offender; failing that the first one, or NOBODY."""
        people = self.model.streets.people(self.cell, u, VICTIM_LOOKS)
        offender = self.model.offenders[self.offender].resident
        for look, person in enumerate(people):
            if person.is_in(self.cell) and person.index != offender and not self.passes_over(person, look):
                return person.index
        return people[0].index if people else NOBODY

    def passes_over(self, person: Resident, look: int) -> bool:
        """Say whether somebody ready for self-defence is left alone."""
        luck = self.draw(Decision.PASSED_OVER, look)
        return person.does(SELF_DEFENCE) and luck < self.parameters.protection.self_defence_effect

    def report(self) -> None:
        """Let victim, bystanders and volunteers decide whether to report; then the police know or do not."""
        if self.victim != NOBODY:
            victim = self.model.residents[self.victim]
            if victim.decides_to_report(self):
                self.victim_reported = 1
                self.is_told_by(victim, VICTIM, self.kind.reporting_delay)
        self.bystanders_decide()
        self.volunteers_decide()
        self.officers_look()
        if self.delay != NOBODY:
            self.fate = Fate.OPEN
            self.model.state.cells.recorded[self.cell] += 1

    def prejudice(self) -> float:
        """Return what discrimination adds to the log odds that somebody reports this offender."""
        d, offender = self.parameters.dysfunctions, self.model.offenders[self.offender].resident
        minority = self.model.residents[offender].group == 1
        return group_bias(minority, d.discrimination, d.report_bias, 1.0)

    def bystanders_decide(self) -> None:
        """Look at some people around; those who see the offence may step in, and may inform the police."""
        involved = (self.victim, self.model.offenders[self.offender].resident)
        reporting = self.parameters.reporting
        around = self.model.streets.people(self.cell, self.draw(Decision.WITNESS), int(reporting.looks))
        for look, bystander in enumerate(around):
            if bystander.index not in involved and bystander.witnesses(self, look):
                self.witnesses += 1
                self.is_perhaps_stopped_by(bystander, look)
                if bystander.decides_to_inform(self, look):
                    self.witness_reports += 1
                    self.witness = bystander.index if self.witness == NOBODY else self.witness
                    channel = self.is_told_by(bystander, FIRST_WITNESS + look, reporting.witness_delay)
                    self.takes_down(channel)

    def is_perhaps_stopped_by(self, bystander: Resident, look: int) -> None:
        """Let a bystander step in where somebody is met and nobody else has stepped in."""
        met = self.intervener == NOBODY and self.kind.exposure != HOMES
        if met and bystander.steps_in(self, look):
            self.intervener = bystander.index
            luck = self.draw(Decision.STEPPING_IN_ENDS)
            self.intervention = ending_of(luck, self.parameters.intervention)

    def teaches_intervener(self) -> None:
        """Let who stepped in believe more in what one can do when it helped, less when it did harm."""
        if self.intervention in (HELPED, WORSENED):
            intervener = self.model.residents[self.intervener]
            intervener.learns_from_act(success=self.intervention == HELPED)

    def is_told_by(self, resident: Resident, teller: int, minutes: float) -> int:
        """Hear of the offence by the channel that the resident chooses; return it.

        teller   partner of the draws
        minutes  until the resident is ready to tell, median
        """
        channel = resident.chooses_channel(self, teller)
        self.hears(channel, teller, minutes)
        return channel

    def hears(self, channel: int, teller: int, minutes: float) -> None:
        """Take a report in; the quickest one sets the delay and the channel."""
        u, spread = self.draw(Decision.REPORT_DELAY, teller), self.parameters.reporting.delay_spread
        seconds = report_seconds(u, minutes, self.parameters.channels[channel].delay, spread)
        if self.delay == NOBODY or seconds < self.delay:
            self.delay, self.channel = seconds, channel

    def takes_down(self, channel: int) -> None:
        """Take down what somebody who saw the offence has to say: the best of it counts."""
        self.information = max(self.information, self.parameters.channels[channel].information)

    def volunteers_decide(self) -> None:
        """Let volunteers who patrol the cell in this watch see and report the offence."""
        visits = volunteers_in(self.model.state.cells, self.cell, self.happened)
        if visits > 0:
            reporting = self.parameters.reporting
            chance = anybody_probability(reporting.volunteer, visits)
            if self.draw(Decision.VOLUNTEER_SEES) < chance:
                self.volunteer_report = 1
                self.takes_down(EMERGENCY)
                self.hears(EMERGENCY, PATROLLING, reporting.witness_delay)

    def officers_look(self) -> None:
        """Let officers who stopped in the cell in this watch come upon an offence that nobody reported."""
        cells = self.model.state.cells
        stops = stops_in(cells, self.cell, self.happened)
        if self.delay != NOBODY or stops == 0:
            return
        chance = discovery_probability(self.parameters.patrol.discovery, self.kind.visibility, stops)
        if self.draw(Decision.DISCOVERED) < chance:
            self.discovered, self.delay, self.channel = 1, 0, EMERGENCY
            self.takes_down(EMERGENCY)
            cells.discovered[self.cell] += 1

    def remember(self) -> None:
        """Leave fear in the victim and in ties whom the victim tells; and what the police were like."""
        self.model.experience(("case", self.index, 0), self.teaches_intervener)
        if self.victim == NOBODY:
            return
        contact, perception = self.parameters.contact, self.parameters.perception
        victim = self.model.residents[self.victim]
        lived = seriousness_lived(self.kind.seriousness, self.intervention, self.parameters.intervention)
        own = (contact.victim_fear, perception.own, lived)
        self.model.experience(("case", self.index, 0), victim.takes_in, *own)
        self.model.experience(("case", self.index, 0), victim.suffers, lived)
        alarm = self.model.neighbourhoods[victim.neighbourhood].lever(ALARM)
        most = contact.told * (1.0 + alarm)
        told = told_ties(self.draw(Decision.HOW_MANY_TOLD), most, victim.social_capital)
        heard = (contact.told_fear, perception.told, lived)
        for place, tie in enumerate(victim.some_ties(self.draw(Decision.TOLD), told), start=1):
            self.model.experience(("case", self.index, place), tie.takes_in, *heard)

    def meet_officers(self, place: int) -> None:
        """Let the victim who called meet the officers; place is that among the calls answered in this watch."""
        if self.victim != NOBODY and self.victim_reported:
            self.model.count(CONTACTS)
            victim = self.model.residents[self.victim]
            self.model.experience(("response", place, 0), self.is_met, victim)

    def is_met(self, victim: Resident) -> None:
        """Let the victim take away what the officers were like."""
        victim.meets_police(self.felt_fair(victim))

    def teaches(self) -> None:
        """Let a victim who reported learn from whether the case is cleared by now."""
        if self.victim_reported:
            self.model.residents[self.victim].learns_from_act(success=self.cleared > 0)

    def felt_fair(self, victim: Resident) -> bool:
        """Say whether the victim feels treated fairly, less likely the longer the police took."""
        chance = Encounter(self.model.officers[self.officer], victim, victim.neighbourhood).fair_chance()
        u, patience = self.draw(Decision.VICTIM_TREATED), self.parameters.contact.patience
        return felt_fair(u, chance, self.response / 60.0, patience)

    def investigate(self) -> None:
        """Decide once whether an investigation clears the case, if it is known and open."""
        if self.delay == NOBODY or self.cleared:
            return
        justice = self.parameters.justice
        self.caseload = cases_per_post(self.model.state)
        self.knowledge = local_knowledge(self.model.state, self.cell)
        self.clearance_probability = clearance_probability(
            self.kind.clearance,
            (self.information, justice.witness_weight),
            (self.knowledge, justice.knowledge_weight),
            (self.caseload, justice.caseload_weight),
        )
        if self.draw(Decision.CLEARED) < self.clearance_probability:
            self.model.solved.append(self.index)
        else:
            self.fate = Fate.FILED
