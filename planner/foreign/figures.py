"""Numbers, and yes or no, as other systems write them; which of point and comma parts thousands is never guessed."""

import re
from collections.abc import Collection, Mapping
from unicodedata import normalize

import pandas as pd

_MONEY = re.compile(r"^[¥€$£]\s*|\s*[¥€$£元]$")
_BY_POINT = re.compile(
    r"-?(?:\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d\d?|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3}){2,}|\d\d?(?:,\d\d)+,\d{3}(?:\.\d+)?)"
)
"""With the lakhs of India, 1,23,456, too."""
_BY_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d\d?|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3}){2,})")
_PARTED = re.compile(r"-?\d{1,3}([.,])(\d{3})")
_SPACED = re.compile(r"-?\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?")
_DASHES = re.compile(r"[-–—−]+")
"""Where other systems have no number."""
_NUMBER = re.compile(r"-?\d[\d.,]*")
_DURATION = re.compile(
    r"(?=.)(?:(\d+)\s*(?:小时|时|h))?\s*(?:(\d+)\s*(?:分钟|分|min|m))?\s*(?:(\d+(?:\.\d+)?)\s*(?:秒|s|sec))?", re.I
)
_CLOCK = re.compile(r"(\d+):([0-5]\d):([0-5]\d(?:\.\d+)?)")
_YES, _NO = ("是", "有", "√", "✓", "yes", "y", "ja", "true", "1"), ("否", "无", "×", "no", "n", "nein", "false", "0")


def plain_numbers(
    columns: "Mapping[str, pd.Series[str]]", *, typed: bool = False, counts: Collection[str] = ()
) -> "dict[str, pd.Series[str]]":
    """The columns of a file with ordinary digits, without signs of money, and with a point for decimals where some cell
    of the column, else of the file, tells which mark that is; all others as they are, for the reader to judge.

    Parameters
    ----------
    typed : of a workbook, in which 12.345 may be a number already: no point is taken for another mark.
    counts : names of columns of whole numbers, in which 1.234 is nothing but thousands where no cell says otherwise.
    """
    bare = {name: {cell: _bare(cell) for cell in cells.unique()} for name, cells in columns.items()}
    whole = "" if typed else _mark({own for cells in bare.values() for own in cells.values()})
    of_counts = {name: _mark_of_counts(bare[name].values(), typed) for name in counts if not whole}
    return {name: cells.map(_pointed(bare[name], of_counts.get(name, whole), typed)) for name, cells in columns.items()}


def _bare(cell: str) -> str:
    own = _MONEY.sub("", normalize("NFKC", cell).strip())
    if _SPACED.fullmatch(own):
        return re.sub(r"[ '’]", "", own)
    return "" if _DASHES.fullmatch(own) else own


def _mark(cells: Collection[str]) -> str:
    """The mark before decimals: a point, a comma, or nothing where no cell tells, or two contradict each other."""
    point, comma = (any(map(form.fullmatch, cells)) for form in (_BY_POINT, _BY_COMMA))
    return "" if point == comma else "." if point else ","


def _mark_of_counts(cells: Collection[str], typed: bool) -> str:
    """The mark that would stand before decimals, where the other one parts the thousands of whole numbers."""
    parted = [found for own in cells if (found := _PARTED.fullmatch(own))]
    alike = {found[1] for found in parted}
    if len(alike) != 1 or all(found[2] == "000" for found in parted) or (alike == {"."} and typed):
        return ""
    whole = all(_PARTED.fullmatch(own) or re.fullmatch(r"-?\d*", own) for own in cells)
    return {",": ".", ".": ","}[alike.pop()] if whole else ""


def _pointed(cells: Mapping[str, str], whole: str, typed: bool) -> dict[str, str]:
    """Cell -> number, by the mark that the cells tell; where they tell none, by that of the ``whole`` file."""
    told = any(form.fullmatch(own) for own in cells.values() for form in (_BY_POINT, _BY_COMMA))
    mark = _mark(cells.values()) if told else whole
    if typed and mark == "," and any("." in own and "," not in own for own in cells.values()):
        mark = ""
    marks = {".": str.maketrans("", "", ","), ",": str.maketrans(",", ".", "."), "": {}}[mark]
    return {cell: own.translate(marks) if _NUMBER.fullmatch(own) else own for cell, own in cells.items()}


def plain_seconds(cell: str) -> str:
    """A length of time as seconds where it says its units or has hours, minutes and seconds (0:04:35, 4分35秒); of 4:35
    it can't be told whether it begins with hours or with minutes.
    """
    own = normalize("NFKC", cell).strip()
    found = _CLOCK.fullmatch(own) or _DURATION.fullmatch(own)
    if found is None:
        return cell
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return f"{3600 * hours + 60 * minutes + seconds:.10g}"


def plain_flags(cells: "pd.Series[str]") -> "pd.Series[str]":
    """1 for yes and 0 for no, as far as the words are known."""
    known = {cell: normalize("NFKC", cell).strip().casefold() for cell in cells.unique()}
    return cells.map({cell: "1" if own in _YES else "0" if own in _NO else cell for cell, own in known.items()})
