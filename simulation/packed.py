"""State and numbers as kernels pass them on: one pointer instead of a thousand arguments.

numba hands a named tuple to a function field by field, an array as seven of them: a minute and a half of compiling.
A packed group holds the very same arrays, reads alike (``state.cells.boost``), and travels as a pointer.
"""

from typing import Any, cast

import numpy as np
from numba.core import config, types
from numba.experimental import structref
from numpy.typing import NDArray

from coproduction.simulation._compiled import kernel
from coproduction.simulation.parameters import CrimeType, Numbers, Portfolio
from coproduction.simulation.state import (
    Beats,
    Books,
    Calls,
    Cases,
    Cells,
    CoResponders,
    Government,
    Neighbourhoods,
    Offenders,
    Officers,
    Programmes,
    Rates,
    Residents,
    State,
    Ties,
)


class _Group(types.StructRef):
    def preprocess_fields(self, fields: Any) -> Any:
        """Forget that a value was known when it was packed, so that one compiled kernel serves all values."""
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


@structref.register
class ResidentsType(_Group):
    """Compiler's type of packed ``Residents``."""


@structref.register
class OffendersType(_Group):
    """Compiler's type of packed ``Offenders``."""


@structref.register
class OfficersType(_Group):
    """Compiler's type of packed ``Officers``."""


@structref.register
class CellsType(_Group):
    """Compiler's type of packed ``Cells``."""


@structref.register
class NeighbourhoodsType(_Group):
    """Compiler's type of packed ``Neighbourhoods``."""


@structref.register
class CasesType(_Group):
    """Compiler's type of packed ``Cases``."""


@structref.register
class GovernmentType(_Group):
    """Compiler's type of packed ``Government``."""


@structref.register
class BooksType(_Group):
    """Compiler's type of packed ``Books``."""


@structref.register
class RatesType(_Group):
    """Compiler's type of packed ``Rates``."""


@structref.register
class TiesType(_Group):
    """Compiler's type of packed ``Ties``."""


@structref.register
class ProgrammesType(_Group):
    """Compiler's type of packed ``Programmes``."""


@structref.register
class PortfolioType(_Group):
    """Compiler's type of a packed ``Portfolio``."""


@structref.register
class CoRespondersType(_Group):
    """Compiler's type of packed ``CoResponders``."""


@structref.register
class CallsType(_Group):
    """Compiler's type of packed ``Calls``."""


@structref.register
class BeatsType(_Group):
    """Compiler's type of packed ``Beats``."""


@structref.register
class StateType(_Group):
    """Compiler's type of packed ``State``."""


@structref.register
class NumbersType(_Group):
    """Compiler's type of packed ``Numbers``."""


class PackedResidents(structref.StructRefProxy):
    """Packed ``Residents``."""


class PackedOffenders(structref.StructRefProxy):
    """Packed ``Offenders``."""


class PackedOfficers(structref.StructRefProxy):
    """Packed ``Officers``."""


class PackedCells(structref.StructRefProxy):
    """Packed ``Cells``."""


class PackedNeighbourhoods(structref.StructRefProxy):
    """Packed ``Neighbourhoods``."""


class PackedCases(structref.StructRefProxy):
    """Packed ``Cases``."""


class PackedGovernment(structref.StructRefProxy):
    """Packed ``Government``."""


class PackedBooks(structref.StructRefProxy):
    """Packed ``Books``."""


class PackedRates(structref.StructRefProxy):
    """Packed ``Rates``."""


class PackedTies(structref.StructRefProxy):
    """Packed ``Ties``."""


class PackedProgrammes(structref.StructRefProxy):
    """Packed ``Programmes``."""


class PackedPortfolio(structref.StructRefProxy):
    """A packed ``Portfolio``."""


class PackedCoResponders(structref.StructRefProxy):
    """Packed ``CoResponders``."""


class PackedCalls(structref.StructRefProxy):
    """Packed ``Calls``."""


class PackedBeats(structref.StructRefProxy):
    """Packed ``Beats``."""


class PackedState(structref.StructRefProxy):
    """Packed ``State``."""


class PackedNumbers(structref.StructRefProxy):
    """Packed ``Numbers``."""


structref.define_proxy(PackedResidents, ResidentsType, list(Residents._fields))
structref.define_proxy(PackedOffenders, OffendersType, list(Offenders._fields))
structref.define_proxy(PackedOfficers, OfficersType, list(Officers._fields))
structref.define_proxy(PackedCells, CellsType, list(Cells._fields))
structref.define_proxy(PackedNeighbourhoods, NeighbourhoodsType, list(Neighbourhoods._fields))
structref.define_proxy(PackedCases, CasesType, list(Cases._fields))
structref.define_proxy(PackedGovernment, GovernmentType, list(Government._fields))
structref.define_proxy(PackedBooks, BooksType, list(Books._fields))
structref.define_proxy(PackedRates, RatesType, list(Rates._fields))
structref.define_proxy(PackedTies, TiesType, list(Ties._fields))
structref.define_proxy(PackedProgrammes, ProgrammesType, list(Programmes._fields))
structref.define_proxy(PackedPortfolio, PortfolioType, list(Portfolio._fields))
structref.define_proxy(PackedCoResponders, CoRespondersType, list(CoResponders._fields))
structref.define_proxy(PackedCalls, CallsType, list(Calls._fields))
structref.define_proxy(PackedBeats, BeatsType, list(Beats._fields))
structref.define_proxy(PackedState, StateType, list(State._fields))
structref.define_proxy(PackedNumbers, NumbersType, list(Numbers._fields))


@kernel
def _pack_state(state: Any) -> Any:
    return PackedState(
        PackedResidents(*state.residents),
        PackedOffenders(*state.offenders),
        PackedOfficers(*state.officers),
        PackedCells(*state.cells),
        PackedNeighbourhoods(*state.neighbourhoods),
        PackedCases(*state.cases),
        PackedGovernment(*state.government),
        PackedBooks(*state.books),
        PackedRates(*state.rates),
        PackedTies(*state.ties),
        PackedProgrammes(*state.programmes),
        PackedCoResponders(*state.co_responders),
        PackedCalls(*state.calls),
        PackedBeats(*state.beats),
    )


@kernel
def _pack_numbers(numbers: Any) -> Any:
    return PackedNumbers(
        numbers.parameters,
        numbers.before,
        numbers.after,
        numbers.policy_start,
        numbers.measured_from,
        PackedPortfolio(*numbers.programmes),
    )


def pack_state(state: State) -> State:
    """Return the state packed; it shares every array with the original and reads like it in kernels."""
    return cast(State, _pack_state(state)) if _compiles() else state


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
    return cast(Numbers, _pack_numbers(exact._replace(parameters=exact.parameters._replace(crimes=crimes))))


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
