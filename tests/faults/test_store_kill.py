"""Writers of the store killed at random moments, and a disk that takes nothing more, on both databases."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from desk import Desk, InputError
from store import Store, import_contacts, list_contact_logs, list_plans, open_store, save_desk, save_plan, verify
from tests.faults.forked import forked
from tests.faults.store_kills import still_writes, trial
from tests.unit.store.conftest import made_small, server
from tests.unit.store.server import run_as_server
from tests.unit.store.world import OWNER, contacts, files, new_desk

__all__ = ["server"]
resource = pytest.importorskip("resource")
KILLS = 10
PAGE = 4096
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills and limits processes")


@pytest.fixture
def databases(server: str) -> Callable[[str], str]:
    """Makes an empty database of a name."""

    def make(name: str) -> str:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"{server}/{name}"

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    """Addresses of two stores that do not exist yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'shared.db'}", f"sqlite:///{tmp_path / 'moving.db'}"
    make = request.getfixturevalue("databases")
    return make("kill_shared"), make("kill_moving")


def test_killed_writers_lose_nothing(places: tuple[str, str], tmp_path: Path) -> None:
    """Four writers save, import, publish and migrate; whichever is killed whenever, every acknowledged save is there
    and nothing is half there. `python -m tests.faults.store_kills` does it 500 times."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.contact_log.BATCH_ROWS", 15)
        told = trial(*places, tmp_path, KILLS, seed=3)
    assert sum(told.values()) > 0
    still_writes(open_store(places[0]))


def filled(address: str) -> tuple[Store, str]:
    """A store with a desk and a plan in it."""
    desk: Desk = new_desk(made_small())
    opened = open_store(address)
    key = save_desk(opened, OWNER, desk).hash
    save_plan(opened, OWNER, files("first"), key)
    return opened, key


def big(name: str, size: int = 8 * PAGE) -> dict[str, bytes]:
    """A plan with bytes that don't compress."""
    return files(name) | {"big.bin": os.urandom(size)}


def attempt(address: str, key: str, limit: int | None, name: str) -> None:
    """Save a plan with files of at most ``limit`` bytes; the process ends with 0 where it was acknowledged, with 3
    where it was refused in words."""
    if limit is not None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        store = open_store(address)
        save_plan(store, OWNER, big(name), key)
    except InputError as error:
        os._exit(3 if [finding.code for finding in error.findings] == ["store_unusable"] else 4)
    os._exit(0)


def ended(address: str, key: str, limit: int | None, name: str) -> int:
    """How such a process ends."""
    process = forked(attempt, address, key, limit, name)
    process.join(60)
    assert process.exitcode is not None
    return process.exitcode


def test_a_write_that_fails_anywhere_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """The n-th page of the file or its journal can't be written, for every n: refused in words, nothing lost, nothing
    half there, and the next save works."""
    path = tmp_path / "peakdesk.db"
    address = f"sqlite:///{path}"
    store, key = filled(address)
    size, codes = path.stat().st_size, []
    for number, limit in enumerate(range(0, size + 20 * PAGE, 8 * PAGE)):
        before = {plan.hash for plan in list_plans(store, OWNER)}
        codes.append(ended(address, key, limit, f"plan {number}"))
        assert verify(store, OWNER) == ()
        now = {plan.hash for plan in list_plans(store, OWNER)}
        assert before <= now
        assert len(now - before) == (codes[-1] == 0)
    assert codes[0] == 3
    assert codes[-1] == 0
    assert set(codes) == {0, 3}


def mounted(folder: Path, size_kb: int) -> bool:
    """Whether a file system of that size could be mounted there."""
    words = ["mount", "-t", "tmpfs", "-o", f"size={size_kb}k", "tmpfs", str(folder)]
    return shutil.which("mount") is not None and subprocess.run(words, capture_output=True, check=False).returncode == 0


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    """On a file system that fills up saves and imports end in a sentence; what was acknowledged stays, and there is
    room again once the disk has some."""
    if not mounted(tmp_path, 1500):
        pytest.skip("no file system can be mounted here")
    try:
        address = f"sqlite:///{tmp_path / 'peakdesk.db'}"
        store, key = filled(address)
        kept = fill_up(store, key)
        with pytest.raises(InputError, match="full") as error:
            import_contacts(store, OWNER, "june", contacts(20_000), key)
        assert error.value.report("zh") != error.value.report("en")
        assert list_contact_logs(store, OWNER) == ()
        assert {plan.hash for plan in list_plans(store, OWNER)} >= kept
        assert verify(store, OWNER) == ()
        subprocess.run(["mount", "-o", "remount,size=8000k", str(tmp_path)], check=True)
        save_plan(store, OWNER, big("room again"), key)
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def fill_up(store: Store, key: str, size: int = 8 * PAGE) -> set[str]:
    """Save until there is no more room, which must be said in words; what was acknowledged."""
    kept: set[str] = set()
    with pytest.raises(InputError, match=r"full|large") as error:
        save_for_ever(store, key, size, kept)
    wanted = "store_server_unusable" if store.path is None else "store_unusable"
    assert [finding.code for finding in error.value.findings] == [wanted]
    return kept


def save_for_ever(store: Store, key: str, size: int, kept: set[str]) -> None:
    for number in range(200):
        kept.add(save_plan(store, OWNER, big(f"plan {number}", size), key).hash)


@pytest.mark.skipif(shutil.which("prlimit") is None, reason="no prlimit")
def test_a_server_that_can_write_no_more_is_said_and_loses_nothing(databases: Callable[[str], str]) -> None:
    """PostgreSQL whose files can't grow refuses in words; what was acknowledged stays, and it goes on afterwards."""
    store, key = filled(databases("narrow"))
    with store.reading() as connection:
        folder = Path(str(connection.exec_driver_sql("SHOW data_directory").scalar()))
    postmaster = (folder / "postmaster.pid").read_text().split()[0]
    grown = 17 * 2**20
    run_as_server("prlimit", "--pid", postmaster, f"--fsize={grown}:")
    try:
        kept = fill_up(store, key, 2**20)
        before = {plan.hash for plan in list_plans(store, OWNER)}
        assert len(kept) > 2
        assert kept <= before
    finally:
        run_as_server("prlimit", "--pid", postmaster, "--fsize=unlimited:")
    assert verify(store, OWNER) == ()
    after = save_plan(store, OWNER, big("room again"), key).hash
    assert {plan.hash for plan in list_plans(store, OWNER)} == before | {after}
