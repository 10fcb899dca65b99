"""Training for officers: to calm stops that come to a head, and to step in when a colleague goes too far."""

from coproduction.scenarios.programmes.programme import Programme

PROGRAMME = Programme(
    name="conduct_training",
    title="De-escalation and duty to intervene",
    summary="Officers learn to talk stops down that come to a head, and must step in when a colleague goes too far.",
    levers={"deescalation": 0.7, "duty_to_intervene": 0.7},
    sources=(
        "assumption: seven officers in ten carry it out; how often they succeed is in the table conduct",
        "assumption: 40 hours a year for 1.6 officers per 1,000 residents, at 81 USD an hour",
    ),
    provider="the police that serve the city",
    cost={"city": 5_200.0},
)
