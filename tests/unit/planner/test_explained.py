"""Why the forecast is what it is, on the command line."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from desk import InputError, load_desk
from planner.commands.forecast_why import _earlier
from planner.explained import asked_span
from tests.unit.planner.test_commands import run


@pytest.mark.parametrize(
    ("start", "extra"), [("2026-03-02", ()), ("2026-03-02 10:00", ("--until", "2026-03-02 12:00"))]
)
def test_factors_multiply_to_the_inquiries(tiny: Path, tmp_path: Path, start: str, extra: tuple[str, ...]) -> None:
    """A day and some hours are explained per queue, on the page and in the record; a table asked for is written too."""
    files = ("--json", tmp_path / "w.json", "--table", tmp_path / "t.csv")
    result = run("forecast", tiny, "--explain", start, *extra, *files, "--lang", "zh")
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "t.csv").stat().st_size > 0
    assert "日历" in result.output
    factors = json.loads((tmp_path / "w.json").read_text())["factors"]
    for queue in {row["queue"] for row in factors}:
        own = [row for row in factors if row["queue"] == queue]
        product = 1.0
        for row in own:
            product *= row["factor"]
        assert product == pytest.approx(own[-1]["inquiries"])


def test_what_earlier_phases_add_multiplies_to_the_promotion() -> None:
    """By a calculator: over hours, or days of several lifts, the phases' factors told another product than the line
    above them (1.57 and 1.42 over a fortnight of two sales); the last one takes what is left."""
    rows = [(f"p{index}", "sale", pd.Timestamp("2026-01-01"), 2, 2.5, 0.1, 1.05) for index in range(10)]
    names = ["promotion", "phase", "start", "days", "lift", "weight", "factor"]
    _, *shown = _earlier(pd.DataFrame(rows, columns=names), 1.42, "en")
    assert math.prod(float(line[-1].removeprefix("× ")) for line in shown) == pytest.approx(1.42, rel=2e-3)
    assert len(shown) == 9


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_a_day_ends_at_midnight_where_clocks_change(tiny: Path, day: str, hours: int) -> None:
    """The day asked for holds its own hours, not one of the next day and not one too few."""
    own = load_desk(tiny)
    span = asked_span(replace(own, settings=own.settings.model_copy(update={"timezone": "Europe/Berlin"})), day, None)
    assert span.end - span.start == pd.Timedelta(hours=hours)


def test_a_span_that_is_none_is_refused(tiny: Path) -> None:
    """A word that is neither a phase nor a time, and an end before the start, are named."""
    for words in (("nope",), ("2026-03-02", "--until", "2026-03-01"), ("02/03/2026",), ("10:00",)):
        result = run("forecast", tiny, "--explain", *words, "--lang", "en")
        assert result.exit_code == 2
        assert words[-1] in result.stderr


def test_a_phase_that_two_promotions_have_is_asked_by_both_names(tiny: Path) -> None:
    """Nobody reads the first promotion's reasons for the second one's; an end without a start is refused."""
    own = load_desk(tiny)
    rows = [(name, "peak", own.starts[at], own.starts[at + 4], 1.0) for name, at in (("a", 0), ("b", 8))]
    promotions = pd.DataFrame(rows, columns=["promotion", "phase", "start", "end", "intensity"])
    desk = replace(own, tables={**own.tables, "promotions": promotions})
    with pytest.raises(InputError, match="b: peak"):
        asked_span(desk, "peak", None)
    assert asked_span(desk, "b: peak", None).start == own.starts[8]
    assert run("forecast", tiny, "--until", "2026-03-02", "--lang", "en").exit_code == 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_was_learned_is_drawn_with_its_tables(tiny: Path, tmp_path: Path, lang: str) -> None:
    """One page of pictures, each with its sentence and the table behind it."""
    result = run("forecast", tiny, "--explain", "2026-03-02", "--picture", tmp_path / "p.html", "--lang", lang)
    assert result.exit_code == 0, result.stderr
    page = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert page.count("<figure>") == page.count("<figcaption>") == page.count("<details>") > 0
    assert page.count("plotly.js v") >= 1


@pytest.mark.parametrize(("lang", "words"), [("en", "before the history, which begins on"), ("zh", "早于历史数据")])
def test_a_span_before_the_history_is_refused(tiny: Path, lang: str, words: str) -> None:
    """Days before the first one that is learned from were counted backwards from the last."""
    with pytest.raises(InputError) as refused:
        asked_span(load_desk(tiny), "2020-03-01", None)
    assert [finding.code for finding in refused.value.findings] == ["span_before_history"]
    assert words in refused.value.findings[0].line(lang)
