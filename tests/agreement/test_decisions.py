"""Every decision that luck enters is drawn in one place of the core and in one place of the agents."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import coproduction.agents
import coproduction.simulation
from coproduction.simulation.decisions import Decision

CORE = Path(str(coproduction.simulation.__file__)).parent
AGENTS = Path(str(coproduction.agents.__file__)).parent

SAME_LUCK = {
    Decision.AWAY: 2,  # one whereabouts a watch, whoever looks: one by one, and in rows for stops of a beat
    Decision.ATTEMPT: 2,  # awareness space or lattice, never both
    Decision.MOMENT: 2,  # as ATTEMPT
    Decision.VICTIM: 2,  # whose home is tried, and who then is the victim
    Decision.ENLIST: 2,  # as JOIN
    Decision.JOIN: 2,  # the wish, and the order in which places go to those who wish
}
"""Decisions named in more than one place of the core, with their number and why it is one piece of luck."""

SETTLED_FOR_BOTH = {
    Decision.ADOPTED,
    Decision.TRAVEL,
    Decision.SERVICE,
    Decision.SCENE_ARREST,
    Decision.CALL_SERVICE,
    Decision.CALL_TYPE,
    Decision.CALL_SECOND,
    Decision.CALL_SHARED,
}
"""Drawn where both engines settle what is shared, and so not by agents."""


def drawn(folder: Path) -> Iterator[Decision]:
    """Yield each decision as often as it is handed to a function that draws."""
    for file in sorted(folder.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                for argument in call.args:
                    if isinstance(argument, ast.Attribute) and ast.unparse(argument.value) == "Decision":
                        yield Decision[argument.attr]


def test_every_decision_is_drawn_in_one_place_of_the_core() -> None:
    assert Counter(drawn(CORE)) == {decision: SAME_LUCK.get(decision, 1) for decision in Decision}


def test_every_decision_is_drawn_in_one_place_of_the_agents() -> None:
    expected = {decision: 1 for decision in Decision if decision not in SETTLED_FOR_BOTH}
    assert Counter(drawn(AGENTS)) == {**expected, Decision.ATTEMPT: 2}
