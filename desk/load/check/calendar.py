"""A year whose holidays are not published yet is said, never guessed."""

import pandas as pd

from desk.basis import is_stated
from desk.calendar import CHINA, has_calendar, is_none, published_years, usual_weekend
from desk.load.draft import Draft
from desk.load.spans import year_spans
from desk.load.zone import is_zone
from desk.settings import Contract, Settings
from desk.week import WEEK_DAYS


def check_calendar(draft: Draft) -> None:
    """Note an unknown country, and the years of horizon and history without a published schedule.

    Where fixed headcounts are stated nothing is forecast that holidays could change.
    """
    if draft.settings is None:
        return
    country = draft.settings.country
    _check_weekend(draft, draft.settings)
    _check_currency(draft, draft.settings)
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


def _check_currency(draft: Draft, settings: Settings) -> None:
    """Note amounts that are yuan since nobody stated a currency, of a desk in another country."""
    abroad = not is_none(settings.country) and settings.country.upper() != CHINA
    if abroad and "currency" not in settings.model_fields_set:
        facts = {"currency": settings.currency, "country": settings.country}
        draft.setting("currency_assumed", "currency", severity="note", **facts)


def _check_weekend(draft: Draft, settings: Settings) -> None:
    """Note a weekend that nobody stated, where rules ask for it and the country rests on other days."""
    counts = settings.rules.fairness_weekend_price > 0 or any(map(_counts_weeks, settings.contracts.values()))
    if "weekend" in settings.model_fields_set or not counts or not has_calendar(settings.country):
        return
    usual = {WEEK_DAYS[day] for day in usual_weekend(settings.country, settings.horizon.start.year)}
    if not usual <= set(settings.weekend):
        draft.setting("weekend_elsewhere", "weekend", severity="note", country=settings.country)


def _counts_weeks(contract: Contract) -> bool:
    limits = ("max_weekends", "min_paid_h_week", "max_paid_h_week", "min_days_off_week")
    return any(getattr(contract, limit) is not None for limit in limits)


def _years(draft: Draft) -> set[int]:
    assert draft.settings is not None
    horizon = draft.settings.horizon
    years = set(pd.date_range(horizon.start, horizon.end, inclusive="left").year)
    if draft.has("history", "start"):
        years |= set(draft.frames["history"]["start"].dropna().dt.year)
    return {int(year) for year in years}
