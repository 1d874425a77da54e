"""The solver's threads change the time it takes, never what is proven."""

import pytest

from scheduler import make_roster
from tests.rules.small import desk

SETTINGS = "[rules]\nmin_presence = {{ pre = 1 }}\npresence_price = 5\n[scheduler]\nsteps = 500\nthreads = {threads}"


def bound(threads: int) -> float:
    return make_roster(desk("min_rest_h = 11", SETTINGS.format(threads=threads), days=3)).outcome.bound


def test_two_threads_prove_what_one_does() -> None:
    """Protects the certificate: HiGHS refuses a run with other threads than its first, and the bound was lost."""
    assert bound(2) == pytest.approx(bound(1), rel=0.01)
    assert bound(1) > 0
