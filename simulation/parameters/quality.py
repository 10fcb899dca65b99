"""Declared weights of the indices of quality of life: what counts, and how much, is a value judgement in the open."""

from typing import Annotated, NamedTuple

from coproduction.simulation.parameters.declaration import Declared

_UNIT = "weight, against the other weights of {}; only their proportions matter"
_SOURCE = "assumption: a value judgement, all count alike; put your own"
_OF_RESIDENTS, _OF_VICTIMS, _OF_OFFENDERS = (_UNIT.format(of) for of in ("residents", "victims", "offenders"))


class Quality(NamedTuple):
    """Weights of what makes up the quality of life of residents, victims and offenders, each index 0 to 1."""

    residents_calm: Annotated[
        float, Declared(_OF_RESIDENTS, 0, 10, _SOURCE, ("quality_gap", -1))
    ] = 1.0  # fmt: skip
    residents_unharmed: Annotated[
        float, Declared(_OF_RESIDENTS, 0, 10, _SOURCE, ("quality_residents", 1))
    ] = 1.0  # fmt: skip
    residents_safe: Annotated[
        float, Declared(_OF_RESIDENTS, 0, 10, _SOURCE, ("quality_residents", -1))
    ] = 1.0  # fmt: skip
    residents_trust: Annotated[
        float, Declared(_OF_RESIDENTS, 0, 10, _SOURCE, ("quality_residents", -1))
    ] = 1.0  # fmt: skip
    residents_cohesion: Annotated[
        float, Declared(_OF_RESIDENTS, 0, 10, _SOURCE, ("quality_residents", -1))
    ] = 1.0  # fmt: skip
    victims_recovery: Annotated[
        float, Declared(_OF_VICTIMS, 0, 10, _SOURCE, ("quality_victims", 1))
    ] = 1.0  # fmt: skip
    victims_answer: Annotated[
        float, Declared(_OF_VICTIMS, 0, 10, _SOURCE, ("quality_victims", 1))
    ] = 1.0  # fmt: skip
    victims_justice: Annotated[
        float, Declared(_OF_VICTIMS, 0, 10, _SOURCE, ("quality_victims", -1))
    ] = 1.0  # fmt: skip
    victims_restitution: Annotated[
        float, Declared(_OF_VICTIMS, 0, 10, _SOURCE, ("quality_victims", -1))
    ] = 1.0  # fmt: skip
    offenders_life: Annotated[
        float, Declared(_OF_OFFENDERS, 0, 10, _SOURCE, ("quality_offenders", 1))
    ] = 1.0  # fmt: skip
    offenders_bonds: Annotated[
        float, Declared(_OF_OFFENDERS, 0, 10, _SOURCE, ("quality_offenders", -1))
    ] = 1.0  # fmt: skip
    offenders_efficacy: Annotated[
        float, Declared(_OF_OFFENDERS, 0, 10, _SOURCE, ("quality_offenders", -1))
    ] = 1.0  # fmt: skip
