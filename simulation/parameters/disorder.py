"""Declared parameters of disorder: how long what offences leave is seen, and what it does to those who see it."""

from typing import Annotated, NamedTuple

from coproduction.simulation.parameters.declaration import Declared


class Disorder(NamedTuple):
    """Traces of incivility on the streets; disorder is no cause of crime here but through fear and efficacy.

    Disorder and crime share their roots more than one makes the other (Sampson and Raudenbush 1999).
    """

    weeks: Annotated[
        float,
        Declared("weeks until 37 % of the traces of disorder are left where nobody takes care", 1, 104,
                 "assumption: a city cleans up within some months", ("traces", 1)),
    ] = 16.0  # fmt: skip
    care: Annotated[
        float,
        Declared("factor added to the speed at which traces are cleared, per unit of collective efficacy", 0, 10,
                 "assumption: size unknown; efficacy lowers later disorder (Hipp 2016)", ("disorder", -1)),
    ] = 2.0  # fmt: skip
    fear: Annotated[
        float,
        Declared("rise of the level that fear settles at, from a spotless street to one full of disorder", 0, 0.6,
                 "assumption: size unknown; perceived disorder raises fear", ("fear_by_disorder", 1)),
    ] = 0.1  # fmt: skip
    discouragement: Annotated[
        float,
        Declared("fall of log collective efficacy, from usual disorder to streets full of it, twice that", 0, 4,
                 "assumption: size unknown; more disorder seen lowers later efficacy (Hipp 2016)",
                 ("collective_efficacy", -1)),
    ] = 0.2  # fmt: skip
