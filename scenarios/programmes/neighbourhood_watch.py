"""Neighbourhood watch: neighbours look out for each other's homes, tell each other and the police, and meet."""

from coproduction.scenarios.programmes.programme import Programme
from coproduction.simulation.evidence import fact

PROGRAMME = Programme(
    name="neighbourhood_watch",
    title="Neighbourhood watch",
    summary="Residents who join watch homes, tell police and each other what they see, and walk the streets a little.",
    levers={
        "witness_reporting": 0.6,
        "certainty": 0.04,
        "member_patrols": 150.0,
        "hardening": 0.15,
        "design": 0.03,
        "meetings": 4.0,
        "alarm": 0.4,
    },
    sources=(
        fact("T3-27", "sign of witness_reporting"),
        fact("T2-04", "sign of alarm"),
        "assumption: sizes of all levers, which nobody has measured by themselves; one member in ten residents",
    ),
    provider="residents, with an officer who coordinates",
    members_wanted=100.0,
    members_supported=120.0,
    invitation=2.3,
    cost={"city": 1200.0},
    member_cost={"residents": 10.0},
)
