"""The same city as Mesa agents, each a window on one row of the arrays."""

if __name__ != "coproduction.agents":
    raise ImportError(f"import this package as coproduction.agents, not as {__name__}")
