"""Declared parameters of clearance, prosecution, courts, sanctions and custody."""

from typing import Annotated, NamedTuple

from coproduction.simulation.evidence import derived, fact
from coproduction.simulation.parameters.declaration import Declared


class Justice(NamedTuple):
    """Arrest, clearance, charge, court; what each sanction is stands in tables of its own."""

    scene_arrest: Annotated[
        float,
        Declared("probability of an arrest at the scene if police arrive at once", 0, 1,
                 "assumption: about 3 % of reported serious crimes end so (Spelman and Brown 1981), a target",
                 ("scene_arrests", 1)),
    ] = 0.2  # fmt: skip
    scene_decay: Annotated[
        float,
        Declared("minutes from offence to arrival at which that probability has fallen to 37 %", 1, 120,
                 "assumption: minutes count (Kansas City Part II 1980)", ("scene_arrests", 1)),
    ] = 10.0  # fmt: skip
    witness_weight: Annotated[
        float,
        Declared("log odds of clearance added by information from a witness", 0, 4,
                 "assumption: citizens' information is what solves cases", ("clearance", 1)),
    ] = 0.8  # fmt: skip
    knowledge_weight: Annotated[
        float,
        Declared("log odds of clearance per unit of local knowledge above 0.5", 0, 6,
                 "assumption: knowledge grows with tenure in a beat", ("clearance", 1)),
    ] = 1.0  # fmt: skip
    caseload_weight: Annotated[
        float,
        Declared("log odds of clearance lost per logarithm of one plus the week's recorded cases per post", 0, 3,
                 "assumption: detectives with more cases have less time for each", ("clearance", -1)),
    ] = 0.3  # fmt: skip
    charge: Annotated[
        float,
        Declared("probability that a cleared offence is charged when no witness informed the police", 0, 1,
                 "assumption: a third of cleared offences are never charged", ("charged", 1)),
    ] = 0.62  # fmt: skip
    evidence_weight: Annotated[
        float,
        Declared("log odds of a charge added by full evidence: a witness's information, or an arrest at the scene",
                 0, 4, "assumption: what clears a case also carries it to court", ("charged", 1)),
    ] = 0.8  # fmt: skip
    diversion: Annotated[
        float,
        Declared("probability that a charge at a first arrest is diverted with a caution, for an offence of "
                 "seriousness 0; it falls to none at seriousness 1", 0, 1,
                 "assumption: some first and lesser offences never reach a court", ("diverted", 1)),
    ] = 0.15  # fmt: skip
    conference: Annotated[
        float,
        Declared("share of charged cases that are offered a restorative conference where no programme offers more",
                 0, 1, "assumption: rare in the United States", ("conferenced", 1)),
    ] = 0.02  # fmt: skip
    victim_agrees: Annotated[
        float,
        Declared("probability that a victim agrees to a conference", 0, 1,
                 "assumption: about half; both sides must consent", ("conferenced", 1)),
    ] = 0.5  # fmt: skip
    offender_agrees: Annotated[
        float,
        Declared("probability that an offender agrees to a conference", 0, 1,
                 "assumption: more than of victims; both sides must consent", ("conferenced", 1)),
    ] = 0.7  # fmt: skip
    conference_success: Annotated[
        float,
        Declared("probability that a victim leaves a conference satisfied", 0, 1,
                 fact("T2-22"),
                 ("victims_satisfied", 1)),
    ] = 0.85  # fmt: skip
    restitution: Annotated[
        float,
        Declared("share of an offence's cost that is paid back after a conference or with a community sentence",
                 0, 1, "assumption: little of the harm can be paid by those who did it", ("restitution", 1)),
    ] = 0.03  # fmt: skip
    remand: Annotated[
        float,
        Declared("probability that a charged offender is held until the court sits; the others are on bail", 0, 1,
                 fact("T10-11"), ("in_custody", 1)),
    ] = 0.38  # fmt: skip
    court_weeks: Annotated[
        float,
        Declared("weeks from charge to the day in court, mean", 0, 104,
                 derived(("T10-12",), "111 days at the median, as the mean of an exponential distribution"),
                 ("weeks_to_court", 1)),
    ] = 22.0  # fmt: skip
    attendance: Annotated[
        float,
        Declared("probability that a victim or witness comes to court, at trust 0.5, no silence and no threat", 0, 1,
                 "assumption: set so that 2 to 7 % of trials are lost for want of witnesses, as in England in 2014-15",
                 ("trials_lost", -1)),
    ] = 0.95  # fmt: skip
    conviction: Annotated[
        float,
        Declared("probability of conviction in court when nobody testifies", 0, 1,
                 "assumption: set so that two thirds of charged cases end in conviction (felony defendants in the 75 "
                 "largest counties, 2009), which is a target", ("convicted", 1)),
    ] = 0.45  # fmt: skip
    testimony_weight: Annotated[
        float,
        Declared("log odds of conviction added by each person who testifies", 0, 4,
                 "assumption: size unknown; prosecutors call witnesses who stay away a serious problem (Norton 1983)",
                 ("convicted", 1)),
    ] = 0.8  # fmt: skip
    retaliation: Annotated[
        float,
        Declared("threats or attacks on a known witness per offence that the offender would plan while on bail", 0, 5,
                 "assumption: rare, and likelier from the most active", ("retaliation", 1)),
    ] = 0.05  # fmt: skip
    retaliation_weight: Annotated[
        float,
        Declared("log odds of coming to court that a threatened witness loses", 0, 6,
                 "assumption: most who are threatened think twice", ("trials_lost", 1)),
    ] = 2.0  # fmt: skip
    retaliation_silence: Annotated[
        float,
        Declared("share of the way to full silence that retaliation takes a witness", 0, 1,
                 "assumption: who was threatened will not tell again", ("silence", 1)),
    ] = 0.3  # fmt: skip
    court_cost: Annotated[
        float,
        Declared("USD of 2020 per case heard in court, paid by the county", 0, 50000,
                 "assumption: judge, prosecutor, defence and clerks for some hours", ("justice_cost", 1)),
    ] = 3000.0  # fmt: skip
    conference_cost: Annotated[
        float,
        Declared("USD of 2020 per restorative conference, paid by the county", 0, 20000,
                 "assumption: a facilitator for some days", ("justice_cost", 1)),
    ] = 800.0  # fmt: skip


class Sanction(NamedTuple):
    """What distinguishes one sanction of a court from another."""

    share: Annotated[
        float, Declared("share of convictions that end so, as a weight against the other sanctions", 0, 1, "")
    ]
    weeks: Annotated[float, Declared("weeks, mean", 1, 400, "", ("justice_cost", 1))]
    held: Annotated[
        float,
        Declared("1 if served in custody, 0 if in the community", 0, 1, "definition of the sanction", role="fixed",
                 fixed="a definition, not a quantity"),
    ]  # fmt: skip
    day_cost: Annotated[
        float,
        Declared("USD of 2020 per day, paid by county and state", 0, 500, "", ("justice_cost", 1)),
    ]


COMMUNITY, JAIL, PRISON = range(3)
SANCTIONS: dict[str, Sanction] = {
    "community": Sanction(0.25, 52.0, 0.0, 12.0),
    "jail": Sanction(0.33, 12.0, 1.0, 100.0),
    "prison": Sanction(0.42, 97.0, 1.0, 100.0),
}

SANCTION_SOURCES: dict[str, dict[str, str]] = {
    "community": {
        "share": derived(("T5-06",), "sent neither to prison nor to jail"),
        "weeks": "assumption: a year of supervision",
        "held": "definition of the sanction",
        "day_cost": "assumption: about 4,400 USD a year of supervision",
    },
    "jail": {
        "share": fact("T5-06", "33 % to jail"),
        "weeks": "assumption: some months; also the daily price of being held before trial",
        "held": "definition of the sanction",
        "day_cost": "assumption: about 36,000 USD a year",
    },
    "prison": {
        "share": fact("T5-06"),
        "weeks": derived(
            ("T5-09",), "the median of 1.3 years, as the mean of an exponential distribution, in weeks"
        ),
        "held": "definition of the sanction",
        "day_cost": "assumption: about 36,000 USD a year",
    },
}

SANCTION_MOVES: dict[str, tuple[str, int]] = {
    "community": ("prison_sentences", -1),
    "jail": ("prison_sentences", -1),
    "prison": ("prison_sentences", 1),
}
"""What a sanction's share moves."""
