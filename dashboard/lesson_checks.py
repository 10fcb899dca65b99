"""Whether a lesson's names are names of something: outcomes, policies, measures, facts, layers, changes."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from coproduction.dashboard.lesson_schema import CURVES, FIGURE, QUINTILES, LessonFileError, Predict, Try
from coproduction.simulation.errors import DesignError
from coproduction.simulation.outcomes import BY_NAME
from coproduction.simulation.parameters.declaration import unknown

if TYPE_CHECKING:
    from coproduction.dashboard.lesson_file import Lesson


def check(source: str, lesson: "Lesson") -> None:
    """Refuse names that nothing goes by, before a class meets them; raises ``LessonFileError``."""
    policies = [scenario.name for scenario in lesson.scenarios]
    for number, asked in enumerate(lesson.predict, start=1):
        where = f"{source}: [predict {number}]"
        _known(f"{where} outcome", asked.outcome, list(BY_NAME))
        _known(f"{where} policy", asked.policy, policies)
        _check_range(where, asked, policies[0])
    for outcome in lesson.compare.outcomes:
        _known(f"{source}: [compare] outcomes", outcome, list(BY_NAME))
    for column in lesson.compare.quintiles:
        _known(f"{source}: [compare] quintiles", column, list(QUINTILES))
    for curve in lesson.compare.curves:
        _known(f"{source}: [compare] curves", curve, list(CURVES))
    explain = lesson.explain
    if explain.answers and len(explain.answers) != len(explain.questions):
        raise LessonFileError(
            f"{source}: [explain] answers must be as many as questions, {len(explain.questions)}, or none; "
            f"got {len(explain.answers)}. Write one for each."
        )
    filled_in = [
        ("compare", lesson.compare.text),
        *(("explain", each) for each in (explain.account, *explain.answers)),
    ]
    for table, text in filled_in:
        _check_figures(f"{source}: [{table}]", text, policies)
    _check_sources(source, lesson.read.sources)
    for number, each in enumerate(lesson.tries, start=1):
        _check_try(f"{source}: [try {number}]", each, lesson)


def check_policy_names(lessons: "Iterable[Lesson]") -> None:
    """Refuse two policies of one name, since Explore would open the other one; raises ``LessonFileError``."""
    from coproduction.scenarios.scenario import load, presets

    known = {name: (load(name), f"the packaged {name}") for name in presets()}
    for lesson in lessons:
        for scenario in lesson.scenarios:
            other, whose = known.setdefault(scenario.name, (scenario, f"{lesson.name}/{scenario.source}"))
            if other.to_dict() != scenario.to_dict():
                raise LessonFileError(
                    f"{lesson.name}/{scenario.source}: [scenario] name must not be that of {whose}, which is another "
                    f"policy; got {scenario.name}. Change it in one file."
                )


def _known(where: str, given: str, known: list[str]) -> None:
    if given not in known:
        raise LessonFileError(f"{where} {unknown(given, known)}")


def _check_range(where: str, asked: Predict, baseline: str) -> None:
    if asked.answer == "change":
        if asked.policy == baseline:
            raise LessonFileError(
                f"{where} policy must not be {baseline}, which the others are compared with. Ask for another, or "
                'for its level with answer = "level".'
            )
        return
    if asked.low is None or asked.high is None or asked.low >= asked.high:
        raise LessonFileError(
            f"{where} low and high must be two numbers, the lower first, where the answer is a level; "
            f"got {asked.low} and {asked.high}. Add the range within which an answer makes sense."
        )


def _check_figures(where: str, text: str, policies: list[str]) -> None:
    for found in FIGURE.findall(text):
        policy, _, outcome = found.partition(".")
        if policy not in policies or outcome not in BY_NAME:
            raise LessonFileError(
                f"{where} {{{found}}} must be a policy and an outcome, such as {{{policies[-1]}.true_crime}}; "
                f"policies are {', '.join(policies)}. Write no other braces."
            )


def _check_sources(source: str, given: list[str]) -> None:
    from coproduction.simulation.evidence import evidence

    for each in given:
        if re.fullmatch(r"T\d+-\d+", each):
            _known(f"{source}: [read] sources", each, list(evidence()))


def _check_try(where: str, each: Try, lesson: "Lesson") -> None:
    from coproduction.dashboard.changes import read_change
    from coproduction.dashboard.layers import layers_of
    from coproduction.scenarios.scenario import presets
    from coproduction.simulation.parameters import names_of

    policies = [scenario.name for scenario in lesson.scenarios]
    for side, name in (("a", each.a), ("b", each.b)):
        if name is not None:
            _known(f"{where} {side}", name, [*dict.fromkeys([*policies, *presets()])])
    if each.layer is not None:
        _known(f"{where} layer", each.layer, list(layers_of(names_of(lesson.scenarios[0].parameters))))
    for key, texts in (("changes_a", each.changes_a), ("changes_b", each.changes_b)):
        for text in texts:
            try:
                read_change(text)
            except DesignError as error:
                raise LessonFileError(f"{where} {key}: {error}") from error
