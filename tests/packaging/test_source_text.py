"""Nothing in the project's files may name a folder of one machine or a package registry."""

import re
from pathlib import Path

# Put together here, so that this file does not hold what it looks for.
HOME_FOLDERS = ("work", "root", "home", "Users", "tmp")
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "registry.npm" + "js.org", "deb" + ".debian.org")
MACHINE_PATH = re.compile(r"(?<![\w.\-/*}$)>~])/(?:" + "|".join(HOME_FOLDERS) + r")/[\w.]")
REGISTRY = re.compile("|".join(map(re.escape, REGISTRIES)))
INDEX_LINE = re.compile(r"^\s*(?:-i|-f|--(?:extra-)?index-url|--find-links|--trusted-host)\b", re.MULTILINE)


def _hits(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    found = []
    for path in files:
        text = path.read_bytes().decode("utf-8", errors="replace")
        found += [
            f"{path.name}:{text.count(chr(10), 0, hit.start()) + 1}: {hit[0]}"
            for hit in pattern.finditer(text)
        ]
    return found


def test_no_path_of_one_machine(source_files: list[Path]) -> None:
    assert not _hits(MACHINE_PATH, source_files)


def test_no_registry_address(source_files: list[Path]) -> None:
    assert not _hits(REGISTRY, source_files)


def test_no_index_line_in_requirements(root: Path) -> None:
    assert not _hits(INDEX_LINE, sorted((root / "requirements").iterdir()))


def test_patterns_see_what_they_look_for() -> None:
    assert MACHINE_PATH.search('"/' + 'work/main/x"')
    assert MACHINE_PATH.search("=/" + "root/.cache")
    assert not MACHINE_PATH.search("https://city.gov/home/data")
    assert REGISTRY.search("https://pypi" + ".org/simple")
    assert INDEX_LINE.search("numpy\n--index" + "-url x")
