"""A lesson on true and recorded crime."""

if __name__ != "coproduction.dashboard.lessons.the_report_that_never_came":
    raise ImportError(
        f"import this package as coproduction.dashboard.lessons.the_report_that_never_came, not as {__name__}"
    )
