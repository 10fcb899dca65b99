"""Declared parameters of guardianship, offending and reporting."""

from typing import Annotated, NamedTuple

from coproduction.simulation.evidence import fact
from coproduction.simulation.parameters.declaration import Declared

_SETTING = "a setting for the analytic checks, not a quantity of the city"


class Guardianship(NamedTuple):
    """What keeps an offender from an offence in a cell: 1 - exp(-g)."""

    eyes: Annotated[
        float,
        Declared("guardianship per logarithm of one plus residents present, times efficacy", 0, 2,
                 "assumption: size unknown; sign from Sampson, Raudenbush and Earls 1997",
                 ("true_crime", -1)),
    ] = 0.16  # fmt: skip
    fear_withdrawal: Annotated[
        float,
        Declared("share of collective efficacy lost at full fear", 0, 1,
                 "assumption: fear keeps people indoors; sign from Hipp 2016", ("true_crime", 1)),
    ] = 0.4  # fmt: skip
    cohesion: Annotated[
        float,
        Declared("weight of social capital in collective efficacy; the rest is self-efficacy", 0, 1,
                 "assumption: cohesion and the belief to be able to act count alike", ("collective_efficacy_gap", -1)),
    ] = 0.5  # fmt: skip
    patrol: Annotated[
        float,
        Declared("guardianship per recent patrol stop in the cell", 0, 3,
                 "assumption: size unknown; hot-spot patrol lowers crime (Braga and Weisburd 2020)",
                 ("true_crime", -1)),
    ] = 0.5  # fmt: skip
    patrol_memory: Annotated[
        float,
        Declared("watches of 8 h until the effect of a stop has fallen to 37 %", 0.2, 60,
                 "assumption: some days; deterrence outlasts the visit (Koper 1995)", ("true_crime", -1)),
    ] = 3.0  # fmt: skip
    volunteer: Annotated[
        float,
        Declared("guardianship per visit by a volunteer in this watch", 0, 3,
                 "assumption: a fraction of an officer's stop, and gone when the walk is over",
                 ("stopped_share", 1)),
    ] = 0.2  # fmt: skip


class Offending(NamedTuple):
    """Attempts, targets, repeats."""

    success_share: Annotated[
        float,
        Declared("offences per planned attempt under the conditions that base rates were measured in", 0.2, 1,
                 "assumption: set so that a city of national base rates reproduces them", ("true_crime", -1)),
    ] = 0.67  # fmt: skip
    distance_decay: Annotated[
        float,
        Declared("cells at which a target's pull has fallen to 37 %", 0.5, 8,
                 "assumption: most journeys to crime are short", ("journey_cells", 1)),
    ] = 3.0  # fmt: skip
    housing_value_pull: Annotated[
        float,
        Declared("exponent of a home's pull on its neighbourhood's housing value against the city mean", 0, 1.5,
                 "assumption: more to take where homes are worth more", ("target_value", 1)),
    ] = 0.3  # fmt: skip
    boost_decay: Annotated[
        float,
        Declared("per day", 0.005, 1, fact("T10-09"), ("repeat_share", -1)),
    ] = 0.0667  # fmt: skip
    boost_spread: Annotated[
        float,
        Declared("share of the boost that neighbours exchange in a watch", 0, 0.5,
                 fact("T10-10"), ("repeat_share", -1)),
    ] = 0.03  # fmt: skip
    second_try: Annotated[
        float,
        Declared("probability that an offender who was stopped tries elsewhere", 0, 1,
                 "assumption: less than full displacement (Braga and others 2019)", ("true_crime", 1)),
    ] = 0.3  # fmt: skip
    certainty_weight: Annotated[
        float,
        Declared("fall of the log rate of attempts per unit of perceived certainty of being caught", 0, 4,
                 "assumption: size unknown; deterrence works by certainty", ("true_crime", -1)),
    ] = 1.0  # fmt: skip
    certainty: Annotated[
        float,
        Declared("perceived certainty of being caught at the start, 0 to 1", 0, 1,
                 "assumption: above the true share of offences cleared, about 7 to 29 %", ("true_crime", -1)),
    ] = 0.2  # fmt: skip
    certainty_gain: Annotated[
        float,
        Declared("share of the way to what was just experienced, per offence or arrest", 0, 0.5,
                 "assumption: slow learning from own cases", ("certainty_dispersion", 1)),
    ] = 0.05  # fmt: skip


class Reporting(NamedTuple):
    """Who calls the police."""

    trust_weight: Annotated[
        float,
        Declared("log odds of reporting per unit of trust in police", 0, 6,
                 "assumption: size unknown; low trust acts more on informing than on victims' own calls",
                 ("trust_reporting_gap", 1)),
    ] = 1.0  # fmt: skip
    witness: Annotated[
        float,
        Declared("probability that somebody who saw the offence reports it, at trust 0.5", 0, 1,
                 "assumption: third parties make about 40 % of reports of violence (Hart and Rennison 2003)",
                 ("reporting", 1)),
    ] = 0.3  # fmt: skip
    looks: Annotated[
        float,
        Declared("bystanders considered per offence, persons, at most", 0, 8,
                 "assumption: three; a third party is at 66 % of violent crimes (Planty 2002)", ("reporting", 1)),
    ] = 3.0  # fmt: skip
    witness_delay: Annotated[
        float,
        Declared("minutes from offence to report by somebody who saw it, median", 1, 60,
                 fact("T3-19"), ("scene_arrests", -1)),
    ] = 5.65  # fmt: skip
    delay_spread: Annotated[
        float,
        Declared("spread of delays around their median, log-logistic exponent", 0.05, 1.5,
                 "assumption: wide, since some wait for hours", role="fixed",
                 fixed="the shape of a distribution; its median carries the level"),
    ] = 0.6  # fmt: skip
    silence_weight: Annotated[
        float,
        Declared("log odds of a witness's report, and of coming to court, lost per unit of the norm against telling",
                 0, 6, "assumption: size unknown", ("reporting", -1)),
    ] = 1.5  # fmt: skip
    victim_silence: Annotated[
        float,
        Declared("weight of the norm against telling in a victim's own call, against a witness's", 0, 1,
                 "assumption: low trust acts on informing and testifying more than on victims' own calls",
                 ("reporting", -1)),
    ] = 0.3  # fmt: skip
    message_members: Annotated[
        float,
        Declared("share of residents whom a message network reaches where no programme runs", 0, 1,
                 "assumption: a few join one by themselves; 4.6 % signed up in a Dutch pilot with a programme",
                 ("told_by_message", 1)),
    ] = 0.01  # fmt: skip
    volunteer: Annotated[
        float,
        Declared("probability that a volunteer in the cell sees the offence and reports it", 0, 1,
                 "assumption: they are out to look", ("volunteer_reports", 1)),
    ] = 0.5  # fmt: skip


class Setting(NamedTuple):
    """Declared settings of the production phases that the analytic checks need."""

    movement: Annotated[
        float,
        Declared("0 awareness space (journeys from home), 1 lattice walk (Short and others 2008)", 0, 1,
                 "definition", role="fixed", fixed=_SETTING),
    ] = 0.0  # fmt: skip
    periodic: Annotated[
        float,
        Declared("1 if opposite edges of the grid touch, 0 if not", 0, 1, "definition", role="fixed",
                 fixed=_SETTING),
    ] = 0.0  # fmt: skip
    arrivals: Annotated[
        float,
        Declared("offenders arriving per cell and day, lattice walk only", 0, 10,
                 "definition: a setting of the published lattice", role="fixed", fixed=_SETTING),
    ] = 0.0  # fmt: skip
    helping_cost: Annotated[
        float,
        Declared("cost of helping over its benefit in the volunteer's dilemma, to which residents find the best "
                 "response; 0 the logit of joining", 0, 0.99,
                 "definition: a setting of Diekmann (1985)", role="fixed", fixed=_SETTING),
    ] = 0.0  # fmt: skip
    fixed_attraction: Annotated[
        float,
        Declared("attractiveness of a cell without boost, per day on the lattice", 0.001, 10,
                 "definition: boosts are measured against it", role="fixed",
                 fixed="a unit: only ratios to it matter in the awareness space"),
    ] = 1.0  # fmt: skip
    step_days: Annotated[
        float,
        Declared("days per step", 0.0001, 1, "definition: a watch of 8 hours", role="fixed",
                 fixed="a number and not a constant, so that the lattice can be run at its published step"),
    ] = 1.0 / 3.0  # fmt: skip
