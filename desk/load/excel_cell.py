"""What a workbook's cell says, written as a CSV would write it."""

from datetime import date, datetime, time, timedelta

_ERRORS = frozenset({"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"})
_EXACT_WHOLE = 1e15


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
        case date() | time():
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


def _moment(cell: datetime) -> str:
    return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ")


def _duration(cell: timedelta) -> str:
    minutes, seconds = divmod(round(cell.total_seconds()), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")
