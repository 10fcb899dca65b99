"""The outcomes that every run reports: name, unit, and which way is better. What is not here is not an outcome."""

from dataclasses import dataclass
from typing import Literal

from coproduction.simulation.parameters.crimes import CRIME_TYPES

Better = Literal["lower", "higher", "neither"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One declared outcome of the measured period.

    main       True for those that a comparison replicates for, until their interval is narrow enough
    disparity  True for those by group that stand in the verdict beside the main ones, as precise as these leave them
    """

    name: str
    label: str
    unit: str
    better: Better
    main: bool = False
    disparity: bool = False


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


_A_YEAR = "per 1,000 residents a year"

_BY_GROUP = "residents of the minority less of the majority"

_BY_TYPE = [
    outcome
    for name in CRIME_TYPES
    for outcome in (
        Outcome(name, f"{_words(name)} (true)", f"offences {_A_YEAR}", "lower"),
        Outcome(f"recorded_{name}", f"{_words(name)} (recorded)", f"recorded offences {_A_YEAR}", "neither"),
        Outcome(f"reporting_{name}", f"{_words(name)} (reporting)", "share of offences reported", "higher"),
    )
]

_CONDUCT: tuple[tuple[str, str, str, Better], ...] = (
    ("stops", "Stops", "stops", "neither"),
    ("force", "Force", "stops that end in force", "lower"),
    ("complaints", "Complaints", "complaints", "neither"),
)
_CONDUCT_BY_GROUP = [
    Outcome(
        f"{group}_{name}",
        f"{label}, {group}",
        f"{unit} {_A_YEAR} of that group",
        better,
        disparity=True,
    )
    for name, label, unit, better in _CONDUCT
    for group in ("majority", "minority")
]

OUTCOMES = (
    Outcome("true_crime", "True crime", f"offences {_A_YEAR}", "lower", main=True),
    Outcome("recorded_crime", "Recorded crime", f"recorded offences {_A_YEAR}", "neither", main=True),
    *_BY_TYPE,
    Outcome("crime_at_night", "Crime at night", "share of offences from 0 to 8 h", "neither"),
    Outcome("crime_by_day", "Crime by day", "share of offences from 8 to 16 h", "neither"),
    Outcome("reporting", "Reporting", "share of offences reported", "higher", main=True),
    Outcome("discovered", "Discovered by patrol", "share of recorded offences that nobody reported", "neither"),
    Outcome("clearance", "Clearance", "share of recorded offences cleared", "higher", main=True),
    Outcome("fear", "Fear", "mean, 0 to 1", "lower", main=True),
    Outcome("trust", "Trust in police", "mean, 0 to 1", "higher", main=True),
    Outcome("volunteer_hours", "Volunteer hours", f"hours {_A_YEAR}", "neither", main=True),
    Outcome("public_cost", "Public cost of policing", "USD per resident a year, paid by the city", "lower", main=True),
    Outcome("crime_gap", "Victimisation gap", f"offences {_A_YEAR}, poorest less richest quintile", "lower", main=True),
    Outcome("fear_gap", "Fear gap", "0 to 1, poorest less richest quintile", "lower"),
    Outcome("trust_gap", "Trust gap", "0 to 1, poorest less richest quintile", "higher"),
    Outcome("quality_residents", "Residents' quality of life", "index 0 to 1, by declared weights", "higher"),
    Outcome("quality_victims", "Victims' quality of life", "index 0 to 1, mean over offences, by declared weights",
            "higher"),
    Outcome("quality_offenders", "Offenders' quality of life", "index 0 to 1, by declared weights", "higher"),
    Outcome("quality_gap", "Quality-of-life gap", "0 to 1, poorest less richest quintile", "higher"),
    Outcome("volunteer_gap", "Volunteering gap", f"hours {_A_YEAR}, poorest less richest quintile", "neither"),
    Outcome("patrol_gap", "Patrol gap", f"stops {_A_YEAR}, poorest less richest quintile", "neither"),
    Outcome("volunteer_value", "Value of volunteers' time", "USD per resident a year, paid by nobody", "neither"),
    Outcome("victim_cost", "Cost of crime to victims and society", "USD per resident a year", "lower"),
    Outcome(
        "justice_cost", "Cost of courts and custody", "USD per resident a year, booked to county and state", "lower"
    ),
    Outcome("citizen_delay", "Citizens' delay", "minutes from offence to report, median", "lower"),
    Outcome("citizen_delay_mean", "Citizens' delay, mean", "minutes from offence to report, mean", "lower"),
    Outcome("told_by_call", "Told by emergency call", "share of reported offences", "neither"),
    Outcome("told_online", "Told online", "share of reported offences", "neither"),
    Outcome("told_by_message", "Told by message network", "share of reported offences", "neither"),
    Outcome("told_at_meetings", "Told at beat meetings", "share of reported offences", "neither"),
    Outcome("told_by_volunteers", "Told through volunteers", "share of reported offences", "neither"),
    Outcome("no_help_expected", "Unreported, as police would not help", "share of victims who did not report", "lower"),
    Outcome("charged", "Charged", "share of cleared offences", "higher"),
    Outcome("diverted", "Cautions", "share of charged offences that end with a caution", "neither"),
    Outcome("conferenced", "Restorative conferences", "share of charged offences that end with one", "neither"),
    Outcome("victims_satisfied", "Victims satisfied by a conference", "share of conferences", "higher"),
    Outcome("weeks_to_court", "Time to trial", "weeks from charge to court, mean", "lower"),
    Outcome("trials_lost", "Trials lost for want of witnesses", "share of trials", "lower"),
    Outcome("convicted", "Convicted", "share of trials", "neither"),
    Outcome("prison_sentences", "Prison", "share of convictions", "neither"),
    Outcome(
        "brought_to_justice", "Brought to justice", "cautions, conferences, convictions per recorded offence", "higher"
    ),
    Outcome("retaliation", "Retaliation against witnesses", f"threats {_A_YEAR}", "lower"),
    Outcome("restitution", "Restitution", "USD per resident a year, paid by offenders", "neither"),
    Outcome("victim_harm", "Victims' harm", "psychological, mean over residents, 0 to 1", "lower"),
    Outcome("offender_life", "Offenders' lives", "mean over offending careers, 1 at large", "higher"),
    Outcome("silence", "Norm against telling", "mean, 0 to 1", "lower"),
    Outcome("silence_gap", "Norm against telling, gap", "0 to 1, poorest less richest quintile", "lower"),
    Outcome("silence_by_trust", "Norm against telling by trust", "residents below median trust less others", "neither"),
    Outcome("response_minutes", "Police response", "minutes from report to arrival, mean", "lower"),
    Outcome("scene_arrests", "Arrests at the scene", "share of recorded offences", "higher"),
    Outcome("patrol_stops", "Patrol stops", f"stops {_A_YEAR}", "neither"),
    Outcome("patrol_share", "Duty on patrol", "share of officers' duty time in visible stops", "neither"),
    Outcome("duty_on_calls", "Duty on calls", "share of officers' duty time", "neither"),
    Outcome("call_wait_minutes", "Waiting for a unit", "minutes from call to dispatch, mean of all calls", "lower"),
    Outcome("co_responses", "Calls taken by co-responders", f"calls {_A_YEAR}", "neither"),
    Outcome("contacts", "Contacts with police", f"contacts {_A_YEAR}", "neither"),
    Outcome("volunteer_visits", "Cells visited by volunteers", f"visits {_A_YEAR}", "neither"),
    Outcome("volunteer_reports", "Reports by volunteers", "share of offences", "higher"),
    Outcome("stopped_share", "Attempts prevented", "share of tries stopped by guardians", "higher"),
    Outcome("repeat_share", "Repeats", "share of offences in a cell hit in the same way in the last 4 weeks", "lower"),
    Outcome("top_tenth_share", "Most active offenders", "share of offences by a tenth of offenders", "neither"),
    Outcome("offences_per_offender", "Offences per offender", "offences per offending career a year", "lower"),
    Outcome("in_custody", "In custody", "share of offending careers at the end", "neither"),
    Outcome("journey_cells", "Journey to crime", "cells from home to target, mean", "neither"),
    Outcome("target_value", "Housing value at targets", "city mean = 1, burglary and vehicle theft", "neither"),
    Outcome("self_efficacy", "Self-efficacy", "mean, 0 to 1", "higher"),
    Outcome("collective_efficacy", "Collective efficacy", "mean over residents, 0 to 1", "higher"),
    Outcome(
        "recorded_property_per_1000_households",
        "Recorded burglary and vehicle theft",
        "recorded offences per 1,000 households a year",
        "neither",
    ),
    Outcome("trust_reporting_gap", "Reporting by trust", "share, victims above median trust less others", "neither"),
    Outcome("trust_dispersion", "Spread of trust", "standard deviation, 0 to 1", "neither"),
    Outcome("efficacy_dispersion", "Spread of self-efficacy", "standard deviation, 0 to 1", "neither"),
    Outcome("certainty_dispersion", "Spread of perceived certainty", "standard deviation, 0 to 1", "neither"),
    Outcome("patrol_dispersion", "Unevenness of patrol", "coefficient of variation over cells", "neither"),
    Outcome("quintile_sorting", "Sorting by income", "share of quintiles' variance between neighbourhoods", "neither"),
    Outcome("social_capital_gap", "Social capital gap", "0 to 1, poorest less richest quintile", "higher"),
    Outcome(
        "collective_efficacy_gap", "Collective efficacy gap", "0 to 1, poorest less richest quintile's places", "higher"
    ),
    Outcome(
        "volunteer_efficacy_lead", "Volunteers' self-efficacy", "0 to 1, volunteers less other residents", "neither"
    ),
    Outcome("perceived_crime", "Perceived crime", "index, 1 = the city's usual level", "lower"),
    Outcome("perceived_crime_gap", "Perceived less true crime", "index points, mean over residents", "lower"),
    Outcome("believes_crime_rose", "Believe that crime rose", "share who perceive more than is usual nearby", "lower"),
    Outcome("perceived_dispersion", "Spread of perceived crime", "standard deviation, index points", "neither"),
    Outcome("perceived_quintile_gap", "Perception gap", "index points, poorest less richest quintile", "lower"),
    Outcome("locks_share", "Good locks", "share of residents", "neither"),
    Outcome("technology_share", "Alarm or camera", "share of residents", "neither"),
    Outcome("watching_share", "Watching neighbours' homes", "share of residents", "higher"),
    Outcome("self_defence_share", "Self-defence", "share of residents ready for it", "lower"),
    Outcome("avoidance_share", "Avoidance", "share of residents who avoid going out after dark", "lower"),
    Outcome("locks_gap", "Gap in locks", "share, poorest less richest quintile", "higher"),
    Outcome("technology_gap", "Gap in alarms and cameras", "share, poorest less richest quintile", "higher"),
    Outcome("defended_victims", "Defended victims", "share of victims of violence ready for self-defence", "neither"),
    Outcome("mean_age", "Age", "years, mean of residents of 12 and more", "neither"),
    Outcome("home_by_day", "At home by day", "share of residents, 8 to 16 h", "neither"),
    Outcome("home_in_evening", "At home in the evening", "share of residents, 16 to 24 h", "neither"),
    Outcome("group_sorting", "Sorting by group", "share of groups' variance between neighbourhoods", "neither"),
    Outcome("fear_sex_gap", "Fear gap of the sexes", "0 to 1, women less men", "lower"),
    Outcome("trust_group_gap", "Trust gap of groups", "0 to 1, majority less minority", "lower"),
    Outcome("social_capital_group_gap", "Social capital gap of groups", "0 to 1, majority less minority", "lower"),
    Outcome("mean_education", "Education", "steps from no diploma, 0, to a degree, 3, mean", "neither"),
    Outcome("education_gap", "Education gap", "steps, poorest less richest quintile", "neither"),
    Outcome("owners", "Home owners", "share of residents", "neither"),
    Outcome("owner_gap", "Gap in home ownership", "share, poorest less richest quintile", "neither"),
    Outcome("locks_owner_gap", "Good locks by tenure", "share, owners less tenants", "neither"),
    Outcome("technology_owner_gap", "Alarm or camera by tenure", "share, owners less tenants", "neither"),
    Outcome("volunteer_education_lead", "Education of volunteers", "steps, volunteers less others", "neither"),
    Outcome("volunteer_owner_lead", "Ownership among volunteers", "share of owners, volunteers less others", "neither"),
    Outcome("disorder", "Disorder", "look of the own street, 0 to 1 with 0.5 usual, mean", "lower"),
    Outcome("disorder_gap", "Disorder gap", "look of the own street, poorest less richest quintile", "lower"),
    Outcome("traces", "Traces of disorder", "per cell where people live, at the end", "lower"),
    Outcome("fear_by_disorder", "Fear by disorder", "0 to 1, the disorderly half of streets less the other", "neither"),
    Outcome("organisations_spread", "Spread of nonprofits", "relative deviation between neighbourhoods", "neither"),
    Outcome("active_by_organisations", "Careers by nonprofits",
            "share of careers active, neighbourhoods with more nonprofits less those with fewer", "neither"),
    Outcome("interventions", "Bystanders who step in", "share of offences against persons with a witness", "higher"),
    Outcome("interventions_harm", "Harmful interventions", "share of interventions that made it worse", "lower"),
    Outcome("intervener_efficacy_lead", "Self-efficacy of who steps in", "0 to 1, less that of all", "neither"),
    Outcome("intervener_fear_lead", "Fear of who steps in", "0 to 1, less that of all", "neither"),
    Outcome("arrangement_taken_up", "Policy taken up", "1 if the city took up its arrangement, 0 if not", "neither"),
    Outcome("ties", "Ties", "persons a resident knows, mean", "higher"),
    Outcome("bridging", "Bridging ties", "persons a resident knows elsewhere, mean", "higher"),
    Outcome("bridging_gap", "Bridging gap", "persons, poorest less richest quintile", "higher"),
    Outcome("bridging_group_gap", "Bridging gap of groups", "persons, majority less minority", "lower"),
    Outcome("tie_distance", "Reach of bonding ties", "cells between the homes, mean", "neither"),
    Outcome("tie_similarity", "Likeness of bonding ties", "share within the same income quintile", "neither"),
    Outcome("active_offenders", "Active offenders", "per 1,000 residents, at the end", "lower"),
    Outcome("desisted", "Careers given up", "share of those begun, at the end", "higher"),
    Outcome("active_age", "Age of active offenders", "years, mean at the end", "neither"),
    Outcome("social_causes", "Social causes of crime", "index from outside, 1 as at the start", "neither"),
    Outcome("certainty", "Perceived certainty of being caught", "mean of offenders, 0 to 1", "higher"),
    Outcome("desisters_capital", "Bonds of those who gave up", "0 to 1, less those of the active", "neither"),
    Outcome("desisters_efficacy", "Self-efficacy of those who gave up", "0 to 1, less that of the active", "neither"),
    Outcome("desisters_helped", "Help at release of those who gave up", "share, less that of the active", "neither"),
    Outcome("speciality_share", "Offences in the own speciality", "share of offences", "neither"),
    Outcome("from_leisure", "Offences from where leisure is spent", "share of offences", "neither"),
    Outcome("from_last_target", "Offences from the last target", "share of offences", "neither"),
    Outcome("rate_after_release", "Pace after release", "times the usual rate, mean over offences", "neither"),
    Outcome("members", "Programme members", "per 1,000 residents, at the end", "neither"),
    Outcome("members_gap", "Gap of membership", "per 1,000 residents, poorest less richest quintile", "neither"),
    Outcome("programme_cost", "Cost of programmes", "USD per resident a year, all payers", "lower"),
    *_CONDUCT_BY_GROUP,
    Outcome("stop_group_gap", "Stops by group", f"stops {_A_YEAR}, {_BY_GROUP}", "lower", disparity=True),
    Outcome("unfair_group_gap", "Unfair treatment by group", f"share of stops felt as unfair, {_BY_GROUP}", "lower",
            disparity=True),
    Outcome("force_group_gap", "Force by group", f"stops that end in force {_A_YEAR}, {_BY_GROUP}", "lower",
            disparity=True),
    Outcome("complaint_group_gap", "Complaints by group", f"complaints {_A_YEAR}, {_BY_GROUP}", "neither",
            disparity=True),
    Outcome("field_stops", "Stops of residents", f"stopped and questioned {_A_YEAR}", "neither"),
    Outcome("stops_after_calls", "Stops after a call", "share of stops of residents", "neither"),
    Outcome("call_stop_inequality", "Inequality of stops after calls", "minority to majority, over officers' own",
            "neither"),
    Outcome("unfair_stops", "Stops felt as unfair", "share of stops of residents", "lower"),
    Outcome("force", "Force", f"stops that end in force {_A_YEAR}", "lower"),
    Outcome("excessive_force", "Excessive force", f"stops {_A_YEAR}", "lower"),
    Outcome("complaints", "Complaints", f"complaints about officers {_A_YEAR}", "neither"),
    Outcome("complaints_sustained", "Complaints found true", "share of complaints", "neither"),
    Outcome("complaints_on_few", "Complaints about few officers", "share about the tenth with most, at the end",
            "neither"),
    Outcome("local_knowledge", "Local knowledge", "mean over residents' beats at the end, 0 to 1", "higher"),
    Outcome("supervision", "Officers corrected by complaints", "mean over posts at the end, 0 to 1", "neither"),
    Outcome("report_group_gap", "Reporting gap by offender", "share, offenders of minority less majority", "lower"),
)  # fmt: skip

BY_NAME = {outcome.name: outcome for outcome in OUTCOMES}
