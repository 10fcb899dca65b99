"""Programmes of co-production: what one is, those that come with the package, and a door for others."""

if __name__ != "coproduction.scenarios.programmes":
    raise ImportError(f"import this package as coproduction.scenarios.programmes, not as {__name__}")

from coproduction.scenarios.programmes.programme import Programme
from coproduction.scenarios.programmes.registry import library, register, unregister

__all__ = ["Programme", "library", "register", "unregister"]
