"""An agent's account of its decisions at the end of a week of a run: what the command prints and an inspector shows."""

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coproduction.experiments.explanations.choosing import count, described, pick
from coproduction.experiments.explanations.explanation import Explanation
from coproduction.experiments.explanations.moment import Moment
from coproduction.experiments.explanations.subjects import ANSWERS, answers, decisions_of
from coproduction.experiments.explanations.watch import STREET, Watch
from coproduction.simulation.errors import DesignError
from coproduction.simulation.parameters.declaration import unknown

if TYPE_CHECKING:
    from coproduction.scenarios.scenario import Scenario

KINDS = tuple(ANSWERS)
NAMED = {"neighbourhood": "neighbourhoods", "programme": "programmes"}
"""Kinds that are asked for by name, and where their names stand."""


@dataclass(frozen=True, slots=True)
class Account:
    """What an agent has decided, or would decide, and why.

    kind          resident, offender, neighbourhood, city, programme, officer or co_responder
    index         of it among its kind, from 0
    name          in words
    described     who it is
    chosen        how it was chosen, empty when it was asked for
    scenario      title of the scenario
    seed          of the run
    watch         of the run in which decisions are explained: the last of the week
    explanations  in order
    """

    kind: str
    index: int
    name: str
    described: str
    chosen: str
    scenario: str
    seed: int
    watch: int
    explanations: tuple[Explanation, ...]

    @property
    def true(self) -> bool:
        """True when the terms of every explanation give its result to the last bit."""
        return all(each.holds for each in self.explanations)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain tables, as for JSON."""
        return dataclasses.asdict(self)

    def text(self, *, sources: bool = False) -> str:
        """Return it for a terminal of 100 columns; sources adds where rules and numbers come from."""
        from coproduction.experiments.explanations.text import account_text

        return account_text(self, sources=sources)


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be explained.

    kind      of agent, one of ``KINDS``
    week      at whose end, from 1 to the weeks of the run, burn-in included
    seed      of the run
    which     index, from 0, or a name for a neighbourhood or a programme; None picks one of whom much can be told
    decision  key of the one decision to explain; None all of them
    """

    kind: str
    week: int
    seed: int = 1
    which: int | str | None = None
    decision: str | None = None


def explain(scenario: "Scenario", question: Question) -> Account:
    """Run a city to the end of a week and explain an agent's decisions there.

    Raises
    ------
    DesignError
        There is no such kind, week, agent or decision, or offenders walk on a lattice.
    """
    check_question(scenario, question)
    kind, which = question.kind, question.which
    watch = Watch(scenario, question.seed, question.week)
    moment = watch.before(STREET)
    if count(kind, moment) == 0:
        raise DesignError(
            f"{scenario.source}: there must be at least one {kind} to explain; there is none. Explain another kind."
        )
    index, chosen = pick(kind, moment) if which is None else (_index(scenario, kind, which, moment), "")
    return Account(
        kind, index, _named(kind, moment, index), described(kind, moment, index), chosen, scenario.title,
        question.seed,
        watch.number, tuple(answers(kind, watch, index, question.decision)),
    )  # fmt: skip


def check_question(scenario: "Scenario", question: Question) -> None:
    """Refuse what cannot be explained before anything is run; raises ``DesignError``."""
    kind, week, decision = question.kind, question.week, question.decision
    source, weeks = scenario.source, scenario.burn_in_weeks + scenario.measured_weeks
    if kind not in ANSWERS:
        raise DesignError(f"{source}: kind of agent {unknown(kind, list(KINDS))}")
    if not 1 <= week <= weeks:
        raise DesignError(
            f"{source}: the week to explain must be between 1 and {weeks}, burn-in included; got {week}."
        )
    if decision is not None and decision not in decisions_of(kind):
        raise DesignError(f"{source}: decision of a {kind}: {unknown(decision, list(decisions_of(kind)))}")
    if kind == "offender" and scenario.parameters.setting.movement > 0.0:
        raise DesignError(
            f"{source}: [setting] movement must be 0 to explain offenders; got "
            f"{scenario.parameters.setting.movement:g}. On the lattice they have no journeys and no careers."
        )


def _index(scenario: "Scenario", kind: str, which: int | str, moment: Moment) -> int:
    """Return the index of the agent asked for; raises ``DesignError``."""
    if isinstance(which, str) and kind in NAMED:
        names = list(getattr(moment.names, NAMED[kind]))
        if which not in names:
            raise DesignError(f"{scenario.source}: {kind} {unknown(which, names)}")
        return names.index(which)
    most = count(kind, moment) - 1
    if not isinstance(which, int) or not 0 <= which <= most:
        raise DesignError(
            f"{scenario.source}: the {kind} must be a whole number from 0 to {most}; got {which}."
        )
    return which


def _named(kind: str, moment: Moment, index: int) -> str:
    if kind == "neighbourhood":
        return f"Neighbourhood {moment.place(index)}"
    if kind == "programme":
        return f"Programme {moment.programme(index)}"
    return "The city government" if kind == "city" else f"{kind.replace('_', '-').capitalize()} {index}"
