"""How a command ends: with its result, or with one sentence on the standard error stream and an exit code."""

import os
import sys
from collections.abc import Sequence
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from coproduction.simulation.errors import CoproductionError

DONE, NOT_SO, CANNOT, INTERRUPTED, READER_LEFT = 0, 1, 2, 130, 141
"""Exit codes: done; a check did not hold; asked for what cannot be; Ctrl-C; whoever read the output has gone."""

STOPPED = "stopped on request; nothing half-written is left behind."


class CommandLine(click.Group):
    """The commands together, ending on mistakes of the user with one line and without a traceback.

    Errors of the program itself keep their traceback: they are to be reported, not hidden.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a newcomer needs them, not the alphabet's."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Carry out a command; end quietly when whoever reads the output has gone, as a pager does."""
        try:
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _write_nowhere()
            ctx.exit(READER_LEFT)
        return answer

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Carry out a command and exit; without ``standalone_mode``, let errors through to the caller."""

        def carry_out() -> Any:
            return super(CommandLine, self).main(
                args, prog_name or "coproduce", complete_var, standalone_mode=False, **extra
            )

        if not standalone_mode:
            return carry_out()
        sys.exit(_exit_code(carry_out))


def _exit_code(carry_out: Any) -> int:
    _never_fail_on_letters()
    try:
        answer = carry_out()
    except NoArgsIsHelpError as error:
        error.show()
        return CANNOT
    except click.UsageError as error:
        say(f"{one_line(error.format_message())} {_where_help_is(error)}")
        return CANNOT
    except click.ClickException as error:
        say(one_line(error.format_message()))
        return CANNOT
    except CoproductionError as error:
        say(one_line(str(error)))
        return CANNOT
    except click.Abort as abort:
        if isinstance(abort.__cause__, EOFError):  # nothing here reads from a terminal: a mistake of ours
            raise abort.__cause__ from None
        say(STOPPED)
        return INTERRUPTED
    return answer if isinstance(answer, int) else DONE


def say(sentence: str) -> None:
    """Write one line to the standard error stream, under the program's name."""
    click.echo(f"coproduce: {sentence}", err=True)


def tell(sentence: str) -> None:
    """Write a line on how the work goes to the standard error stream, so that results can be piped."""
    click.echo(sentence, err=True)


def one_line(text: str) -> str:
    """Return the text with line breaks and other white space as single spaces."""
    return " ".join(text.split())


def _never_fail_on_letters() -> None:
    """Show a sign that the terminal cannot write as a question mark, rather than fail on it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _where_help_is(error: click.UsageError) -> str:
    path = error.ctx.command_path if error.ctx else "coproduce"
    return f"See: {path} --help"


def _write_nowhere() -> None:
    """Let the interpreter's last flush go nowhere; it would complain about the closed pipe."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
