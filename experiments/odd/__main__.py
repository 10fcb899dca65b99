"""``python -m coproduction.experiments.odd docs/odd.md`` renews the page."""

import sys
from pathlib import Path

from coproduction.experiments.odd.document import markdown

if __name__ == "__main__":
    Path(sys.argv[1]).write_text(markdown(), encoding="utf-8")
