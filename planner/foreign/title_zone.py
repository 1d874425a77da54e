"""The clock that a title names, as in ``Created at (UTC)`` or ``Started at (Europe/London)``."""

import re
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, available_timezones

import pandas as pd

_UTC = r"(?:(?<![A-Z])(?:UTC|GMT)|(?<![A-Za-z])utc)(?![A-Za-z])"
_NAMED = re.compile(rf"[(（]?{_UTC}(?:([+-])(\d{{1,2}})(?::?(\d\d))?)?[)）]?|[(（]([A-Z]\w+(?:/\w+)+)[)）]")
_PLAIN = r"\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d(?:\.\d+)?)?"


def zone_of(title: str) -> str:
    """What the title says of a zone, such as ``UTC+8``; empty where it names none that is known."""
    found = _NAMED.search(title)
    if found is None or (found[4] and found[4] not in available_timezones()):
        return ""
    return found[0].strip("()（）")


def without_zone(title: str) -> str:
    """The title but for the zone."""
    return _NAMED.sub("", title) if zone_of(title) else title


def on_clock(moments: "pd.Series[str]", zone: str) -> "pd.Series[str]":
    """Moments without an offset as those of this clock; days alone, and what is no moment, stay."""
    plain = moments.str.fullmatch(_PLAIN)
    if not zone or not plain.any():
        return moments
    local = pd.to_datetime(moments.where(plain), format="ISO8601", errors="coerce")
    fixed = local.dt.tz_localize(_clock(zone), ambiguous="NaT", nonexistent="NaT").dt.tz_convert("UTC")
    return fixed.dt.strftime("%Y-%m-%d %H:%M:%S+00:00").fillna(moments)


def _clock(zone: str) -> tzinfo:
    found = _NAMED.fullmatch(zone) or _NAMED.fullmatch(f"({zone})")
    if found is None or found[4]:
        return ZoneInfo(zone)
    size = timedelta(hours=int(found[2] or 0), minutes=int(found[3] or 0))
    return timezone(-size if found[1] == "-" else size)
