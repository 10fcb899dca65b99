"""Police work: time for patrol, where it goes, and how long calls take."""

from coproduction.simulation._compiled import rule
from coproduction.simulation.draws import skewed_around
from coproduction.simulation.parameters import Beats, Patrol
from coproduction.simulation.parameters.policing import Policing
from coproduction.simulation.rules.beats import CAR
from coproduction.simulation.rules.calendar import SECONDS_PER_WATCH, WATCHES_PER_YEAR


@rule
def duty_share(officer: int, posts: float) -> float:
    """Return the share of a post that an officer fills when ``posts`` (full-time) are paid: 1, a part, or 0."""
    return min(max(posts - officer, 0.0), 1.0)


@rule
def patrol_stops(u: float, stops: float, call_load: float, most: int) -> int:
    """Return the patrol stops of an officer in a watch, rounded by the draw ``u``.

    stops      stops in a watch without calls
    call_load  share of time on calls, 0 to 1, as it was in the watch before
    most       capacity, stops
    """
    return min(int(stops * max(1.0 - call_load, 0.0) + u), most)


@rule
def patrol_terms(even: float, on_map: float, on_boards: float, hot_spots: float,
                 boards: float) -> tuple[float, float, float, float]:  # fmt: skip
    """Return what a cell's share of patrol is made of: evenly, by the map, what boards leave of both, by boards.

    The arguments are those of :func:`patrol_weight`.
    """
    return (1.0 - hot_spots) * even, hot_spots * on_map, 1.0 - boards, boards * on_boards


@rule
def patrol_weight(even: float, on_map: float, on_boards: float, hot_spots: float, boards: float) -> float:
    """Return a cell's share of patrol from its shares of area, of the crime map and of the boards' priorities.

    hot_spots  share of patrol by the crime map, 0 to 1, of what boards leave
    boards     share of patrol by boards, 0 to 1
    """
    evenly, by_map, left, by_boards = patrol_terms(even, on_map, on_boards, hot_spots, boards)
    return left * (evenly + by_map) + by_boards


@rule
def counted_on_map(reported: int, discovered: int, weight: float, importance: float) -> float:
    """Return what a cell's records of a week count on the crime map, in reported offences.

    reported    offences that somebody told of
    discovered  offences that only patrol came upon
    weight      of one of these against one that was reported
    importance  see :func:`patrol_importance`
    """
    return reported + weight * importance * discovered


@rule
def patrol_importance(patrolled: float, usual: float, correction: float) -> float:
    """Return how much a discovery counts in a cell that had more or less patrol than others.

    patrolled   stops there, above 0
    usual       mean over the city's cells, stops
    correction  0 none, 1 in inverse proportion to patrol: the importance weighting of Ensign and others (2018)
    """
    return 1.0 - correction + correction * usual / patrolled


@rule
def seconds_within(start: int, seconds: int, watch: int) -> int:
    """Return how many of the seconds from ``start`` on fall into a watch that ``start`` lies in; 0 if negative."""
    return max(min(seconds, (watch + 1) * SECONDS_PER_WATCH - start), 0)


@rule
def travel_seconds(u: float, patrol: Patrol, beats: Beats, mode: int) -> int:
    """Return the seconds that an officer takes to an offence; mode is how the officer works, see ``rules.beats``."""
    slower = 1.0 if mode == CAR else beats.foot_travel
    return int(60.0 * skewed_around(u, slower * patrol.travel_minutes, patrol.travel_spread))


@rule
def felt_fair(u: float, fairness: float, minutes: float, patience: float) -> bool:
    """Say whether a contact is felt as fair: fairness, falling with the minutes waited (0 for a chance contact)."""
    return u < fairness / (1.0 + minutes / patience)


@rule
def affordable_posts(budget: float, programmes: float, officer_cost: float) -> float:
    """Return the full-time officers that a watch's money pays after programmes, at least 0; all in USD per watch."""
    return max(budget - programmes, 0.0) / officer_cost


@rule
def co_responder_posts(per_10000: float, residents: int) -> float:
    """Return the full-time co-responders of a city."""
    return per_10000 * residents / 10000.0


@rule
def instalment(owed: float, watches: int, available: float) -> float:
    """Return what is paid in this watch of a bill, USD: a share of what is owed, as far as money is there.

    owed       USD, at least 0
    watches    over which what is owed falls to 37 %
    available  USD in this watch
    """
    return min(owed / watches, max(available, 0.0))


@rule
def programme_spending(levers: Policing, residents: int) -> tuple[float, float, float]:
    """Return what coordinators, meetings and co-responders cost in a watch, USD."""
    per_watch = residents / 10000.0 / WATCHES_PER_YEAR
    return (
        levers.coordinators * per_watch * levers.coordinator_cost,
        levers.meetings * per_watch * levers.meeting_cost,
        levers.co_responders * per_watch * levers.co_responder_cost,
    )
