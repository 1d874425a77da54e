"""A moment in words: on the clock of a desk, which is named."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE, SECOND = "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"


def moment_words(at: datetime, zone: str, form: str = MINUTE) -> str:
    """A moment as the clocks of ``zone`` show it, and how far they are from UTC."""
    own = at.astimezone(ZoneInfo(zone))
    return f"{own:{form}} {_from_utc(own)}"


def day_of(at: datetime, zone: str) -> str:
    """The day of a moment where the clocks of ``zone`` hang."""
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d}"


def _from_utc(own: datetime) -> str:
    minutes = (own.utcoffset() or timedelta()) // timedelta(minutes=1)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}" + (f":{rest:02}" if rest else "")
