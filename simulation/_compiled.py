"""How this project compiles: one decorator for rules, one for kernels, one cache.

numba's cache does not notice an edit in another file than the kernel's own, so the cache folder is keyed by
a hash of every source of the simulation: an edited rule can never run as it was before.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import cast

from numba import njit
from numba.core import config
from numba.extending import overload, register_jitable


def _source_key(folder: Path) -> str:
    """Hash of all sources below ``folder`` and of where they lie, 16 hexadecimal digits.

    numba's entries are by path: another copy of the same sources would compile in a folder that looks full.
    """
    digest = hashlib.sha256(str(folder.resolve()).encode())
    for file in sorted(folder.rglob("*.py")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def _cache_root() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "coproduction"


if "NUMBA_CACHE_DIR" not in os.environ:
    # numba reads its settings once, at import; the attribute is the only way to key the folder afterwards.
    setattr(config, "CACHE_DIR", str(_cache_root() / _source_key(Path(__file__).parent)))  # noqa: B010


def cache_folder() -> Path:
    """Folder that holds the compiled kernels of exactly these sources."""
    return Path(str(getattr(config, "CACHE_DIR", "")))


def rule[F: Callable[..., object]](function: F) -> F:
    """Mark a plain function as a rule: Python calls it as it is, kernels compile and inline it."""
    return register_jitable(function)


def compiled_as[F: Callable[..., object]](other: Callable[..., object]) -> Callable[[F], F]:
    """Mark a plain function in whose place kernels run another, of the same arguments and to the same bits."""

    def mark(function: F) -> F:
        overload(function, strict=False)(lambda *_: other)
        return function

    return mark


def kernel[F: Callable[..., object]](function: F) -> F:
    """Compile a loop over rows. No ``fastmath``: both engines must agree in every bit."""
    return cast(F, njit(cache=True, nogil=True)(function))
