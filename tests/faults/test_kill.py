"""Killing at any moment leaves the old output or the new one, whole, and the next run cleans up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from planner.output.layout import manifest_of
from planner.output.manifest import changed_files, hashes
from planner.output.read import read_output
from planner.output.staging import leftovers, recover
from tests.golden.tiny import write_tiny

ROOT = Path(__file__).parents[2]
KILLS = 3


@contextmanager
def process(*words: str) -> Iterator["subprocess.Popen[str]"]:
    """A process group of its own, killed at the end with everything it started."""
    env = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT)}
    running = subprocess.Popen(
        [sys.executable, *words], stdout=subprocess.PIPE, text=True, cwd=ROOT, env=env, start_new_session=True
    )
    try:
        yield running
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        if running.stdout is not None:
            running.stdout.close()


def is_whole(out: Path) -> bool:
    """Every file is there, as plan.json says, and no other."""
    manifest = manifest_of(out)
    return (
        manifest is not None
        and not changed_files(hashes(out), manifest["files"])
        and set(hashes(out)) == set(manifest["files"]) | {"plan.json"}
    )


@pytest.mark.parametrize("exchange", ["yes", "no"])
@pytest.mark.skipif(sys.platform == "win32", reason="kills process groups")
def test_a_writer_killed_at_random_moments(tmp_path: Path, exchange: str) -> None:
    """Kills in the middle of endless writing: the output is whole each time (after two renames cut short, as
    soon as anybody looks), and never older than what was reported as written."""
    desk, out = write_tiny(tmp_path / "desk"), tmp_path / "out"
    rng = np.random.default_rng(7)
    for _ in range(KILLS):
        with process("-m", "tests.faults.writer", str(desk), str(out), exchange) as writer:
            assert writer.stdout is not None
            reported = int(writer.stdout.readline())
            time.sleep(rng.uniform(0.0, 1.0))
            os.killpg(writer.pid, signal.SIGKILL)
            rest = writer.stdout.read().split()
        reported = int(rest[-1]) if rest else reported
        if exchange == "no":
            recover(out)
        assert is_whole(out)
        assert manifest_of(out)["outcome"]["seed"] in (reported, reported + 1)
    recover(out)
    assert leftovers(out) == []
    assert read_output(out).findings == ()


@pytest.mark.parametrize("exchange", ["yes", "no"])
@pytest.mark.skipif(sys.platform == "win32", reason="kills process groups")
def test_an_exchange_killed_at_random_moments(tmp_path: Path, exchange: str) -> None:
    """Exchanging is nearly all that this process does, so the kills hit it: the files always belong together."""
    out, rng = tmp_path / "out", np.random.default_rng(11)
    for _ in range(KILLS):
        with process("-m", "tests.faults.swapper", str(out), exchange) as swapper:
            assert swapper.stdout is not None
            swapper.stdout.readline()
            time.sleep(rng.uniform(0.0, 0.05))
            os.killpg(swapper.pid, signal.SIGKILL)
            reported = [int(line) for line in swapper.stdout.read().split()] or [1]
        if exchange == "no":
            recover(out)
        words = {path.name: path.read_text() for path in out.iterdir()}
        assert set(words) == {"a", "b", "c"}
        assert len(set(words.values())) == 1
        assert int(words["a"]) - reported[-1] in (0, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="kills process groups")
def test_the_program_killed_at_random_moments(tmp_path: Path) -> None:
    """`peakdesk plan` into an output that is there: whatever phase the kill hits, the old plan or the new one stands,
    and the next run leaves nothing beside it."""
    desk, out, rng = write_tiny(tmp_path / "desk"), tmp_path / "out", np.random.default_rng(5)
    words = ("-m", "planner", "plan", str(desk), "--out", str(out), "--runs", "2", "--time-limit", "1", "--rounds", "0")
    began = time.monotonic()
    with process(*words) as first:
        assert first.wait() in (0, 1)
    took_s = time.monotonic() - began
    for share in rng.uniform(0.4, 1.02, size=KILLS):
        with process(*words):
            time.sleep(share * took_s)
        assert is_whole(out)
    with process(*words) as last:
        assert last.wait() in (0, 1)
    assert is_whole(out)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk", "out"]
