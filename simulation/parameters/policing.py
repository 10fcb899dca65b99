"""The levers of a policing arrangement: what a city council decides.

The four arrangements differ in nothing but these numbers. No lever is an effect on crime.
"""

from typing import Annotated, NamedTuple

from coproduction.simulation.evidence import derived, fact
from coproduction.simulation.parameters.declaration import Declared


class Policing(NamedTuple):
    """One policing arrangement as numbers; the default is a city's own department."""

    budget: Annotated[
        float,
        Declared("USD of 2020 per resident a year, city spending on policing", 20, 1500,
                 derived(("T7-02", "T7-03"), "1.6 officers per 1,000 residents at 169,000 USD each"),
                 ("public_cost", 1), "lever", pathway="cost"),
    ] = 270.4  # fmt: skip
    officer_cost: Annotated[
        float,
        Declared("USD of 2020 a year per sworn officer, everything included", 50000, 400000,
                 fact("T7-03"),
                 ("patrol_stops", -1), "lever", pathway="cost"),
    ] = 169000.0  # fmt: skip
    turnover: Annotated[
        float,
        Declared("officers who leave their beat, per post and year", 0, 4,
                 "assumption: one keeps a beat for three years", ("local_knowledge", -1), "lever",
                 pathway="detection"),
    ] = 0.33  # fmt: skip
    takeover: Annotated[
        float,
        Declared("share of posts that officers new to their beats take over when the arrangement begins", 0, 1,
                 "definition: none where the department stays", ("local_knowledge", -1), "lever",
                 pathway="detection"),
    ] = 0.0  # fmt: skip
    beat_integrity: Annotated[
        float,
        Declared("share of a car's patrol stops in the own beat; the rest goes anywhere by the plan", 0, 1,
                 "assumption: half", ("local_knowledge", 1), "lever", pathway="detection"),
    ] = 0.5  # fmt: skip
    foot: Annotated[
        float,
        Declared("share of posts that patrol on foot, in the own beat only", 0, 1,
                 "definition: none; cars are the rule", ("contacts", 1), "lever", pathway="contact"),
    ] = 0.0  # fmt: skip
    sub_stations: Annotated[
        float,
        Declared("share of posts that sit in a sub-station of their beat", 0, 1,
                 "definition: none", ("contacts", 1), "lever", pathway="contact"),
    ] = 0.0  # fmt: skip
    field_stops: Annotated[
        float,
        Declared("patrol stops, of 100, at which the officer looks for a resident to stop and question", 0, 100,
                 derived(("T11-01",), "so that about that share of residents is stopped, on foot or driving"),
                 ("field_stops", 1), "lever", pathway="deterrence"),
    ] = 3.5  # fmt: skip
    oversight: Annotated[
        float,
        Declared("share of complaints that a board of residents hears in place of the department", 0, 1,
                 "definition: none; hearings cost nothing here, and do not change who complains",
                 ("complaints_sustained", 1), "lever", pathway="legitimacy"),
    ] = 0.0  # fmt: skip
    fairness: Annotated[
        float,
        Declared("probability that a contact is felt as fair", 0, 1,
                 "assumption: most people stopped say that police behaved properly", ("trust", 1), "lever",
                 pathway="legitimacy"),
    ] = 0.9  # fmt: skip
    engagement: Annotated[
        float,
        Declared("probability that an officer on a patrol stop speaks with a resident there", 0, 1,
                 "assumption: one stop in ten", ("contacts", 1), "lever", pathway="contact"),
    ] = 0.1  # fmt: skip
    hot_spots: Annotated[
        float,
        Declared("share of patrol sent by the map of recorded crime; the rest is spread evenly", 0, 1,
                 "assumption: half", ("patrol_dispersion", 1), "lever", pathway="deterrence"),
    ] = 0.5  # fmt: skip
    discovery_weight: Annotated[
        float,
        Declared("weight on the crime map of an offence that only patrol came upon, against one reported", 0, 5,
                 "definition: counted alike, as files of records are", ("patrol_dispersion", 1), "lever",
                 pathway="deterrence"),
    ] = 1.0  # fmt: skip
    discovery_correction: Annotated[
        float,
        Declared("how far the crime map corrects what patrol came upon for how much patrol was there, 0 to 1", 0, 1,
                 "definition: not at all, as files of records are", ("patrol_dispersion", -1), "lever",
                 pathway="deterrence"),
    ] = 0.0  # fmt: skip
    boards: Annotated[
        float,
        Declared("share of patrol sent by community boards; the rest goes as before, by map and evenly", 0, 1,
                 "definition: without boards, none; where no meeting was held a board goes by residents' mean fear, "
                 "and the vote itself costs nothing", ("patrol_gap", 1), "lever", pathway="deterrence"),
    ] = 0.0  # fmt: skip
    voice: Annotated[
        float,
        Declared("whose voice counts on boards: 0 only those who come to meetings, 1 all residents alike", 0, 1,
                 "assumption: halfway, since boards know some of what those who stay away want",
                 ("patrol_dispersion", -1), "lever", pathway="legitimacy"),
    ] = 0.5  # fmt: skip
    board_funding: Annotated[
        float,
        Declared("share of programmes' money that boards place among the programmes' neighbourhoods", 0, 1,
                 "definition: without boards, none", ("patrol_gap", 1), "lever", pathway="legitimacy"),
    ] = 0.0  # fmt: skip
    co_responders: Annotated[
        float,
        Declared("full-time posts per 10,000 residents for those who take calls without an officer", 0, 20,
                 "assumption: a quarter of a post; few cities had any in 2020", ("co_responses", 1), "lever",
                 pathway="detection"),
    ] = 0.25  # fmt: skip
    co_responder_cost: Annotated[
        float,
        Declared("USD of 2020 a year per co-responder", 20000, 300000,
                 "assumption: a social worker's post with car and supervision", ("patrol_stops", -1), "lever",
                 pathway="cost"),
    ] = 110000.0  # fmt: skip
    coordinators: Annotated[
        float,
        Declared("paid volunteer coordinators per 10,000 residents, full-time posts", 0, 50,
                 "assumption: a quarter of a post", ("volunteer_hours", 1), "lever", pathway="deterrence"),
    ] = 0.25  # fmt: skip
    coordinator_cost: Annotated[
        float,
        Declared("USD of 2020 a year per coordinator", 20000, 250000,
                 "assumption: a civilian post, everything included", ("patrol_stops", -1), "lever", pathway="cost"),
    ] = 85000.0  # fmt: skip
    span: Annotated[
        float,
        Declared("volunteers that one coordinator can support", 5, 300,
                 "assumption: some dozens", ("volunteer_hours", 1), "lever", pathway="deterrence"),
    ] = 60.0  # fmt: skip
    training_places: Annotated[
        float,
        Declared("new volunteers that one coordinator can train in four weeks", 1, 60,
                 "assumption: a class", ("volunteer_hours", 1), "lever", pathway="deterrence"),
    ] = 12.0  # fmt: skip
    invitation: Annotated[
        float,
        Declared("log odds of joining added by asking people", -3, 4,
                 "assumption: size unknown; information and consultation raise co-production (Parrado and others 2013)",
                 ("volunteer_hours", 1), "lever", pathway="deterrence"),
    ] = 0.0  # fmt: skip
    meetings: Annotated[
        float,
        Declared("beat meetings per 10,000 residents a year", 0, 60,
                 "assumption: none; Chicago held about 11 (Skogan and Steiner 2004)", ("contacts", 1), "lever",
                 pathway="contact"),
    ] = 0.0  # fmt: skip
    meeting_cost: Annotated[
        float,
        Declared("USD of 2020 per meeting: officers' time, room, organiser", 0, 20000,
                 "assumption: a few officers for an evening and follow-up", ("patrol_stops", -1), "lever",
                 pathway="cost"),
    ] = 1500.0  # fmt: skip
    attendance: Annotated[
        float,
        Declared("residents per meeting, persons", 1, 200,
                 fact("T6-18"), ("contacts", 1), "lever", pathway="contact"),
    ] = 21.0  # fmt: skip
