"""Public holidays and make-up workdays, from published schedules only."""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from inspect import isfunction
from typing import Any

import pandas as pd

CHINA = "CN"
NO_CALENDAR = "none"
_SATURDAY = 5
_YEARS_BACK = 3


def day_kind(dates: pd.DatetimeIndex, country: str) -> pd.DataFrame:
    """What kind of day each date is.

    Parameters
    ----------
    dates : days, naive or zone-aware, length n.
    country : ISO 3166 code of the country, or ``none``: then only weekends are known.

    Returns
    -------
    One row per date: ``date`` (naive midnight); ``holiday``, its English name or ""; ``is_workday``; ``is_makeup``,
    a weekend day that is worked in exchange (调休); ``published``, whether the year's schedule was published. In an
    unpublished year no holiday is guessed: weekdays are workdays.

    Raises
    ------
    ValueError : where the country has no calendar here.

    Source: China by ``chinesecalendar`` (notices of the State Council), other countries by ``holidays``.
    """
    own = pd.DatetimeIndex(dates).tz_localize(None).normalize().as_unit("us")
    known = {year: year in published_years(country, {year}) for year in set(own.year)}
    rows = [_kind(day.date(), country, known[day.year]) for day in own]
    columns = ["holiday", "is_workday", "is_makeup"]
    frame = pd.DataFrame(rows, columns=columns).astype({"holiday": "str", "is_workday": bool, "is_makeup": bool})
    frame.insert(0, "date", own)
    return frame.assign(published=[known[year] for year in own.year])


def published_years(country: str, years: Iterable[int]) -> set[int]:
    """Those of ``years`` whose schedule is published; all of them for ``none``."""
    if is_none(country):
        return set(years)
    if country.upper() == CHINA:
        return set(years) & _china_years()
    return {year for year in years if _is_published(country.upper(), year)}


def usual_weekend(country: str, year: int) -> frozenset[int]:
    """Days of the week on which the country rests, 0 = Monday; Saturday and Sunday for ``none``."""
    if is_none(country) or country.upper() == CHINA:
        return frozenset({_SATURDAY, _SATURDAY + 1})
    return frozenset(_calendar(country.upper(), year).weekend)


def is_none(country: str) -> bool:
    """Whether the setting asks for no calendar."""
    return country.strip().lower() in ("", NO_CALENDAR)


def has_calendar(country: str) -> bool:
    """Whether the country's holidays are known, or none are wanted."""
    if is_none(country) or country.upper() == CHINA:
        return True
    from holidays import list_supported_countries

    return country.upper() in list_supported_countries(include_aliases=True)


@cache
def country_of(timezone: str) -> str:
    """ISO 3166 code of the country whose people keep ``timezone``; ``none`` for a zone of no country such as UTC.

    An old name such as US/Eastern or PRC counts as the zone that it stands for, where only one country keeps that.

    Source: ``zone.tab``, ``zone1970.tab`` and the links of ``tzdata.zi`` in the time zone database.
    """
    country = _countries("zone.tab").get(timezone)
    if country is None:
        country = _countries("zone1970.tab").get(_links().get(timezone, ""), NO_CALENDAR)
    return country if has_calendar(country) else NO_CALENDAR


@cache
def _countries(table: str) -> dict[str, str]:
    """Zone -> its country, or several with commas between."""
    rows = (line.split("\t") for line in _zone_file(table) if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


@cache
def _links() -> dict[str, str]:
    """Old name -> the zone that it stands for."""
    rows = (line.split() for line in _zone_file("tzdata.zi") if line.startswith("L "))
    return {row[2]: row[1] for row in rows}


def _zone_file(name: str) -> list[str]:
    return files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8").splitlines()


@lru_cache(maxsize=16_384)
def _kind(day: date, country: str, published: bool) -> tuple[str, bool, bool]:
    """Name of the holiday, whether it is worked, whether it is a make-up day."""
    if is_none(country) or (country.upper() == CHINA and not published):
        return "", day.weekday() < _SATURDAY, False
    if country.upper() == CHINA:
        return _kind_in_china(day)
    calendar = _calendar(country.upper(), day.year)
    if not published:
        return "", day.weekday() not in calendar.weekend, False
    makeup = day in (calendar.weekend_workdays or ())
    holiday = "" if makeup else str(calendar.get(day, ""))
    return holiday, makeup or not (holiday or day.weekday() in calendar.weekend), makeup


def _kind_in_china(day: date) -> tuple[str, bool, bool]:
    from chinese_calendar import constants, is_workday

    holiday, makeup = constants.holidays.get(day, ""), day in constants.workdays
    return str(holiday), is_workday(day), makeup


@cache
def _china_years() -> frozenset[int]:
    from chinese_calendar import constants

    return frozenset(day.year for day in constants.holidays)


@cache
def _calendar(country: str, year: int) -> Any:
    import holidays

    try:
        kind = getattr(holidays, country)
    except AttributeError as error:
        raise ValueError(country) from error
    english = "en_US" if "en_US" in kind.supported_languages else None
    islamic = "islamic_show_estimated" in _options(kind)
    return kind(years=year, language=english, **({"islamic_show_estimated": True} if islamic else {}))


def _options(kind: type) -> set[str]:
    """Names of the options that the calendar's classes take at birth."""
    births = (vars(base).get("__init__") for base in kind.__mro__)
    return {name for birth in births if isfunction(birth) for name in birth.__code__.co_varnames}


def _is_published(country: str, year: int) -> bool:
    """Not published: outside the library's years, with estimated days, or without the make-up days usual there."""
    calendar = _calendar(country, year)
    if not calendar.start_year <= year <= calendar.end_year:
        return False
    if any("estimated" in name for name in calendar.values()):
        return False
    before = (_calendar(country, year - back).weekend_workdays for back in range(1, _YEARS_BACK + 1))
    return bool(calendar.weekend_workdays) or not any(before)
