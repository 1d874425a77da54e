"""Ctrl-C: the first keeps the best so far, the second ends at once and leaves nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner import plan
from planner.output.manifest import hashes
from planner.output.read import read_output
from tests.faults.test_kill import process
from tests.golden.heads import write_heads
from tests.golden.tiny import write_tiny

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals a process")


def interrupt_search(running: "subprocess.Popen[str]") -> None:
    """Press Ctrl-C once the optimiser works."""
    assert running.stdout is not None
    assert running.stdout.readline() == "searching\n"
    os.kill(running.pid, signal.SIGINT)


def test_the_first_interrupt_keeps_the_best_so_far(tmp_path: Path) -> None:
    """The optimiser stops, everything after it is done, and the output is written."""
    desk, out = write_tiny(tmp_path / "desk"), tmp_path / "out"
    with process(
        "-m", "tests.faults.stubborn", "obedient", "plan", str(desk), "--out", str(out), "--runs", "2"
    ) as running:
        interrupt_search(running)
        assert running.wait(timeout=60) in (0, 1)
    assert len(read_output(out).plan.roster) > 0


def test_an_interrupt_before_the_first_roster_leaves_the_old_plan(tmp_path: Path) -> None:
    """Nothing is written, the exit code is that of an interruption, and a sentence says why."""
    desk, out = write_heads(tmp_path / "desk"), tmp_path / "out"
    plan(desk, out)
    before = hashes(out)
    words = ("-m", "tests.faults.stubborn", "early", "plan", str(desk), "--out", str(out), "--json", "-")
    with process(*words) as running:
        told, _ = running.communicate(timeout=60)
    assert running.returncode == 130
    assert [own["code"] for own in json.loads(told)["findings"]] == ["no_roster_yet"]
    assert hashes(out) == before


def test_the_second_interrupt_leaves_nothing(tmp_path: Path) -> None:
    """The process ends by the signal, and no folder of ours is there."""
    desk, out = write_tiny(tmp_path / "desk"), tmp_path / "out"
    with process("-m", "tests.faults.stubborn", "deaf", "plan", str(desk), "--out", str(out)) as running:
        interrupt_search(running)
        time.sleep(0.3)
        os.kill(running.pid, signal.SIGINT)
        assert running.wait(timeout=10) == -signal.SIGINT
    assert [path.name for path in tmp_path.iterdir()] == ["desk"]
