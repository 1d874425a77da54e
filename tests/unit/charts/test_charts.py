"""The pictures say what the frames say, in both languages."""

from typing import get_args

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

import charts
from charts.cost_words import cost_words
from charts.theme import column_words, day_words, finish, label
from desk.i18n import catalogue
from desk.settings.forecast import ForecastSettings

LANGUAGES = ["en", "zh"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_fan_draws_a_median_per_queue_and_tells_the_busiest_interval(forecast: pd.DataFrame, lang: str) -> None:
    """The picture and its sentence come from the same numbers."""
    figure = charts.forecast_fan(forecast, lang=lang)
    medians = [trace for trace in figure.data if trace.line.width == 2]
    assert [list(trace.y) for trace in medians] == [[10, 20, 40, 30], [1, 2, 3, 4]]
    assert all(part in charts.alt_text(figure) for part in ("100", "40", "28", "56", "00:00"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_factors_are_drawn_each_in_its_own_dash(forecast: pd.DataFrame, lang: str) -> None:
    """What multiplies the level is told apart without colour."""
    own = forecast[["start", "queue"]].assign(level=10.0, calendar=0.5, promotion=3.25, drivers=1.1, overrides=1.0)
    figure = charts.factors(own, lang=lang, queue="pre")
    assert len({trace.line.dash for trace in figure.data}) == 4
    assert "3.25" in charts.alt_text(figure)
    assert not charts.factors(pd.DataFrame(), lang=lang, queue="pre").data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_backtest_has_a_dot_per_model_and_group_and_names_the_best(lang: str) -> None:
    """The picture ranks as the table does; a group without promotion is called ordinary."""
    rows = [
        ("queue", "", queue, model, wape) for queue in ("pre", "all") for model, wape in (("ours", 0.1), ("m", 0.2))
    ]
    rows += [("phase", group, "all", "ours", 0.3) for group in ("", "peak")]
    rows += [("hour", hour, "all", "ours", 0.1 * hour) for hour in (0, 1)]
    errors = pd.DataFrame(rows, columns=["cut", "group", "queue", "model", "wape"]).assign(floor=0.05)
    figure = charts.backtest(errors, lang=lang)
    dots = {trace.name: list(trace.x) for trace in figure.data if trace.mode == "markers"}
    assert dots["ours"] == [0.1, 0.1, 0.3, 0.3]
    assert charts.alt_text(figure).index("10%") < charts.alt_text(figure).index("20%")
    assert not charts.backtest(errors.iloc[:0], lang=lang).data
    names = set(get_args(ForecastSettings.model_fields["model"].annotation)) - {"auto"}
    assert {f"chart.backtest.model.{name}" for name in names} <= set(catalogue(lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_why_steps_from_the_level_to_the_forecast(lang: str) -> None:
    """Each bar reaches from the total before a factor to the one after it; the sentence has the numbers."""
    parts = pd.DataFrame({"part": ["level", "calendar", "promotion", "drivers", "overrides"]})
    parts = parts.assign(factor=[100.0, 0.5, 4.0, 1.0, 1.1], inquiries=[100.0, 50.0, 200.0, 200.0, 220.0])
    figure = charts.why(parts, lang=lang, queue="<b>", span="peak")
    [bars] = [trace for trace in figure.data if trace.type == "bar"]
    assert [bottom + height for bottom, height in zip(bars.base, bars.y, strict=True)] == [100, 100, 200, 200, 220, 220]
    assert all(part in charts.alt_text(figure) for part in ("220", "4.00", "0.50"))
    assert "<b>" not in figure.layout.title.text
    assert not charts.why(parts.iloc[:0], lang=lang, queue="q", span="s").data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_analogues_are_dots_at_their_lifts(lang: str) -> None:
    """The line of the lift expected now is the product of all factors, the last row's included."""
    rows = [("peak", "x", 2.0, 0.6, 1.5), ("peak", "y", 3.0, 0.3, 1.2), ("", "", float("nan"), 0.0, 1.1)]
    found = pd.DataFrame(rows, columns=["phase", "promotion", "lift", "weight", "factor"])
    figure = charts.analogues(found, lang=lang, queue="q", coming="peak")
    assert list(figure.data[0].x) == [2.0, 3.0]
    assert "1.98" in charts.alt_text(figure)
    assert not charts.analogues(found.iloc[2:], lang=lang, queue="q", coming="peak").data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_event_kernel_is_a_line_in_its_band_over_the_events(lang: str) -> None:
    """Lifts are drawn as factors; the sentence names the highest and the number of events."""
    rows = [("peak", cut, since, "", 0.5 + since / 2, 0.2, 1.2) for cut in ("hour", "day") for since in (0, 1)]
    rows += [("peak", "day", 1, "x<b>", 0.7, np.nan, np.nan)]
    found = pd.DataFrame(rows, columns=["phase", "cut", "since", "promotion", "log_lift", "low", "high"])
    figure = charts.event_kernel(found, lang=lang, queue="<q>", phase="peak", drivers="visits")
    assert [len(trace.x) for trace in figure.data] == [4, 2, 4, 1, 2]
    assert figure.data[1].y == pytest.approx(np.exp([0.5, 1.0]))
    assert "2.72" in charts.alt_text(figure)
    assert "visits" in figure.layout.title.text
    assert "<q>" not in figure.layout.title.text
    assert not charts.event_kernel(found, lang=lang, queue="q", phase="none").data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lags_add_up_over_the_days(lang: str) -> None:
    """The whole and each reason by its share, cumulated; the sentence has the mean lags."""
    rows = [("whole", "", 1.0, 48.0, 0.0, 24.0, 0.01), ("whole", "", 1.0, 48.0, 24.0, 72.0, 0.01)]
    rows += [("reason", "late", 0.5, 36.0, 0.0, 24.0, 0.02)]
    found = pd.DataFrame(rows, columns=["kind", "reason", "share", "mean_lag_h", "from_h", "to_h", "per_h"])
    figure = charts.lags(found.assign(driver="orders", used=True), lang=lang, queue="q", driver="orders")
    assert figure.data[0].y == pytest.approx([0, 0.24, 0.72])
    assert figure.data[1].y == pytest.approx([0, 0.24])
    assert "1.5" in charts.alt_text(figure)
    assert not charts.lags(found.iloc[:0].assign(driver=""), lang=lang, queue="q", driver="orders").data


def test_fan_shows_actuals_of_its_own_queue_only(forecast: pd.DataFrame) -> None:
    """History of another queue must not be drawn as if it were this one's."""
    history = forecast[["start", "queue"]].assign(offered=7.0)
    figure = charts.forecast_fan(forecast, lang="en", queue="pre", history=history)
    assert list(figure.data[-1].y) == [7, 7, 7, 7]


def test_times_are_drawn_on_the_wall_clock_of_the_desk(forecast: pd.DataFrame) -> None:
    """Plotly moves zone-aware times; the picture must show the desk's own clock."""
    figure = charts.forecast_fan(forecast, lang="en", queue="pre")
    assert pd.Timestamp(figure.data[0].x[0]) == pd.Timestamp("2026-06-17 23:00")


def test_names_are_never_markup(forecast: pd.DataFrame, agents: pd.DataFrame, duty: pd.DataFrame) -> None:
    """A hostile name is shown as text."""
    titles = [note.text for note in charts.forecast_fan(forecast, lang="en").layout.annotations]
    assert "&lt;b&gt;after&lt;/b&gt;" in titles
    gantt = charts.day_gantt(duty, agents, lang="en", date=pd.Timestamp("2026-06-17"))
    assert any("a2 &lt;i&gt;Bo&lt;/i&gt;" in trace.y for trace in gantt.data)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_coverage_counts_the_intervals_that_fall_short(service: pd.DataFrame, lang: str) -> None:
    """The sentence names how often people are missing and the highest load."""
    alt = charts.alt_text(charts.coverage(service, lang=lang, queue="pre"))
    assert all(part in alt for part in ("2", "4", "160%"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_service_check_weights_by_inquiries(service: pd.DataFrame, lang: str) -> None:
    """A share over the event weighs each interval by what was offered."""
    alt = charts.alt_text(charts.service_check(service, lang=lang, queue="pre"))
    assert "58.0%" in alt
    assert "60.0%" in alt


def test_twelve_queues_are_told_apart() -> None:
    """The ninth looked like the first: colours and hatchings began anew together."""
    totals = pd.DataFrame({"group": "peak", "queue": [f"q{number}" for number in range(12)], "mean": 1.0})
    looks = [(bar.marker.color, bar.marker.pattern.shape) for bar in charts.volumes(totals, lang="zh").data]
    assert len(set(looks)) == 12


def test_who_points_reads_a_range_not_two_distances(service: pd.DataFrame) -> None:
    """The picture's own words were “2,304 +261.244 / -212.056”; and of hours below the limit nothing."""
    totals = pd.DataFrame({"group": ["peak"], "queue": ["pre"], "mean": [2304.0], "q10": [2092.0], "q90": [2565.0]})
    (bar,) = charts.volumes(totals, lang="en").data
    assert bar.customdata.tolist() == [[2092.0, 2565.0]]
    assert "customdata[1]" in bar.hovertemplate
    (heat,) = charts.overload(service, lang="en").data
    assert [list(row) for row in heat.customdata] == [["∞", "0%"], ["60%", "∞"]]
    assert not heat.hoverongaps, "where there is nothing nothing is told"


def test_closed_hours_are_blank_and_uncounted(service: pd.DataFrame) -> None:
    """A desk closed at night fell to a service of 0 % each night, and had 480 intervals where 340 are open."""
    shut = {name: [*service[name][:3], 0.0] for name in service if name not in ("start", "queue")}
    closed = service.assign(**shut)
    check = charts.service_check(closed, lang="en", queue="pre")
    lines = [trace for trace in check.data if trace.line.width != 0]
    assert [pd.isna(trace.y[3]) for trace in lines] == [True, True]
    assert not any(pd.isna(trace.y).any() for trace in check.data if trace.line.width == 0)
    figure = charts.coverage(closed, lang="en", queue="pre")
    assert "of 3 " in charts.alt_text(figure)
    assert pd.isna(figure.data[2].y[3])
    (heat,) = charts.overload(closed, lang="en").data
    assert "of 3 " in charts.alt_text(charts.overload(closed, lang="en"))
    assert heat.z[1][0] == 0.6


def test_service_check_without_simulation_draws_the_prediction_only(service: pd.DataFrame) -> None:
    """A plan that was not simulated still shows its prediction."""
    blank = service.assign(share_within_sim=float("nan"))
    assert len(charts.service_check(blank, lang="en", queue="pre").data) == 1


def test_roster_heat_writes_the_code_and_leaves_days_off_empty(roster: pd.DataFrame, agents: pd.DataFrame) -> None:
    """The shift is told by its code, not by colour alone; a day nobody works is still a column."""
    (heat,) = charts.roster_heat(roster, agents, lang="en").data
    assert [list(row) for row in heat.text] == [["N1", "", "M1"], ["N1", "", ""], ["", "", ""]]


def test_roster_heat_tells_leave_from_a_day_off(roster: pd.DataFrame, agents: pd.DataFrame) -> None:
    """Who is on leave is marked, and the legend says so; who works on such a day is shown at work."""
    days = [pd.Timestamp(own) for own in roster["date"].unique()]
    first, second = roster["agent"].iloc[0], agents["agent"].iloc[-1]
    leave = pd.DataFrame({"agent": [first, second, second], "date": [days[0], days[0], pd.Timestamp("2020-01-01")]})
    for lang, word in (("en", "leave"), ("zh", "休假")):
        shifts, away, *legend = charts.roster_heat(roster, agents, lang=lang, leave=leave).data
        assert shifts.text[0][0] == "N1"
        assert [[cell for cell in row if cell] for row in away.text] == [[], [], ["×"]]
        assert word in legend[0].name
    assert len(charts.roster_heat(roster, agents, lang="en", leave=leave[:0]).data) == 1


def test_roster_heat_heads_stay_apart_over_five_weeks(agents: pd.DataFrame) -> None:
    """Two days with the same number must not fall into one column."""
    dates = pd.date_range("2027-01-31", periods=35)
    own = pd.DataFrame({"agent": "a1", "date": dates, "shift": "M1"})
    figure = charts.roster_heat(own, agents, lang="zh")
    assert len(set(figure.data[0].x)) == 35
    assert figure.layout.xaxis.ticktext[:4] == ("1月<br>31<br>日", "", "", "2月<br>3<br>三")


def test_roster_heat_shows_two_shifts_of_a_day_as_two(roster: pd.DataFrame, agents: pd.DataFrame) -> None:
    """A roster edited by hand may be wrong; the picture must show it and not fall over."""
    twice = pd.concat([roster, roster.head(1).assign(shift="M1")])
    (heat,) = charts.roster_heat(twice, agents, lang="en").data
    assert heat.text[0][0] == "N1+M1"


def test_roster_heat_colours_by_the_hour_the_shift_starts(roster: pd.DataFrame, agents: pd.DataFrame) -> None:
    """With the shifts given, neighbours in colour are neighbours in time."""
    shifts = pd.DataFrame({"shift": ["N1", "M1"], "start": [22 * 60.0, 8 * 60.0]})
    (heat,) = charts.roster_heat(roster, agents, lang="en", shifts=shifts).data
    assert heat.z[0][0] == 22
    assert heat.z[0][2] == 8


def test_gantt_joins_unbroken_activity(duty: pd.DataFrame, agents: pd.DataFrame) -> None:
    """Two half-hours in one role are one bar of an hour, also over midnight."""
    figure = charts.day_gantt(duty, agents, lang="en", date=pd.Timestamp("2026-06-17"))
    pre = next(trace for trace in figure.data if trace.name == "pre")
    assert list(pre.customdata) == ["23:00-00:00", "00:30-01:00", "23:00-23:30", "00:00-01:00"]
    assert {trace.marker.pattern.shape for trace in figure.data} == {"", "/"}


def test_gantt_colours_queues_in_the_order_it_is_given(duty: pd.DataFrame, agents: pd.DataFrame) -> None:
    """A queue has the same colour on every picture, however the day's activities sort."""
    figure = charts.day_gantt(duty, agents, lang="en", date=pd.Timestamp("2026-06-17"), queues=["pre"])
    assert [trace.name for trace in figure.data] == ["pre", "Break"]


def test_overload_takes_the_worst_interval_of_an_hour(service: pd.DataFrame) -> None:
    """An hour looks as bad as its worst half."""
    (heat,) = charts.overload(service, lang="en").data
    assert "60" in heat.text[1]
    assert list(heat.x) == [0, 23]


def test_nobody_there_is_drawn_and_said_as_infinite(service: pd.DataFrame) -> None:
    """Work without anybody to do it must not vanish from the picture because its load is infinite."""
    alone = service.assign(load=[0.5, 0.9, float("inf"), 1.2], overload=[0, 0, float("inf"), 0.2])
    (heat,) = charts.overload(alone, lang="en").data
    assert heat.text[1][0] == "∞"
    assert heat.z[1][0] == heat.zmax
    figure = charts.coverage(alone, lang="en", queue="pre")
    assert "∞" in charts.alt_text(figure)
    assert figure.data[2].y[2] > 1.2


def test_the_last_interval_is_drawn_to_its_end(service: pd.DataFrame) -> None:
    """A day's strip must not lose its last hour."""
    figure = charts.coverage(service, lang="en", queue="pre")
    assert pd.Timestamp(figure.data[0].x[-1]) == pd.Timestamp("2026-06-18 01:00")


def test_costs_largest_on_top_and_zero_terms_left_out() -> None:
    """The account shows what matters first."""
    account = pd.DataFrame({"term": ["wages", "lost", "nothing"], "amount": [10.0, 30.0, 0.0]})
    (bars,) = charts.costs(account, lang="en").data
    assert list(bars.x) == [10, 30]


def test_terms_of_a_queue_name_the_queue() -> None:
    """What is lost is said by queue; a term without words is shown as it is."""
    assert cost_words("service.pre.sale", "en").endswith("pre.sale")
    assert cost_words("wages", "zh") == "工资"
    assert cost_words("unheard_of", "en") == "unheard_of"


def test_scores_stand_in_order_of_names_not_of_ranks() -> None:
    """No league table: noise must not look like a ranking."""
    own = {"agent": ["b", "a"], "measure": "fast", "observed": [0.9, 0.1], "adjusted": [0.8, 0.5]}
    table = pd.DataFrame(own | {"low": [0.7, 0.4], "high": [0.9, 0.6]})
    adjusted = charts.scores(table, lang="en", measure="fast", title="Fast").data[1]
    assert list(adjusted.y) == ["a", "b"]
    assert list(adjusted.error_x.array) == pytest.approx([0.1, 0.1])
    (hollow, _) = charts.scores(table.assign(name="王芳"), lang="zh", measure="fast", title="Fast").data
    assert len(set(hollow.y)) == len(table), "namesakes have a row each"
    assert all(any(code in row for row in hollow.y) for code in table["agent"])
    shares = charts.scores(table, lang="en", measure="fast", title="Fast", unit="share")
    assert "between 50.0% and 80.0%" in charts.alt_text(shares), "as the pictures beside it have it"
    assert shares.layout.xaxis.tickformat == ".0%"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_empty_frames_say_so(
    forecast: pd.DataFrame, service: pd.DataFrame, roster: pd.DataFrame, agents: pd.DataFrame, lang: str
) -> None:
    """Nothing to draw is a sentence, never an exception."""
    figures = [
        charts.forecast_fan(forecast[:0], lang=lang),
        charts.coverage(service[:0], lang=lang, queue="pre"),
        charts.service_check(service[:0], lang=lang, queue="pre"),
        charts.overload(service[:0], lang=lang),
        charts.roster_heat(roster[:0], agents, lang=lang),
        charts.volumes(forecast[:0], lang=lang),
        charts.staffing_curve(forecast[:0], lang=lang, queue="pre"),
        charts.costs(pd.DataFrame({"term": [], "amount": []}), lang=lang),
    ]
    assert len({charts.alt_text(figure) for figure in figures}) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_volumes_keep_the_order_of_the_phases_and_their_intervals(lang: str) -> None:
    """Phases are drawn as they come, and the reach of the bars is the interval."""
    own = {"group": ["opening", "peak"], "queue": "pre", "mean": [10.0, 30.0], "q10": [8.0, 25.0], "q90": [13.0, 37.0]}
    figure = charts.volumes(pd.DataFrame(own), lang=lang)
    (bars,) = figure.data
    assert list(bars.x) == ["opening", "peak"]
    assert list(bars.error_y.array) == [3, 7]
    assert "40" in charts.alt_text(figure)


def test_staffing_curve_marks_the_plan() -> None:
    """The plan's place on the curve is drawn where it is known."""
    points = pd.DataFrame({"agents": [0.0, 1, 2], "cost": [90.0, 30, 10]})
    figure = charts.staffing_curve(points, lang="en", queue="pre", planned=1.5)
    assert figure.layout.shapes[0].x0 == 1.5
    assert "90" in charts.alt_text(figure)


def test_words_of_days_and_unknown_labels() -> None:
    """Weekdays come from the catalogue, whatever the machine's locale; a free word stays itself."""
    day = pd.Timestamp("2026-06-18")
    assert day_words(day, "en") == "Thu 18 Jun"
    assert day_words(day, "zh") == "6月18日 周四"
    assert label("chart.activity.<pre>", "<pre>", "en") == "&lt;pre&gt;"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_odd_days_have_a_mark_of_their_kind(lang: str) -> None:
    """Kinds differ by symbol; the sentence counts those that wait; without any it says so."""
    days = pd.DataFrame({"day": pd.date_range("2026-06-01", periods=4), "offered": [10.0, 12, 40, np.nan]})
    odd = pd.DataFrame({"date": days["day"].iloc[1:3], "found": ["outage", "outlier"], "verdict": ["keep", None]})
    odd = odd.assign(offered=[12.0, 40.0], usual=[30.0, 11.0])
    figure = charts.odd_days(days, odd, lang=lang, queue="<q>")
    assert len({trace.marker.symbol for trace in figure.data[1:]}) == 3
    assert all(part in charts.alt_text(figure) for part in ("2026-06-03", "40", "11"))
    assert "<q>" not in figure.layout.title.text
    assert all("%Y" in own.hovertemplate for own in figure.data), "two years have two 18 Junes"
    assert "%Y" in figure.layout.xaxis.tickformatstops[-1].value
    assert len(charts.odd_days(days, odd.iloc[:0], lang=lang, queue="q").data) == 1
    assert not charts.odd_days(days.iloc[:0], odd, lang=lang, queue="q").data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_forecasts_stand_over_their_difference(lang: str) -> None:
    """The bars are what moved; the sentence names the largest."""
    own = pd.DataFrame({"group": pd.date_range("2026-06-17", periods=2), "before": [10.0, 20], "after": [10.0, 26]})
    own = own.assign(low=8.0, high=30.0, change=own["after"] - own["before"])
    figure = charts.forecast_beside(own, lang=lang, queue="q")
    [bars] = [trace for trace in figure.data if trace.type == "bar"]
    assert list(bars.y) == [0, 6]
    assert all(part in charts.alt_text(figure) for part in ("30", "36", "+6"))
    assert not charts.forecast_beside(own.iloc[:0], lang=lang, queue="q").data


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_preview_shows_before_and_after(lang: str) -> None:
    """Told apart by dash; the sentence has both totals."""
    starts = pd.date_range("2026-06-17 20:00", periods=2, freq="h", tz="Asia/Shanghai")
    own = pd.DataFrame({"start": starts, "before": [10.0, 20], "after": [13.0, 20]})
    figure = charts.override_preview(own, lang=lang, queue="q")
    assert len({trace.line.dash for trace in figure.data}) == 2
    assert all(part in charts.alt_text(figure) for part in ("30", "33"))
    assert not charts.override_preview(own.iloc[:0], lang=lang, queue="q").data


def test_no_line_of_a_title_begins_with_what_closes_the_one_before() -> None:
    """A bracket stood alone below “presale：“deposit”的影响（visits 之外的部分”."""
    for longer in range(12):
        title = f"{'预' * longer}presale：“deposit”的影响（visits 之外的部分），以及（其余）。"
        lines = finish(go.Figure(), title, "").layout.title.text.split("<br>")
        assert "".join(lines) == title
        assert len(lines) > 1
        assert not any(line[0] in "）。，”：" for line in lines)


def test_a_search_that_begins_can_be_read() -> None:
    """Around its first value there is room for lines with other numbers; a bound that is not there yet has none."""
    first = charts.search_progress([charts.Moment(11.0, 426_308.4, None)], lang="en", currency="CNY")
    low, high = first.layout.yaxis.range
    assert high - low > 1000
    assert low < 426_308.4 < high
    later = [charts.Moment(11.0, 426_308.4, None), charts.Moment(30.0, 210_000.0, float("-inf"))]
    assert charts.search_progress(later, lang="en", currency="CNY").layout.yaxis.range[0] > 150_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_trials_join_the_error_without_and_with(lang: str) -> None:
    """What entered has a symbol of its own; what could not be tried is left out."""
    own = pd.DataFrame({"name": ["visits", "ads", "x"], "without": [0.2, 0.2, 0.2], "having": [0.104, 0.21, np.inf]})
    figure = charts.trials(own.assign(admitted=[True, False, False]), lang=lang, queue="q")
    entered, left = figure.data[2:]
    assert (list(entered.x), list(left.x)) == ([0.104], [0.21])
    assert entered.marker.symbol != left.marker.symbol
    assert "10.4%" in charts.alt_text(figure), "as in the sentences below it"
    assert not charts.trials(own.iloc[:0].assign(admitted=True), lang=lang, queue="q").data


@pytest.mark.parametrize(
    ("days", "heads", "first"), [(7, 7, "Jun<br>17<br>Wed"), (14, 14, "Jun<br>17<br>W"), (35, 12, "Jun<br>17<br>W")]
)
def test_heads_of_days_fit_a_phone(days: int, heads: int, first: str) -> None:
    """Weeks of days have a letter each, months of days a head at some; the month stands where it is a new one."""
    own = column_words(pd.date_range("2026-06-17", periods=days), "en")
    assert [len(own), sum(map(bool, own)), own[0]] == [days, heads, first]
    assert sum("Jul" in head for head in own) == int(days > 14)


def test_heads_beside_long_names_stay_apart() -> None:
    """Protects phones: what long names leave of a screen has no room for the names of seven weekdays."""
    days = pd.date_range("2026-06-17", periods=7)
    assert column_words(days, "zh", beside=["A033 林晓燕"])[1] == "<br>18<br>周四"
    assert column_words(days, "zh", beside=["A033 Wilhelmina Bartholom…"])[1] == "<br>18<br>四"


def test_a_desk_of_many_queues_has_its_forecast_drawn(forecast: pd.DataFrame) -> None:
    """From ten queues on the report broke, at the end of the planning."""
    many = pd.concat([forecast.assign(queue=f"q{number}") for number in range(12)], ignore_index=True)
    assert len(charts.forecast_fan(many, lang="en").layout.annotations) == 12


def test_long_codes_of_shifts_stay_in_their_cells(roster: pd.DataFrame, agents: pd.DataFrame) -> None:
    """A code of a few letters is written full size; longer ones are shrunk to their cells, and cut."""
    (heat,) = charts.roster_heat(roster, agents, lang="en").data
    assert heat.textfont.size == 11
    (heat,) = charts.roster_heat(roster.replace({"shift": {"N1": "Night of the warehouse"}}), agents, lang="en").data
    assert (heat.textfont.size, len(heat.text[0][0])) == (None, 12)
    assert heat.customdata[0][0] == "Night of the warehouse", "who points at it reads all of it"
    (heat,) = charts.roster_heat(roster.replace({"shift": {"N1": "大促夜班甲组"}}), agents, lang="zh").data
    assert len(heat.text[0][0]) * 0.65 >= len("大促夜班甲组"), "Plotly makes letters so small that its own fit, of 0.65"
