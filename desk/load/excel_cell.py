"""What a workbook's cell says, written as a CSV would write it."""

from datetime import date, datetime, time, timedelta

_ERRORS = frozenset({"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"})
_EXACT_WHOLE = 1e15
_ANY_DAY = date(2000, 1, 1)
_DRIFT = timedelta(milliseconds=50)
"""What adding 1/24 row after row comes to: a third of a microsecond each."""


def written(cell: object) -> str:
    """The text of a cell: ISO dates, clock times, 1 and 0 for yes and no, plain digits."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case bool():
            return "1" if cell else "0"
        case int():
            return str(cell)
        case float():
            return f"{cell:.0f}" if cell.is_integer() and abs(cell) < _EXACT_WHOLE else repr(cell)
        case datetime():
            return _moment(cell)
        case timedelta():
            return _duration(cell)
        case time():
            return _clock(cell)
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def is_error(cell: object) -> bool:
    """Whether the cell shows an error of the spreadsheet."""
    return isinstance(cell, str) and cell in _ERRORS


def letters(column: int) -> str:
    """A column as a spreadsheet names it, 1 = A."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def place_of(column: str | bytes) -> int:
    """The column of that name, A = 1."""
    place = 0
    for letter in column if isinstance(column, bytes) else column.encode():
        place = place * 26 + letter - 64
    return place


def _moment(cell: datetime) -> str:
    cell = _without_drift(cell)
    return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ")


def _clock(cell: time) -> str:
    moment = _without_drift(datetime.combine(_ANY_DAY, cell))
    return moment.time().isoformat() if moment.date() == _ANY_DAY else "24:00"


def _without_drift(cell: datetime) -> datetime:
    """The minute that a spreadsheet shows where sums of hours have drifted off it by milliseconds."""
    minute = (cell + timedelta(seconds=30)).replace(second=0, microsecond=0)
    return minute if abs(cell - minute) <= _DRIFT else cell


def _duration(cell: timedelta) -> str:
    minutes, seconds = divmod(round(cell.total_seconds()), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
