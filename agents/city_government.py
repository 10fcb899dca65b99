"""The city government: the budget, the dispatcher, the patrol plan, and places for volunteers."""

import math
from itertools import accumulate

import numpy as np

from coproduction.agents.neighbourhood import add_up, summed
from coproduction.agents.window import Column, Window
from coproduction.simulation.decisions import Decision
from coproduction.simulation.dispatch import dispatch
from coproduction.simulation.phases.change import join
from coproduction.simulation.phases.deploy import PAID_OVER
from coproduction.simulation.phases.membership import fill_places
from coproduction.simulation.phases.protect import expect
from coproduction.simulation.rules.arrangement import takes_up
from coproduction.simulation.rules.beats import renew_guide
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_WEEK, WATCHES_PER_YEAR
from coproduction.simulation.rules.perception import local_level, media_signal
from coproduction.simulation.rules.police import (
    affordable_posts,
    counted_on_map,
    duty_share,
    instalment,
    patrol_importance,
    patrol_weight,
    programme_spending,
)
from coproduction.simulation.rules.volunteering import seen_to_help, supported_volunteers
from coproduction.simulation.state import (
    CO_RESPONDERS_PAID,
    COORDINATORS_PAID,
    MEETINGS_PAID,
    OFFICERS_PAID,
    PROGRAMMES_PAID,
    TRAINING_PAID,
)


class CityGovernment(Window):
    """The one city government."""

    posts = Column[float]("government.posts")
    owed = Column[float]("government.owed")
    call_load = Column[float]("government.call_load")
    n_volunteers = Column[int]("government.volunteers")
    media = Column[float]("government.media")
    seen_to_help = Column[float]("government.seen_to_help")
    declined = Column[int]("government.declined")

    def calendar(self) -> None:
        """Open the watch: start measuring when it is time, mark the first case, and spend the budget."""
        state = self.model.state
        if self.watch == self.model.numbers.measured_from:
            state.cells.total_stops[:] = 0
            state.cells.total_visits[:] = 0
            state.neighbourhoods.questioned[:] = 0
        state.cases.marks[0] = state.cases.count[0]
        if self.watch == self.model.numbers.policy_start:
            if self.contracts_out():
                self.hands_over()
            else:
                self.declined = 1
        self.spends()

    def contracts_out(self) -> bool:
        """Decide whether to take up the policy's arrangement, where that is left to the city."""
        return takes_up(self.draw(Decision.CONTRACTS_OUT), self.model.numbers.contracting)

    def hands_over(self) -> None:
        """Let the arrangement that begins bring new officers to some posts."""
        if self.levers.takeover > 0.0:
            for officer in self.model.officers:
                officer.hand_over()
            self.staff()

    def spends(self) -> None:
        """Pay for programmes and an instalment for training first, for officers with what is left."""
        within, beside = self.runs_programmes()
        levers, residents = self.levers, len(self.model.residents)
        budget = levers.budget * residents / WATCHES_PER_YEAR - within
        coordinators, meetings, co_responders = programme_spending(levers, residents)
        standing = coordinators + meetings + co_responders
        officer_cost = levers.officer_cost / WATCHES_PER_YEAR
        training = instalment(self.owed, PAID_OVER, budget - standing)
        self.posts = affordable_posts(budget, standing + training, officer_cost)
        self.owed -= training
        self.model.pay(OFFICERS_PAID, self.posts * officer_cost)
        self.model.pay(TRAINING_PAID, training)
        self.model.pay(PROGRAMMES_PAID, within + beside)
        self.model.pay(COORDINATORS_PAID, coordinators)
        self.model.pay(MEETINGS_PAID, meetings)
        self.model.pay(CO_RESPONDERS_PAID, co_responders)

    def runs_programmes(self) -> tuple[float, float]:
        """Open, renew and book programmes; return what they cost the city within and beside its budget, USD."""
        changed = self.watch % WATCHES_PER_MONTH == 0
        programmes = self.model.programmes
        for programme in programmes:
            if programme.starts():
                programme.chooses_places()
            changed = changed or programme.starts() or programme.ends()
        if changed and programmes:
            self.sets_levers()
        if self.watch == self.model.numbers.measured_from:
            self.model.state.programmes.spent[:] = 0.0
        bills = [programme.books() for programme in programmes if programme.is_running()]
        return summed(within for within, _ in bills), summed(beside for _, beside in bills)

    def sets_levers(self) -> None:
        """Let boards place every programme, then renew each neighbourhood's levers as what the programmes add."""
        for programme in self.model.programmes:
            programme.is_placed_by_boards()
        for neighbourhood in self.model.neighbourhoods:
            neighbourhood.takes_levers()

    def dispatch(self) -> None:
        """Send units to calls; units are shared, so both engines settle it in one place."""
        dispatch(*self.model.packed, self.model.seed, self.watch)

    def plan_patrol(self) -> None:
        """Let the crime map fade, add the records that are due, and share patrol out over the cells."""
        cells = self.model.state.cells
        fade = math.exp(-1.0 / self.parameters.patrol.crime_map_weeks)
        beats = self.model.state.beats
        self.enters_records(summed(cells.patrolled.tolist()) / len(beats.cell))
        due = (self.watch // WATCHES_PER_WEEK + 1) % len(cells.late)
        cells.crime_map[:] = cells.crime_map * fade + cells.late[due]
        cells.late[due] = 0.0
        cells.patrolled[:] *= fade
        mapped = summed(cells.crime_map.tolist())
        beats.plan[:] = list(accumulate(self.patrol_share(cell, mapped) for cell in beats.cell.tolist()))
        renew_guide(beats)

    def enters_records(self, usual_patrol: float) -> None:
        """Put the week's records in line for the crime map; usual_patrol is the mean of what cells had, stops."""
        cells, levers = self.model.state.cells, self.levers
        line = cells.late[self.watch // WATCHES_PER_WEEK % len(cells.late)]
        line[:] = cells.recorded - cells.discovered
        for cell in np.flatnonzero(cells.discovered).tolist():
            patrolled, discovered = cells.patrolled.item(cell), cells.discovered.item(cell)
            importance = patrol_importance(patrolled, usual_patrol, levers.discovery_correction)
            told = cells.recorded.item(cell) - discovered
            line[cell] = counted_on_map(told, discovered, levers.discovery_weight, importance)
        cells.recorded[:] = 0
        cells.discovered[:] = 0

    def staff(self) -> None:
        """Set what is known of each beat to the mean of its officers, posts paid in part for their part."""
        officers, known = self.model.officers, self.model.state.beats.knowledge
        for beat in range(len(known)):
            posts = officers[beat :: len(known)]
            shares = [duty_share(post.index, self.posts) for post in posts]
            if summed(shares) > 0.0:
                pairs = zip(shares, posts, strict=True)
                known[beat] = summed(share * post.knowledge for share, post in pairs) / summed(shares)

    def patrol_share(self, cell: int, mapped: float) -> float:
        """Return a cell's share of patrol; mapped is the map's sum."""
        cells, levers = self.model.state.cells, self.levers
        neighbourhood = self.model.neighbourhoods[cells.neighbourhood.item(cell)]
        even = 1.0 / len(self.model.state.beats.cell)
        on_map = cells.crime_map.item(cell) / mapped if mapped > 0.0 else even
        on_boards = neighbourhood.priority / len(neighbourhood.cells)
        return patrol_weight(even, on_map, on_boards, levers.hot_spots, levers.boards)

    def talk(self) -> None:
        """Let the media tell of this month's crime."""
        self.media = media_signal(self.draw(Decision.MEDIA), self.parameters.perception.media_tone)

    def tidy(self) -> None:
        """Count the month's offences by neighbourhood, newest first; let streets bear what they leave to be seen."""
        state = self.model.state
        n = state.cases.count.item(0)
        first = np.searchsorted(state.cases.watch[:n], self.watch - WATCHES_PER_MONTH, side="right")
        cells, crimes = state.cases.cell[first:n].tolist(), state.cases.crime[first:n].tolist()
        for cell, crime in zip(reversed(cells), reversed(crimes), strict=True):
            self.model.neighbourhoods[state.cells.neighbourhood[cell]].offences += 1
            self.model.streets.bear(cell, crime)

    def change(self) -> None:
        """Let neighbourhoods in the volunteer's dilemma respond to how many helped, before residents decide."""
        if self.parameters.setting.helping_cost > 0.0:
            helping = self.n_volunteers / len(self.model.residents)
            self.seen_to_help = seen_to_help(self.seen_to_help, helping, self.model.month)
            for place in self.model.neighbourhoods:
                place.practises(self.seen_to_help)

    def expect(self) -> None:
        """Sum up who is expected where in the evening, in the order of residents, for both engines in one place."""
        expect(*self.model.packed, self.model.seed, self.watch)

    def support(self) -> float:
        """Return the share of volunteers whom coordinators, or their own small number, keep going, 0 to 1.

        There must be a volunteer to ask for it.
        """
        own = self.parameters.volunteering.self_organised
        residents = len(self.model.residents)
        able = supported_volunteers(residents, own, self.levers.coordinators, self.levers.span)
        return min(able / self.n_volunteers, 1.0)

    def join(self) -> None:
        """Give out places to those who want to join; places are scarce, so both engines settle it in one place."""
        join(*self.model.packed, self.model.seed, self.watch)

    def enlist(self) -> None:
        """Give out places in programmes; they are scarce, so both engines settle it in one place."""
        fill_places(*self.model.packed, self.model.seed, self.watch)

    def take_stock(self) -> None:
        """Write the sums over the residents of each income quintile into the panel."""
        residents, panel = self.model.state.residents, self.model.state.books.by_quintile
        for quintile in range(panel.shape[1]):
            members = np.flatnonzero(residents.quintile == quintile)
            add_up(panel[self.model.month, quintile], residents, members, self.model.streets.as_seen())

    def unite(self) -> None:
        """Compare crime in each neighbourhood with the city's; set its share of the boards' patrol by its claim."""
        places = self.model.neighbourhoods
        usual, residents = summed([place.usual for place in places]), sum(place.size for place in places)
        for place in places:
            place.level = local_level(place.usual, usual * place.size / residents)
        afraid = summed(place.size * place.mean_fear for place in places)
        voiced = sum(place.concern for place in places)
        for place in places:
            place.takes_priority(afraid, voiced)
