"""``coproduce explain``: which terms make an agent's decisions, and the luck that settles them."""

from collections.abc import Callable
from typing import Any

import click

from coproduction.experiments.cli import options
from coproduction.experiments.cli.endings import NOT_SO
from coproduction.experiments.cli.progress import compile_once

PICK = "\0"
"""Value of an option that was given without a value: an agent of whom much can be told."""


def _agent(kind: str, metavar: str, told: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(f"--{kind}", is_flag=False, flag_value=PICK, default=None, metavar=metavar, help=told)


@click.command()
@click.argument("scenario_file", metavar="FILE_OR_PRESET")
@click.option(
    "--week", type=int, required=True, metavar="W", help="At the end of which week, from 1, burn-in included."
)
@_agent("resident", "[N]", "A resident, by number from 0.")
@_agent("offender", "[N]", "An offender, by number from 0.")
@_agent("neighbourhood", "[NAME]", "A neighbourhood, by name.")
@_agent("programme", "[NAME]", "A programme of the policy, by name.")
@_agent("officer", "[N]", "A post in the police, by number from 0.")
@_agent("co-responder", "[N]", "A post for a co-responder, by number from 0.")
@click.option("--city", is_flag=True, help="The city government.")
@options.seed
@options.residents
@click.option("--decision", metavar="KEY", help="One decision only: a word in brackets of the full account.")
@click.option("--sources", is_flag=True, help="Also where rules and numbers come from.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for programs.")
def explain(  # noqa: PLR0913 - one argument an option
    *, scenario_file: str, week: int, seed: int, residents: int | None, decision: str | None, sources: bool,
    as_json: bool, city: bool, **agents: str | None,
) -> None:  # fmt: skip
    """Explain an agent's decisions.

    Runs a scenario to the end of a week and shows, for one agent, the terms of each decision, the probability that they
    make, and the luck that settled it if it is taken in that watch. Without a number or a name, an agent of whom much
    can be told is chosen. Monthly decisions are taken in every fourth week.
    """
    kind, which = _asked_for(agents, city=city)
    scenario = options.scenario_of(scenario_file, residents)
    from coproduction.experiments.explanations.account import Question, check_question
    from coproduction.experiments.explanations.account import explain as account_of

    question = Question(kind, week, seed, which, decision)
    check_question(scenario, question)
    compile_once()
    account = account_of(scenario, question)
    click.echo(_as_json(account.as_data()) if as_json else account.text(sources=sources))
    if not account.true:
        raise click.exceptions.Exit(NOT_SO)


def _asked_for(agents: dict[str, str | None], *, city: bool) -> tuple[str, int | str | None]:
    """Return the one kind of agent asked for, and which one of it."""
    asked = [(kind, value) for kind, value in agents.items() if value is not None]
    if city:
        asked.append(("city", PICK))
    if len(asked) != 1:
        got = ", ".join(f"--{kind}".replace("_", "-") for kind, _ in asked) or "none"
        raise click.UsageError(
            f"one agent must be asked for, by --resident, --offender, --neighbourhood, --programme, --officer, "
            f"--co-responder or --city; got {got}."
        )
    kind, value = asked[0]
    if value == PICK:
        return kind, None
    return kind, int(value) if kind not in {"neighbourhood", "programme"} and _whole(value) else value


def _whole(value: str) -> bool:
    return value.removeprefix("-").isdecimal()


def _as_json(data: dict[str, Any]) -> str:
    import json

    return json.dumps(data, indent=1, ensure_ascii=False, default=float)
