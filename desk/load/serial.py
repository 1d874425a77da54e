"""Days as a spreadsheet counts them, which shows where a cell of it has lost its date format."""

import re
from datetime import UTC, datetime, timedelta

_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
_DRIFT = timedelta(seconds=1)


def day_of(cell: str) -> str:
    """``46174.375`` as ``2026-06-01 09:00``, within a second of a minute as that minute; empty where it is no day from
    1954 to 2118.
    """
    if not _SERIAL.fullmatch(cell):
        return ""
    moment = _ZERO + timedelta(seconds=round(float(cell) * 86_400))
    minute = (moment + timedelta(seconds=30)).replace(second=0)
    moment = minute if abs(moment - minute) <= _DRIFT else moment
    return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00")
