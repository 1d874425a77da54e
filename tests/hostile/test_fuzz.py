"""Mutated files end in a desk or in findings."""

from math import inf

from tests.hostile.fuzz import crashes

ROUNDS = 60


def test_no_mutated_file_breaks_a_reader() -> None:
    """A few of the files that the fuzzer makes by the hour."""
    assert list(crashes(iter(range(ROUNDS)), inf)) == []
