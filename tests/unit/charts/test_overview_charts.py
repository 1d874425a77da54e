"""Pictures of Overview, Advisor, What if and Briefings: they say their numbers, and nothing where there are none."""

from html import unescape

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts import alt_text
from charts.event_account import event_account
from charts.load_beside import load_beside
from charts.load_calendar import load_calendar
from charts.marginal_heat import marginal_heat
from charts.scenarios import scenarios
from charts.sessions import sessions
from charts.theme import apart, finish, letters, plain, short
from desk.i18n import text

LANGUAGES = ("en", "zh")
HOSTILE = "<b>x</b>"
DAYS = pd.date_range("2026-06-17", periods=2, unit="us")


def hours() -> pd.DataFrame:
    rows = [(day, hour, 10.0, 2.0, 2.0, 1.6 if hour == 20 else 0.5) for day in DAYS for hour in range(24)]
    return pd.DataFrame(rows, columns=["date", "hour", "offered", "required", "effective_agents", "load"])


def phases() -> pd.DataFrame:
    rows = [("peak", pd.Timestamp("2026-06-17 20:00"), pd.Timestamp("2026-06-18 02:00"))]
    return pd.DataFrame([*rows, ("past", *DAYS[:2] - pd.Timedelta(days=9))], columns=["phase", "start", "end"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_calendar_frames_a_phase_over_midnight_on_both_days(lang: str) -> None:
    """Two frames, cut at midnight; cells beyond the limit carry their percentage; a nobody-there hour is drawn."""
    own = hours()
    own.loc[3, "load"] = float("inf")
    figure = load_calendar(own, phases(), lang=lang, limit=1.3, name=HOSTILE)
    spans = [(shape.x0, shape.x1, shape.y0) for shape in figure.layout.shapes]
    assert spans == [(19.5, 23.5, -0.5), (-0.5, 1.5, 0.5)]
    assert figure.data[0].text[0][20] == "160"
    assert figure.data[0].text[0][3] == "∞"
    assert "<b>" not in figure.layout.title.text
    assert "∞" in alt_text(figure)
    assert [note.text for note in figure.layout.annotations] == ["peak"]


def test_of_hours_in_a_row_the_highest_has_its_number() -> None:
    """Numbers of neighbours would lie on each other on a phone."""
    loads = {8: 1.4, 9: 1.9, 10: 1.9, 14: 1.5, 23: 1.6}
    own = hours().assign(load=lambda frame: frame["hour"].map(loads).fillna(0.5).where(frame["date"] == DAYS[0], 2.0))
    words = load_calendar(own, phases(), lang="en", limit=1.3, name="x").data[0].text
    assert {hour: word for hour, word in enumerate(words[0]) if word} == {9: "190", 14: "150", 23: "160"}
    assert {hour: word for hour, word in enumerate(words[1]) if word} == {0: "200"}


@pytest.mark.parametrize("others", [0.2, 2.9])
def test_hours_without_anybody_are_drawn_as_the_worst(others: float) -> None:
    """Protects from a calm blue where nobody is there, however calm the other hours are; and beside a limit line."""
    own = hours().assign(load=lambda frame: frame["load"].where(frame["hour"] == 3, others))
    own.loc[own["hour"] == 3, "load"] = float("inf")
    heat = load_calendar(own, phases(), lang="en", limit=1.3, name="x").data[0]
    assert heat.z[0][3] == heat.zmax
    service = own.assign(queue="q", start=own["date"].dt.tz_localize("Asia/Shanghai"))
    more = service.assign(load=service["load"] * 1.5)
    before, after = load_beside(service, more, lang="en", queue="q", limit=1.3).data
    assert before.y[3] == after.y[3] > max(1.3, 1.5 * others), "nobody is nobody, as planned and as supposed"
    closed = service.assign(offered=0.0, load=0.0)
    assert all(trace.y[0] != trace.y[0] for trace in load_beside(closed, closed, lang="en", queue="q", limit=1.3).data)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_account_ends_with_what_is_left(lang: str) -> None:
    """Each bar begins where the last one ended; a loss is drawn down from nothing."""
    account = pd.DataFrame({"words": ["value", HOSTILE, "wages"], "amount": [100.0, -30.0, -50.0]})
    [bar] = event_account(account, lang=lang).data
    assert list(bar.base) == [0.0, 70.0, 20.0, 0.0]
    assert list(bar.x) == [100.0, 30.0, 50.0, 20.0], "whose amount stands at the upper end, clear of the words"
    assert list(bar.text) == ["+100", "−30", "−50", "+20"]
    assert "80" in alt_text(event_account(account, lang=lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_worth_by_day_names_the_best(lang: str) -> None:
    """A day without any worth is an empty row, not a gap in the days."""
    days = pd.DatetimeIndex(["2026-06-17", "2026-06-19"])
    worth = pd.DataFrame({"words": ["pre", HOSTILE], "date": days, "amount": [20.0, 1500.0]})
    figure = marginal_heat(worth, lang=lang, title="more")
    assert [list(row) for row in figure.data[0].text.tolist()] == [["20", ""], ["", ""], ["", "1.5k"]]
    assert "1,500" in alt_text(figure)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_scenarios_tell_the_cheapest(lang: str) -> None:
    """Wages and the rest apart; the sum decides."""
    changes = pd.DataFrame({"name": ["a", HOSTILE], "staff": [10.0, 50.0], "rest": [5.0, -90.0]})
    figure = scenarios(changes, lang=lang)
    assert len(figure.data) == 2
    assert "-40" in alt_text(figure)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sessions_are_as_long_as_they_last(lang: str) -> None:
    """A bar from start to end with its people; where no cost is known none is told."""
    start = pd.Timestamp("2026-06-17 10:00")
    held = pd.DataFrame(
        {"activity": [HOSTILE], "start": [start], "end": [start + pd.Timedelta(hours=1)], "people": [7]}
    )
    figure = sessions(held.assign(cost=12.0), lang=lang, currency="EUR")
    assert list(figure.data[0].x) == [3_600_000.0]
    assert list(figure.data[0].text) == ["7"]
    assert "12 EUR" in alt_text(figure)
    assert "nan" not in alt_text(sessions(held.assign(cost=float("nan")), lang=lang, currency="EUR"))


def test_a_long_title_goes_on_in_another_line() -> None:
    """A phone shows 44 letters of a title in a line and cut the rest off; no word and no sign in markup is parted."""
    name = "International rebooking & refunds, 国内机票改签与退票（含航班不正常）"
    figure = finish(go.Figure(), f"{plain(name)}: agents planned and required", "alt")
    lines = figure.layout.title.text.split("<br>")
    assert "".join(lines) == f"{plain(name)}: agents planned and required"
    assert max(letters(unescape(line.rstrip())) for line in lines) <= 44
    assert len(lines) == 3
    short_one = finish(go.Figure(), "presale: agents planned and required", "alt")
    assert (figure.layout.height - short_one.layout.height) == (figure.layout.margin.t - short_one.layout.margin.t) > 0


def test_nothing_is_said_to_be_nothing() -> None:
    """No empty axes."""
    figures = [
        load_calendar(hours().iloc[:0], phases(), lang="en", limit=1.3, name="x"),
        event_account(pd.DataFrame({"words": [], "amount": []}), lang="en"),
        marginal_heat(pd.DataFrame({"words": [], "date": [], "amount": []}), lang="en", title="x"),
        scenarios(pd.DataFrame({"name": []}), lang="en"),
        sessions(pd.DataFrame({"activity": []}), lang="en", currency="EUR"),
    ]
    assert {alt_text(figure) for figure in figures} == {text("chart.nothing", "en")}


def test_long_names_that_begin_alike_stay_apart() -> None:
    """Two rows of a picture with one label would lie on each other."""
    days, long = pd.DatetimeIndex(["2026-06-17", "2026-06-17"]), "x" * 40
    worth = pd.DataFrame({"words": [f"{long}1", f"{long}2"], "date": days, "amount": [20.0, 30.0]})
    assert len(set(marginal_heat(worth, lang="en", title="more").data[0].x)) == 2
    assert apart(["a", "a", "b", "a"]) == ["a", "a (2)", "b", "a (3)"]
    assert [short(f"{long}{end}")[-1] for end in "12"] == ["1", "2"]


def test_names_are_cut_by_their_width() -> None:
    """A Chinese letter is as wide as two others: a name of as many letters leaves a phone no room for the picture."""
    assert short("欧阳娜娜司马相如诸葛孔明") == "欧阳娜娜司马相如诸葛孔明"
    assert short("客服工号零零01东区一 欧阳娜娜司马相如诸葛孔甲") == "客服工号零零01…诸葛孔甲"
    assert short("Wilhelmina Bartholomäa of the night") == "Wilhelmina Bart…he night"
