"""How far a comparison has come, for whoever shows it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a comparison has come.

    done      runs finished, failed ones included
    planned   runs until the next look at the precision
    most      runs if it goes on to the ceiling
    failed    runs that failed
    so_far    one sentence on the first main outcome; empty before there are two pairs
    """

    done: int
    planned: int
    most: int
    failed: int
    so_far: str


Progress = Callable[[Advance], None]
"""Told after every replication how far the comparison has come."""
