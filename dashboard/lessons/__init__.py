"""Lessons: one folder each, with a lesson.toml and scenario files. No code."""

if __name__ != "coproduction.dashboard.lessons":
    raise ImportError(f"import this package as coproduction.dashboard.lessons, not as {__name__}")
