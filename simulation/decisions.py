"""What each random number is for.

A number is drawn for one decision of one entity in one watch. The values are part of every result: they are
never reused and never renumbered; 32 was one that is gone. A number that several places need (where a resident is
in this watch) is the same number in each of them.
"""

from enum import IntEnum, unique


@unique
class Decision(IntEnum):
    """The decisions that luck enters, each with the entity that the draw belongs to."""

    ATTEMPT = 1  # offender: tries to offend in this watch
    CRIME_TYPE = 2  # offender: which type
    TARGET = 3  # offender, partner = try: which cell
    STOPPED = 4  # offender, partner = try: guardians prevent it
    TRY_AGAIN = 5  # offender: goes elsewhere after being stopped
    VICTIM = 6  # offender: who of those exposed
    MOMENT = 7  # offender: second within the watch
    AWAY = 8  # resident: at home, at the day place or out of town
    WITNESS = 9  # offender: where the look among the people in the cell starts
    SEES = 10  # offender, partner = look: the bystander sees the offence
    VICTIM_REPORTS = 11  # offender: the victim reports
    WITNESS_REPORTS = 12  # offender, partner = look: the witness reports
    VOLUNTEER_SEES = 13  # offender: a volunteer on patrol sees the offence
    REPORT_DELAY = 14  # offender, partner = who tells: minutes until the report
    TRAVEL = 15  # offender: minutes from dispatch to arrival
    SERVICE = 16  # offender: minutes that the unit is taken
    SCENE_ARREST = 17  # offender: arrest at the scene
    CLEARED = 18  # offender, watch of the offence: cleared by investigation
    CUSTODY_LENGTH = 20  # offender, watch of the offence: how long a sentence lasts; 19 is no longer drawn
    VICTIM_TREATED = 21  # offender: the victim feels treated fairly
    TOLD = 22  # offender: whom the victim tells
    ON_DUTY = 23  # officer: a part-time post is filled
    STOPS = 24  # officer: rounding of the number of patrol stops
    PATROL_CELL = 25  # officer, partner = stop: where
    ENGAGES = 26  # officer, partner = stop: speaks with a resident
    ENGAGED = 27  # officer, partner = stop: which resident
    TREATED = 28  # officer, partner = stop: the resident feels treated fairly
    SHIFT = 29  # resident: a volunteer goes on patrol
    VOLUNTEER_CELL = 30  # resident, partner = visit: where
    CALLS = 31  # neighbourhood: calls for service other than crime
    CALL_SERVICE = 33  # neighbourhood, partner = call: minutes that the unit is taken
    JOIN = 34  # resident: wants to join
    LEAVE = 35  # resident: leaves
    ATTEND = 36  # resident: comes to a meeting
    MEETING_TREATED = 37  # resident: feels heard at the meeting
    ARRIVE = 38  # cell: offenders who enter the lattice
    WALK = 39  # offender: which way on the lattice
    HOW_MANY_TOLD = 40  # offender: rounding of how many ties the victim tells
    SPECIALISES = 41  # offender: does what the own speciality is
    ANCHOR = 42  # offender: where the attempt starts from
    BEGINS = 43  # offender: begins a career
    GIVES_UP = 44  # offender: ends it for good
    MEDIA = 60  # the one city: how much of crime the media tell in this month
    PROTECT = 61  # resident, partner = domain: takes up, keeps or gives up a kind of protection
    HOME_HOLDS = 62  # offender, partner = try: the home's protection makes the attempt fail
    PASSED_OVER = 63  # offender, partner = look: somebody ready for self-defence is passed over
    CHARGED = 80  # offender, watch of the offence: the prosecutor brings a charge
    DIVERTED = 81  # offender, watch of the offence: a caution instead of a court
    CONFERENCE_OFFERED = 82  # offender, watch of the offence: a restorative conference is offered
    VICTIM_AGREES = 83  # offender, watch of the offence: the victim agrees to it
    OFFENDER_AGREES = 84  # offender, watch of the offence: so does the offender
    CONFERENCE_SATISFIES = 85  # offender, watch of the offence: the victim leaves it satisfied
    REMANDED = 86  # offender, watch of the offence: held until the court sits
    COURT_DATE = 87  # offender, watch of the offence: how long until then
    RETALIATES = 88  # offender, watch of the offence: the witness is threatened
    VICTIM_ATTENDS = 89  # offender, watch of the offence: the victim comes to court
    WITNESS_ATTENDS = 90  # offender, watch of the offence: the witness comes to court
    CONVICTED = 91  # offender, watch of the offence: the court convicts
    SANCTION = 92  # offender, watch of the offence: to what
    CHANNEL = 93  # offender, partner = who tells: by which channel the police hear of it
    RESETTLED = 94  # offender: met at the gate on release, and helped
    CALL_TYPE = 100  # neighbourhood, partner = call: which kind of call
    CALL_SECOND = 101  # neighbourhood, partner = call: second within the watch
    CALL_SHARED = 102  # neighbourhood, partner = call: a co-responder can take it
    CO_ON_DUTY = 103  # co-responder: a part-time post is filled
    ENLIST = 120  # resident, partner = programme: offers to join it
    QUIT = 121  # resident, partner = programme: leaves it
    FOOT_STOPS = 122  # neighbourhood: stops by programmes' foot officers
    FOOT_CELL = 123  # neighbourhood, partner = stop: where
    FOOT_ENGAGES = 124  # neighbourhood, partner = stop: the foot officer speaks with a resident
    FOOT_ENGAGED = 125  # neighbourhood, partner = stop: which resident
    FOOT_TREATED = 126  # neighbourhood, partner = stop: the resident feels treated fairly
    MEMBER_PATROLS = 127  # neighbourhood: patrols by members of programmes
    MEMBER_CELL = 128  # neighbourhood, partner = visit: where
    ADOPTED = 129  # programme: the city adopts it when it is to start
    ON_BEAT = 140  # officer, partner = stop: in the own beat
    QUESTIONED = 141  # officer, partner = stop: stops the resident who is there
    SOUGHT = 142  # officer, partner = stop: which resident that is
    TEMPER = 143  # officer, watch = holders before: own tendency to unfair treatment
    PREJUDICE = 144  # officer, watch = holders before: own bias
    LEAVES_BEAT = 145  # officer: leaves the beat, a new one comes
    TAKEN_OVER = 146  # officer: the arrangement that begins brings a new one
    STOP_TREATED = 148  # officer or neighbourhood, partner = stop: the resident feels treated fairly
    COMES_TO_A_HEAD = 149  # officer or neighbourhood, partner = stop: the stop comes to a head
    CALMED = 150  # officer or neighbourhood, partner = stop: it ends without force
    TOO_MUCH = 151  # officer or neighbourhood, partner = stop: force is excessive
    COMPLAINS = 152  # officer or neighbourhood, partner = stop: the resident complains
    FOUND_TRUE = 153  # officer or neighbourhood, partner = stop: the complaint is found true
    SUSPECT_CELL = 154  # neighbourhood, partner = call: where somebody looks suspicious
    SUSPECT = 155  # neighbourhood, partner = call: where the look among the people there starts
    SUSPECTED = 156  # neighbourhood, partner = look at a call: this person is the one
    FOOT_QUESTIONED = 157  # neighbourhood, partner = stop: the foot officer stops the resident who is there
    STEPS_IN = 158  # offender, partner = look: the bystander who sees the offence steps in
    STEPPING_IN_ENDS = 159  # offender: well, badly, or neither
    CONTRACTS_OUT = 160  # the one city: takes up the arrangement on offer
    DISCOVERED = 170  # offender: an officer on a patrol stop comes upon the offence
