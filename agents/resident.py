"""Residents: where they are, what they report, how they take what happens, and whether they help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coproduction.agents.window import Column, Window
from coproduction.simulation.decisions import Decision
from coproduction.simulation.rules.calendar import (
    DAY,
    NIGHT,
    WATCHES_PER_MONTH,
    WATCHES_PER_YEAR,
    watch_of_day,
)
from coproduction.simulation.rules.presence import (
    AT_DAY_PLACE,
    AT_HOME,
    OLD,
    home_probability,
    whereabouts,
)
from coproduction.simulation.rules.reporting import reporting_probability
from coproduction.simulation.rules.trust import (
    fear_after_contact,
    fear_after_offence,
    relaxed,
    trust_after_contact,
)
from coproduction.simulation.rules.volunteering import attendance_probability, joining_probability
from coproduction.simulation.state import CONTACTS, UNFAIR

if TYPE_CHECKING:
    from coproduction.agents.case_file import CaseFile


class Resident(Window):
    """Somebody who lives in the city."""

    home = Column[int]("residents.home")
    day_cell = Column[int]("residents.day_cell")
    neighbourhood = Column[int]("residents.neighbourhood")
    quintile = Column[int]("residents.quintile")
    self_efficacy = Column[float]("residents.self_efficacy")
    social_capital = Column[float]("residents.social_capital")
    trust = Column[float]("residents.trust")
    own_trust = Column[float]("residents.own_trust")
    fear = Column[float]("residents.fear")
    own_fear = Column[float]("residents.own_fear")
    is_volunteer = Column[int]("residents.volunteer")
    wants_to_join = Column[int]("residents.wants_to_join")
    age = Column[int]("residents.age")
    sex = Column[int]("residents.sex")
    works = Column[int]("residents.works")
    group = Column[int]("residents.group")
    general_trust = Column[float]("residents.general_trust")

    def is_in(self, cell: int) -> bool:
        """Say whether the resident is in a cell in this watch: at home there, or at the day place."""
        where = whereabouts(self.draw(Decision.AWAY), self.home_share(), self.parameters.presence.day_place)
        return (where == AT_HOME and self.home == cell) or (where == AT_DAY_PLACE and self.day_cell == cell)

    def home_share(self) -> float:
        """Return the probability to be at home at this time of day."""
        presence = self.parameters.presence
        time = watch_of_day(self.watch)
        if time == NIGHT:
            return presence.home_night
        if time == DAY:
            return presence.home_working if self.works else presence.home_day
        return home_probability(presence.home_evening, self.stays_in())

    def stays_in(self) -> float:
        """Return what keeps the resident at home in the evening, in log odds."""
        presence = self.parameters.presence
        for_age = presence.old_stay_in if self.age >= OLD else 0.0
        return for_age + (presence.women_stay_in if self.sex else 0.0)

    def decides_to_report(self, case: CaseFile) -> bool:
        """Decide as the victim whether to call the police; the file keeps the reasons."""
        case.victim_trust = self.trust
        case.report_probability = reporting_probability(
            case.kind.victim_reporting, self.trust, self.parameters.reporting.trust_weight
        )
        return case.draw(Decision.VICTIM_REPORTS) < case.report_probability

    def witnesses(self, case: CaseFile, look: int) -> bool:
        """Say whether the resident is there and sees the offence, as the bystander looked at in that place."""
        return self.is_in(case.cell) and case.draw(Decision.SEES, look) < case.kind.visibility

    def decides_to_inform(self, case: CaseFile, look: int) -> bool:
        """Decide as a witness whether to call the police."""
        reporting = self.parameters.reporting
        chance = reporting_probability(reporting.witness, self.trust, reporting.trust_weight)
        return case.draw(Decision.WITNESS_REPORTS, look) < chance

    def is_alarmed(self, share: float, seriousness: float) -> None:
        """Grow afraid after an offence lived or heard of; share of the way to full fear at seriousness 1."""
        self.fear = fear_after_offence(self.fear, share, seriousness)

    def meets_police(self, fair: bool) -> None:
        """Change one's trust after a contact, and lose fear when it was felt as fair."""
        contact = self.parameters.contact
        self.trust = trust_after_contact(self.trust, fair, contact.trust_gain, contact.asymmetry)
        if fair:
            self.fear = fear_after_contact(self.fear, contact.reassurance)
        else:
            self.model.count(UNFAIR)

    def change(self) -> None:
        """Settle down after the month, perhaps come to a meeting, and help, go on helping, or not."""
        self.settles_down()
        if self.levers.meetings > 0.0:
            self.perhaps_attends()
        if self.is_volunteer:
            self.model.volunteers[self.index].serves_on()
        else:
            self.considers_joining()

    def settles_down(self) -> None:
        """Let fear and trust go part of the way back to one's own level."""
        change = self.parameters.change
        self.fear = relaxed(self.fear, self.own_fear, change.fear_relaxation)
        self.trust = relaxed(self.trust, self.own_trust, change.trust_relaxation)

    def perhaps_attends(self) -> None:
        """Come to a meeting of the month if concerned enough, voice the concern, and meet the police there."""
        n = len(self.model.residents)
        meetings = self.levers.meetings * n / 10000.0 * WATCHES_PER_MONTH / WATCHES_PER_YEAR
        chance = attendance_probability(meetings, self.levers.attendance, n, self.fear)
        if self.draw(Decision.ATTEND) < chance:
            self.model.neighbourhoods[self.neighbourhood].hears(self.fear)
            self.model.count(CONTACTS)
            self.meets_police(fair=self.draw(Decision.MEETING_TREATED) < self.levers.fairness)

    def considers_joining(self) -> None:
        """Perhaps offer help; who gets a place is settled afterwards."""
        v = self.parameters.volunteering
        chance = joining_probability(
            v.joining,
            v.self_efficacy_weight * (self.self_efficacy - 0.5),
            v.social_capital_weight * (self.social_capital - 0.5),
            v.concern_weight * (self.fear - 0.5),
            self.levers.invitation,
        )
        if self.draw(Decision.JOIN) < chance:
            self.wants_to_join = 1
