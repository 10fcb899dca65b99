"""Message network: police alert members on their telephones, as the Dutch CitizenNet does, and members answer."""

from coproduction.scenarios.programmes.programme import Programme
from coproduction.simulation.evidence import fact

PROGRAMME = Programme(
    name="message_network",
    title="Message network",
    summary="The police send alerts to residents who signed up; they look out, answer, and lock up.",
    levers={"messages": 0.3, "witness_reporting": 0.5, "hardening": 0.05, "alarm": 0.3},
    sources=(
        fact("T3-24", "share of residents wanted as members"),
        "assumption: sizes of all levers; a member passes an alert on to some of those around",
    ),
    provider="the police, through a control room",
    members_wanted=46.0,
    members_supported=200.0,
    invitation=1.8,
    cost={"city": 800.0},
)
