"""The one state of a city: arrays, one row an entity. Kernels and Mesa agents look at the same memory.

Shapes: R residents, O offenders, P officers' posts (in ``Programmes``: programmes), C cells, N neighbourhoods,
L levers, K crime types, W weeks, M months (of 4 weeks). Times are watches since the start; money is USD; shares are
0 to 1.
"""

from enum import IntEnum, unique
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

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


class Residents(NamedTuple):
    """Shape (R,) each."""

    home: Ints  # cell
    day_cell: Ints  # cell of the day place
    neighbourhood: Ints
    quintile: Flags  # income, 0 poorest to 4 richest
    self_efficacy: Floats
    social_capital: Floats
    trust: Floats
    own_trust: Floats  # level that trust relaxes to
    fear: Floats
    own_fear: Floats
    volunteer: Flags  # 1 while a volunteer
    wants_to_join: Flags  # set and cleared within a month's end
    roster: Ints  # volunteers of this month in order of index; only the first government.volunteers count
    age: Flags  # years
    sex: Flags  # 1 female
    works: Flags  # 1 with a day place for work or school
    group: Flags  # 0 majority, 1 minority
    general_trust: Floats  # in people at large
    evidence: Floats  # observations that trust rests on, the prior's included
    told_trust: Floats  # mean trust of one's ties, as heard in this month's talk
    perceived: Floats  # perceived crime, index, 1 is the city's usual level
    silence: Floats  # norm against telling the police
    harm: Floats  # psychological, of a victim, as of harm_seen
    harm_seen: Ints  # watch
    last_victimised: Ints  # watch, NOBODY if never
    asked: Flags  # 1 if a tie volunteers, as of this month's talk
    protection: Flags  # bits of the domains of protective behaviour, see rules.protection
    memberships: Counts  # one bit a programme
    offers: Counts  # one bit a programme; set and cleared within a month's end
    belonged: Counts  # memberships as of the last month's end


class Offenders(NamedTuple):
    """Shape (O,) each; an offender is a resident with an offending career."""

    resident: Ints
    home: Ints  # cell
    rate: Floats  # attempts per average watch, undeterred
    certainty: Floats  # perceived certainty of being caught
    free_from: Ints  # watch
    position: Ints  # cell on the lattice walk, NOBODY when not on the street
    offences: Counts
    arrests: Counts
    held: Flags  # FREE, REMANDED, JAILED or IMPRISONED
    resettled: Flags  # 1 after a release with help
    bail_until: Ints  # watch of the last trial that was waited for at large, 0 if none ever


class Officers(NamedTuple):
    """Shape (P,) each, contact (P, MOST_STOPS)."""

    free_at: Counts  # second since the start
    stops: Ints  # patrol stops in this watch
    on_duty: Flags  # in this watch
    contact: Ints  # resident spoken with at each stop, or NOBODY
    busy: Ints  # seconds of this watch spent on calls
    queue: Counts  # units on duty by when they are free: a heap, see queue.py


class CoResponders(NamedTuple):
    """Shape (S,) each; posts for social workers and others who take calls that need no officer."""

    free_at: Counts  # second since the start
    on_duty: Flags  # in this watch
    busy: Ints  # seconds of this watch spent on calls
    queue: Counts  # as for officers


class Cells(NamedTuple):
    """Shape (C,) unless said; neighbours (C, 4); per crime type (K, C); by time of day (3, C)."""

    neighbourhood: Ints  # NOBODY outside the city
    neighbours: Ints  # east, west, south, north, or NOBODY
    n_neighbours: Ints
    fixed: Floats  # (K, C) fixed attractiveness
    boost: Floats  # (K, C)
    spread: Floats  # (K, C) boost after exchange with neighbours, within the watch
    offences: Ints  # (K, C) in this watch
    homes: Floats  # residents living there
    present: Floats  # (3, C) residents expected there, by time of day
    patrol: Floats  # stops still felt, as of patrol_seen
    patrol_seen: Ints  # watch
    visits: Ints  # by volunteers in visits_seen
    visits_seen: Ints  # watch
    crime_map: Floats  # recorded offences, faded
    cumulative: Floats  # cumulative shares of patrol
    living_start: Ints  # (C + 1,) into living
    living: Ints  # (R,) residents by home cell
    coming_start: Ints  # (C + 1,) into coming
    coming: Ints  # (R,) residents by day cell
    total_stops: Counts  # since measured_from
    total_visits: Counts
    recorded: Ints  # offences recorded since the last week's end


class Neighbourhoods(NamedTuple):
    """Shape (N,) unless said."""

    residents: Ints
    cell_start: Ints  # (N + 1,) into cell
    cell: Ints  # cells by neighbourhood
    efficacy: Floats  # collective efficacy
    mean_fear: Floats
    concern: Counts  # fear voiced at meetings since the last month's end, thousandths, summed
    attended: Ints  # attendances since the last month's end
    priority: Floats  # share of boards' patrol
    offences: Ints  # since the last month's end
    usual: Floats  # offences per month, smoothed
    calls: Ints  # calls other than crime in this watch
    shifts: Ints  # patrols by volunteers since the last month's end
    level: Floats  # offences a resident against the city, index, as of the last month's end
    readiness: Floats  # probability that a resident helps this month; only in the volunteer's dilemma
    levers: Floats  # (N, L) what programmes add, see ``parameters.levers``


class Cases(NamedTuple):
    """The case files: shape (capacity,) each but count and marks; one row an offence, in order of watch, offender."""

    count: Counts  # type: ignore[assignment]  # (1,); hides tuple.count, which no state needs
    marks: Counts  # (3,) first case of this watch, of this week, and first that may still be with the courts
    watch: Ints
    second: Ints  # within the watch
    crime: Flags
    offender: Ints
    cell: Ints
    victim: Ints  # resident, or NOBODY
    tries: Flags  # 1, or 2 after being stopped once
    attempt_probability: Floats
    certainty: Floats  # perceived by the offender
    attraction: Floats  # of the cell, boost included
    guardianship: Floats
    victim_trust: Floats
    report_probability: Floats  # of the victim
    victim_reported: Flags
    witnesses: Flags
    witness_reports: Flags
    volunteer_report: Flags
    delay: Ints  # seconds until reported, -1 if never
    response: Ints  # seconds from report to arrival, -1 if never
    scene_probability: Floats
    clearance_probability: Floats
    cleared: Flags  # 0 no, 1 at the scene, 2 by investigation
    cleared_watch: Ints
    custody: Ints  # watches in custody, remand and sentence, 0 if none
    fate: Flags  # see Fate
    witness: Ints  # the first who informed the police, or NOBODY
    information: Floats  # value of what witnesses told, 0 to 1
    charge_probability: Floats
    remanded: Flags
    court_watch: Ints  # day in court, NOBODY if none
    retaliation_probability: Floats
    retaliation: Flags
    victim_attendance: Floats  # probability to come to court, 0 if there was no trial
    victim_attended: Flags
    witness_attendance: Floats
    witness_attended: Flags
    conviction_probability: Floats
    sentence: Ints  # weeks, 0 if none
    satisfied: Flags  # victim, by a conference
    restitution: Floats  # USD
    channel: Flags  # of the first report, see parameters.channels, or NOBODY
    caseload: Floats  # recorded cases of the week per officer's post when it was investigated
    reason: Flags  # why the victim did not report, see rules.reporting, 0 if it did


class Government(NamedTuple):
    """The city government's running figures; shape (1,) each."""

    posts: Floats  # full-time officers paid in this watch
    owed: Floats  # USD of training given and not yet paid
    call_load: Floats  # share of duty time on calls in the last watch
    volunteers: Counts
    seen_to_help: Floats  # share of residents who help, as seen so far; only in the volunteer's dilemma
    media: Floats  # crime above the usual level that this month's media tell of, index points


class Books(NamedTuple):
    """Ledger and time series."""

    usd: Floats  # (W, items) see ITEMS
    weekly: Counts  # (W, columns) see WEEKLY
    by_neighbourhood: Floats  # (M, N, columns) see PANEL
    by_quintile: Floats  # (M, 5, columns)
    queue: Counts  # (W, kinds of calls, columns) see QUEUE


class Rates(NamedTuple):
    """Derived once from the parameters."""

    rhythm: Floats  # (3,) attempts at this time of day against the average watch
    type_share: Floats  # (3, K) cumulative share of types at this time of day
    grid: Counts  # (2,) rows, columns


class Ties(NamedTuple):
    """Who knows whom, symmetric; E ties seen from each end."""

    start: Ints  # (R + 1,) into partner
    bonding_end: Ints  # (R,) into partner: where a resident's bridging ties begin
    partner: Ints  # (E,) residents


class Programmes(NamedTuple):
    """Programmes as they run; shape (P, N) unless said, P programmes of the policy in the order of ``Portfolio``."""

    targets: Flags  # 1 where it runs, once it has started
    strength: Floats  # 0 to 1
    members: Ints
    spent: Floats  # (P, payers, N) USD since measured_from


class Calls(NamedTuple):
    """Calls that wait for a unit: shape (capacity,) each but marks, sizes and most; in order of filing."""

    marks: Counts  # (2,) calls in the rows below, offences answered in this watch
    sizes: Counts  # (5,) of the heaps, see queue.py
    most: Counts  # (1,) calls other than offences that a watch can bring
    second: Counts  # since the start, when the call comes
    kind: Flags  # see CALL_KINDS
    priority: Flags  # class in the queue, 0 first
    shared: Flags  # 1 if a co-responder can take it
    case: Ints  # of an offence, else NOBODY
    place: Ints  # neighbourhood of another call
    number: Ints  # of another call in its neighbourhood and watch
    watch: Ints  # of filing
    served: Flags  # 1 once a unit was sent
    answered: Ints  # cases to which a unit was sent in this watch, in that order
    coming: Counts  # heap by second
    waiting: Counts  # heap by priority, then second, of calls for officers only
    waiting_shared: Counts  # the same of calls that co-responders can take


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

CALL_KINDS = ("offence", "general", "mental_health", "family", "nuisance")
OFFENCE, GENERAL_CALL, MENTAL_HEALTH_CALL, FAMILY_CALL, NUISANCE_CALL = range(5)

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
)
FEAR, TRUST, SELF_EFFICACY, VOLUNTEERS, PANEL_SHIFTS, EFFICACY, PERCEIVED, BELIEVES_ROSE, LEVEL = range(9)


def copied(state: Any) -> Any:
    """Return the state with every array copied: a branch that shares no memory with its origin."""
    if isinstance(state, np.ndarray):
        return state.copy()
    return type(state)(*(copied(part) for part in state))


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
