"""``coproduce`` itself: what it is for, and its commands in the order in which a newcomer needs them."""

import click

from coproduction.experiments.cli import (
    checking,
    cities,
    comparing,
    dashboard,
    explaining,
    lesson,
    reference,
    running,
    sweeping,
)
from coproduction.experiments.cli.endings import CommandLine

COMMANDS = (
    comparing.demo,
    running.run,
    explaining.explain,
    comparing.compare,
    sweeping.sweep,
    comparing.report,
    dashboard.dashboard,
    lesson.lesson,
    running.replay,
    cities.city,
    reference.schema,
    reference.programmes,
    checking.doctor,
    checking.oracles,
    checking.validate,
    checking.facts,
)


@click.group(
    cls=CommandLine,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with: coproduce demo --quick. Everything is explained in docs/command_line.md.",
)
@click.version_option(package_name="coproduction", message="coproduce %(version)s")
def main() -> None:
    """Compare ways to police a city, with and without its residents, in a model.

    Prints results on the standard output, progress on the standard error stream. Exit codes: 0 done, 1 a check did not
    hold, 2 something was asked for that cannot be, 130 stopped with Ctrl-C.
    """


for _command in COMMANDS:
    main.add_command(_command)
