"""The two worlds, drawn once."""

import pytest

from data.drawn import Drawn
from data.sample import draw


@pytest.fixture(scope="session")
def small() -> Drawn:
    """World 618."""
    return draw("618")


@pytest.fixture(scope="session")
def large() -> Drawn:
    """World 1111."""
    return draw("1111")
