"""The city as a Mesa model: the phases of a watch, lived by agents instead of computed by kernels.

Both engines change the same state in the same way, down to the last bit; this one is for reading, teaching and for
putting other rules in place of ours::

    class Silent(Resident):
        def decides_to_report(self, case: CaseFile) -> bool:
            return False

    model = CityModel(state, numbers, seed, classes=AgentClasses(resident=Silent))
    for _ in range(21):
        model.step()
"""

from collections.abc import Callable
from functools import partial

from coproduction.agents.agent_classes import OUR_CLASSES, AgentClasses
from coproduction.agents.case_file import CaseFile
from coproduction.agents.mesa_bridge import Model
from coproduction.agents.offender import Offence
from coproduction.agents.programme import RunningProgramme
from coproduction.agents.streets import Streets
from coproduction.agents.volunteer import Volunteer
from coproduction.simulation.case_files import (
    BY_INVESTIGATION,
    before_court,
    clear_case,
    close_docket,
    open_case,
    pay_justice,
)
from coproduction.simulation.decisions import Decision
from coproduction.simulation.draws import draw
from coproduction.simulation.engine import with_more_room
from coproduction.simulation.packed import pack_numbers, pack_state
from coproduction.simulation.parameters import Numbers
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.rules.arrangement import policing_at
from coproduction.simulation.rules.calendar import WATCHES_PER_MONTH, WATCHES_PER_WEEK
from coproduction.simulation.schedule import PHASES, due, lacks_room
from coproduction.simulation.state import State


class CityModel(Model):
    """A city of agents, each a window on the state's arrays.

    state, numbers, seed  as for the compiled core; the state is changed in place
    watch                 the first watch to be lived; ``numbers`` may be replaced between watches
    classes               the classes of agents

    Mesa shuffles with ``random``, a generator of its own, on which no result depends.
    """

    def __init__(
        self,
        state: State,
        numbers: Numbers,
        seed: int,
        watch: int = 0,
        classes: AgentClasses = OUR_CLASSES,
    ) -> None:
        super().__init__(rng=0)
        self.state, self.numbers, self.seed, self.watch = state, numbers, seed, watch
        self.classes = classes
        self.offences: list[Offence] = []  # done in this watch, not yet on file
        self.solved: list[int] = []  # cases to be cleared by this week's investigations
        self.experiences: list[tuple[tuple[str, int, int], Callable[[], None]]] = []
        self._packed_from = state, numbers
        self._packed = pack_state(state), pack_numbers(numbers)
        self.streets = Streets(self)
        self.people_the_city()

    def people_the_city(self) -> None:
        """Make the agents, one a row; a case file only for the cases of this week."""
        state, classes = self.state, self.classes
        self.government = classes.government(self, 0)
        self.neighbourhoods = [
            classes.neighbourhood(self, n) for n in range(len(state.neighbourhoods.residents))
        ]
        self.programmes = [RunningProgramme(self, p) for p in range(len(self.numbers.programmes.start))]
        self.residents = [classes.resident(self, r) for r in range(len(state.residents.home))]
        self.offenders = [classes.offender(self, o) for o in range(len(state.offenders.resident))]
        self.officers = [classes.officer(self, o) for o in range(len(state.officers.free_at))]
        self.co_responders = [
            classes.co_responder(self, unit) for unit in range(len(state.co_responders.free_at))
        ]
        self.volunteers: dict[int, Volunteer] = {}
        self.call_roll()
        rows = range(state.cases.marks.item(1), state.cases.count.item(0))
        self.case_files = {row: classes.case_file(self, row) for row in rows}

    # --- Time and luck ---

    def step(self) -> None:
        """Live one watch: every phase that is due, in the order of the schedule."""
        self.make_room()
        for phase in PHASES:
            if due(phase, self.watch):
                getattr(self, phase.name)()
        self.watch += 1

    @property
    def week(self) -> int:
        """The week that this watch lies in."""
        return self.watch // WATCHES_PER_WEEK

    @property
    def month(self) -> int:
        """The month of four weeks that this watch lies in."""
        return self.watch // WATCHES_PER_MONTH

    @property
    def levers(self) -> Policing:
        """The policing arrangement in force."""
        return policing_at(self.state, self.numbers, self.watch)

    def luck(self, decision: Decision, entity: int, watch: int, partner: int = 0) -> float:
        """Draw a number in [0, 1), the same that the compiled core draws for it."""
        return draw(self.seed, int(decision), entity, watch, partner)

    # --- The phases, by their names in the schedule ---

    def calendar(self) -> None:
        """Open the watch and spend its money."""
        self.all_act(self.classes.government, "calendar")

    def deploy(self) -> None:
        """Put officers on duty and on patrol."""
        self.all_act(self.classes.officer, "deploy")
        self.all_act(self.classes.co_responder, "deploy")

    def volunteer(self) -> None:
        """Send volunteers on patrol, and members of programmes."""
        self.all_act(self.classes.volunteer, "volunteer")
        self.all_act(self.classes.neighbourhood, "volunteer")

    def offend(self) -> None:
        """Let offenders act; their offences go on file in the order of offenders."""
        self.all_act(self.classes.offender, "offend")
        self.open_files()

    def victimise(self) -> None:
        """Find the victims of this watch's offences."""
        self.these_act(self.new_cases, "victimise")

    def report(self) -> None:
        """Let those who know of an offence decide whether to tell the police."""
        self.these_act(self.new_cases, "report")

    def call(self) -> None:
        """Let neighbourhoods call the police about other matters."""
        self.all_act(self.classes.neighbourhood, "call")

    def dispatch(self) -> None:
        """Send units to calls."""
        self.all_act(self.classes.government, "dispatch")

    def remember(self) -> None:
        """Let everybody take in what happened: cases, then contacts, then officers who came, each in their order."""
        self.these_act(self.new_cases, "remember")
        self.all_act(self.classes.officer, "remember")
        self.meet_officers()
        self.look_into_suspicions()
        self.live_through()

    def walk_beats(self) -> None:
        """Let programmes' own foot officers stop in their neighbourhoods, and people take in what they met with."""
        self.all_act(self.classes.neighbourhood, "walk_beats")
        self.live_through()

    def spread(self) -> None:
        """Let the boosts that offences left behind spread over the streets."""
        self.streets.spread()

    def arrive(self) -> None:
        """Let offenders enter the lattice."""
        self.streets.arrive()

    def investigate(self) -> None:
        """Let the police work on the week's cases, then clear those solved in the order of cases."""
        self.all_act(self.classes.case_file, "investigate")
        self.close_files()

    def release(self) -> None:
        """Set free whose time in custody is over."""
        self.all_act(self.classes.offender, "release")

    def hold_court(self) -> None:
        """Try the cases whose day in court has come."""
        self.docket_acts("hold_court")

    def charge(self) -> None:
        """Let the prosecutor decide on the cases cleared; then close the docket and pay the week's justice."""
        self.docket_acts("charge")
        close_docket(self.state)
        pay_justice(self.state, self.numbers, self.watch)

    def plan_patrol(self) -> None:
        """Plan the next week's patrol."""
        self.all_act(self.classes.government, "plan_patrol")

    def tidy(self) -> None:
        """Let the streets bear what the month's offences left, and neighbourhoods clear some of it."""
        self.all_act(self.classes.government, "tidy")
        self.all_act(self.classes.neighbourhood, "tidy")

    def talk(self) -> None:
        """Let the media tell of crime, and residents hear what their ties think of the police."""
        self.all_act(self.classes.government, "talk")
        self.all_act(self.classes.resident, "talk")

    def change(self) -> None:
        """Let residents look back on the month, which the government has counted up."""
        self.all_act(self.classes.government, "change")
        self.all_act(self.classes.resident, "change")

    def protect(self) -> None:
        """Let residents think over what they do against crime."""
        self.all_act(self.classes.resident, "protect")

    def expect(self) -> None:
        """Sum up who is expected where in the evening."""
        self.all_act(self.classes.government, "expect")

    def careers(self) -> None:
        """Let offending careers begin and end, and offenders learn from their peers, all at once."""
        for method in ("looks_around", "lives_on", "closes_the_month"):
            self.all_act(self.classes.offender, method)

    def join(self) -> None:
        """Give places to new volunteers."""
        self.all_act(self.classes.government, "join")
        self.call_roll()

    def enlist(self) -> None:
        """Let residents leave and join programmes; places are given out afterwards."""
        if any(programme.has_members() for programme in self.programmes):
            self.all_act(self.classes.resident, "enlist")
            self.all_act(self.classes.government, "enlist")

    def take_stock(self) -> None:
        """Sum up residents by neighbourhood and by income quintile."""
        self.all_act(self.classes.neighbourhood, "take_stock")
        self.all_act(self.classes.government, "take_stock")

    def unite(self) -> None:
        """Renew the neighbourhoods, then what they ask of patrol."""
        self.all_act(self.classes.neighbourhood, "unite")
        self.all_act(self.classes.government, "unite")

    def staff(self) -> None:
        """Let officers leave their beats or come to know them, and take stock of what is known."""
        self.all_act(self.classes.officer, "staff")
        self.all_act(self.classes.government, "staff")

    # --- What is settled in one order ---

    @property
    def new_cases(self) -> list[CaseFile]:
        """The case files of this watch."""
        cases = self.state.cases
        return [self.case_files[row] for row in range(cases.marks.item(0), cases.count.item(0))]

    def open_files(self) -> None:
        """Put this watch's offences on file, in the order of offenders."""
        for o in sorted(self.offences):
            row, when = self.state.cases.count.item(0), (self.seed, self.watch, o.moment)
            what = (o.offender, o.crime, o.cell, o.tries)
            open_case(self.state, self.numbers, when, what, (o.chance, o.guardianship, o.anchor))
            self.case_files[row] = self.classes.case_file(self, row)
        self.offences.clear()

    def meet_officers(self) -> None:
        """Let the victims to whom a unit was sent in this watch meet it, cases of earlier weeks included."""
        calls = self.state.calls
        for place, row in enumerate(calls.answered[: calls.marks[1]].tolist()):
            case = self.case_files.get(row) or self.classes.case_file(self, row)
            case.meet_officers(place)
            if row not in self.case_files:
                case.remove()

    def look_into_suspicions(self) -> None:
        """Let officers whom somebody called about a suspicion see who is there."""
        calls = self.state.calls
        for place, (officer, n, number) in enumerate(calls.checks[: calls.marks[2]].tolist()):
            self.experience(("suspicion", place, 0), self.neighbourhoods[n].is_looked_into, officer, number)

    def close_files(self) -> None:
        """Clear what was solved, in the order of cases, let victims learn from it, put the week's files away."""
        for row in sorted(self.solved):
            clear_case(self.state, self.numbers, (row, BY_INVESTIGATION, self.watch))
        for row in sorted(self.case_files):
            self.case_files[row].teaches()
        for case in self.case_files.values():
            case.remove()
        self.solved.clear()
        self.case_files.clear()
        self.state.cases.marks[1] = self.state.cases.count[0]

    def docket_acts(self, method: str) -> None:
        """Let every case that awaits its charge or its trial act once."""
        cases = self.state.cases
        rows = range(cases.marks.item(2), cases.count.item(0))
        docket = [self.classes.court_case(self, row) for row in rows if before_court(self.state, row)]
        self.these_act(docket, method)
        for case in docket:
            case.remove()

    def experience(self, order: tuple[str, int, int], lived: Callable[..., None], *how: object) -> None:
        """Note what somebody lives through in this watch.

        order  "case", "contact", "response" or "suspicion", then row, officer or place in the queue, then the place in
               it; what touches one resident more than once is taken in this order
        """
        self.experiences.append((order, partial(lived, *how)))

    def live_through(self) -> None:
        """Let everybody live through this watch's experiences, in their order."""
        for _, lived in sorted(self.experiences, key=lambda e: e[0]):
            lived()
        self.experiences.clear()

    def call_roll(self) -> None:
        """Give the role of volunteer to those on the roster, and take it from those who are not."""
        serving = self.state.government.volunteers.item(0)
        roster = self.state.residents.roster[:serving].tolist()
        for left in self.volunteers.keys() - set(roster):
            self.volunteers.pop(left).remove()
        for resident in roster:
            if resident not in self.volunteers:
                self.volunteers[resident] = self.classes.volunteer(self, resident)

    def make_room(self) -> None:
        """Double the capacity of case files or calls when the next watch might fill it."""
        if lacks_room(self.state):
            self.state = with_more_room(self.state)

    # --- Books, and what compiled functions take ---

    def count(self, column: int, n: int = 1) -> None:
        """Count up in this week's row of the books; columns as in ``WEEKLY``."""
        self.state.books.weekly[self.week, column] += n

    def pay(self, item: int, usd: float) -> None:
        """Book a payment in this week, USD; items as in ``ITEMS``."""
        self.state.books.usd[self.week, item] += usd

    @property
    def packed(self) -> tuple[State, Numbers]:
        """State and numbers as compiled functions take them, packed anew when one was replaced."""
        if self._packed_from[0] is not self.state or self._packed_from[1] is not self.numbers:
            self._packed_from = self.state, self.numbers
            self._packed = pack_state(self.state), pack_numbers(self.numbers)
        return self._packed


def run_agents(state: State, numbers: Numbers, seed: int, first: int, last: int) -> State:
    """Run watches ``first`` to ``last - 1`` with Mesa agents and return the state; an ``Engine``."""
    model = CityModel(state, numbers, seed, first)
    while model.watch < last:
        model.step()
    return model.state
