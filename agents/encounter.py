"""Encounters: how a resident is treated by an officer, and what comes of being stopped and questioned."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coproduction.simulation.decisions import Decision
from coproduction.simulation.parameters.levers import DEESCALATION, DUTY_TO_INTERVENE, FAIRNESS, SUPERVISION
from coproduction.simulation.rules.conduct import (
    bias_factor,
    calmed_probability,
    complaint_probability,
    corrected,
    escalation_probability,
    excess_probability,
    fair_probability,
    further_evidence,
    group_bias,
    misconduct,
    sustained_probability,
)
from coproduction.simulation.rules.targets import offender_of
from coproduction.simulation.state import (
    COMPLAINTS,
    EXCESSIVE,
    FELT_UNFAIR,
    FORCE,
    FORCE_COMPLAINTS,
    NOBODY,
    SUSTAINED,
)

if TYPE_CHECKING:
    from coproduction.agents.city_model import CityModel
    from coproduction.agents.officer import Officer
    from coproduction.agents.resident import Resident


class Luck(NamedTuple):
    """Whose luck a stop is: entity and partner of its draws."""

    entity: int
    partner: int


class Encounter:
    """An officer, or one of a programme's who has no post, meets a resident.

    place  neighbourhood that the officer works in, whose programmes have trained the officer
    """

    def __init__(self, officer: Officer | None, resident: Resident, place: int) -> None:
        self.officer, self.resident, self.place = officer, resident, place
        self.model: CityModel = resident.model

    # --- How residents are treated ---

    @property
    def correction(self) -> float:
        """How far the officer is corrected by complaints found true and by programmes, 0 to 1."""
        by_complaints = self.officer.supervision if self.officer else 0.0
        return corrected(by_complaints, self.lever(SUPERVISION))

    def lever(self, lever: int) -> float:
        """Return a lever of programmes in the neighbourhood that the officer works in."""
        return self.model.neighbourhoods[self.place].lever(lever)

    def bias(self) -> float:
        """Return log odds of the officer's bias against the resident."""
        d = self.model.numbers.parameters.dysfunctions
        if self.resident.group == 0 or d.discrimination == 0.0:
            return 0.0
        factor = 1.0 - self.correction
        if self.officer:
            factor = bias_factor(self.officer.trait(Decision.PREJUDICE), self.correction)
        return group_bias(True, d.discrimination, d.stop_bias, factor)

    def fair_chance(self, burden: float = 0.0) -> float:
        """Return the probability that the resident feels treated fairly; burden is log odds of being stopped."""
        own = 0.0
        if self.officer:
            spread = self.model.numbers.parameters.conduct.spread
            own = misconduct(self.officer.trait(Decision.TEMPER), spread, self.correction)
        return fair_probability(self.model.levers.fairness + self.lever(FAIRNESS), own, self.bias(), burden)

    def talk(self, u: float) -> None:
        """Let them speak with each other; u is the draw of whether it is felt as fair."""
        self.resident.meets_police(u < self.fair_chance())

    # --- Being stopped and questioned ---

    def question(self, kind: int, luck: Luck) -> None:
        """Stop and question the resident, with what comes of it; kind is ``BY_OFFICERS`` or ``BY_CALLS``."""
        c, resident = self.model.numbers.parameters.conduct, self.resident
        self.count(kind)
        fair = self.draw(Decision.STOP_TREATED, luck) < self.fair_chance(c.stop_burden)
        severity = self.uses_force(luck, fair=fair)
        felt = fair and severity == 0
        self.model.neighbourhoods[resident.neighbourhood].questioned += 1
        resident.meets_police(felt)
        if severity == 2:
            asymmetry = self.model.numbers.parameters.contact.asymmetry
            resident.is_shaken(further_evidence(asymmetry, c.excess_weight))
        self.warns()
        self.count(FELT_UNFAIR, int(not felt))
        self.count(FORCE, int(severity > 0))
        self.count(EXCESSIVE, int(severity == 2))
        if not felt and self.draw(Decision.COMPLAINS, luck) < self.complaint_chance(severity):
            self.is_complained_about(luck)
            self.count(FORCE_COMPLAINTS, int(severity > 0))

    def uses_force(self, luck: Luck, *, fair: bool) -> int:
        """Return 0 when the stop ends without force, 1 with force, 2 with more than it called for."""
        c = self.model.numbers.parameters.conduct
        weights = (c.resistance_unfair, c.resistance_trust)
        chance = escalation_probability(c.resistance, not fair, weights, self.resident.trust, self.bias())
        if self.draw(Decision.COMES_TO_A_HEAD, luck) >= chance:
            return 0
        if self.draw(Decision.CALMED, luck) < calmed_probability(self.lever(DEESCALATION), c.calming):
            return 0
        excess = excess_probability(c.excess, c.second_officer, self.lever(DUTY_TO_INTERVENE))
        return 2 if self.draw(Decision.TOO_MUCH, luck) < excess else 1

    def warns(self) -> None:
        """Let an offender who is stopped think that being caught is likelier."""
        row = offender_of(self.model.state.offenders, self.resident.index)
        if row != NOBODY:
            self.model.offenders[row].is_warned()

    def complaint_chance(self, severity: int) -> float:
        """Return the probability that a resident who was treated unfairly complains; severity 1 force, 2 excessive."""
        c = self.model.numbers.parameters.conduct
        efficacy = c.complaint_efficacy * (self.resident.self_efficacy - 0.5)
        return complaint_probability(c.complaint, c.complaint_force * severity, efficacy)

    def is_complained_about(self, luck: Luck) -> None:
        """Have the department or a board of residents hear the complaint, from which both sides learn."""
        c = self.model.numbers.parameters.conduct
        chance = sustained_probability(c.sustained, c.board_sustained, self.model.levers.oversight)
        true = self.draw(Decision.FOUND_TRUE, luck) < chance
        self.count(COMPLAINTS)
        self.count(SUSTAINED, int(true))
        if self.officer:
            self.officer.is_complained_about(true=true)
        self.resident.meets_police(true)
        self.resident.learns_from_act(success=true)

    def draw(self, decision: Decision, luck: Luck) -> float:
        """Draw for a decision about this stop."""
        return self.model.luck(decision, luck.entity, self.model.watch, luck.partner)

    def count(self, column: int, n: int = 1) -> None:
        """Count up in this week's row for the resident's group; columns as in ``ENCOUNTERS``."""
        self.model.state.books.encounters[self.model.week, self.resident.group, column] += n
