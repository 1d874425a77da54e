"""What an analyst does with a forecast, on a small one by hand: totals, previews, versions, verdicts, back-tests."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from desk import Desk, Finding, Forecast, load_desk
from planner.backtested import packed, unpacked
from planner.explained import Span
from planner.output.read import read_output
from planner.tuned import (
    Override,
    beside,
    changed_days,
    day_spans,
    hour_spans,
    judged,
    overlapping,
    phases_of,
    previewed,
    totals_of,
    verdicts_of,
    whole_of,
    with_override,
    without_override,
)
from planner.tuned.override import KEY
from tests.views.tiny_plan import ZONE, write_desk, write_plan

LANGUAGES = ["en", "zh"]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The small desk."""
    return load_desk(write_desk(tmp_path_factory.mktemp("desk") / "desk"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Forecast:
    """Its forecast, three days by the hour."""
    folder = tmp_path_factory.mktemp("plan")
    return read_output(write_plan(folder / "out", folder / "desk")).forecast


def at(words: str) -> pd.Timestamp:
    return pd.Timestamp(words, tz=ZONE).as_unit("us")


def override(kind: str = "multiply", value: float = 1.3, minute: int = 0) -> Override:
    """Of the first evening, 20:00 to 21:00."""
    times = (at("2026-06-17 20:00"), at("2026-06-17 21:00"))
    return Override("pre_sale", *times, kind, value, "Li Na", "live", at(f"2026-06-01 10:{minute:02}"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_however_it_is_cut_the_total_is_the_same(own: Desk, made: Forecast, lang: str) -> None:
    """Days add up to the whole, hours to the day; phases are cut to what is forecast."""
    whole, days = whole_of(made, lang), day_spans(made, lang)
    total = float(totals_of(made, "pre_sale", [whole])["mean"].iloc[0])
    assert totals_of(made, "pre_sale", days)["mean"].sum() == pytest.approx(total)
    hours = hour_spans(made, days[0])
    assert len(hours) == 24
    assert (hours[-1].end, hours[-1].name) == (days[0].end, "23:00–00:00")
    assert [span.phase for span in phases_of(own, made)] == ["opening", "peak"]
    row = totals_of(made, "pre_sale", [whole]).iloc[0]
    assert row["q025"] < row["q10"] < row["mean"] < row["q90"] < row["q975"]


def test_a_preview_changes_its_hours_only(own: Desk, made: Forecast) -> None:
    """The hour is multiplied, all others stay; what is there already counts first."""
    table = own.table("overrides")
    one, other = override().row(table), override("set", 50.0, 1).row(table)
    found = previewed(made, table, one, "pre_sale").set_index("start")
    changed = found["after"] / found["before"]
    assert changed[at("2026-06-17 20:00")] == pytest.approx(1.3)
    assert (changed.drop(at("2026-06-17 20:00")) == 1.0).all()
    both = previewed(made, one, pd.concat([one, other]), "pre_sale").set_index("start")
    assert both["after"][at("2026-06-17 20:00")] == pytest.approx(50.0)
    assert (previewed(made, table, one, "after_sale")["after"] == found["before"].iloc[0] * 0 + 11.0).all()


def test_changes_by_hand_meet_where_they_share_an_hour(own: Desk) -> None:
    """Of the same queue, in the order in which they were made; one that begins at the end of another does not."""
    table = own.table("overrides")
    both = pd.concat([override(minute=5).row(table), override(minute=1).row(table)], ignore_index=True)
    met = overlapping(both, "pre_sale", at("2026-06-17 20:30"), at("2026-06-17 23:00"))
    assert met["made_at"].is_monotonic_increasing
    assert len(met) == 2
    assert overlapping(both, "pre_sale", at("2026-06-17 21:00"), at("2026-06-17 23:00")).empty
    assert overlapping(both, "after_sale", at("2026-06-17 20:00"), at("2026-06-17 21:00")).empty


def test_a_change_by_hand_comes_and_goes(own: Desk) -> None:
    """A row of table ``overrides`` with its owner and reason; without it the desk is the one from before."""
    changed = with_override(own, override())
    [row] = changed.table("overrides").itertuples()
    assert (row.owner, row.reason, row.value) == ("Li Na", "live", 1.3)
    more = with_override(changed, override("add", 5.0, 2))
    assert len(more.table("overrides")) == 2
    key = tuple(more.table("overrides").sort_values("made_at")[KEY].iloc[1])
    assert without_override(more, key).content_hash == changed.content_hash


def test_a_verdict_replaces_an_earlier_one_and_can_be_taken_back(own: Desk) -> None:
    """One row a day and kind, whatever was said before."""
    table = own.table("verdicts")
    day = {"queue": "pre_sale", "date": pd.Timestamp("2026-06-12"), "found": "outlier", "offered": 9.0, "usual": 4.0}
    rows = pd.DataFrame([day]).reindex(columns=list(table.columns)).astype(table.dtypes.to_dict())
    said = judged(own, rows, "drop", "counter broken")
    again = judged(said, rows, "keep")
    assert again.table("verdicts")["verdict"].tolist() == ["keep"]
    assert said.table("verdicts")["note"].tolist() == ["counter broken"]
    assert judged(again, rows, None).table("verdicts").empty


def test_two_forecasts_are_compared_where_both_forecast(made: Forecast) -> None:
    """The difference is that of the means; what did not move is not named."""
    more = replace(made, paths=made.paths.copy())
    more.paths[:, 20, 0] += 10
    days, hours = beside(made, more, "day"), beside(made, more, "hour")
    assert days["change"].tolist() == [0, 0, 0, 10, 0, 0]
    [moved] = changed_days(hours).itertuples()
    assert (moved.queue, str(moved.group), moved.change) == ("pre_sale", "2026-06-17 20:00:00", 10)
    late = replace(made, starts=made.starts + pd.Timedelta(days=30))
    assert beside(made, late, "day").empty


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_trial_is_told_with_its_reason(lang: str) -> None:
    """Used, beaten by another, too little, chance, no help, too short a past, another model."""
    numbers = [(0.2, 0.1, True), (0.2, 0.12, False), (0.2, 0.199, False), (0.2, 0.21, False), (0.2, np.inf, False)]
    rows = [
        {"queue": "q", "driver": f"d{place}", "beside": "", "wape_without": without, "wape_with": having, "origins": 9}
        | {"wins": 0.6, "admitted": admitted, "mean_lag_h": 60.0}
        for place, (without, having, admitted) in enumerate(numbers)
    ]
    rows += [rows[1] | {"beside": "d0"}, rows[1] | {"driver": None, "beside": None, "model": "mean4"}]
    told = verdicts_of(pd.DataFrame(rows), "q", lang)
    assert [own.admitted for own in told] == [True, *[False] * 6]
    assert len({own.words for own in told}) == 7
    assert "2.5" in told[0].words
    assert verdicts_of(pd.DataFrame(rows), "other", lang) == []
    assert verdicts_of(pd.DataFrame(), "q", lang) == []


def test_a_back_test_comes_back_from_its_job() -> None:
    """Unknown figures stay unknown, findings keep their facts."""
    errors = pd.DataFrame(
        {"cut": ["queue", "hour"], "group": ["", 3], "model": "mean4", "queue": "all", "wape": [0.123456789, np.nan]}
    )
    findings = (Finding("backtest_fewer_origins", "warning", facts={"judged": 2, "asked": 8}),)
    found, told = unpacked(packed(errors, findings))
    assert found["wape"].tolist()[0] == 0.12346
    assert np.isnan(found["wape"].iloc[1])
    assert told == findings
    assert unpacked({})[0].empty


def test_a_day_is_named_in_both_languages(made: Forecast) -> None:
    """Choices are read by people."""
    english, chinese = (day_spans(made, lang)[0] for lang in LANGUAGES)
    assert isinstance(english, Span)
    assert "2026-06-17" in english.name
    assert english.name != chinese.name
