"""docs/how-to/add-a-rule.md is followed to the letter in a copy of the house, and its test passes there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/how-to/add-a-rule.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.S)
CONFLICT = """
from pathlib import Path
from scheduler import explain
from tests.rules.test_max_in_a_row import desk


def test_the_new_rule_is_explained(tmp_path: Path) -> None:
    own = desk(tmp_path, "0")
    (tmp_path / "pinned.csv").write_text("agent,date,shift\\na1,2026-03-02,N\\n")
    (conflict,) = explain(desk(tmp_path, "0"))
    assert {one.code for one in conflict.demands} == {"explain_pinned", "explain_rule"}
    assert "max_in_a_row" in " ".join(conflict.told("zh"))
"""


def after(path: Path, anchor: str, text: str) -> None:
    """Put ``text`` behind the line that begins with ``anchor``."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(at for at, line in enumerate(lines) if line.startswith(anchor))
    path.write_text("".join([*lines[: place + 1], text, *lines[place + 1 :]]), encoding="utf-8")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    copy = tmp_path / "house"
    for room in ("desk", "scheduler"):
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("*.pyc"))
    (copy / "tests/rules").mkdir(parents=True)
    return copy


def test_the_page_works(house: Path) -> None:
    """Protects the promise that a rule is a file, a line in the list, a setting and words."""
    setting, check, rule, _, test = BLOCKS
    after(house / "desk/settings/contract.py", "    max_shifts:", setting)
    after(house / "desk/load/check/settings.py", '        yield from _each("shifts", (*place, "max_shifts")', check)
    (house / "scheduler/rules/max_in_a_row.py").write_text(rule, encoding="utf-8")
    after(house / "scheduler/rules/__init__.py", "    max_consecutive_days,", "    max_in_a_row,\n")
    after(house / "scheduler/rules/__init__.py", "    max_consecutive_days.RULE,", "    max_in_a_row.RULE,\n")
    for file, section, line in re.findall(r"\| `([a-zA-Z_]+/\w+\.toml)`(?:, `(\[[\w.]+\])`)? \| `(.+)` \|", PAGE):
        after(house / "desk/locales" / file, section or "[settings]", f"{line}\n")
    (house / "tests/rules/test_max_in_a_row.py").write_text(test, encoding="utf-8")
    (house / "tests/rules/test_conflict.py").write_text(CONFLICT, encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/rules"]
    ran = subprocess.run(words, cwd=house, env={**os.environ, "PYTHONPATH": str(house)}, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert "6 passed" in ran.stdout
