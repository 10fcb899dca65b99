"""How rules and kernels are compiled: each into what it is used for, and into nothing else."""

from typing import Any, NamedTuple, cast

import numpy as np
import pytest
from numba import njit
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import cpu_target

from coproduction.simulation._compiled import kernel, rule
from coproduction.simulation._pipelines import KernelCompiler, RuleCode
from coproduction.simulation.packed import Packed
from coproduction.simulation.state import Floats


@rule
def grown(value: float, by: float) -> float:
    return value * by + 1.0


@kernel
def grow(values: Floats, by: float) -> None:
    for place in range(len(values)):
        values[place] = grown(values[place], by)


@kernel
def grow_twice(values: Floats, by: float) -> None:
    grow(values, by)
    grow(values, by)


class Street(NamedTuple):
    homes: Any


def test_a_kernel_does_the_same_called_from_python_and_from_a_kernel() -> None:
    by_kernel, by_hand, expected = np.arange(5.0), np.arange(5.0), np.arange(5.0)
    grow_twice(by_kernel, 0.3)
    for _ in range(2):
        grow(by_hand, 0.3)
        expected[:] = [grown(value, 0.3) for value in expected]
    assert by_kernel.tobytes() == by_hand.tobytes() == expected.tobytes()


def test_what_is_kept_of_a_kernel_holds_names_and_no_rule() -> None:
    compiled = njit(pipeline_class=KernelCompiler, no_cfunc_wrapper=True)(lambda value: grown(value, 2.0))  # type: ignore[call-overload]
    assert compiled(3.0) == 7.0
    library = next(iter(compiled.overloads.values())).library
    kept = library._get_module_for_linking()
    defined = [function for function in kept.functions if not function.is_declaration]
    assert defined
    assert all(len(list(block.instructions)) == 1 for function in defined for block in function.blocks)
    assert not any("grown" in function.name for function in defined)


def test_a_rule_is_never_machine_code(monkeypatch: pytest.MonkeyPatch) -> None:
    made, program = [], cast(Any, JITCodeLibrary)
    finalize = program._finalize_specific

    def watched(library: Any) -> None:
        made.append(type(library).__name__)
        finalize(library)

    monkeypatch.setattr(program, "_finalize_specific", watched)
    context: Any = cpu_target.target_context
    with global_compiler_lock:
        cast(Any, RuleCode)(context.codegen(), "a rule").finalize()
        assert made == []
        program(context.codegen(), "a program").finalize()
    assert made == ["JITCodeLibrary"]


def test_packed_groups_are_of_one_type_when_their_fields_are() -> None:
    whole, other = Packed(Street(np.zeros(3, np.int32))), Packed(Street(np.ones(7, np.int32)))
    split = Packed(Street(np.zeros(3)))
    assert whole.kind == other.kind
    assert whole.kind != split.kind
    assert len(str(whole.kind)) < 60
