"""A lesson on contracting against volunteering at the same budget."""

if __name__ != "coproduction.dashboard.lessons.contract_or_community":
    raise ImportError(
        f"import this package as coproduction.dashboard.lessons.contract_or_community, not as {__name__}"
    )
