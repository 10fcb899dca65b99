"""Greening of vacant lots: litter, debris and graffiti are cleared, and it stays so."""

from coproduction.scenarios.programmes.programme import Programme

PROGRAMME = Programme(
    name="lot_greening",
    title="Cleaning and greening of lots",
    summary="Crews clear vacant lots and streets of litter, debris and graffiti, plant grass and come back each month.",
    levers={"upkeep": 3.0},
    sources=(
        "form: cleared and kept (Branas and others 2018)",
        "assumption: the speed of clearing, three times what wear and city services do; cost of a crew",
    ),
    provider="the city, or residents it pays",
    targets="poorest",
    cost={"city": 6_000.0},
)
