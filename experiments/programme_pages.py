"""The library of programmes as text and as the page docs/programmes.md."""

import textwrap
from collections.abc import Mapping

from coproduction.scenarios.programmes import Programme, library
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters.declaration import unknown
from coproduction.simulation.parameters.levers import lever_declarations

WIDTH = 100
_UNITS = {row.key: row.unit for row in lever_declarations()}
_TOP = """# Programmes

Made by `coproduce programmes --markdown`; do not edit. A scenario runs a programme by naming it, and says only what is
to differ from here:

```toml
[programmes.foot_patrol]
dose = 2.0
targets = ["10", "20"]   # neighbourhoods of the city, or "all", "poorest", "hottest"
start_week = 4           # after the start of the policy
funded = "extra"         # not taken from the budget for policing

[pathways]
deterrence = false       # what is left without it
```

A programme moves levers, never crime. Its levers reach outcomes through the pathways named here; a pathway that a
scenario cuts leaves its levers at 0, and those of the policing arrangement as they were before the policy.

A programme of your own needs no change here. In Python, or in a package that names it as an entry point of the group
`coproduction.programmes` (then the command line knows it as well):

```python
from coproduction.scenarios.programmes import Programme, register

LIGHTING = Programme(
    name="street_lighting",
    title="Street lighting",
    summary="Streets are lit better.",
    levers={"design": 0.1},
    sources=("assumption: a tenth of what eyes and patrol give in a busy street",),
    provider="the city",
    targets="poorest",
    cost={"city": 4000.0},
)
register(LIGHTING)
```

```toml
[project.entry-points."coproduction.programmes"]
street_lighting = "my_package.programmes:LIGHTING"
```
"""


def as_text(name: str | None = None) -> str:
    """Return one programme in full, or all of them, a line each; raises ``DesignError`` when there is none such."""
    known = library()
    if name is None:
        width = max(map(len, known))
        return "\n".join(f"{p.name:<{width}}  {', '.join(p.pathways)}" for p in known.values())
    if name not in known:
        raise DesignError(f"programmes: name {unknown(name, known)}")
    return _wrapped("\n".join(f"{key}: {value}" for key, value in _facts(known[name])))


def as_markdown() -> str:
    """Return the page: every programme with its table of levers."""
    return "\n".join([_TOP, *(_section(programme) for programme in library().values())])


def _section(programme: Programme) -> str:
    rows = [f"| {key} | {amount:g} | {_UNITS[key]} |" for key, amount in programme.levers.items()]
    facts = [
        f"- {key}: {value}" for key, value in _facts(programme) if key not in {"title", "levers", "what"}
    ]
    lines = [f"## {programme.title}", "", programme.summary, "", *facts, ""]
    return "\n".join([*lines, "| lever | adds | unit |", "|---|---|---|", *rows, ""])


def _facts(programme: Programme) -> list[tuple[str, str]]:
    """Return what there is to know of a programme, in words."""
    members = (
        f"{programme.members_wanted:g} wanted and up to {programme.members_supported:g} kept per 1,000 residents, "
        f"log odds of joining {programme.invitation:+g}"
    )
    return [
        ("title", programme.title),
        ("name", f"`{programme.name}`"),
        ("what", programme.summary),
        ("pathways", ", ".join(programme.pathways)),
        ("levers", _amounts(programme.levers)),
        ("places", programme.targets if isinstance(programme.targets, str) else ", ".join(programme.targets)),
        ("provider", programme.provider),
        ("members", members if programme.is_voluntary else "none; paid staff"),
        ("cost, USD a year per 1,000 residents", _amounts(programme.cost)),
        ("cost, USD a year per member", _amounts(programme.member_cost)),
        ("sources", "; ".join(programme.sources)),
    ]


def _amounts(table: Mapping[str, float]) -> str:
    return ", ".join(f"{key} {value:g}" for key, value in table.items()) or "none"


def _wrapped(text: str) -> str:
    """Return text broken to the width of a terminal."""
    return "\n".join(textwrap.fill(line, WIDTH, subsequent_indent="    ") for line in text.splitlines())
