"""Foot patrol: officers of its own walk small beats in the places with most recorded crime."""

from coproduction.scenarios.programmes.programme import Programme
from coproduction.simulation.evidence import fact

PROGRAMME = Programme(
    name="foot_patrol",
    title="Foot patrol",
    summary="Officers walk beats where recorded crime is highest, are seen, speak with people, and stop some.",
    levers={"visible_stops": 100.0, "engagement": 0.15, "fairness": 0.02, "field_stops": 6.0},
    sources=(
        fact("T2-08", "sign of field_stops"),
        "assumption: one post per 1,000 residents of the beats, five watches a week of twenty stops each",
    ),
    provider="the police that serve the city",
    targets="hottest",
    cost={"city": 169_000.0},
)
