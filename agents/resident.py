"""Residents: where they are, what they report, how they take what happens, and whether they help."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from coproduction.agents.encounter import Encounter
from coproduction.agents.window import Column, Window
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import pick
from coproduction.simulation.parameters.crimes import HOMES
from coproduction.simulation.parameters.levers import (
    ANONYMITY,
    MEETINGS,
    MESSAGES,
    VICTIM_SUPPORT,
    WITNESS_REPORTING,
    WITNESS_SUPPORT,
)
from coproduction.simulation.rules.calendar import (
    DAY,
    NIGHT,
    WATCHES_PER_MONTH,
    WATCHES_PER_WEEK,
    WATCHES_PER_YEAR,
    watch_of_day,
)
from coproduction.simulation.rules.courts import attendance_terms, court_attendance_probability
from coproduction.simulation.rules.disorder import unsettling
from coproduction.simulation.rules.intervention import intervention_probability
from coproduction.simulation.rules.logistic import shifted
from coproduction.simulation.rules.perception import attention, believed_level, fear_level
from coproduction.simulation.rules.presence import (
    AT_DAY_PLACE,
    AT_HOME,
    OLD,
    home_probability,
    staying_in_terms,
    whereabouts,
)
from coproduction.simulation.rules.programmes import fading_probability, peer_pull
from coproduction.simulation.rules.protection import (
    AVOIDANCE,
    WATCHING,
    avoidance_probability,
    does,
    keeps_up,
    locks_probability,
    remembers,
    sees_probability,
    self_defence_probability,
    standing,
    technology_probability,
    tenure,
    watching_probability,
)
from coproduction.simulation.rules.recovery import harm_after_offence, remaining_harm
from coproduction.simulation.rules.reporting import (
    channel_of,
    norm_against_telling,
    reason_for_silence,
    reporting_probability,
)
from coproduction.simulation.rules.targets import tie_of
from coproduction.simulation.rules.trust import (
    contact_weight,
    fear_after_contact,
    fear_after_offence,
    forgotten_evidence,
    forgotten_trust,
    relaxed,
    trust_after_contact,
    trust_after_talk,
)
from coproduction.simulation.rules.volunteering import (
    attendance_probability,
    joining_probability,
    learnt_efficacy,
    leaving_probability,
    resource_terms,
)
from coproduction.simulation.state import CONTACTS, RETALIATIONS, UNFAIR

if TYPE_CHECKING:
    from coproduction.agents.case_file import CaseFile
    from coproduction.agents.programme import RunningProgramme


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
    education = Column[int]("residents.education")
    owner = Column[int]("residents.owner")
    general_trust = Column[float]("residents.general_trust")
    memberships = Column[int]("residents.memberships")
    offers = Column[int]("residents.offers")
    belonged = Column[int]("residents.belonged")
    evidence = Column[float]("residents.evidence")
    told_trust = Column[float]("residents.told_trust")
    perceived = Column[float]("residents.perceived")
    silence = Column[float]("residents.silence")
    own_silence = Column[float]("residents.own_silence")
    harm = Column[float]("residents.harm")
    harm_seen = Column[int]("residents.harm_seen")
    last_victimised = Column[int]("residents.last_victimised")
    asked = Column[int]("residents.asked")
    protection = Column[int]("residents.protection")

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
        old, woman, avoids = self.age >= OLD, self.sex == 1, self.does(AVOIDANCE)
        for_age, for_sex, for_fear = staying_in_terms(self.parameters.presence, old, woman, avoids)
        return for_age + for_sex + for_fear

    def does(self, domain: int) -> bool:
        """Say whether the resident protects in one of the domains of ``rules.protection``."""
        return does(self.protection, domain)

    def lever(self, lever: int) -> float:
        """Return what programmes add to a lever in the resident's neighbourhood."""
        value: float = self.model.state.neighbourhoods.levers.item(self.neighbourhood, lever)
        return value

    def norm(self) -> float:
        """Return what the norm against telling takes from the readiness to inform the police, log odds."""
        weight = self.parameters.reporting.silence_weight
        return norm_against_telling(self.silence, weight, self.lever(ANONYMITY))

    def decides_to_report(self, case: CaseFile) -> bool:
        """Decide as the victim whether to call the police; the file keeps the reasons."""
        reporting, habit = self.parameters.reporting, case.kind.victim_reporting
        norm = reporting.victim_silence * self.norm()
        case.victim_trust = self.trust
        chance = reporting_probability(habit, self.trust, reporting.trust_weight, norm, 0.0)
        met = case.kind.exposure != HOMES  # nobody is met when a home is broken into
        case.report_probability = shifted(chance, case.prejudice() if met else 0.0)
        reports = case.draw(Decision.VICTIM_REPORTS) < case.report_probability
        if not reports:
            case.reason = reason_for_silence(habit, self.trust, reporting.trust_weight, norm)
        return reports

    def chooses_channel(self, case: CaseFile, teller: int) -> int:
        """Choose how to tell the police; teller is the partner of the draw."""
        place = self.model.neighbourhoods[self.neighbourhood]
        meetings = self.levers.meetings + self.lever(MEETINGS) > 0.0
        u = case.draw(Decision.CHANNEL, teller)
        members = self.parameters.reporting.message_members + self.lever(MESSAGES)
        return channel_of(self.parameters.channels, u, members, meetings, place.shifts > 0)

    def witnesses(self, case: CaseFile, look: int) -> bool:
        """Say whether the resident is there and sees the offence, as the bystander looked at in that place."""
        gain = self.parameters.protection.watching_effect
        chance = sees_probability(case.kind.visibility, self.does(WATCHING), gain)
        return self.is_in(case.cell) and case.draw(Decision.SEES, look) < chance

    def steps_in(self, case: CaseFile, look: int) -> bool:
        """Decide as a witness whether to step in; look is the place in which one was looked at."""
        together = self.model.neighbourhoods[self.neighbourhood].efficacy
        traits = self.self_efficacy, together, self.fear
        p, reach = self.parameters.intervention, case.kind.guardable
        return case.draw(Decision.STEPS_IN, look) < intervention_probability(p, traits, reach)

    def decides_to_inform(self, case: CaseFile, look: int) -> bool:
        """Decide as a witness whether to call the police."""
        reporting = self.parameters.reporting
        invited = self.lever(WITNESS_REPORTING)
        chance = reporting_probability(
            reporting.witness, self.trust, reporting.trust_weight, self.norm(), invited
        )
        return case.draw(Decision.WITNESS_REPORTS, look) < shifted(chance, case.prejudice())

    def some_ties(self, u: float, most: int) -> list[Resident]:
        """Return at most so many of those whom the resident knows, from the drawn one on."""
        ties = self.model.state.ties
        known = ties.start.item(self.index + 1) - ties.start.item(self.index)
        first = pick(u, known) if known > 0 else 0
        places = range(first, first + min(most, known))
        return [self.model.residents[tie_of(ties, self.index, place)] for place in places]

    def takes_in(self, fear: float, crime: float, seriousness: float) -> None:
        """Grow afraid, and think that there is more crime, after an offence lived or heard of.

        fear, crime  for seriousness 1: share of the way to full fear, and index points
        """
        self.fear = fear_after_offence(self.fear, fear, seriousness)
        self.perceived += crime * seriousness

    def harm_left(self) -> float:
        """Return what is left of the harm of earlier offences, 0 to 1."""
        memory = self.parameters.recovery.weeks * WATCHES_PER_WEEK
        return remaining_harm(self.harm, self.watch - self.harm_seen, memory, self.lever(VICTIM_SUPPORT))

    def suffers(self, seriousness: float) -> None:
        """Take harm from an offence as its victim."""
        left = self.harm_left()
        self.harm = harm_after_offence(left, self.parameters.recovery.harm, seriousness)
        self.harm_seen = self.last_victimised = self.watch

    def is_relieved(self) -> None:
        """Leave a conference with an offender satisfied."""
        left = self.harm_left()
        self.harm = left * (1.0 - self.parameters.recovery.conference_relief)
        self.harm_seen = self.watch

    def attendance(self, threatened: float) -> float:
        """Return the probability to come to court as a victim or witness; threatened in log odds."""
        weight, support = self.parameters.reporting.trust_weight, self.lever(WITNESS_SUPPORT)
        terms = attendance_terms(self.trust, weight, self.norm(), threatened, support)
        return court_attendance_probability(self.parameters.justice.attendance, terms)

    def is_threatened(self) -> None:
        """Grow afraid as a witness, and tell less from now on."""
        self.fear = fear_after_offence(self.fear, self.parameters.contact.victim_fear, 1.0)
        self.silence += self.parameters.justice.retaliation_silence * (1.0 - self.silence)
        self.model.count(RETALIATIONS)

    def meets_police(self, fair: bool) -> None:
        """Change one's trust after a contact, and lose fear when it was felt as fair."""
        contact = self.parameters.contact
        self.trust = trust_after_contact(self.trust, self.evidence, fair, contact.asymmetry)
        self.evidence += contact_weight(fair, contact.asymmetry)
        if fair:
            self.fear = fear_after_contact(self.fear, contact.reassurance)
        else:
            self.model.count(UNFAIR)

    def is_shaken(self, weight: float) -> None:
        """Let excessive force count for more than an unfair contact; weight in fair ones."""
        self.trust = trust_after_contact(self.trust, self.evidence, False, weight)
        self.evidence += weight

    def learns_from_act(self, *, success: bool) -> None:
        """Believe more in what one can do after an act that brought something, less after one that did not."""
        self.self_efficacy = learnt_efficacy(self.self_efficacy, success, self.parameters.change.act_gain)

    def talk(self) -> None:
        """Hear how far one's ties trust the police, and whether one of them volunteers."""
        ties = self.model.state.ties
        known = ties.partner[ties.start.item(self.index) : ties.start.item(self.index + 1)]
        heard = reduce(add, self.model.state.residents.trust[known].tolist(), 0.0)
        self.told_trust = heard / len(known) if len(known) > 0 else self.trust
        self.asked = int(self.model.state.residents.volunteer[known].any())

    def change(self) -> None:
        """Settle down after the month, perhaps come to a meeting, and help, go on helping, or not."""
        self.settles_down()
        neighbourhood = self.model.neighbourhoods[self.neighbourhood]
        meetings = self.levers.meetings + neighbourhood.lever(MEETINGS)
        if meetings > 0.0:
            self.perhaps_attends(meetings)
        if self.is_volunteer and self.parameters.setting.helping_cost == 0.0:
            self.model.volunteers[self.index].serves_on()
        else:
            self.considers_joining()

    def settles_down(self) -> None:
        """Let contacts and threats be forgotten, talk count, perceived crime and fear follow what is seen and heard."""
        change, perception = self.parameters.change, self.parameters.perception
        prior = self.parameters.contact.prior_strength
        evidence = forgotten_evidence(self.evidence, prior, change.trust_relaxation)
        now, own = (self.trust, self.evidence), (self.own_trust, prior)
        trust = forgotten_trust(now, own, evidence, change.trust_relaxation)
        self.evidence = evidence
        self.trust = trust_after_talk(trust, self.told_trust, change.talk_weight)
        self.perceived = relaxed(self.perceived, self.believes(), perception.pace)
        disorder = unsettling(self.model.streets.disorder_at(self.home), self.parameters.disorder.fear)
        level = fear_level(self.own_fear, self.perceived, perception.fear, disorder)
        self.fear = relaxed(self.fear, level, change.fear_relaxation)
        self.silence = relaxed(self.silence, self.own_silence, change.silence_relaxation)

    def believes(self) -> float:
        """Return the level of crime that what is seen and heard speaks for."""
        perception = self.parameters.perception
        level = self.model.neighbourhoods[self.neighbourhood].level
        media = perception.media_weight * attention(self.age) * self.model.government.media
        return believed_level(level, perception.observation, media)

    def protect(self) -> None:
        """Think over each kind of protection, perhaps take it up or give it up."""
        pace, protection = self.parameters.protection.pace, 0
        for domain, probability in enumerate(self.wanted_protection()):
            bit = 1 << domain
            if keeps_up(self.does(bit), probability, pace, self.draw(Decision.PROTECT, domain)):
                protection += bit
        self.protection = protection

    def wanted_protection(self) -> tuple[float, ...]:
        """Return the probabilities of the five domains, each from what it depends on."""
        p, income, owned = self.parameters.protection, standing(self.quintile), tenure(self.owner)
        victimised = remembers(self.last_victimised, self.watch, p.victim_memory)
        return (
            locks_probability(p, self.fear, victimised, income, owned),
            technology_probability(p, victimised, income, owned),
            watching_probability(p, self.social_capital),
            self_defence_probability(p, self.fear, self.trust),
            avoidance_probability(p, self.fear),
        )

    def perhaps_attends(self, a_year: float) -> None:
        """Come to a meeting of the month if concerned enough, voice the concern, and meet the police there.

        a_year  meetings per 10,000 residents
        """
        n = len(self.model.residents)
        meetings = a_year * n / 10000.0 * WATCHES_PER_MONTH / WATCHES_PER_YEAR
        chance = attendance_probability(meetings, self.levers.attendance, n, self.fear, self.resources())
        if self.draw(Decision.ATTEND) < chance:
            self.model.neighbourhoods[self.neighbourhood].hears(self.fear)
            self.model.count(CONTACTS)
            chance = Encounter(None, self, self.neighbourhood).fair_chance()
            heard = self.draw(Decision.MEETING_TREATED) < chance
            self.meets_police(heard)
            self.learns_from_act(success=heard)

    def considers_joining(self) -> None:
        """Perhaps offer help; who gets a place is settled afterwards."""
        if self.parameters.setting.helping_cost > 0.0:
            self.is_volunteer = 0
            chance = self.model.neighbourhoods[self.neighbourhood].readiness
        else:
            chance = self.wish_to_join()
        if self.draw(Decision.JOIN) < chance:
            self.wants_to_join = 1

    def wish_to_join(self) -> float:
        """Return the probability to offer help in this month."""
        v = self.parameters.volunteering
        return self.readiness(self.levers.invitation + v.tie_invitation * self.asked)

    def readiness(self, invitation: float) -> float:
        """Return the probability to offer help when invited so much, in log odds."""
        v = self.parameters.volunteering
        schooled, settled = resource_terms(v, self.education, self.owner)
        wish = (
            v.self_efficacy_weight * (self.self_efficacy - 0.5),
            v.social_capital_weight * (self.social_capital - 0.5),
            v.concern_weight * (self.fear - 0.5),
            schooled,
            settled,
            invitation,
        )
        return joining_probability(v.joining, wish)

    def resources(self) -> float:
        """Return what education and tenure add to taking part, log odds."""
        schooled, settled = resource_terms(self.parameters.volunteering, self.education, self.owner)
        return schooled + settled

    def enlist(self) -> None:
        """Leave programmes, or offer to join those that take members here, one after the other."""
        for programme in self.model.programmes:
            if programme.has_members():
                if self.is_member(programme.index):
                    self.stays_or_quits(programme)
                elif programme.invites(self.neighbourhood):
                    self.considers_programme(programme)

    def is_member(self, programme: int) -> bool:
        """Say whether the resident is a member of a programme."""
        return bool((self.memberships >> programme) & 1)

    def stays_or_quits(self, programme: RunningProgramme) -> None:
        """Leave a programme, as everybody does when it has ended."""
        v, d = self.parameters.volunteering, self.parameters.dysfunctions
        support = programme.support_in(self.neighbourhood)
        chance = leaving_probability(v.leaving, v.unsupported_leaving, support)
        chance = fading_probability(chance, d.unreliable_volunteers, d.fading)
        if not programme.is_running() or self.draw(Decision.QUIT, programme.index) < chance:
            self.memberships &= ~(1 << programme.index)

    def considers_programme(self, programme: RunningProgramme) -> None:
        """Perhaps offer to join a programme, more likely when those whom one knows are in it."""
        friends = self.some_ties(0.0, len(self.model.residents))
        fellows = sum((friend.belonged >> programme.index) & 1 for friend in friends)
        pull = peer_pull(fellows, len(friends), self.parameters.volunteering.peer_weight)
        chance = self.readiness(self.levers.invitation + programme.invitation + pull)
        if self.draw(Decision.ENLIST, programme.index) < chance:
            self.offers |= 1 << programme.index
