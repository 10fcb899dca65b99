"""Nonprofits: organisations that work with youth and on the streets are founded where they are few."""

from coproduction.scenarios.programmes.programme import Programme

PROGRAMME = Programme(
    name="nonprofits",
    title="Community nonprofits",
    summary="Ten more organisations per 100,000 residents work with youth, families and on the streets.",
    levers={"organisations": 10.0},
    sources=(
        "definition: ten more per 100,000 residents, the step that was studied (Sharkey and others 2017)",
        "assumption: 200,000 USD a year for each, half by the city and half by donors",
    ),
    provider="nonprofits",
    targets="poorest",
    cost={"city": 10_000.0, "nonprofit": 10_000.0},
)
