"""How this project compiles: one decorator for rules, one for kernels, one cache.

numba's cache does not notice an edit in another file than the kernel's own, so the cache folder is keyed by
a hash of every source of the simulation: an edited rule can never run as it was before.
"""

import hashlib
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, cast

from numba import njit
from numba.core import config
from numba.extending import overload, register_jitable

from coproduction.simulation._pipelines import KernelCompiler, RuleCompiler


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


_OPTIONS: dict[str, Any] = {"no_cfunc_wrapper": True}
"""Nothing here is called by the address of a C function; doors for that take time to compile."""
_OF_RULES: Any = {**_OPTIONS, "pipeline_class": RuleCompiler}


def rule[F: Callable[..., object]](function: F) -> F:
    """Mark a plain function as a rule: Python calls it as it is, kernels compile and inline it."""
    marked: F = register_jitable(**_OF_RULES)(function)
    return marked


def compiled_as[F: Callable[..., object]](other: Callable[..., object]) -> Callable[[F], F]:
    """Mark a plain function in whose place kernels run another, of the same arguments and to the same bits."""

    def mark(function: F) -> F:
        overload(function, strict=False, jit_options=_OF_RULES)(lambda *_: other)
        return function

    return mark


def kernel[F: Callable[..., object]](function: F) -> F:
    """Compile a loop over rows. No ``fastmath``: both engines must agree in every bit.

    Called from Python it is a program of its own, kept in the cache; a kernel that calls it takes it in as a rule.
    """
    compiled = njit(cache=True, nogil=True, pipeline_class=KernelCompiler, **_OPTIONS)(function)

    @wraps(function)
    def called(*arguments: object) -> object:
        return compiled(*arguments)

    return cast(F, compiled_as(function)(called))
