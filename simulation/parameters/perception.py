"""Declared parameters of perceived crime and of what it does."""

from typing import Annotated, NamedTuple

from coproduction.simulation.parameters.declaration import Declared


class Perception(NamedTuple):
    """How residents come to think that there is more or less crime, as an index: 1 is the city's usual level."""

    own: Annotated[
        float,
        Declared("rise of perceived crime by an own victimisation of seriousness 1, index points", 0, 5,
                 "assumption: no size found", ("perceived_crime", 1)),
    ] = 1.0  # fmt: skip
    told: Annotated[
        float,
        Declared("rise of perceived crime by an offence of seriousness 1 that a tie tells of, index points", 0, 3,
                 "assumption: a fifth of what one lives through oneself", ("perceived_crime", 1)),
    ] = 0.2  # fmt: skip
    observation: Annotated[
        float,
        Declared("weight of the neighbourhood's own level in what is believed of it; the rest is the city's", 0, 1,
                 "assumption: half is seen, half is taken for what is usual", ("perceived_quintile_gap", 1)),
    ] = 0.5  # fmt: skip
    media_weight: Annotated[
        float,
        Declared("weight of the media for somebody of full attention", 0, 1,
                 "assumption: no size found; belief in rising crime rests on elsewhere, not on what is lived (Gallup "
                 "2020: 78 % see crime up in the nation, 38 % locally)", ("perceived_crime_gap", 1)),
    ] = 0.4  # fmt: skip
    media_tone: Annotated[
        float,
        Declared("crime that the media tell of above the usual level, index points, mean over months", -1, 3,
                 "assumption: set so that more than half believe in a rise, as in England and Wales and in the United "
                 "States while crime fell (Loeffler and Bovaird 2020)", ("perceived_crime_gap", 1)),
    ] = 0.8  # fmt: skip
    pace: Annotated[
        float,
        Declared("share of the way to what is seen and heard, per four weeks", 0.02, 1,
                 "assumption: a quarter; an offence is in mind for some months", ("perceived_dispersion", -1)),
    ] = 0.25  # fmt: skip
    noticeable: Annotated[
        float,
        Declared("rise above the neighbourhood's own level that is noticed, index points", 0, 1,
                 "assumption: a tenth", ("believes_crime_rose", -1)),
    ] = 0.1  # fmt: skip
    fear: Annotated[
        float,
        Declared("rise of the level that fear settles at, per index point of perceived crime above 1", 0, 1,
                 "assumption: size unknown; perceived crime and disorder raise fear", ("fear", 1)),
    ] = 0.08  # fmt: skip
    discouragement: Annotated[
        float,
        Declared("fall of log collective efficacy per index point of perceived crime above 1", 0, 2,
                 "assumption: size unknown; more perceived crime lowers later efficacy (Hipp 2016)",
                 ("collective_efficacy", -1)),
    ] = 0.1  # fmt: skip
