"""Declared parameters of what contacts and offences leave behind, of recovery, and of slow change."""

from typing import Annotated, NamedTuple

from coproduction.simulation.evidence import fact
from coproduction.simulation.parameters.declaration import Declared


class Contact(NamedTuple):
    """What contacts and offences leave behind in those who live them or hear of them."""

    prior_strength: Annotated[
        float,
        Declared("contacts felt as fair that a resident's own level of trust counts for", 2, 200,
                 "assumption: a score, since legitimacy moves little (Mazerolle and others 2013)",
                 ("trust", 1)),
    ] = 20.0  # fmt: skip
    asymmetry: Annotated[
        float,
        Declared("weight of a contact felt as unfair against one felt as fair, ratio", 1, 14,
                 fact("T2-39", "the low end: at 9 and nine fair contacts in ten, both cancel at a trust of 0.5"),
                 ("trust", -1)),
    ] = 4.0  # fmt: skip
    patience: Annotated[
        float,
        Declared("minutes of police response after which a victim's feeling of fair treatment has fallen to 37 %",
                 10, 1000, "assumption: satisfaction falls slowly with waiting", ("trust", 1)),
    ] = 240.0  # fmt: skip
    victim_fear: Annotated[
        float,
        Declared("share of the way to full fear, victim of an offence of seriousness 1", 0, 1,
                 "assumption: no size found", ("fear", 1)),
    ] = 0.35  # fmt: skip
    told_fear: Annotated[
        float,
        Declared("share of the way to full fear, somebody told of an offence of seriousness 1", 0, 0.5,
                 "assumption: alarm that is shared raises fear (Chicago neighbourhood organising, 1985)",
                 ("fear", 1)),
    ] = 0.05  # fmt: skip
    told: Annotated[
        float,
        Declared("ties that a victim of full social capital tells, persons", 0, 20,
                 "assumption: a handful", ("fear", 1)),
    ] = 6.0  # fmt: skip
    reassurance: Annotated[
        float,
        Declared("share of fear lost per contact felt as fair", 0, 0.5,
                 "assumption: contact lowers fear (Zhao and others 2002), a later meta-analysis finds little "
                 "(Gill and others 2014)", ("fear", -1)),
    ] = 0.03  # fmt: skip


class Recovery(NamedTuple):
    """What victims suffer and how they recover; how offenders live under a sanction."""

    harm: Annotated[
        float,
        Declared("share of the way to full psychological harm, victim of an offence of seriousness 1", 0, 1,
                 "assumption: no size found on a scale from 0 to 1", ("victim_harm", 1)),
    ] = 0.5  # fmt: skip
    weeks: Annotated[
        float,
        Declared("weeks until a victim's harm has fallen to 37 % without help", 1, 520,
                 "assumption: most recover within a year", ("victim_harm", 1)),
    ] = 26.0  # fmt: skip
    conference_relief: Annotated[
        float,
        Declared("share of a victim's harm that a conference felt as satisfying takes away", 0, 1,
                 "assumption: size unknown; victims who meet offenders recover better (Strang and others 2013)",
                 ("victim_harm", -1)),
    ] = 0.4  # fmt: skip
    life_in_custody: Annotated[
        float,
        Declared("how somebody held lives, against 1 at large", 0, 1, "assumption: liberty, work and family are lost",
                 ("offender_life", 1)),
    ] = 0.4  # fmt: skip
    life_on_bail: Annotated[
        float,
        Declared("how somebody lives who waits for the court, against 1", 0, 1,
                 "assumption: free, but under a threat", ("offender_life", 1)),
    ] = 0.8  # fmt: skip


class Change(NamedTuple):
    """Slow change, once in four weeks."""

    fear_relaxation: Annotated[
        float,
        Declared("share of the way back to a resident's own level, per four weeks", 0.01, 1,
                 "assumption: most of it within a year", ("fear", -1)),
    ] = 0.15  # fmt: skip
    trust_relaxation: Annotated[
        float,
        Declared("share of what contacts taught that is forgotten, per four weeks", 0.01, 1,
                 "assumption: a bad contact is remembered for about a year", ("trust", 1)),
    ] = 0.06  # fmt: skip
    silence_relaxation: Annotated[
        float,
        Declared("share of what a threat added to a witness's norm against telling that fades, per four weeks", 0.01, 1,
                 "assumption: a threat is remembered for about a year, as a bad contact is", ("silence", -1)),
    ] = 0.06  # fmt: skip
    talk_weight: Annotated[
        float,
        Declared("weight of the mean trust of one's ties in one's own, per four weeks", 0, 0.5,
                 "assumption: small; contacts of people one knows count (review of 27 studies, Johnson 2015)",
                 ("trust_dispersion", -1)),
    ] = 0.02  # fmt: skip
    act_gain: Annotated[
        float,
        Declared("share of the way up or down in self-efficacy, per report that led to a cleared case or did not, or "
                 "meeting at which one was heard or was not", 0, 0.3,
                 "assumption: size unknown; people learn what they can do from what their acts bring (Bandura 1977)",
                 ("self_efficacy", -1)),
    ] = 0.04  # fmt: skip
    efficacy_gain: Annotated[
        float,
        Declared("share of the way up (no offence in the neighbourhood) or down (more than its usual number), per "
                 "four weeks of volunteering", 0, 0.3,
                 "assumption: 59 % of Burgernet members felt more grip on safety; no size per episode found",
                 ("efficacy_dispersion", 1)),
    ] = 0.04  # fmt: skip
    usual_share: Annotated[
        float,
        Declared("weight of the last four weeks in what a neighbourhood takes for its usual number of offences", 0, 1,
                 "assumption: four months count", role="fixed",
                 fixed="a smoothing: it sets what volunteers compare a month with, no outcome's level"),
    ] = 0.25  # fmt: skip
