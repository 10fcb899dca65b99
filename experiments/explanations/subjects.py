"""Whose decisions can be explained: which questions each kind of agent answers, and when in the watch."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from coproduction.experiments.explanations import (
    careers,
    conduct,
    government,
    helping,
    intervening,
    offending,
    officers,
    places,
    portfolio,
    protecting,
    targets,
    telling,
)
from coproduction.experiments.explanations.explanation import Explanation
from coproduction.experiments.explanations.moment import Moment
from coproduction.experiments.explanations.watch import (
    CAREERS,
    COURT,
    ENLIST,
    PLANNED,
    PROTECT,
    STAFF,
    START,
    STREET,
    TIDY,
    UNITE,
    Watch,
)

Explain = Callable[[Moment, int], tuple[Explanation, ...]]
At = Callable[[Watch, int], Moment]


@dataclass(frozen=True, slots=True)
class Answer:
    """What explains some decisions of a kind of agent.

    decisions  their keys
    explain    the function
    at         the moment of the watch that it looks from
    """

    decisions: tuple[str, ...]
    explain: Explain
    at: At


def _just_before(phase: str) -> At:
    return lambda watch, _: watch.before(phase)


def _settled(met: bool) -> At:
    return lambda watch, resident: watch.settled(resident, met=met)


ANSWERS: dict[str, tuple[Answer, ...]] = {
    "resident": (
        Answer(("report_as_victim",), telling.report_as_victim, _just_before(STREET)),
        Answer(("report_as_witness",), telling.report_as_witness, _just_before(STREET)),
        Answer(("step_in",), intervening.step_in, _just_before(STREET)),
        Answer(("channel",), telling.channel, _just_before(STREET)),
        Answer(("court",), telling.court, _just_before(COURT)),
        Answer(("comes_to_a_head",), conduct.comes_to_a_head, _just_before(STREET)),
        Answer(("complains",), conduct.complains, _just_before(STREET)),
        Answer(("meeting",), helping.meeting, _settled(False)),
        Answer(("join", "leave"), helping.volunteering, _settled(True)),
        Answer(("join_programme", "leave_programme"), helping.programmes, _just_before(ENLIST)),
        Answer(("protect",), protecting.protection, _just_before(PROTECT)),
        Answer(("evening",), protecting.evening, _just_before(STREET)),
    ),
    "offender": (
        Answer(("attempt",), offending.attempt, _just_before(STREET)),
        Answer(("speciality", "type"), offending.speciality, _just_before(STREET)),
        Answer(("anchor",), offending.anchor, _just_before(STREET)),
        Answer(("where",), targets.where, _just_before(STREET)),
        Answer(("stopped",), targets.stopped, _just_before(STREET)),
        Answer(("begin", "give_up"), careers.career, _just_before(CAREERS)),
    ),
    "neighbourhood": (
        Answer(("efficacy",), places.efficacy, _just_before(UNITE)),
        Answer(("disorder",), places.disorder, _just_before(TIDY)),
        Answer(("claim",), places.claim, _just_before(UNITE)),
    ),
    "city": (
        Answer(("posts",), government.posts, _just_before(START)),
        Answer(("patrol",), government.patrol, _just_before(PLANNED)),
        Answer(("contract",), government.contract, _just_before(STREET)),
        Answer(("adopt",), government.adopt, _just_before(STREET)),
    ),
    "programme": (
        Answer(("strength",), portfolio.strength, _just_before(STREET)),
        Answer(("lever",), portfolio.levers, _just_before(STREET)),
    ),
    "officer": (
        Answer(("duty",), officers.duty, _just_before(STREET)),
        Answer(("stops",), officers.stops, _just_before(STREET)),
        Answer(("where",), officers.where, _just_before(STREET)),
        Answer(("questions",), officers.questions, _just_before(STREET)),
        Answer(("speaks",), officers.speaks, _just_before(STREET)),
        Answer(("fair",), conduct.treats_fairly, _just_before(STREET)),
        Answer(("calms", "excess"), conduct.force, _just_before(STREET)),
        Answer(("found_true",), conduct.found_true, _just_before(STREET)),
        Answer(("leaves",), conduct.leaves, _just_before(STAFF)),
    ),
    "co_responder": (Answer(("co_duty",), officers.co_responder_duty, _just_before(STREET)),),
}
"""By kind of agent; a new decision is a line here."""


def decisions_of(kind: str) -> tuple[str, ...]:
    """Return the keys of all decisions of a kind of agent."""
    return tuple(key for answer in ANSWERS[kind] for key in answer.decisions)


def answers(kind: str, watch: Watch, index: int, decision: str | None = None) -> Iterator[Explanation]:
    """Yield what explains the decisions of an agent in a watch, or of one of them."""
    for answer in ANSWERS[kind]:
        if decision is None or decision in answer.decisions:
            for found in answer.explain(answer.at(watch, index), index):
                if decision is None or found.decision == decision:
                    yield found
