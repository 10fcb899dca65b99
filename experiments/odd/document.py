"""The page docs/odd.md: prose by hand, tables from the code."""

import ast
from collections.abc import Iterable, Sequence
from pathlib import Path
from string import Template

from coproduction.experiments.odd.decisions_table import decisions, rule_functions
from coproduction.experiments.odd.state_columns import groups
from coproduction.simulation.evidence import evidence
from coproduction.simulation.outcomes import OUTCOMES
from coproduction.simulation.parameters import describe
from coproduction.simulation.schedule import CADENCE_NAMES, PHASES

PROSE = Path(__file__).parent / "prose.md"


def markdown() -> str:
    """Return the page."""
    declared = describe()
    return Template(PROSE.read_text(encoding="utf-8")).substitute(
        entities=_entities(),
        phases=_phases(),
        decisions=_decisions(),
        outcomes=_outcomes(),
        parameters=_parameters(),
        rules=_rules(),
        n_targets=sum(fact.use == "target" for fact in evidence().values()),
        n_parameters=len(declared),
        n_assumptions=sum(row.is_assumption for row in declared),
    )


def _entities() -> str:
    parts = []
    for group in groups():
        rows = [(c.name, c.meaning, c.unit, c.kind) for c in group.columns]
        parts.append(
            f"**{group.name}**: {group.about}\n\n{_table(('column', 'meaning', 'unit', 'type'), rows)}"
        )
    return "\n\n".join(parts)


def _phases() -> str:
    rows = [(str(i + 1), p.name, CADENCE_NAMES[p.cadence], p.reads, p.writes) for i, p in enumerate(PHASES)]
    return _table(("", "phase", "when", "reads", "writes"), rows)


def _decisions() -> str:
    rows = [
        (
            str(d.decision.value),
            d.decision.name.lower().replace("_", " "),
            d.whose,
            d.what,
            ", ".join(d.where),
            ", ".join("even chance" if one == "pick" else f"`{one}`" for one in d.decides),
        )
        for d in decisions()
    ]
    return _table(("number", "decision", "drawn for each", "what", "drawn in", "decided by"), rows)


def _outcomes() -> str:
    rows = [(o.label, o.unit, o.better, "yes" if o.main else "", f"`{o.name}`") for o in OUTCOMES]
    return _table(("outcome", "unit", "better", "main", "name"), rows)


def _parameters() -> str:
    rows = [
        (f"`{d.table}.{d.key}`", f"{d.default:g}", f"{d.low:g} to {d.high:g}", d.unit, d.role, d.source)
        for d in describe()
    ]
    return _table(("parameter", "default", "range", "unit", "role", "source"), rows)


def _rules() -> str:
    rows = [
        (f"`{module}.{node.name}`", _first_sentence(ast.get_docstring(node) or ""))
        for module, node in rule_functions()
    ]
    return _table(("rule", "what it gives"), rows)


def _first_sentence(docstring: str) -> str:
    return " ".join(docstring.split("\n\n", 1)[0].split())


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
