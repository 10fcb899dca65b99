"""Restorative conference: victim, offender and those near to them meet, led by a facilitator."""

from coproduction.scenarios.programmes.programme import Programme
from coproduction.simulation.evidence import fact

PROGRAMME = Programme(
    name="restorative_conference",
    title="Restorative conference",
    summary="Facilitators bring victims and offenders together who agree to it, and help victims afterwards.",
    levers={"conferences": 0.3, "victim_support": 0.3, "desistance": 0.15},
    sources=(
        fact("T2-19", "sign of desistance"),
        "assumption: sizes of all levers; three eligible cases in ten are referred",
    ),
    provider="a nonprofit with trained facilitators",
    cost={"county_state": 900.0, "nonprofit": 300.0},
)
