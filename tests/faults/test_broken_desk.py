"""A broken desk ends with 2, a sentence that names file, row, column and cure, and nothing on the disk."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from planner.cli import main
from tests.golden.tiny import write_tiny

Break = Callable[[Path], None]


def swapped(file: str, old: str, new: str) -> Break:
    def breaking(desk: Path) -> None:
        text, count = re.subn(old, new, (desk / file).read_text(encoding="utf-8"), count=1)
        assert count == 1
        (desk / file).write_text(text, encoding="utf-8")

    return breaking


def replaced(file: str, content: bytes) -> Break:
    return lambda desk: (desk / file).write_bytes(content) and None


def removed(file: str) -> Break:
    return lambda desk: (desk / file).unlink()


BROKEN: dict[str, tuple[Break, tuple[str, ...]]] = {
    "unknown queue": (swapped("skills.csv", "a1,presale", "a1,pressale"), ("skills.csv", "2", "queue", "pressale")),
    "gap in the grid": (swapped("history.csv", r"2026-01-05 11:00:00,presale,\d+,1\n", ""), ("history.csv", "start")),
    "negative count": (swapped("history.csv", r",presale,\d+,1", ",presale,-22,1"), ("history.csv", "offered", "-22")),
    "text for a number": (swapped("agents.csv", "full,50", "full,fifty"), ("agents.csv", "2", "cost_per_h", "fifty")),
    "unknown setting": (swapped("desk.toml", "paths = 100", "pathes = 100"), ("desk.toml", "pathes")),
    "broken toml": (swapped("desk.toml", r"\[horizon\]", "[horizon"), ("desk.toml",)),
    "unknown column": (swapped("agents.csv", "cost_per_h", "cost"), ("agents.csv", "cost_per_h")),
    "not text at all": (replaced("agents.csv", bytes(range(256))), ("agents.csv",)),
    "empty table": (replaced("shifts.csv", b"shift,start,end,paid_h\n"), ("shifts",)),
    "no people": (removed("agents.csv"), ("agents",)),
    "no history": (removed("history.csv"), ("history",)),
    "no settings": (removed("desk.toml"), ("desk",)),
}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_desk_is_refused_by_name(tmp_path: Path, name: str, lang: str) -> None:
    """In either language the sentence names what is wrong where, and no output folder appears."""
    breaking, named = BROKEN[name]
    desk = write_tiny(tmp_path / "desk")
    breaking(desk)
    result = CliRunner().invoke(main, ["plan", str(desk), "--out", str(tmp_path / "out"), "--lang", lang])
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    assert all(word in result.stderr for word in named), result.stderr
    assert bool(re.search(r"[\u4e00-\u9fff]", result.stderr)) is (lang == "zh")
    assert [path.name for path in tmp_path.iterdir()] == ["desk"]


@pytest.mark.parametrize("target", ["file", "foreign", "desk"])
def test_an_output_that_is_not_ours_is_refused_before_any_work(tmp_path: Path, target: str) -> None:
    """Neither a file, nor somebody's folder, nor the desk itself is overwritten."""
    desk = write_tiny(tmp_path / "desk")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "thesis.docx").write_text("mine")
    result = CliRunner().invoke(main, ["plan", str(desk), "--out", str(tmp_path / target), "--lang", "en"])
    assert result.exit_code == 2
    assert target in result.stderr
    assert (tmp_path / "foreign" / "thesis.docx").read_text() == (tmp_path / "file").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk", "file", "foreign"]


@pytest.mark.parametrize(
    ("lang", "words", "cure"),
    [
        ("en", ["plan", "--out", "out"], "Did you mean presale?"),
        ("zh", ["check"], "是否应为 presale？"),
        ("zh", ["forecast"], "是否应为 presale？"),
    ],
)
def test_the_real_program_on_a_broken_desk(tmp_path: Path, lang: str, words: list[str], cure: str) -> None:
    """Started as a process, with a language from the environment: exit code 2 and nothing but words."""
    desk = write_tiny(tmp_path / "desk")
    swapped("skills.csv", "a1,presale", "a1,pressale")(desk)
    program, env = Path(sys.executable).parent / "peakdesk", {"PEAKDESK_LANG": lang, "PYTHONIOENCODING": "utf-8"}
    ended = subprocess.run(
        [program, words[0], "desk", *words[1:]], capture_output=True, text=True, encoding="utf-8",
        cwd=tmp_path, env=os.environ | env, check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    assert "skills.csv" in ended.stderr
    assert cure in ended.stderr
    assert ended.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["desk"]
