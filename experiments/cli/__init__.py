"""The command line, ``coproduce``: one module a group of commands.

Importing it is cheap, so that ``coproduce --help`` and a mistyped word answer at once: a command imports what it
needs when it runs.
"""

if __name__ != "coproduction.experiments.cli":
    raise ImportError(f"import this package as coproduction.experiments.cli, not as {__name__}")

from coproduction.experiments.cli.command_line import main

__all__ = ["main"]
