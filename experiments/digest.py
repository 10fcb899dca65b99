"""One short text for a whole result: equal if, and only if, every bit of it is equal."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import pandas as pd

    from coproduction.experiments.result import Result

FloatArray = NDArray[np.float64]

PARTS = ("outcomes", "series", "neighbourhoods", "quintiles", "cells", "ledger", "cases")


def digest_of_parts(result: "Result") -> dict[str, str]:
    """Give a digest of each part of a result, so that it can be said which part differs."""
    return {part: digest_of(getattr(result, part)) for part in PARTS}


def digest_of(value: Any) -> str:
    """Digest a table, an array, a mapping, a sequence, a text or a number; 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for piece in _pieces(value):
        digest.update(len(piece).to_bytes(8, "little"))
        digest.update(piece)
    return digest.hexdigest()[:16]


def _pieces(value: Any) -> Iterable[bytes]:
    if isinstance(value, Mapping):
        for key in value:
            yield str(key).encode()
            yield from _pieces(value[key])
    elif hasattr(value, "columns") and hasattr(value, "index"):
        yield from _table_pieces(value)
    elif isinstance(value, list | tuple):
        yield str(len(value)).encode()
        for item in value:
            yield from _pieces(item)
    else:
        yield from _array_pieces(np.asarray(value))


def _table_pieces(table: "pd.DataFrame") -> Iterable[bytes]:
    yield from _array_pieces(table.index.to_numpy())
    for name in table.columns:
        yield str(name).encode()
        yield from _array_pieces(table[name].to_numpy())


def _array_pieces(array: NDArray[Any]) -> Iterable[bytes]:
    """Give the shape and the values in one byte order and one width, whatever the machine."""
    yield str(array.shape).encode()
    if array.dtype.kind in "biu":
        yield array.astype("<i8").tobytes()
    elif array.dtype.kind == "f":
        # All not-a-numbers are one: their sign and payload are no result.
        yield np.where(np.isnan(array), np.nan, array).astype("<f8").tobytes()
    else:
        yield "\x1f".join(str(item) for item in array.ravel().tolist()).encode()
