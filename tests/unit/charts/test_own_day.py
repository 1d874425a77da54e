"""A person's day as a picture."""

import pandas as pd
import pytest

from charts import alt_text
from charts.own_day import own_day

ZONE = "Asia/Shanghai"


def blocks(*parts: tuple[str, str, str]) -> pd.DataFrame:
    own = pd.DataFrame(parts, columns=["start", "end", "activity"])
    return own.assign(**{name: pd.to_datetime(own[name]).dt.tz_localize(ZONE) for name in ("start", "end")})


DAY = blocks(
    ("2026-06-18 20:00", "2026-06-18 22:00", "<b>pre</b>"),
    ("2026-06-18 22:00", "2026-06-18 22:30", "break"),
    ("2026-06-18 22:30", "2026-06-19 02:00", "after"),
)


@pytest.mark.parametrize(("lang", "pause"), [("en", "Break"), ("zh", "休息")])
def test_each_role_has_its_hours_and_its_name_in_the_bar(lang: str, pause: str) -> None:
    """Nothing rests on colour, a break is hollow, and the sentence is made of the same hours."""
    figure = own_day(DAY, lang=lang, title="N1")
    assert [words.split("</b>")[0] for words in figure.data[0].text] == [
        "<b>20:00–22:00",
        "<b>22:00–22:30",
        "<b>22:30–02:00",
    ]
    assert f"22:00–22:30 {pause}" in alt_text(figure)
    assert figure.data[0].marker.color[1] == "#FFFFFF"
    assert "&lt;b&gt;pre" in figure.data[0].text[0]


def test_now_is_marked_while_the_shift_goes_on() -> None:
    """And not before or after."""
    at = pd.Timestamp("2026-06-18 15:00", tz="UTC")
    assert "23:00" in own_day(DAY, lang="en", now=at).layout.annotations[0].text
    assert not own_day(DAY, lang="en", now=at - pd.Timedelta(days=1)).layout.annotations


def test_short_roles_have_room_for_their_words() -> None:
    """Quarters of an hour are still readable; no shift is endless."""
    quarter = blocks(("2026-06-18 20:00", "2026-06-18 20:15", "pre"), ("2026-06-18 20:15", "2026-06-19 04:00", "after"))
    assert own_day(DAY, lang="en").layout.height < own_day(quarter, lang="en").layout.height <= 900


def test_no_role_is_no_picture() -> None:
    """A shift on call has none."""
    assert not own_day(DAY.iloc[:0], lang="en").data
