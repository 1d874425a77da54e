"""A year whose holidays are not published yet is said, never guessed."""

import pandas as pd

from desk.basis import is_stated
from desk.calendar import has_calendar, is_none, published_years
from desk.load.draft import Draft
from desk.load.spans import year_spans
from desk.load.zone import is_zone


def check_calendar(draft: Draft) -> None:
    """Note an unknown country, and the years of horizon and history without a published schedule.

    Where fixed headcounts are stated nothing is forecast that holidays could change.
    """
    if draft.settings is None:
        return
    country = draft.settings.country
    if has_calendar(country) and is_stated(draft.has):
        return
    if is_none(country) and draft.settings.forecast.country is None and is_zone(draft.settings.timezone):
        draft.setting("zone_without_country", "timezone", severity="note", value=draft.settings.timezone)
    if not has_calendar(country):
        draft.setting("unknown_country", "forecast", "country", value=country)
        return
    years = _years(draft)
    if unknown := years - published_years(country, years):
        facts = {"years": year_spans(unknown), "country": country}
        draft.setting("no_holiday_schedule", "forecast", "country", severity="warning", value=country, **facts)


def _years(draft: Draft) -> set[int]:
    assert draft.settings is not None
    horizon = draft.settings.horizon
    years = set(pd.date_range(horizon.start, horizon.end, inclusive="left").year)
    if draft.has("history", "start"):
        years |= set(draft.frames["history"]["start"].dropna().dt.year)
    return {int(year) for year in years}
