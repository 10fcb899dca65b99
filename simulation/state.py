"""The one state of a city: arrays, one row an entity. Kernels and Mesa agents look at the same memory.

Shapes: R residents, O offenders, P officers' posts (in ``Programmes``: programmes), B beats, C cells, N neighbourhoods,
L levers, K crime types, W weeks, M months (of 4 weeks). Times are watches since the start; money is USD; shares are
0 to 1.
"""

from enum import IntEnum, unique
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from coproduction.simulation.layout import side_by_side

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Counts = NDArray[np.int64]
Flags = NDArray[np.int8]

MOST_STOPS = 24
NOBODY = -1


@unique
class Fate(IntEnum):
    """What has become of an offence; every case has exactly one at any time."""

    UNREPORTED = 0
    OPEN = 1
    FILED = 2  # not solved
    AWAITING_CHARGE = 3
    NOT_CHARGED = 4
    AWAITING_COURT = 5
    WITHDRAWN = 6  # lost, since nobody came to testify
    ACQUITTED = 7
    DIVERTED = 8
    CONFERENCED = 9
    COMMUNITY = 10  # from here on in the order of the sanctions
    JAIL = 11
    PRISON = 12


FREE, REMANDED, JAILED, IMPRISONED = range(4)
"""What holds an offender; for those sentenced, one more than the index of the sanction."""


POTENTIAL, ACTIVE, DESISTED = range(3)
"""Stages of an offending career, in their order."""

PEERS = 4


class Residents(NamedTuple):
    """Shape (R,) each; numbered by home cell, so that those who live together lie side by side in memory."""

    home: Ints  # where they live [cell]
    day_cell: Ints  # where their day place is [cell]
    neighbourhood: Ints  # where they live [neighbourhood]
    quintile: Flags  # income, 0 poorest to 4 richest [fifth]
    self_efficacy: Floats  # belief to be able to make a difference [index 0 to 1]
    social_capital: Floats  # mutual trust with those around [index 0 to 1]
    trust: Floats  # trust in police [index 0 to 1]
    own_trust: Floats  # level that trust relaxes to [index 0 to 1]
    fear: Floats  # fear of crime [index 0 to 1]
    own_fear: Floats  # level that fear relaxes to [index 0 to 1]
    volunteer: Flags  # 1 while a volunteer [flag]
    wants_to_join: Flags  # 1 while waiting for a place, set and cleared within a month's end [flag]
    roster: Ints  # volunteers of this month by index; only the first government.volunteers count [resident]
    age: Flags  # age [years]
    sex: Flags  # 1 female [flag]
    works: Flags  # 1 with a day place for work or school [flag]
    group: Flags  # 0 majority, 1 minority [flag]
    education: Flags  # of the adults at home: 0 no diploma, 1 high school, 2 some college, 3 a degree [step]
    owner: Flags  # 1 where the home is owned and not rented [flag]
    general_trust: Floats  # trust in people at large [index 0 to 1]
    evidence: Floats  # what trust rests on, the prior's included [observations]
    told_trust: Floats  # mean trust of one's ties, as heard in this month's talk [index 0 to 1]
    perceived: Floats  # perceived crime; 1 is the city's usual level [index]
    silence: Floats  # norm against telling the police [index 0 to 1]
    own_silence: Floats  # level that the norm relaxes to [index 0 to 1]
    harm: Floats  # psychological harm of a victim, as of harm_seen [index 0 to 1]
    harm_seen: Ints  # when harm was last brought up to date [watch]
    last_victimised: Ints  # when last a victim, NOBODY if never [watch]
    asked: Flags  # 1 if a tie volunteers, as of this month's talk [flag]
    protection: Flags  # domains of protective behaviour, see rules.protection [bits]
    memberships: Counts  # one bit a programme [bits]
    offers: Counts  # to join, one bit a programme; set and cleared within a month's end [bits]
    belonged: Counts  # memberships as of the last month's end [bits]


class Offenders(NamedTuple):
    """Shape (O,) each but peers; an offender is a resident who has, may begin or has had an offending career."""

    resident: Ints  # who it is [resident]
    home: Ints  # where they live [cell]
    rate: Floats  # attempts in an average watch, undeterred [attempts per watch]
    certainty: Floats  # perceived certainty of being caught [index 0 to 1]
    free_from: Ints  # first watch at large [watch]
    position: Ints  # where on the lattice walk, NOBODY when not on the street [cell]
    offences: Counts  # done so far [offences]
    arrests: Counts  # arrests so far [arrests]
    held: Flags  # FREE, REMANDED, JAILED or IMPRISONED [code]
    resettled: Flags  # 1 after a release with help [flag]
    bail_until: Ints  # last trial that was waited for at large, 0 if none ever [watch]
    career: Flags  # POTENTIAL, ACTIVE or DESISTED [code]
    speciality: Flags  # type of crime that is done by choice [type]
    leisure: Ints  # where leisure is spent [cell]
    last_target: Ints  # where the last offence away from home was, NOBODY if none yet [cell]
    peers: Ints  # (O, PEERS) other offenders nearby, or NOBODY [offender]
    active_peers: Flags  # how many of them are active, as of the last month's end [offenders]
    released: Ints  # when last released, NOBODY if never [watch]
    offences_before: Counts  # done as of the last month's end [offences]
    arrests_before: Counts  # arrests as of the last month's end [arrests]


class Officers(NamedTuple):
    """Shape (P,) each, contact and questioned (P, MOST_STOPS)."""

    free_at: Counts  # when the unit is free [second since the start]
    stops: Ints  # patrol stops in this watch [stops]
    on_duty: Flags  # 1 when on duty in this watch [flag]
    contact: Ints  # who was spoken with at each stop, or NOBODY [resident]
    busy: Ints  # of this watch spent on calls [seconds]
    queue: Counts  # on duty by when they are free: a heap, see queue.py [units]
    questioned: Flags  # 1 where the contact was stopped and questioned, 0 where spoken with [flag]
    holder: Ints  # how many have left the post [officers]
    knowledge: Floats  # what the holder knows of the beat [index 0 to 1]
    supervision: Floats  # how far complaints found true have corrected the holder [index 0 to 1]
    complaints: Ints  # against the holder [complaints]


class Beats(NamedTuple):
    """Shape (B,) unless said; a beat is some neighbourhoods side by side, shared by some posts."""

    of: Ints  # (N,) that a neighbourhood belongs to [beat]
    cell_start: Ints  # (B + 1,) where a beat begins in cell [position]
    cell: Ints  # (C',) cells of the city by beat [cell]
    plan: Floats  # (C',) patrol plan, cumulated in that order [share]
    knowledge: Floats  # mean local knowledge of its officers, as of the last month's end [index 0 to 1]
    guide: Ints  # (C',) where a share of the plan is looked for from on, by that share [position]


class CoResponders(NamedTuple):
    """Shape (S,) each; posts for social workers and others who take calls that need no officer."""

    free_at: Counts  # when the unit is free [second since the start]
    on_duty: Flags  # 1 when on duty in this watch [flag]
    busy: Ints  # of this watch spent on calls [seconds]
    queue: Counts  # as for officers [units]


class Cells(NamedTuple):
    """Shape (C,) unless said; neighbours (C, 4); per crime type (K, C); by time of day (3, C).

    Cells that are neighbours in a row of the grid lie side by side in memory, of each type of crime for itself.
    """

    neighbourhood: Ints  # NOBODY outside the city [neighbourhood]
    neighbours: Ints  # east, west, south, north, or NOBODY [cell]
    n_neighbours: Ints  # how many of these there are [cells]
    fixed: Floats  # (K, C) fixed attractiveness [attractiveness of an average home or person]
    boost: Floats  # (K, C) what recent offences add to it [attractiveness]
    offences: Ints  # (K, C) in this watch [offences]
    homes: Floats  # who lives there [residents]
    present: Floats  # (3, C) expected there, by time of day [residents]
    patrol: Floats  # still felt, as of patrol_seen [stops]
    patrol_seen: Ints  # when patrol was last brought up to date [watch]
    visits: Ints  # by volunteers in visits_seen [visits]
    visits_seen: Ints  # when the last volunteer came [watch]
    crime_map: Floats  # recorded and faded [offences]
    living_start: Ints  # (C + 1,) the first who lives in a cell, the others follow [resident]
    coming_start: Ints  # (C + 1,) where a cell begins in coming [position]
    coming: Ints  # (R,) residents by day cell [resident]
    total_stops: Counts  # since measured_from [stops]
    total_visits: Counts  # by volunteers since measured_from [visits]
    recorded: Ints  # since the last week's end [offences]
    discovered: Ints  # of these, those that only patrol came upon [offences]
    late: Floats  # (D + 1, C) recorded by week and not yet on the map, a ring of D weeks' delay [offences]
    stops: Ints  # by officers in the watch of patrol_seen [stops]
    patrolled: Floats  # all stops, fading as the map does [stops]
    disorder: Floats  # traces of incivility that nobody has cleared, as of the last month's end [traces]


class Neighbourhoods(NamedTuple):
    """Shape (N,) unless said."""

    residents: Ints  # who lives there [residents]
    cell_start: Ints  # (N + 1,) where a neighbourhood begins in cell [position]
    cell: Ints  # cells by neighbourhood [cell]
    efficacy: Floats  # collective efficacy [index 0 to 1]
    mean_fear: Floats  # as of the last month's end [index 0 to 1]
    concern: Counts  # fear voiced at meetings since the last month's end, summed [thousandths]
    priority: Floats  # of patrol sent by boards [share]
    offences: Ints  # since the last month's end [offences]
    usual: Floats  # per month, smoothed [offences]
    calls: Ints  # other than crime, in this watch [calls]
    shifts: Ints  # by volunteers since the last month's end [patrols]
    level: Floats  # offences a resident against the city's, as of the last month's end [index, city = 1]
    readiness: Floats  # that a resident helps this month; only in the volunteer's dilemma [probability]
    questioned: Counts  # who lives there and was stopped and questioned since measured_from [residents]
    organisations: Floats  # nonprofits at work there [per 100,000 residents]
    levers: Floats  # (N, L) what programmes add [as ``parameters.levers`` declares]


class Cases(NamedTuple):
    """The case files: shape (capacity,) each but count and marks; one row an offence, in order of watch, offender."""

    count: Counts  # type: ignore[assignment]  # (1,) cases so far; hides tuple.count, which no state needs [cases]
    marks: Counts  # (3,) first case of this watch, of this week, and first that may still be with the courts [case]
    watch: Ints  # when it was done [watch]
    second: Ints  # within that watch [second]
    crime: Flags  # type of crime [code]
    offender: Ints  # who did it [offender]
    cell: Ints  # where [cell]
    victim: Ints  # resident, or NOBODY [resident]
    tries: Flags  # 2 after being stopped once [tries]
    attempt_probability: Floats  # that the offender attempts in this watch [probability]
    certainty: Floats  # of being caught, perceived by the offender [index 0 to 1]
    attraction: Floats  # of the cell, boost included [attractiveness]
    guardianship: Floats  # of the cell [guardianship, 0 and more]
    victim_trust: Floats  # trust in police before the offence [index 0 to 1]
    report_probability: Floats  # that the victim reports [probability]
    victim_reported: Flags  # 1 if so [flag]
    witnesses: Flags  # who were there and saw it [persons]
    witness_reports: Flags  # who reported it [persons]
    volunteer_report: Flags  # 1 if a volunteer reported it [flag]
    discovered: Flags  # 1 if nobody reported it and an officer on patrol came upon it [flag]
    delay: Ints  # until reported, -1 if never [seconds]
    response: Ints  # from report to arrival, -1 if never [seconds]
    scene_probability: Floats  # of an arrest at the scene [probability]
    clearance_probability: Floats  # of clearance by investigation [probability]
    cleared: Flags  # 0 no, 1 at the scene, 2 by investigation [code]
    cleared_watch: Ints  # when cleared [watch]
    custody: Ints  # remand and sentence, 0 if none [watches]
    fate: Flags  # what has become of it, see Fate [code]
    witness: Ints  # the first who informed the police, or NOBODY [resident]
    information: Floats  # value of what witnesses told [index 0 to 1]
    charge_probability: Floats  # that the offender is charged [probability]
    remanded: Flags  # 1 if held until the court sits [flag]
    court_watch: Ints  # day in court, NOBODY if none [watch]
    retaliation_probability: Floats  # that a witness is threatened [probability]
    retaliation: Flags  # 1 if so [flag]
    victim_attendance: Floats  # that the victim comes to court, 0 if there was no trial [probability]
    victim_attended: Flags  # 1 if so [flag]
    witness_attendance: Floats  # that the witness comes to court [probability]
    witness_attended: Flags  # 1 if so [flag]
    conviction_probability: Floats  # given who came [probability]
    sentence: Ints  # 0 if none [weeks]
    satisfied: Flags  # 1 if a conference satisfied the victim [flag]
    restitution: Floats  # to be paid by the offender [USD]
    channel: Flags  # of the first report, see parameters.channels, or NOBODY [code]
    caseload: Floats  # recorded in the week per officer's post when it was investigated [cases]
    reason: Flags  # why the victim did not report, see rules.reporting, 0 if it did [code]
    anchor: Flags  # that the attempt started from, see rules.careers [code]
    rate: Floats  # attempts of the offender then, undeterred [attempts per watch]
    officer: Ints  # who came, or NOBODY [post]
    knowledge: Floats  # of the beat when it was investigated [index 0 to 1]
    intervener: Ints  # bystander who stepped in, or NOBODY [resident]
    intervention: Flags  # how that ended, see rules.intervention, 0 if nobody did [code]


class Government(NamedTuple):
    """The city government's running figures; shape (1,) each."""

    posts: Floats  # paid in this watch [full-time officers]
    owed: Floats  # for training given and not yet paid [USD]
    call_load: Floats  # of duty time on calls in the last watch [share]
    volunteers: Counts  # serving [persons]
    seen_to_help: Floats  # of residents who help, as seen so far; only in the volunteer's dilemma [share]
    media: Floats  # crime above the usual level that this month's media tell of [index points]
    declined: Flags  # 1 once the city has decided against the policy's arrangement [flag]


class Books(NamedTuple):
    """Ledger and time series."""

    usd: Floats  # (W, items) by week and item, see ITEMS [USD]
    weekly: Counts  # (W, columns) counts by week, see WEEKLY [as named]
    by_neighbourhood: Floats  # (M, N, columns) sums over residents at each month's end, see PANEL [as named]
    by_quintile: Floats  # (M, 5, columns) the same by income [as named]
    queue: Counts  # (W, kinds of calls, columns) by week, see QUEUE [as named]
    encounters: Counts  # (W, 2 groups, columns) by week and the resident's group, see ENCOUNTERS [as named]


class Rates(NamedTuple):
    """Derived once from the parameters."""

    rhythm: Floats  # (3,) attempts at this time of day against the average watch [ratio]
    type_share: Floats  # (3, K) of types at this time of day, cumulated [share]
    grid: Counts  # (2,) rows, columns [cells]
    type_rhythm: Floats  # (3, K) attempts of this type at this time of day against the average watch [ratio]
    entry: Floats  # (1,) active careers at the start per potential one [ratio]
    pull: Floats  # (D + 1, D + 1) of a target so many rows and columns away, D being the reach of journeys [ratio]
    disorder: Floats  # (1,) of an average inhabited cell, as the declared rates make it [traces]


class Ties(NamedTuple):
    """Who knows whom, symmetric; E ties seen from each end."""

    start: Ints  # (R + 1,) where a resident begins in partner [position]
    bonding_end: Ints  # (R,) where a resident's bridging ties begin in partner [position]
    partner: Ints  # (E,) who is tied to [resident]


class Programmes(NamedTuple):
    """Programmes as they run; shape (P, N) unless said, P programmes of the policy in the order of ``Portfolio``."""

    targets: Flags  # 1 where it runs, once it has started [flag]
    members: Ints  # residents who take part [residents]
    spent: Floats  # (P, payers, N) since measured_from [USD]
    weight: Floats  # how much of it boards place here, 1 for as much as everywhere [ratio]


class Calls(NamedTuple):
    """Calls that wait for a unit: shape (capacity,) each but marks, sizes and most; in order of filing."""

    marks: Counts  # (3,) calls in the rows below, offences answered and suspicions looked into in this watch [calls]
    sizes: Counts  # (5,) of the heaps, see queue.py [calls]
    most: Counts  # (1,) other than offences that a watch can bring [calls]
    second: Counts  # when the call comes [second since the start]
    kind: Flags  # see CALL_KINDS [code]
    priority: Flags  # in the queue, 0 first [class]
    shared: Flags  # 1 if a co-responder can take it [flag]
    case: Ints  # of an offence, else NOBODY [case]
    place: Ints  # of another call [neighbourhood]
    number: Ints  # of another call in its neighbourhood and watch [position]
    watch: Ints  # of filing [watch]
    served: Flags  # 1 once a unit was sent [flag]
    answered: Ints  # to which a unit was sent in this watch, in that order [case]
    checks: Ints  # (capacity, 3) suspicions looked into in this watch, in that order [officer, neighbourhood, number]
    coming: Counts  # heap by second [call]
    waiting: Counts  # heap by priority, then second, for officers only [call]
    waiting_shared: Counts  # the same that co-responders can take [call]


class State(NamedTuple):
    """Everything that changes, and the city it changes in."""

    residents: Residents
    offenders: Offenders
    officers: Officers
    cells: Cells
    neighbourhoods: Neighbourhoods
    cases: Cases
    government: Government
    books: Books
    rates: Rates
    ties: Ties
    programmes: Programmes
    co_responders: CoResponders
    calls: Calls
    beats: Beats

    def __reduce__(self) -> tuple[Any, ...]:
        """Say how to send it to another process: what lies side by side here does so there."""
        return _received, tuple(self)


ITEMS = (
    "officers",
    "coordinators",
    "meetings",
    "training",
    "programmes",
    "co_responders",
    "custody",
    "courts",
    "community_sentences",
    "conferences",
)
OFFICERS_PAID, COORDINATORS_PAID, MEETINGS_PAID, TRAINING_PAID, PROGRAMMES_PAID, CO_RESPONDERS_PAID = range(6)
CUSTODY_PAID, COURTS_PAID, COMMUNITY_PAID, CONFERENCES_PAID = range(6, 10)
JUSTICE_ITEMS = ITEMS[CUSTODY_PAID:]
"""Items that county and state pay, and not the city."""

CALL_KINDS = ("offence", "general", "mental_health", "family", "nuisance", "suspicion")
OFFENCE, GENERAL_CALL, MENTAL_HEALTH_CALL, FAMILY_CALL, NUISANCE_CALL, SUSPICION_CALL = range(6)

WEEKLY = (
    "attempts",
    "stopped",
    "calls",
    "contacts",
    "unfair",
    "stops",
    "shifts",
    "visits",
    "busy_seconds",
    "duty",
    "trials",
    "conferences",
    "community_weeks",
    "jail_weeks",
    "prison_weeks",
    "retaliations",
    "overtime_seconds",
    "patrol_seconds",
    "idle_seconds",
    "co_responses",
    "co_responder_seconds",
)
(ATTEMPTS, STOPPED, CALLS, CONTACTS, UNFAIR, STOPS, SHIFTS, VISITS, BUSY_SECONDS, DUTY) = range(10)
TRIALS, CONFERENCES, COMMUNITY_WEEKS, JAIL_WEEKS, PRISON_WEEKS, RETALIATIONS = range(10, 16)
OVERTIME_SECONDS, PATROL_SECONDS, IDLE_SECONDS, CO_RESPONSES, CO_RESPONDER_SECONDS = range(16, 21)

QUEUE = ("begun", "waited", "waited_seconds")
BEGUN, WAITED, WAITED_SECONDS = range(3)

ENCOUNTERS = (
    "stops", "call_stops", "unfair", "force", "excessive", "complaints", "sustained", "force_complaints",
)  # fmt: skip
BY_OFFICERS, BY_CALLS, FELT_UNFAIR, FORCE, EXCESSIVE, COMPLAINTS, SUSTAINED, FORCE_COMPLAINTS = range(8)
"""Stops of residents by officers of their own accord and after a call, and what became of both."""

PANEL = (
    "fear",
    "trust",
    "self_efficacy",
    "volunteers",
    "shifts",
    "efficacy",
    "perceived",
    "believes_rose",
    "level",
    "disorder",
)
FEAR, TRUST, SELF_EFFICACY, VOLUNTEERS, PANEL_SHIFTS, EFFICACY, PERCEIVED, BELIEVES_ROSE, LEVEL, DISORDER = (
    range(10)
)


ROW_BY_ROW: dict[type, tuple[str, ...]] = {
    Residents: ("day_cell", "works", "age", "sex", "protection"),
    Cells: (
        "patrol", "patrolled", "total_stops", "total_visits", "patrol_seen", "stops", "living_start", "coming_start",
        "neighbourhood", "visits", "visits_seen", "recorded",
    ),
    Beats: ("plan", "cell"),
}  # fmt: skip
"""Columns of a group that lie side by side in memory, since one event reads them together; see layout.py."""


def laid_out(state: Any) -> Any:
    """Return the state, or a group of it, with the columns of ``ROW_BY_ROW`` side by side."""
    if isinstance(state, State):
        return State(*map(laid_out, state))
    together = {name: getattr(state, name) for name in ROW_BY_ROW.get(type(state), ())}
    return state._replace(**side_by_side(together)) if together else state


def _received(*groups: Any) -> State:
    received: State = laid_out(State(*groups))
    return received


def copied(state: Any) -> Any:
    """Return the state with every array copied: a branch that shares no memory with its origin."""
    if isinstance(state, np.ndarray):
        return state.copy(order="K")
    copy = type(state)(*(copied(part) for part in state))
    return copy if isinstance(state, State) else laid_out(copy)


def differences(one: Any, other: Any, path: str = "state") -> list[str]:
    """Return the names of all arrays in which two states differ in any bit."""
    if isinstance(one, np.ndarray):
        same = one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes()
        return [] if same else [path]
    pairs = zip(one._fields, one, other, strict=True)
    return [d for name, a, b in pairs for d in differences(a, b, f"{path}.{name}")]


def memory(state: Any) -> int:
    """Return the bytes that the arrays of a state hold."""
    if isinstance(state, np.ndarray):
        return state.nbytes
    return sum(memory(part) for part in state)
