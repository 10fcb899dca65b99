"""Declared parameters of bystanders who step in, and of how that ends."""

from typing import Annotated, NamedTuple

from coproduction.simulation.evidence import derived
from coproduction.simulation.parameters.declaration import Declared


class Intervention(NamedTuple):
    """Whether somebody who sees an offence against a person steps in, and what comes of it."""

    usual: Annotated[
        float,
        Declared("probability that a bystander who sees it steps in, at middling traits", 0, 0.95,
                 "assumption: three in ten; of violent offences with a third party present 36 % went better and 11 % "
                 "worse for it (Planty 2002), with several who could", ("interventions", 1)),
    ] = 0.3  # fmt: skip
    self_efficacy_weight: Annotated[
        float,
        Declared("log odds of stepping in per unit of self-efficacy", 0, 8,
                 "assumption: size unknown; who believes to be able to help does (Bandura 1977)",
                 ("intervener_efficacy_lead", 1)),
    ] = 3.0  # fmt: skip
    efficacy_weight: Annotated[
        float,
        Declared("log odds of stepping in per unit of collective efficacy of the bystander's neighbourhood", 0, 8,
                 "assumption: size unknown; people act where they expect others to (Sampson, Raudenbush and Earls "
                 "1997)", ("interventions", -1)),
    ] = 2.0  # fmt: skip
    fear_weight: Annotated[
        float,
        Declared("log odds of stepping in lost per unit of fear", 0, 8, "assumption: size unknown",
                 ("intervener_fear_lead", -1)),
    ] = 2.0  # fmt: skip
    helps: Annotated[
        float,
        Declared("share of interventions after which the victim is better off", 0, 0.88,
                 derived(("T9-11",), "36 of the 91 % in which it was known what it did"), ("victim_harm", -1)),
    ] = 0.40  # fmt: skip
    worsens: Annotated[
        float,
        Declared("share of interventions after which the victim is worse off", 0, 0.5,
                 derived(("T9-11",), "11 of the 91 % in which it was known what it did"), ("interventions_harm", 1)),
    ] = 0.12  # fmt: skip
    relief: Annotated[
        float,
        Declared("share of an offence's harm that a helpful intervention spares the victim", 0, 1,
                 "assumption: half; what is left is having been attacked", ("victim_harm", -1)),
    ] = 0.5  # fmt: skip
    aggravation: Annotated[
        float,
        Declared("share by which an intervention that goes wrong adds to an offence's harm", 0, 2,
                 "assumption: half as much again", ("victim_harm", 1)),
    ] = 0.5  # fmt: skip
