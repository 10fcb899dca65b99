"""Declared parameters of protective behaviour: five domains, each with predictors and an effect of its own."""

from typing import Annotated, NamedTuple

from coproduction.simulation.evidence import derived
from coproduction.simulation.parameters.declaration import Declared

_SIGN = "assumption: size unknown; sign from Percy 1987: fear, victimisation and income raise effort"
_EFFECT = "assumption: size unknown"


class Protection(NamedTuple):
    """What residents do against crime: locks, technology, watching, self-defence, avoidance.

    Five domains with predictors of their own, not one scale (studies of the British Crime Survey, 2001).
    """

    locks: Annotated[
        float,
        Declared("share with good locks at no fear, middle income and no victimisation", 0.05, 0.95,
                 derived(("T8-06",), "set so that about half have them"), ("locks_share", 1)),
    ] = 0.41  # fmt: skip
    locks_fear: Annotated[
        float,
        Declared("log odds of locks per unit of fear", 0, 6, _SIGN, ("locks_share", 1)),
    ] = 1.0
    locks_victim: Annotated[
        float,
        Declared("log odds of locks added by a remembered victimisation", 0, 5, _SIGN, ("locks_share", 1)),
    ] = 1.0
    locks_income: Annotated[
        float,
        Declared("log odds of locks of the richest above those of the middle quintile", 0, 3, _SIGN,
                 ("locks_gap", -1)),
    ] = 0.4  # fmt: skip
    locks_owner: Annotated[
        float,
        Declared("log odds of locks of those who own their home above those who rent", 0, 3,
                 "assumption: size unknown; owners do more for safety than tenants (Percy 1987)",
                 ("locks_owner_gap", 1)),
    ] = 0.4  # fmt: skip
    technology: Annotated[
        float,
        Declared("share with alarm or camera at middle income and no victimisation", 0.02, 0.9,
                 "assumption: a fifth", ("technology_share", 1)),
    ] = 0.20  # fmt: skip
    technology_victim: Annotated[
        float,
        Declared("log odds of technology added by a remembered victimisation", 0, 5, _SIGN, ("technology_share", 1)),
    ] = 0.8  # fmt: skip
    technology_income: Annotated[
        float,
        Declared("log odds of technology of the richest above those of the middle quintile", 0, 4, _SIGN,
                 ("technology_gap", -1)),
    ] = 0.6  # fmt: skip
    technology_owner: Annotated[
        float,
        Declared("log odds of technology of those who own their home above those who rent", 0, 3,
                 "assumption: size unknown; a landlord decides for a tenant (sign from Percy 1987)",
                 ("technology_owner_gap", 1)),
    ] = 0.6  # fmt: skip
    watching: Annotated[
        float,
        Declared("share who keep an eye on neighbours' homes at no social capital", 0.02, 0.9,
                 derived(("T8-02",), "set so that about 40 % watch"),
                 ("watching_share", 1)),
    ] = 0.22  # fmt: skip
    watching_capital: Annotated[
        float,
        Declared("log odds of watching per unit of social capital", 0, 8,
                 "assumption: size unknown; watching one another's homes is done among people who trust one another",
                 ("watching_share", 1)),
    ] = 2.0  # fmt: skip
    self_defence: Annotated[
        float,
        Declared("share ready for self-defence at no fear and full trust in police", 0.01, 0.6,
                 "assumption: so that about one in ten is", ("self_defence_share", 1)),
    ] = 0.045  # fmt: skip
    self_defence_fear: Annotated[
        float,
        Declared("log odds of self-defence per unit of fear", 0, 6, _SIGN, ("self_defence_share", 1)),
    ] = 1.0  # fmt: skip
    self_defence_distrust: Annotated[
        float,
        Declared("log odds of self-defence per unit of trust in police below 1", 0, 6,
                 "assumption: size unknown; some effort makes up for police seen as inadequate (Percy 1982)",
                 ("self_defence_share", 1)),
    ] = 1.0  # fmt: skip
    avoidance: Annotated[
        float,
        Declared("share who avoid going out after dark at no fear", 0.01, 0.8,
                 "assumption: so that about a quarter do", ("avoidance_share", 1)),
    ] = 0.10  # fmt: skip
    avoidance_fear: Annotated[
        float,
        Declared("log odds of avoidance per unit of fear", 0, 8, _SIGN, ("avoidance_share", 1)),
    ] = 3.0  # fmt: skip
    victim_memory: Annotated[
        float,
        Declared("weeks for which a victimisation is remembered in what people do", 1, 156,
                 "assumption: half a year; homes hit once are most at risk in the months after", ("locks_share", 1)),
    ] = 26.0  # fmt: skip
    pace: Annotated[
        float,
        Declared("share of residents who think over each kind of protection, per four weeks", 0.01, 1,
                 "assumption: one in ten", ("locks_share", 1)),
    ] = 0.1  # fmt: skip
    locks_effect: Annotated[
        float,
        Declared("probability that locks make an attempt on a home fail", 0, 0.9, _EFFECT, ("burglary", -1)),
    ] = 0.15  # fmt: skip
    technology_effect: Annotated[
        float,
        Declared("probability that technology makes an attempt on a home fail", 0, 0.9, _EFFECT, ("burglary", -1)),
    ] = 0.15  # fmt: skip
    watching_effect: Annotated[
        float,
        Declared("rise of the probability to see an offence nearby by watching, share of it", 0, 3, _EFFECT,
                 ("reporting", 1)),
    ] = 0.3  # fmt: skip
    self_defence_effect: Annotated[
        float,
        Declared("probability that somebody ready for self-defence is passed over for another victim", 0, 1, _EFFECT,
                 ("defended_victims", -1)),
    ] = 0.15  # fmt: skip
