"""State and numbers as kernels pass them on: one pointer instead of a thousand arguments.

numba hands a named tuple to a function field by field, an array as seven of them: a minute and a half of compiling.
A packed group is a row of words that say where the very same arrays are; it reads alike (``state.cells.boost``) and
travels as a pointer. Kernels only borrow: they count no references to what is packed, which would take two thirds of
a run, and whoever packed a state keeps it while they run.
"""

import hashlib
from collections.abc import Iterator
from typing import Any, cast

import numpy as np
from llvmlite import ir
from numba import typeof
from numba.core import cgutils, config, types
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate
from numba.extending import NativeValue, infer_getattr, models, register_model, typeof_impl, unbox
from numba.np.arrayobj import make_array, populate_array
from numpy.typing import NDArray

from coproduction.simulation.parameters import CrimeType, Numbers
from coproduction.simulation.state import State

WORD = ir.IntType(64)


class PackedType(types.Type):
    """Compiler's type of a packed named tuple: the types of its fields by name, in their order."""

    def __init__(self, name: str, fields: dict[str, types.Type]) -> None:
        self.fields = fields
        written = ", ".join(f"{field}: {kind}" for field, kind in fields.items())
        # A digest for short: compiled functions are called by the types of their arguments, written out.
        super().__init__(name=f"{name}_{hashlib.sha256(written.encode()).hexdigest()[:16]}")


class Packed:
    """A named tuple of arrays, numbers and packed named tuples as kernels take it; keeps alive what it points to."""

    def __init__(self, group: Any) -> None:
        self.group = group
        kinds = {name: typeof(part) for name, part in zip(group._fields, group, strict=True)}
        self.kind = PackedType(type(group).__name__, kinds)
        self.words = np.array(list(_words_of(group)), np.int64)
        self.address = int(self.words.ctypes.data)


def _words_of(value: Any) -> Iterator[int]:
    """Yield the words of 64 bits that stand for a value: of an array where it is, its shape and its strides."""
    if isinstance(value, tuple):
        for part in value:
            yield from _words_of(part)
    elif isinstance(value, np.ndarray):
        yield from (value.ctypes.data, *value.shape, *value.strides)
    elif isinstance(value, Packed):
        yield value.address
    else:
        yield int(np.float64(value).view(np.int64)) if isinstance(value, float) else int(value)


def _count(kind: Any) -> int:
    """Return how many words stand for a value of a type."""
    if isinstance(kind, types.BaseTuple):
        return sum(map(_count, _parts(kind)))
    return 1 + 2 * kind.ndim if isinstance(kind, types.Array) else 1


def _parts(kind: Any) -> list[Any]:
    return list(kind)


# --- What the compiler has to know of it ---------------------------------------------------------------------------


@typeof_impl.register(Packed)
def _type_of(packed: Packed, _: Any) -> PackedType:
    return packed.kind


@register_model(PackedType)
class _PackedModel(models.OpaqueModel):
    """An address and nothing else."""


@unbox(PackedType)  # type: ignore[untyped-decorator] # numba has no types for it
def _hand_over(_: PackedType, packed: Any, c: Any) -> NativeValue:
    address = c.pyapi.object_getattr_string(packed, "address")
    word = c.pyapi.long_as_longlong(address)
    c.pyapi.decref(address)
    return NativeValue(c.builder.inttoptr(word, cgutils.voidptr_t))


@infer_getattr
class _Fields(AttributeTemplate):
    key = PackedType

    def generic_resolve(self, kind: Any, name: str) -> Any:  # type: ignore[override]
        return kind.fields.get(name)


@lower_getattr_generic(PackedType)  # type: ignore[untyped-decorator]
def _read_field(context: Any, builder: Any, kind: PackedType, address: Any, name: str) -> Any:
    before = list(kind.fields)[: list(kind.fields).index(name)]
    words = builder.bitcast(address, WORD.as_pointer())
    return _read(context, builder, kind.fields[name], (words, sum(_count(kind.fields[b]) for b in before)))


def _read(context: Any, builder: Any, kind: Any, at: tuple[Any, int]) -> Any:
    """Return the value whose words begin at a place, (words, place)."""
    words, place = at
    if isinstance(kind, types.Array):
        return _read_array(context, builder, kind, at)
    if isinstance(kind, types.BaseTuple):
        parts = []
        for part in _parts(kind):
            parts.append(_read(context, builder, part, (words, place)))
            place += _count(part)
        return context.make_tuple(builder, kind, parts)
    word = _load(builder, words, place)
    if isinstance(kind, PackedType):
        return builder.inttoptr(word, cgutils.voidptr_t)
    return builder.bitcast(word, ir.DoubleType()) if isinstance(kind, types.Float) else word


def _read_array(context: Any, builder: Any, kind: Any, at: tuple[Any, int]) -> Any:
    """Return an array that nobody owns, so that no reference to it is counted."""
    words, place = at
    loaded = [_load(builder, words, place + n) for n in range(_count(kind))]
    item = context.get_data_type(kind.dtype)
    array = make_array(kind)(context, builder)
    populate_array(
        array,
        data=builder.inttoptr(loaded[0], item.as_pointer()),
        shape=loaded[1 : 1 + kind.ndim],
        strides=loaded[1 + kind.ndim :],
        itemsize=context.get_constant(types.intp, context.get_abi_sizeof(item)),
        meminfo=None,
    )
    return array._getvalue()  # noqa: SLF001 - numba has no other way


def _load(builder: Any, words: Any, place: int) -> Any:
    """Load a word, which never changes while a kernel runs."""
    word = builder.load(builder.gep(words, [ir.Constant(WORD, place)]))
    word.set_metadata("invariant.load", builder.module.add_metadata([]))
    return word


# --- What is packed ------------------------------------------------------------------------------------------------


def pack_state(state: State) -> State:
    """Return the state packed; it shares every array with the original and reads like it in kernels."""
    if not _compiles():
        return state
    groups: list[Any] = [Packed(group) for group in state]
    return cast(State, Packed(State(*groups)))


def pack_numbers(numbers: Numbers) -> Numbers:
    """Return the numbers packed; they read like the original in kernels. Whole numbers become what kernels expect.

    Types of crime become a table, so that the same compiled kernels serve any number of them.
    """
    exact = numbers._replace(
        parameters=as_floats(numbers.parameters),
        before=as_floats(numbers.before),
        after=as_floats(numbers.after),
    )
    if not _compiles():
        return exact
    crimes: Any = as_records(exact.parameters.crimes)
    parameters: Any = Packed(exact.parameters._replace(crimes=crimes))
    programmes: Any = Packed(exact.programmes)
    return cast(Numbers, Packed(exact._replace(parameters=parameters, programmes=programmes)))


def as_records(crimes: tuple[CrimeType, ...]) -> NDArray[np.void]:
    """Return types of crime as a table (K,) whose rows read like the originals: ``crimes[k].visibility``."""
    keys = CrimeType._fields[1:]
    return np.array([crime[1:] for crime in crimes], dtype=[(key, np.float64) for key in keys])


def as_floats(group: Any) -> Any:
    """Return a group of parameters with every number a float, so that ``_replace(meetings=12)`` is no new type."""
    if isinstance(group, str):
        return group
    if isinstance(group, int | float):
        return float(group)
    parts = [as_floats(part) for part in group]
    return type(group)(*parts) if hasattr(group, "_fields") else tuple(parts)


def _compiles() -> bool:
    """Say whether kernels are compiled; where they are plain functions they read the original."""
    return not getattr(config, "DISABLE_JIT", 0)
