"""The state of this installation: what is here, what is missing, and whether a tiny run gives what it should."""

import os
import platform
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

Verdict = Literal["ok", "note", "WRONG"]
OLDEST_PYTHON = (3, 12)
LEAST_MEMORY = 2 * 1024**3
"""Bytes: a comparison of the demo's size takes a few hundred MiB in each worker."""
FONT = "DejaVu Sans"
LOCK = Path(__file__).resolve().parent.parent / "requirements" / "run.txt"
"""In a clone; an installed copy has none."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: "ok", "note" (worth knowing) or "WRONG" (something will not work)."""

    verdict: Verdict
    subject: str
    said: str

    def line(self) -> str:
        """Return the finding as a line."""
        return f"{self.verdict:<6}{self.subject:<14}{self.said}"


def examine() -> Iterator[Finding]:
    """Look at one thing after the other; a check that fails by itself is a finding and not the end."""
    checks: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("Python", python),
        ("packages", packages),
        ("machine", machine),
        ("compiled", compiled),
        ("folder", folder),
        ("fonts", fonts),
        ("city", city),
        ("engines", engines),
    )
    for subject, check in checks:
        try:
            yield from check()
        except Exception as error:  # noqa: BLE001 - the doctor reports whatever is wrong
            yield Finding("WRONG", subject, f"{type(error).__name__}: {error}")


def python() -> Iterator[Finding]:
    """Look at the interpreter."""
    wanted = ".".join(map(str, OLDEST_PYTHON))
    good = sys.version_info >= OLDEST_PYTHON
    said = f"{platform.python_version()} ({platform.platform()})"
    yield Finding("ok" if good else "WRONG", "Python", said if good else f"{said}; needs {wanted} or newer")


def packages() -> Iterator[Finding]:
    """Look at each package that this one needs, against what it asks for and against the lock where there is one."""
    from packaging.requirements import Requirement

    yield Finding("ok", "coproduction", metadata.version("coproduction"))
    locked = _locked()
    for line in metadata.requires("coproduction") or []:
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            yield _package(wanted.name, str(wanted.specifier), locked.get(wanted.name.lower()))


def _package(name: str, specifier: str, locked: str | None) -> Finding:
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version

    try:
        here = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Finding("WRONG", name, "missing; install it")
    if not SpecifierSet(specifier).contains(here, prereleases=True):
        return Finding("WRONG", name, f"{here}; must be {specifier}")
    if locked is not None and Version(here) < Version(locked):
        return Finding("note", name, f"{here}; older than the {locked} that the project is tested with")
    return Finding("ok", name, here)


def _locked() -> dict[str, str]:
    """Return package to version as locked; empty where there is no lock to read."""
    if not LOCK.is_file():
        return {}
    found = re.findall(r"^([\w.\-]+)==([\w.]+)", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {name.lower(): version for name, version in found}


def machine() -> Iterator[Finding]:
    """Look at cores and memory."""
    from coproduction.experiments.execution import available_cores

    yield Finding("ok", "cores", f"{available_cores()} for this program")
    if not hasattr(os, "sysconf"):
        yield Finding("note", "memory", "cannot be asked for on this system")
        return
    size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    enough = size >= LEAST_MEMORY
    said = f"{size / 1024**3:.1f} GiB" + ("" if enough else "; little: use --workers 1")
    yield Finding("ok" if enough else "note", "memory", said)


def compiled() -> Iterator[Finding]:
    """Look at the folder of compiled kernels."""
    from coproduction.experiments.warm_up import is_compiled
    from coproduction.simulation._compiled import cache_folder

    place = cache_folder()
    existing = next(each for each in (place, *place.parents) if each.exists())
    if not os.access(existing, os.W_OK | os.X_OK):
        said = f"{place} cannot be written: every start compiles anew. Set NUMBA_CACHE_DIR to another folder"
        yield Finding("WRONG", "compiled", said)
    elif is_compiled():
        size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
        yield Finding("ok", "compiled", f"{place} ({size / 1024**2:.0f} MiB)")
    else:
        yield Finding("note", "compiled", f"not yet; the first run takes half a minute longer ({place})")


def folder() -> Iterator[Finding]:
    """Look at whether results can be written here."""
    here = Path.cwd()
    try:
        with tempfile.TemporaryFile(dir=here):
            yield Finding("ok", "this folder", f"{here} can be written to")
    except OSError as error:
        yield Finding("note", "this folder", f"{here} cannot be written to ({error.strerror}): use --out")


def fonts() -> Iterator[Finding]:
    """Look at whether the report's pictures find their letters."""
    from matplotlib import font_manager

    yield Finding("ok", "fonts", font_manager.findfont(FONT, fallback_to_default=False))


def city() -> Iterator[Finding]:
    """Look at the data that come with the package."""
    from coproduction.scenarios.cities import load_city, packaged_cities
    from coproduction.scenarios.scenario import presets

    titles = ", ".join(load_city(name).title for name in packaged_cities())
    yield Finding("ok", "cities", titles)
    yield Finding("ok", "presets", ", ".join(presets()))


def engines() -> Iterator[Finding]:
    """Run the smallest scenario on both engines and compare every bit."""
    from coproduction.experiments.digest import digest_of_parts
    from coproduction.experiments.warm_up import smallest_run

    found = {name: digest_of_parts(smallest_run(name)) for name in ("core", "agents")}
    differing = [part for part, digest in found["core"].items() if found["agents"][part] != digest]
    if differing:
        yield Finding("WRONG", "engines", f"core and agents differ in {', '.join(differing)}")
    else:
        yield Finding("ok", "engines", "core and agents give the same bits on a tiny run")
