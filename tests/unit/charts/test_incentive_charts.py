"""The pictures of the incentives say what the frames say, in both languages."""

import pandas as pd
import pytest

import charts
from desk.i18n import LANGUAGES


@pytest.fixture
def scores() -> pd.DataFrame:
    """Two agents near the desk's rate, one far from it, and their money."""
    rows = [("Ann", 400.0, 0.52), ("Bo", 400.0, 0.53), ("<b>Cy</b>", 400.0, 0.30)]
    own = pd.DataFrame(rows, columns=["agent", "contacts", "observed"]).assign(measure="speed", expected=0.5)
    own = own.assign(adjusted=own["observed"], payout=[10.0, 20.0, 5.0])
    return pd.concat([own, own.assign(measure="composite", payout=[12.0, 22.0, 7.0])], ignore_index=True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_funnel_tells_who_is_beyond_chance(scores: pd.DataFrame, lang: str) -> None:
    """Only Cy lies outside; names are text; the limits are drawn in two dashes."""
    figure = charts.funnel(scores, lang=lang, measure="speed", title="Fast")
    marks = [trace for trace in figure.data if trace.mode == "markers"]
    assert [list(trace.text) for trace in marks] == [["Ann", "Bo"], ["&lt;b&gt;Cy&lt;/b&gt;"]]
    assert len({trace.line.dash for trace in figure.data if trace.mode == "lines"}) == 2
    assert "1" in charts.alt_text(figure)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_load_and_response_stand_beside_what_was_expected(scores: pd.DataFrame, lang: str) -> None:
    """Each agent has a dot, a diamond and a line between them."""
    loads = scores[scores["measure"] == "speed"].assign(load=[0.5, 1.0, float("inf")])
    figure = charts.load_response(loads, lang=lang, title="Fast", share=True)
    lines, expected, observed = figure.data
    assert len(lines.x) == 9
    assert list(expected.y) == [0.5, 0.5, 0.5]
    assert list(observed.y) == [0.52, 0.53, 0.30]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_waterfall_ends_at_the_total(scores: pd.DataFrame, lang: str) -> None:
    """Parts 35.00, guarantee 6.00, together 41.00."""
    figure = charts.payout_waterfall(scores, lang=lang, currency="CNY")
    assert [bar.y[0] for bar in figure.data] == [35, 6, 41]
    assert [bar.base[0] for bar in figure.data] == [0, 35, 0]
    assert "41.00" in charts.alt_text(figure)
    capped = scores.assign(payout=scores["payout"].where(scores["measure"] == "speed", 10.0))
    assert [bar.y[0] for bar in charts.payout_waterfall(capped, lang=lang, currency="CNY").data] == [35, -5, 30]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_teams_are_drawn_against_what_was_expected(lang: str) -> None:
    """A line a team, told apart without colour, in the order of the days."""
    rows = [
        ("red", "2026-06-02", 0.6),
        ("red", "2026-06-01", 0.5),
        ("blue", "2026-06-01", 0.4),
        ("", "2026-06-02", 0.4),
    ]
    days = pd.DataFrame(rows, columns=["name", "part", "observed"]).assign(expected=0.5)
    figure = charts.team_trend(days, lang=lang, title="Fast")
    assert [list(trace.y) for trace in figure.data] == [[0.8], [0.8], [1.0, 1.2]]
    assert len({trace.line.dash for trace in figure.data}) == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_said_where_there_is_nothing(scores: pd.DataFrame, lang: str) -> None:
    """An empty frame gives a sentence."""
    none = scores.iloc[:0].assign(load=0.0, name="", part="")
    figures = [charts.funnel(none, lang=lang, measure="speed", title="x"),
               charts.load_response(none, lang=lang, title="x", share=True),
               charts.payout_waterfall(none, lang=lang, currency="CNY"),
               charts.team_trend(none, lang=lang, title="x")]  # fmt: skip
    assert all(not figure.data and charts.alt_text(figure) for figure in figures)
