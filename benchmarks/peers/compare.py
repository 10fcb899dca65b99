"""Coproduce beside other agent-based packages: agent-days per CPU second, as ratios within one run.

    benchmarks/peers/setup                                   # environments of the peers, once
    .venv/bin/python benchmarks/peers/compare.py [--rounds 5] [--residents 100000]

In each round everything is measured once, in turn, each in a process of its own on one thread; medians are over
rounds, and a ratio is the median of the rounds' ratios, so that what slows the machine for a while slows both. A peer
that is not installed is named and left out.
"""

import argparse
import json
import os
import resource
import runpy
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "benchmarks" / "peers"

RUN = runpy.run_path(str(ROOT / "benchmarks" / "run.py"))
"""What benchmarks/run.py defines: its list of events and its line on the machine."""

ONE_THREAD = dict.fromkeys(
    ("MKL_NUM_THREADS", "NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "POLARS_MAX_THREADS"),
    "1",
)
ENVIRONMENT = {**os.environ, **ONE_THREAD, "MPLBACKEND": "Agg", "STARSIM_INSTALL_FONTS": "0"}

CORE, CORE_SMALL, AGENTS = "core", "core, small city", "agents"

NOT_COMPARABLE = """\
What can be compared is the cost of keeping one person for one day in a model of that size, on one thread, set-up and
compilation left out. What such a day holds cannot:

- Covasim and Starsim go through every pair of contacts daily. The core pays for what happens (its events are listed)
  and goes through all residents once in four weeks: another design for other questions, no faster way to do theirs.
- An epidemic costs more while it is large; Starsim's stays small here.
- Steps of Mesa's examples and of mesa-frames are no days. Each is taken for one, which favours them: taken for a watch
  of 8 hours, the ratios would be three times as large.
- Mesa's examples keep a table of all agents at every step, as they are packaged; the core keeps weekly sums and case
  files; mesa-frames' exchange keeps nothing and has no space."""


@dataclass(frozen=True)
class Entry:
    """One thing to measure: the command that prints its figures as JSON, in the last line."""

    name: str
    command: list[str]


def ours(name: str, engine: str, residents: int, weeks: int) -> Entry:
    """Return the measure of benchmarks/run.py for one engine and size."""
    script = str(ROOT / "benchmarks" / "run.py")
    return Entry(name, [sys.executable, script, "--one", engine, str(residents), str(weeks)])


def peers(environments: Path, agents: int, small: int, weeks: int) -> list[Entry]:
    """Return the peers whose environment is there; the others are named on standard error."""
    days = 7 * (weeks + 4)
    table = (
        ("Covasim 3", "covasim3", "run_covasim", (agents, days)),
        ("Covasim", "covasim", "run_covasim", (agents, days)),
        ("Starsim", "starsim", "run_starsim", (agents, days)),
        ("Mesa, civil violence", "mesa", "run_mesa", ("civil_violence", small, 20)),
        ("Mesa, wealth", "mesa", "run_mesa", ("wealth", small, 20)),
        ("mesa-frames", "mesa_frames", "run_mesa_frames", (agents, 50)),
    )
    found = []
    for name, environment, script, arguments in table:
        python = environments / environment / "bin" / "python"
        if python.exists():
            found.append(Entry(name, [str(python), str(HERE / f"{script}.py"), *map(str, arguments)]))
        else:
            print(f"{name}: not measured, since {environment} is not installed", file=sys.stderr)
    return found


def figures(entry: Entry) -> dict[str, Any] | None:
    """Run one measure; None, and why on standard error, when it fails."""
    done = subprocess.run(entry.command, check=False, capture_output=True, text=True, env=ENVIRONMENT)
    if done.returncode:
        print(f"{entry.name}: failed\n{done.stderr[-600:]}", file=sys.stderr)
        return None
    read: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return as_peer(read) if "engine" in read else read


def as_peer(own: dict[str, Any]) -> dict[str, Any]:
    """Return our figures under the names that peers' scripts print: a step is a watch, a third of a day."""
    return {
        "package": "Coproduce",
        "model": f"coproduced, {own['engine']} engine",
        "version": version("coproduction"),
        "agents": own["residents"],
        "steps": own["watches"],
        "days_per_step": 1.0 / 3.0,
        "setup_seconds": own["build_seconds"],
        "seconds": own["seconds"],
        "rate": own["rate"] / 3.0,
        "contacts": None,
        "events": {event: own["activity"][event] for event in RUN["ACTIVITY"]},
        "all_events": own["activity"],
        "work": "offences, reports, calls, patrol and their decisions as they come up; all residents every four weeks",
    }


def help_seconds() -> float:
    """Return CPU seconds of `coproduce --help`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [str(Path(sys.executable).parent / "coproduce"), "--help"]
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(entries: list[Entry], rounds: int) -> dict[str, list[dict[str, Any]]]:
    """Measure all entries in turn, round by round; an entry that fails once is left out from then on."""
    measured: dict[str, list[dict[str, Any]]] = {entry.name: [] for entry in entries}
    for number in range(1, rounds + 1):
        for entry in entries:
            if len(measured[entry.name]) < number - 1:
                continue
            print(f"round {number} of {rounds}: {entry.name}", file=sys.stderr)
            read = figures(entry)
            if read is not None:
                measured[entry.name].append(read)
    return {name: rows for name, rows in measured.items() if len(rows) == rounds}


def ratio(measured: dict[str, list[dict[str, Any]]], ours_name: str, name: str) -> str:
    """Return how many times the agent-days per CPU second one of ours is of another: median and range of rounds."""
    pairs = zip(measured[ours_name], measured[name], strict=True)
    ratios = [mine["rate"] / other["rate"] for mine, other in pairs]
    if ours_name == name:
        return "1"
    return f"{median(ratios):,.3g} ({min(ratios):,.3g} to {max(ratios):,.3g})"


def speed_table(measured: dict[str, list[dict[str, Any]]]) -> str:
    """Return agent-days per CPU second and ratios, in Markdown."""
    head = (
        "| package | version | model | agents | steps | days a step | CPU s | million agent-days per CPU second | "
        "the core does times as many | the agents engine does times as many |"
    )
    lines = [head, "|---|---|---|---:|---:|---:|---:|---:|---:|---:|"]
    for name, rows in measured.items():
        row = rows[0]
        length = row["days_per_step"]
        cells = (
            row["package"],
            row["version"],
            row["model"],
            f"{row['agents']:,}",
            f"{row['steps']:,}",
            "none, taken for 1" if length is None else f"{length:.2g}",
            f"{median(r['seconds'] for r in rows):.2f}",
            f"{median(r['rate'] for r in rows) / 1e6:.3g}",
            ratio(measured, CORE, name),
            ratio(measured, AGENTS, name),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def work_table(measured: dict[str, list[dict[str, Any]]]) -> str:
    """Return what an agent's day is made of, in Markdown."""
    lines = [
        "| package | model | in a step | pairs of contacts per agent and step | events per 1,000 agents a year |",
        "|---|---|---|---:|---|",
    ]
    for rows in measured.values():
        row = rows[0]
        contacts = "-" if row["contacts"] is None else f"{row['contacts']:.1f}"
        events = ", ".join(f"{count:,.0f} {event}" for event, count in row["events"].items()) or "-"
        lines.append(f"| {row['package']} | {row['model']} | {row['work']} | {contacts} | {events} |")
    return "\n".join(lines)


def engines(measured: dict[str, list[dict[str, Any]]]) -> str:
    """Return the sentence on our two engines on the same city, after a check that the same things happened in both."""
    small, agents = measured[CORE_SMALL], measured[AGENTS]
    if any(mine["all_events"] != other["all_events"] for mine, other in zip(small, agents, strict=True)):
        raise RuntimeError("the two engines disagree on what happened: see tests/agreement")
    rate = median(row["rate"] for row in agents) * 3.0
    times = ratio(measured, CORE_SMALL, AGENTS)
    return (
        f"Core against agents engine, the same city of {agents[0]['agents']:,} residents and the same events: "
        f"{times} times. The agents engine does {rate:,.0f} resident-watches per CPU second."
    )


def main() -> None:
    """Measure all that is installed and print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5, help="times that everything is measured")
    parser.add_argument(
        "--residents", type=int, default=100_000, help="agents: core, Covasim, Starsim, mesa-frames"
    )
    parser.add_argument("--small", type=int, default=10_000, help="agents: agents engine, Mesa's examples")
    parser.add_argument(
        "--weeks", type=int, default=26, help="measured weeks, after 4 of burn-in; peers run both"
    )
    parser.add_argument(
        "--environments", type=Path, default=ROOT / ".venv-peers", help="where setup put the peers"
    )
    chosen = parser.parse_args()
    entries = [
        ours(CORE, "core", chosen.residents, chosen.weeks),
        ours(CORE_SMALL, "core", chosen.small, chosen.weeks),
        ours(AGENTS, "agents", chosen.small, chosen.weeks),
        *peers(chosen.environments, chosen.residents, chosen.small, chosen.weeks),
    ]
    measured = measure(entries, chosen.rounds)
    print(
        f"benchmarks/peers/compare.py, {chosen.rounds} rounds, medians (range of rounds). {RUN['machine']()}.\n"
    )
    print(speed_table(measured), work_table(measured), engines(measured), sep="\n\n")
    seconds = [help_seconds() for _ in range(chosen.rounds)]
    print(f"`coproduce --help`: {median(seconds):.2f} CPU seconds.\n\n{NOT_COMPARABLE}")


if __name__ == "__main__":
    main()
