"""The cells of a frame as texts, so that reading them gives the frame again."""

from typing import Any, cast

import numpy as np
import pandas as pd

from desk.load.words import LIST_MARK
from desk.tables import Column, table

_DAY_MIN = 1440


def text_frame(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Every cell of table ``name`` as a text; blank cells are empty texts."""
    declared = table(name).columns
    offsets = has_ambiguous_times(frame)
    columns = {own: column_text(frame[own], declared.get(str(own)), offsets=offsets) for own in frame}
    return pd.DataFrame(columns, dtype="str")


def column_text(cells: "pd.Series[Any]", column: Column | None, *, offsets: bool = False) -> list[str]:
    """The cells of one column; ``None`` is an undeclared column of numbers. Times carry ``offsets`` if asked."""
    match column.kind if column else "float":
        case "time":
            return time_text(cells, offsets=offsets)
        case "date":
            return _blanked(np.datetime_as_string(cells.to_numpy(dtype="datetime64[D]")))
        case "clock":
            return [clock_text(minutes) for minutes in cells]
        case "bool":
            return ["" if pd.isna(cell) else str(int(cell)) for cell in cells]
        case "int" | "float":
            return [number_text(cell) for cell in cells.tolist()]
        case "list":
            return [LIST_MARK.join(names) for names in cells]
        case _:
            return ["" if pd.isna(cell) else str(cell) for cell in cells.tolist()]


def has_ambiguous_times(frame: pd.DataFrame) -> bool:
    """Whether some local time of the table comes twice at a clock change, so that it needs its offset."""
    zoned = [frame[name] for name in frame if isinstance(frame[name].dtype, pd.DatetimeTZDtype)]
    return any(_ambiguous(times) for times in zoned)


def time_text(times: "pd.Series[pd.Timestamp]", *, offsets: bool) -> list[str]:
    """Local times, to the minute, second or microsecond as the column needs."""
    local = times.dt.tz_localize(None)
    moments = local.to_numpy(dtype="datetime64[us]")
    unit = next(unit for unit in ("m", "s", "us") if _whole(moments, unit))
    written = [text.replace("T", " ") for text in _blanked(np.datetime_as_string(moments, unit=cast("Any", unit)))]
    if not offsets:
        return written
    minutes = (local - times.dt.tz_convert("UTC").dt.tz_localize(None)) / pd.Timedelta(minutes=1)
    return [text and text + _offset(east) for text, east in zip(written, minutes, strict=True)]


def number_text(value: float) -> str:
    """A number without a needless fraction; blank for NaN."""
    if pd.isna(value):
        return ""
    return f"{value:.0f}" if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def _ambiguous(times: "pd.Series[pd.Timestamp]") -> bool:
    zone, local = times.dt.tz, times.dt.tz_localize(None)
    first = local.dt.tz_localize(zone, ambiguous=np.ones(len(local), dtype=bool), nonexistent="NaT")
    second = local.dt.tz_localize(zone, ambiguous=np.zeros(len(local), dtype=bool), nonexistent="NaT")
    return bool((first.notna() & (first != second)).any())


def _whole(moments: Any, unit: str) -> bool:
    filled = moments[~np.isnat(moments)]
    return bool((filled.astype(f"datetime64[{unit}]") == filled).all())


def _blanked(written: Any) -> list[str]:
    return ["" if text == "NaT" else text for text in written.tolist()]


def _offset(minutes: float) -> str:
    size = abs(int(minutes))
    return f"{'-' if minutes < 0 else '+'}{size // 60:02d}:{size % 60:02d}"


def clock_text(minutes: float) -> str:
    """Minutes since midnight as HH:MM, with +1 for the next day; midnight at its end is 24:00; blank for NaN."""
    if pd.isna(minutes):
        return ""
    days, own = divmod(int(minutes), _DAY_MIN)
    if days == 1 and own == 0:
        return "24:00"
    return f"{own // 60:02d}:{own % 60:02d}" + ("+1" if days else "")
