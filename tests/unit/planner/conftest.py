"""The tiny desk, its hand-made plan and its output, once for all tests of the planner."""

from pathlib import Path

import pytest

from desk import Desk, load_desk
from planner.output.write import write_output
from planner.planned import Planned
from tests.golden.tiny import write_tiny
from tests.unit.planner.made import made


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("tiny") / "desk")


@pytest.fixture(scope="session")
def desk(tiny: Path) -> Desk:
    return load_desk(tiny)


@pytest.fixture(scope="session")
def planned(desk: Desk) -> Planned:
    return made(desk)


@pytest.fixture(scope="session")
def out(planned: Planned, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output") / "out"
    write_output(planned, folder, lang="en")
    return folder
