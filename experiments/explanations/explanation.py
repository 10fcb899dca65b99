"""What an explanation is: a question, the terms that answer it, what they come to, and the luck that settled it."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from coproduction.experiments.explanations.forms import FORMS, Form

PROBABILITY = "probability"
LOG_ODDS, LOG_HAZARD = "log odds", "log hazard"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a decision.

    name    in words
    value   as the rule takes it, in ``unit``
    unit    in words, the scale on which terms are put together
    detail  what it is made of, with numbers
    source  where the number behind it comes from, as its parameter declares it; empty for what is only counted
    """

    name: str
    value: float
    unit: str
    detail: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One decision of one agent.

    decision  key, such as report_as_victim; several explanations may share it
    about     what tells these apart (type of crime, domain, programme), or empty
    question  in plain English
    terms     in the order in which the rule puts them together
    form      how it does so, a key of ``FORMS``
    result    what the model's own rule gives, in ``unit``
    draw      luck, 0 to 1, if the decision is taken in this watch; the answer is yes below the result
    outcome   in words, None if the decision is not taken in this watch
    rule      name of the rule
    theory    what the rule's docstring says
    notes     sentences on what else is to be known
    """

    decision: str
    question: str
    terms: tuple[Term, ...]
    form: str
    result: float
    rule: str
    theory: str
    about: str = ""
    unit: str = PROBABILITY
    draw: float | None = None
    outcome: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def how(self) -> Form:
        """How terms make the result."""
        return FORMS[self.form]

    @property
    def recomputed(self) -> float:
        """The result once more, from nothing but the terms."""
        return self.how.combine([term.value for term in self.terms])

    @property
    def holds(self) -> bool:
        """True when the terms give the rule's own result to the last bit."""
        return self.recomputed == self.result

    def without(self, place: int) -> float:
        """Return what the terms would give if the one in a place were 0, all else as it is."""
        values = [term.value for term in self.terms]
        values[place] = 0.0
        return self.how.combine(values)

    @property
    def shares(self) -> tuple[float, ...]:
        """Of a choice: the chance of each option, in the order of the terms."""
        total = sum(term.value for term in self.terms)
        return tuple(term.value / total if total > 0.0 else 0.0 for term in self.terms)

    @property
    def likeliest(self) -> str:
        """Of a choice: the name of the option with the highest chance, which is the result; else nothing."""
        if self.form != "choice" or not self.terms:
            return ""
        return max(self.terms, key=lambda term: term.value).name

    def as_data(self) -> dict[str, Any]:
        """Return it as plain tables, as for JSON."""
        return dataclasses.asdict(self)
