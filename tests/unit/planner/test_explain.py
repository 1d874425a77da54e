"""``peakdesk explain``: reasons for people and for machines."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planner.cli import main
from planner.page.reason import term_words
from planner.planned import Planned


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_why_this_shift(out: Path, planned: Planned, tmp_path: Path, lang: str) -> None:
    """One line for each thing the day could be, with its cost; the same for machines."""
    row = planned.plan.roster.iloc[0]
    day = row["date"].strftime("%Y-%m-%d")
    result = run("explain", out, "--agent", row["agent"], "--date", day, "--lang", lang, "--json", tmp_path / "w.json")
    assert result.exit_code == 0, result.stderr
    record = json.loads((tmp_path / "w.json").read_text(encoding="utf-8"))
    others = {own["shift"] for own in record["alternatives"]}
    assert record["rostered"] == row["shift"]
    assert others == {*planned.desk.table("shifts")["shift"], "OFF"} - {row["shift"]}
    assert all(any(line.startswith(own) for line in result.output.splitlines()) for own in others)


def test_what_a_day_would_cost_adds_up() -> None:
    """Protects whoever adds: +94 stood beside +252, -177 and +80. Terms come in any order from a store."""
    terms = {"switches": 2.0, "request_off": 80.0, "wages": 252.0, "service.chat": -239.9}
    assert term_words(terms, 94.1, "en").endswith("-240 · Wishes for a day off refused +80 · All others +2")
    assert term_words(terms, 94.1, "zh").endswith("+80 · 其余各项 +2")
    assert "others" not in term_words({"wages": 252.0, "overtime": 10.4}, 262.4, "en")


def test_one_alternative(out: Path, planned: Planned) -> None:
    """Only the shift asked about."""
    row = planned.plan.roster.iloc[0]
    asked = ("--agent", row["agent"], "--date", row["date"].strftime("%Y-%m-%d"), "--shift", "OFF")
    result = run("explain", out, *asked, "--lang", "en")
    assert result.exit_code == 0
    assert "OFF" in result.output


def test_what_cannot_be_had(out: Path, tmp_path: Path) -> None:
    """The desk as a whole: conflicts end with 1, none with 0; both are told."""
    result = run("explain", out, "--lang", "en", "--json", tmp_path / "e.json")
    conflicts = json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))["conflicts"]
    assert result.exit_code == (1 if conflicts else 0)
    assert result.output.strip()
    assert all(own["demands"] for own in conflicts)


def test_what_can_not_be_asked(out: Path) -> None:
    """A person without a day, and somebody whom nobody knows, are bad input told in words."""
    assert run("explain", out, "--agent", "A1", "--lang", "en").exit_code == 2
    result = run("explain", out, "--agent", "nobody", "--date", "2026-03-02", "--lang", "en")
    assert result.exit_code == 2
    assert "nobody" in result.stderr
