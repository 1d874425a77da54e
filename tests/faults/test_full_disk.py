"""A disk that is full in the middle of writing leaves the old output, and says so."""

import subprocess
import sys
from pathlib import Path

import pytest

from planner.output.write import write_output
from planner.planned import Planned
from tests.faults.test_kill import ROOT, is_whole
from tests.unit.planner.conftest import desk, planned, tiny

__all__ = ["desk", "planned", "tiny"]

LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
from planner.cli import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits the size of a process's files")
@pytest.mark.parametrize(("lang", "words"), [("en", "can't be written"), ("zh", "无法写入")])
def test_a_write_that_fails_leaves_the_old_output(planned: Planned, tmp_path: Path, lang: str, words: str) -> None:
    """The report is larger than the process may write: exit code 2, one sentence, the old folder, nothing beside it."""
    out = tmp_path / "out"
    write_output(planned, out, lang="en")
    before = (out / "plan.json").read_bytes()
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, "export", str(out), "--lang", lang],
        capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False,
    )  # fmt: skip
    assert ended.returncode == 2, ended.stderr
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert (out / "plan.json").read_bytes() == before
    assert is_whole(out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
