"""Declared parameters of police work: patrol, calls for service, and what kinds of calls there are."""

from typing import Annotated, NamedTuple

from coproduction.simulation.evidence import derived, fact
from coproduction.simulation.parameters.declaration import Declared


class Patrol(NamedTuple):
    """What officers do with their time."""

    shifts: Annotated[
        float,
        Declared("watches on duty of the 21 in a week", 1, 7, "definition: a working week of 40 hours", role="fixed",
                 fixed="a convention of employment"),
    ] = 5.0  # fmt: skip
    stops: Annotated[
        float,
        Declared("visible stops per officer and watch without any call", 1, 24,
                 "assumption: a stop of 10 to 16 minutes (T2-50) every half hour", ("patrol_stops", 1)),
    ] = 14.0  # fmt: skip
    stop_minutes: Annotated[
        float,
        Declared("minutes of a visible stop", 1, 20,
                 fact("T2-50"),
                 ("patrol_share", 1)),
    ] = 13.0  # fmt: skip
    call_minutes: Annotated[
        float,
        Declared("minutes that an offence takes a unit once it has arrived, mean", 5, 240,
                 "assumption: about three quarters of an hour", ("duty_on_calls", 1)),
    ] = 45.0  # fmt: skip
    travel_minutes: Annotated[
        float,
        Declared("minutes from call to arrival when a unit is free, median", 1, 60,
                 fact("T3-19", "dispatch and travel: 2 min 13 s and 4 min 20 s"), ("response_minutes", 1)),
    ] = 6.55  # fmt: skip
    travel_spread: Annotated[
        float,
        Declared("spread of travel times around their median, log-logistic exponent", 0.05, 1.5,
                 "assumption: a third of the median either way is usual", role="fixed",
                 fixed="the shape of a distribution; its median carries the level"),
    ] = 0.35  # fmt: skip
    crime_map_weeks: Annotated[
        float,
        Declared("weeks until a recorded offence has faded to 37 % on the crime map", 1, 104,
                 "assumption: two months", ("patrol_dispersion", -1)),
    ] = 8.0  # fmt: skip
    map_delay: Annotated[
        float,
        Declared("whole weeks from the end of the week in which an offence is recorded until it is on the crime map",
                 0, 26, "assumption: records are written, checked and mapped in the week after, for a weekly meeting; "
                 "0 would need a map that draws itself", ("patrol_dispersion", -1)),
    ] = 1.0  # fmt: skip
    discovery: Annotated[
        float,
        Declared("probability that an officer at a stop comes upon an offence of this watch there, were it visible to "
                 "all", 0, 1,
                 derived(("T2-50", "T3-30"), "a stop of 13 minutes covers 2.7 % of a watch, and an offence goes on "
                         "for a little; patrol seldom passes one"), ("discovered", 1)),
    ] = 0.03  # fmt: skip


class CallType(NamedTuple):
    """What distinguishes one kind of call for service other than crime from another."""

    calls: Annotated[float, Declared("calls per resident a year", 0, 3, "", ("duty_on_calls", 1))]
    priority: Annotated[
        float,
        Declared("class in the queue, 0 first", 0, 9, "", role="fixed",
                 fixed="an order among kinds of calls, not a quantity"),
    ]  # fmt: skip
    minutes: Annotated[
        float,
        Declared("minutes that a call takes a unit, travel included, mean", 5, 240, "", ("duty_on_calls", 1)),
    ]
    shared: Annotated[
        float, Declared("share of such calls that co-responders can take", 0, 1, "", ("co_responses", 1))
    ]


GENERAL = CallType(0.3, 3.0, 40.0, 0.02)
MENTAL_HEALTH = CallType(0.025, 2.0, 75.0, 0.8)
FAMILY = CallType(0.05, 1.0, 60.0, 0.4)
NUISANCE = CallType(0.095, 4.0, 30.0, 0.2)
SUSPICION = CallType(0.03, 3.0, 20.0, 0.0)

_ORDER = "assumption: danger to people first, then what cannot wait, then what is tiresome"
CALL_SOURCES: dict[str, dict[str, str]] = {
    "general_calls": {
        "calls": "assumption: most calls; serious violence is about 1 % of calls, and a third of officers' time goes "
        "to matters without crime (three US cities, 2020)",
        "priority": _ORDER,
        "minutes": "assumption: a little less than an offence",
        "shared": "assumption: hardly any",
    },
    "mental_health_calls": {
        "calls": "assumption: one call in twenty",
        "priority": _ORDER,
        "minutes": "assumption: somebody must be brought to rest or to care",
        "shared": "assumption: most, as long as nobody is armed",
    },
    "family_calls": {
        "calls": "assumption: one call in ten",
        "priority": _ORDER,
        "minutes": "assumption: two sides to be heard",
        "shared": "assumption: those without danger",
    },
    "nuisance_calls": {
        "calls": "assumption: nearly one call in five",
        "priority": _ORDER,
        "minutes": "assumption: short",
        "shared": "assumption: some, where social work helps",
    },
    "suspicion_calls": {
        "calls": "assumption: one call in sixteen is about somebody who looks suspicious",
        "priority": _ORDER,
        "minutes": "assumption: a look round and a few questions",
        "shared": "definition: somebody is to be stopped",
    },
}
