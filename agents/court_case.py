"""Cases before prosecutor and court: charge, conference, bail, trial, sentence."""

from coproduction.agents.window import Column, Window
from coproduction.simulation.case_files import AT_SCENE
from coproduction.simulation.decisions import Decision
from coproduction.simulation.parameters.levers import CONFERENCES as CONFERENCES_REFERRED
from coproduction.simulation.rules.calendar import WATCHES_PER_WEEK
from coproduction.simulation.rules.courts import (
    charge_probability,
    conference_share,
    conviction_probability,
    diversion_probability,
    sanction_of,
    trial_is_lost,
    whole_weeks,
)
from coproduction.simulation.state import (
    COMMUNITY_WEEKS,
    CONFERENCES,
    NOBODY,
    REMANDED,
    TRIALS,
    Fate,
)


class CourtCase(Window):
    """A cleared offence, from its charge to its fate: a window on the same row as its case file."""

    happened = Column[int]("cases.watch")
    crime = Column[int]("cases.crime")
    offender = Column[int]("cases.offender")
    cell = Column[int]("cases.cell")
    victim = Column[int]("cases.victim")
    witness = Column[int]("cases.witness")
    information = Column[float]("cases.information")
    cleared = Column[int]("cases.cleared")
    custody = Column[int]("cases.custody")
    fate = Column[int]("cases.fate")
    charge_probability = Column[float]("cases.charge_probability")
    remanded = Column[int]("cases.remanded")
    court_watch = Column[int]("cases.court_watch")
    retaliation_probability = Column[float]("cases.retaliation_probability")
    retaliation = Column[int]("cases.retaliation")
    victim_attendance = Column[float]("cases.victim_attendance")
    victim_attended = Column[int]("cases.victim_attended")
    witness_attendance = Column[float]("cases.witness_attendance")
    witness_attended = Column[int]("cases.witness_attended")
    conviction_probability = Column[float]("cases.conviction_probability")
    sentence = Column[int]("cases.sentence")
    satisfied = Column[int]("cases.satisfied")
    restitution = Column[float]("cases.restitution")

    def draw(self, decision: Decision, partner: int = 0) -> float:
        """Draw for a decision about this case: its luck belongs to the offender and the watch of the offence."""
        return self.model.luck(decision, self.offender, self.happened, partner)

    # --- Charge ---

    def charge(self) -> None:
        """Decide whether to charge, and whether a caution or a conference takes the court's place."""
        if self.fate != Fate.AWAITING_CHARGE:
            return
        justice = self.parameters.justice
        evidence = 1.0 if self.cleared == AT_SCENE else self.information
        self.charge_probability = charge_probability(justice.charge, evidence, justice.evidence_weight)
        if self.draw(Decision.CHARGED) >= self.charge_probability:
            self.fate = Fate.NOT_CHARGED
        elif self.is_diverted():
            self.fate = Fate.DIVERTED
        elif self.both_agree():
            self.confers()
        else:
            self.goes_to_court()

    def is_diverted(self) -> bool:
        """Say whether a first arrest ends with a caution."""
        seriousness = self.parameters.crimes[self.crime].seriousness
        arrests = self.model.offenders[self.offender].arrests
        chance = diversion_probability(self.parameters.justice.diversion, seriousness, arrests)
        return self.draw(Decision.DIVERTED) < chance

    def both_agree(self) -> bool:
        """Say whether a conference is offered and victim and offender both agree to it."""
        justice = self.parameters.justice
        if self.victim == NOBODY:
            return False
        place = self.model.state.cells.neighbourhood.item(self.cell)
        referred = self.model.state.neighbourhoods.levers.item(place, CONFERENCES_REFERRED)
        if self.draw(Decision.CONFERENCE_OFFERED) >= conference_share(justice.conference, referred):
            return False
        victim = self.draw(Decision.VICTIM_AGREES) < justice.victim_agrees
        return victim and self.draw(Decision.OFFENDER_AGREES) < justice.offender_agrees

    def confers(self) -> None:
        """Let victim and offender meet: something is paid back, and a victim who is satisfied is relieved."""
        self.fate = Fate.CONFERENCED
        self.restitution = self.paid_back()
        self.model.count(CONFERENCES)
        if self.draw(Decision.CONFERENCE_SATISFIES) < self.parameters.justice.conference_success:
            self.satisfied = 1
            self.model.residents[self.victim].is_relieved()

    def paid_back(self) -> float:
        """Return what the offender pays the victim, USD."""
        return self.parameters.justice.restitution * self.parameters.crimes[self.crime].unit_cost

    def goes_to_court(self) -> None:
        """Set the day in court; hold the offender until then, or let go on bail, which a witness may come to feel."""
        justice, offender = self.parameters.justice, self.model.offenders[self.offender]
        weeks = whole_weeks(self.draw(Decision.COURT_DATE), justice.court_weeks)
        waits = weeks * WATCHES_PER_WEEK
        self.fate = Fate.AWAITING_COURT
        self.court_watch = self.watch + waits
        if self.draw(Decision.REMANDED) < justice.remand * self.parameters.crimes[self.crime].custodial:
            self.remanded = 1
            self.custody = waits
            offender.is_held(self.court_watch + 1, REMANDED)
            return
        offender.bail_until = max(offender.bail_until, self.court_watch)
        if self.witness != NOBODY and offender.retaliates(self, waits):
            self.retaliation = 1
            self.model.residents[self.witness].is_threatened()

    # --- Court ---

    def hold_court(self) -> None:
        """See who comes to testify, and convict or not, when the day has come."""
        if self.fate != Fate.AWAITING_COURT or self.court_watch > self.watch:
            return
        self.model.count(TRIALS)
        called = int(self.victim != NOBODY) + int(self.witness != NOBODY)
        came = self.who_comes()
        if trial_is_lost(called, came, self.cleared == AT_SCENE):
            self.fate = Fate.WITHDRAWN
            return
        justice = self.parameters.justice
        self.conviction_probability = conviction_probability(
            justice.conviction, came, justice.testimony_weight
        )
        if self.draw(Decision.CONVICTED) < self.conviction_probability:
            self.passes_sentence()
        else:
            self.fate = Fate.ACQUITTED

    def who_comes(self) -> int:
        """Return how many of victim and witness come to testify, persons."""
        residents = self.model.residents
        if self.victim != NOBODY:
            self.victim_attendance = residents[self.victim].attendance(0.0)
            self.victim_attended = int(self.draw(Decision.VICTIM_ATTENDS) < self.victim_attendance)
        if self.witness != NOBODY:
            threatened = self.parameters.justice.retaliation_weight * self.retaliation
            self.witness_attendance = residents[self.witness].attendance(threatened)
            self.witness_attended = int(self.draw(Decision.WITNESS_ATTENDS) < self.witness_attendance)
        return self.victim_attended + self.witness_attended

    def passes_sentence(self) -> None:
        """Draw the sanction and its length."""
        custodial = self.parameters.crimes[self.crime].custodial
        kind = sanction_of(self.parameters, custodial, self.draw(Decision.SANCTION))
        sanction = self.parameters.sanctions[kind]
        self.sentence = whole_weeks(self.draw(Decision.CUSTODY_LENGTH), sanction.weeks)
        self.fate = Fate.COMMUNITY + kind
        if sanction.held > 0.0:
            watches = self.sentence * WATCHES_PER_WEEK
            self.custody += watches
            self.model.offenders[self.offender].is_held(self.watch + 1 + watches, 1 + kind)
        else:
            self.restitution = self.paid_back()
            self.model.count(COMMUNITY_WEEKS, self.sentence)
