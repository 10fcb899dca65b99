"""How to come by what is on the screen without the page: as a command, and in Python."""

from coproduction.dashboard.changes import Change
from coproduction.dashboard.link import Shown


def as_command(shown: Shown, sources: tuple[str, str], residents: int) -> str:
    """Return commands: a comparison of both policies on many runs, and the same page.

    sources  what to call each policy by on the command line: a preset or a file
    """
    files = sources[0] if sources[0] == sources[1] else f"{sources[0]} {sources[1]}"
    start = f"coproduce dashboard {files} --residents {residents}"
    run = f"coproduce run {sources[0]} --seed {shown.seed} --residents {residents}"
    lines = [f"# this page; then open its address with ?{shown.query()}", start]
    if sources[0] != sources[1]:
        lines += ["# both policies over many runs", f"coproduce compare {files} --residents {residents}"]
    return "\n".join([*lines, "# A alone, without changes, to its end", run])


def in_python(shown: Shown, sources: tuple[str, str], residents: int) -> str:
    """Return a script that ends with both cities as they are on the screen."""
    changes = [("a", change) for change in shown.changes_a] + [("b", change) for change in shown.changes_b]
    watch = "session.first" if shown.watch is None else str(shown.watch)
    return "\n".join(
        [
            "from coproduction.dashboard.city_session import CitySession, Pair",
            "from coproduction.dashboard.openings import Openings",
            "from coproduction.scenarios.scenario import load, replace",
            "",
            f"a = replace(load({sources[0]!r}), residents={residents})",
            "b = a"
            if sources[0] == sources[1]
            else f"b = replace(load({sources[1]!r}), residents={residents})",
            f"session = CitySession(Pair(a, b, {shown.seed}), Openings())",
            *(_change(side, change) for side, change in changes),
            f"session.run_to({watch})",
            'state = session.worlds["b"].state  # every array of city B',
        ]
    )


def _change(side: str, change: Change) -> str:
    place = f"{change.table!r}, {change.key!r}, {change.value!r}"
    return f"session.plan({side!r}, {place}, watch={change.watch})"
