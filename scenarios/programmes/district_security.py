"""District security: an improvement district pays private guards and upkeep of its streets by a levy on owners."""

from coproduction.scenarios.programmes.programme import Programme

PROGRAMME = Programme(
    name="district_security",
    title="Security of an improvement district",
    summary="Owners in a district pay a levy for guards on foot, lamps and upkeep within it.",
    levers={"visible_stops": 60.0, "design": 0.15, "hardening": 0.1},
    sources=(
        "assumption: sizes of all levers; a guard at half the cost of an officer's post per 1,000 residents",
    ),
    provider="a private firm, hired by the district",
    cost={"district": 90_000.0},
    funded="extra",
)
