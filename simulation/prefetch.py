"""Asking memory ahead of time for what is needed soon.

In a city that no cache holds, a read of a random resident or cell takes as long as hundreds of instructions, and a
processor that cannot see so far ahead stands still for each. A kernel that knows where its next steps will read says so
some steps before: then what takes long goes on beside the work. Nothing is read, so that no result can change.
"""

# mypy: disable-error-code="no-untyped-call, call-arg"
# numba and llvmlite have no types for what they are made of.

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, overload
from numpy.typing import NDArray

from coproduction.simulation._compiled import rule
from coproduction.simulation.state import Residents, State

AHEAD = 16
"""Steps ahead to ask for: some more than the lines that a processor fetches at once."""
READ, KEEP, DATA = 0, 3, 1
"""Arguments of LLVM's ``llvm.prefetch``: it will be read, kept in all caches, and is data."""


def prefetch(column: NDArray[Any], row: int) -> None:
    """Ask memory for a row of a column, shape (n,); in Python nothing has to be done.

    row  any number: nothing is read, so that one beyond the column does no harm
    """


@intrinsic
def _ask(typing: Any, column: Any, row: Any) -> Any:
    """Give numba the one instruction that this is."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        (step,) = cgutils.unpack_tuple(builder, array.strides, 1)
        place = builder.gep(builder.bitcast(array.data, byte), [builder.mul(arguments[1], step)])
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(function, [place, *(ir.Constant(number, n) for n in (READ, KEEP, DATA))])
        return context.get_dummy_value()

    return types.void(column, types.intp), code


@overload(prefetch, strict=False)
def _prefetch_compiled(column: Any, row: Any) -> Any:
    def ask(column: Any, row: Any) -> None:
        _ask(column, row)

    return ask


@rule
def ask_for_resident(residents: Residents, resident: int) -> None:
    """Ask for what offences and contacts with the police read or change of a resident, or of NOBODY."""
    prefetch(residents.neighbourhood, resident)
    prefetch(residents.group, resident)
    prefetch(residents.trust, resident)
    prefetch(residents.evidence, resident)
    prefetch(residents.fear, resident)
    prefetch(residents.silence, resident)


@rule
def ask_for_victim(state: State, case: int) -> None:
    """Ask for the victim of a case, if there is one more."""
    if case < state.cases.count[0]:
        ask_for_resident(state.residents, state.cases.victim[case])
        prefetch(state.ties.start, state.cases.victim[case])
