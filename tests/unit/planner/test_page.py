"""The page fits its columns, says what it must, and counts Chinese characters as wide."""

from math import nan
from types import SimpleNamespace

import pytest

from desk import Termination
from planner.page import summary
from planner.page.layout import columns, display_width, paragraph
from planner.page.number import seconds
from planner.page.whatif import change_words
from planner.planned import Planned
from tests.unit.planner.made import made


@pytest.mark.parametrize(("lang", "words"), [("en", "No roster that keeps the rules"), ("zh", "任何遵守规则的班表")])
def test_page_tells_what_a_manager_asks(planned: Planned, lang: str, words: str) -> None:
    """Period, volumes, people, cost, service, overload and certificate stand on one screen."""
    page = summary(planned, lang)
    assert words in page
    for number in ("2026-03-02", "12,000 CNY", "190", "85%", "80%", "200%", "0.83%"):
        assert number in page
    assert len(page.splitlines()) < 45
    assert max(map(display_width, page.splitlines())) <= 110


def test_a_plan_without_bound_says_so(planned: Planned) -> None:
    """No bound is never shown as a gap."""
    page = summary(made(planned.desk, bound=float("-inf"), gap=float("inf"), termination=Termination.TIME), "en")
    assert "proved no bound" in page
    assert "inf" not in page


def test_columns_align_wide_characters() -> None:
    """Cells of Chinese and Latin letters end at the same terminal column."""
    assert columns([["队列", "1"], ["q", "22"]], right=[1]) == ["队列   1", "q     22"]


def test_paragraph_breaks_both_scripts() -> None:
    """No line is too wide, no line begins with a closing mark, nothing is lost."""
    for words in (
        "one two three four five six",
        "求解结束：达到要求的差距，任何遵守规则的班表都不可能低于它。",
        "a" * 30,
    ):
        lines = paragraph(words, width=12)
        assert "".join(lines).replace(" ", "") == words.replace(" ", "")
        assert all(display_width(line) <= 14 or " " not in line for line in lines)
        assert not any(line[0] in "，。：" for line in lines)


def test_target_times_in_natural_units() -> None:
    """180 s is read as three minutes, 90 s stays seconds, a day is hours."""
    assert [seconds(value, "en") for value in (30, 90, 180, 86_400)] == ["30 s", "90 s", "3 min", "24 h"]


@pytest.mark.parametrize(
    ("measure", "before", "after", "words"),
    [
        ("late", 6.4, 3.6, "▼ 2"),
        ("total", 662.4, 945.6, "▲ 284"),
        ("paid_h", 12.4, 12.6, "▲ 1"),
        ("lost", 1999.6, 2000.4, "0"),
        ("share", 0.8174, 0.8576, "▲ 4.1"),
        ("share", 0.8174, nan, "–"),
    ],
)
def test_a_change_is_the_difference_of_what_stands_beside_it(
    measure: str, before: float, after: float, words: str
) -> None:
    """By a calculator: 6 late and 4 late were told to be 3 fewer."""
    assert change_words(SimpleNamespace(measure=measure, before=before, after=after)) == words
