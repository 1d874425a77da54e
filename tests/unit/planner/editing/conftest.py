"""The small plan, kept in a store of its own, with eleven hours of rest asked for."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from planner.editing.wanted import Standing, versions_seen
from planner.kept import keep, load_standing
from planner.planned import Planned
from store import Principal, Store, add_principal, open_store, owner, read_edits
from tests.views.tiny_plan import write_plan

ANN = Principal("ann@example.com", "manager", ("A",))


@dataclass
class World:
    """A stored plan."""

    store: Store
    plan: str

    def planned(self) -> Planned:
        """As it stands."""
        return load_standing(self.store, owner(), self.plan)

    def standing(self, seen: int | None = None) -> Standing:
        """As it stands, with the versions that were seen."""
        made, edits = self.planned().plan, read_edits(self.store, owner(), self.plan)
        newest = max((edit.id for edit in edits), default=0)
        return Standing(made.roster, made.duty, versions_seen(edits, newest if seen is None else seen))


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store's file with the plan in it, written once; and the plan's hash."""
    folder = tmp_path_factory.mktemp("editing")
    out = write_plan(folder / "out", folder / "desk", "min_rest_h = 11\n")
    store = open_store(f"sqlite:///{folder / 'store.db'}")
    add_principal(store, owner(), ANN)
    key = keep(store, ANN, out).hash
    store.engine.dispose()
    return folder / "store.db", key


@pytest.fixture
def world(tmp_path: Path, kept: tuple[Path, str]) -> World:
    """The plan in a store of the test's own."""
    file = Path(shutil.copy(kept[0], tmp_path / "store.db"))
    return World(open_store(f"sqlite:///{file}"), kept[1])
