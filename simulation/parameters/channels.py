"""Channels by which victims and witnesses tell the police, as data: reach, delay, information, urgency."""

from typing import Annotated, NamedTuple

from coproduction.simulation.parameters.declaration import Declared


class Channel(NamedTuple):
    """What distinguishes one way of telling the police from another."""

    reach: Annotated[
        float,
        Declared("weight of the channel against the others where it is open", 0.001, 20, ""),
    ]
    delay: Annotated[
        float,
        Declared("minutes that telling this way adds, median", 0, 20000, "", ("citizen_delay_mean", 1)),
    ]
    information: Annotated[
        float,
        Declared("value of a witness's information for the investigation, against a call that is asked back",
                 0, 1, "", ("clearance", 1)),
    ]  # fmt: skip
    urgent: Annotated[
        float,
        Declared("1 if a unit is sent at once, 0 if a report is only taken", 0, 1, "definition of the channel",
                 role="fixed", fixed="a definition, not a quantity"),
    ]  # fmt: skip


EMERGENCY, ONLINE, BY_MESSAGE, AT_MEETING, BY_VOLUNTEER = range(5)
CHANNELS: dict[str, Channel] = {
    "emergency_call": Channel(0.85, 0.5, 1.0, 1.0),
    "online_report": Channel(0.1, 240.0, 0.6, 0.0),
    "message_network": Channel(0.5, 5.0, 0.9, 1.0),
    "at_meeting": Channel(0.02, 2880.0, 0.6, 0.0),
    "through_volunteer": Channel(0.03, 60.0, 0.8, 0.0),
}

_OPEN = "assumption: a weight where the channel is open, {}"
_DEFINITION = "definition of the channel"
CHANNEL_SOURCES: dict[str, dict[str, str]] = {
    "emergency_call": {
        "reach": "assumption: most reports are calls",
        "delay": "assumption: a call is made at once",
        "information": "definition: the measure of the others",
        "urgent": _DEFINITION,
    },
    "online_report": {
        "reach": "assumption: a tenth, for offences found out later",
        "delay": "assumption: some hours, when there is time",
        "information": "assumption: a form asks no questions back",
        "urgent": _DEFINITION,
    },
    "message_network": {
        "reach": _OPEN.format("times the share of residents that the network reaches"),
        "delay": "assumption: minutes, from one telephone to all",
        "information": "assumption: nearly as good as a call",
        "urgent": _DEFINITION,
    },
    "at_meeting": {
        "reach": _OPEN.format("that is where beat meetings are held"),
        "delay": "assumption: some days until the next meeting",
        "information": "assumption: late, but in person",
        "urgent": _DEFINITION,
    },
    "through_volunteer": {
        "reach": _OPEN.format("that is where volunteers have patrolled this month"),
        "delay": "assumption: an hour, until a volunteer is met who passes it on",
        "information": "assumption: passed on by somebody trained, but second-hand",
        "urgent": _DEFINITION,
    },
}

CHANNEL_MOVES: dict[str, tuple[str, int]] = {
    "emergency_call": ("told_by_call", 1),
    "online_report": ("told_online", 1),
    "message_network": ("told_by_message", 1),
    "at_meeting": ("told_at_meetings", 1),
    "through_volunteer": ("told_by_volunteers", 1),
}
"""What a channel's reach moves."""
