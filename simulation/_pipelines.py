"""What numba makes of rules and kernels: it compiles each of them for every use that a function can have.

A rule would be a program of its own, optimised in full and turned into machine code, though only kernels take it in.
A kernel would keep the code of all its rules at hand for others, though none takes it from there. Without the former
compiling takes little more than half the time, without the latter a process takes less memory.
"""

# mypy: disable-error-code="no-untyped-call"
# numba has no types for what it is made of.

from collections.abc import Iterable, Iterator
from typing import Any, override

from llvmlite import binding
from numba import _dynfunc  # type: ignore[attr-defined]
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.typed_passes import NativeLowering


class RuleCode(JITCodeLibrary):
    """Code of a rule, as kernels link it: what they do not inline or need, their own optimisation drops."""

    @override
    def _optimize_final_module(self) -> None:
        """Leave that to the kernel."""

    @override
    def _finalize_final_module(self) -> None:
        """Make no machine code."""
        self._finalize_dynamic_globals()
        self._finalized = True


class KernelCode(JITCodeLibrary):
    """Code of a kernel, as Python calls it; a kernel that is called by another is compiled anew with it, as a rule."""

    @override
    def _get_module_for_linking(self) -> Any:
        """Return its names alone: numba keeps this beside the machine code, and reads it again in every process."""
        self._ensure_finalized()
        functions = [
            f'define void @"{f.name}"() {{ unreachable }}' for f in _defined(self._final_module.functions)
        ]
        values = [f'@"{v.name}" = global i8 0' for v in _defined(self._final_module.global_variables)]
        return binding.parse_assembly("\n".join(functions + values))


def _defined(symbols: Iterable[Any]) -> Iterator[Any]:
    """Give those that other programs may see."""
    hidden = binding.Linkage.internal, binding.Linkage.private
    return (symbol for symbol in symbols if not symbol.is_declaration and symbol.linkage not in hidden)


def _code(kind: type[JITCodeLibrary], state: Any) -> JITCodeLibrary:
    library = kind(state.targetctx.codegen(), state.func_id.func_qualname)
    library.enable_object_caching()
    return library


@register_pass(mutates_CFG=True, analysis_only=False)
class LowerRule(NativeLowering):
    """Turn a typed rule into code to be linked."""

    _name = "lower_rule"

    def run_pass(self, state: Any) -> bool:
        state.library, state.flags.no_compile = _code(RuleCode, state), True
        super().run_pass(state)
        lowered, where = state["cr"], state["cr"].fndesc.lookup_module()
        # Kernels know a rule by a function that nobody calls.
        handle = _dynfunc.make_function(
            where, lowered.fndesc.qualname, "a rule", 0, lowered.env, (state.library,)
        )
        state.targetctx.insert_user_function(handle, lowered.fndesc, [state.library])
        state["cr"] = lowered._replace(cfunc=handle)
        return True


@register_pass(mutates_CFG=True, analysis_only=False)
class LowerKernel(NativeLowering):
    """Turn a typed kernel into machine code."""

    _name = "lower_kernel"

    def run_pass(self, state: Any) -> bool:
        state.library = _code(KernelCode, state)
        return bool(super().run_pass(state))


class _Compiler(CompilerBase):
    """numba's own pipeline with another last step."""

    lowering: type[NativeLowering]

    @override
    def define_pipelines(self) -> list[PassManager]:
        pipeline = DefaultPassBuilder.define_nopython_pipeline(self.state)
        pipeline.passes = [
            (self.lowering if step is NativeLowering else step, why) for step, why in pipeline.passes
        ]
        pipeline.finalize()
        return [pipeline]


class RuleCompiler(_Compiler):
    """Compiles rules, and kernels that are called by others."""

    lowering = LowerRule


class KernelCompiler(_Compiler):
    """Compiles kernels that are called from Python."""

    lowering = LowerKernel
