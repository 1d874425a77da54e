"""Numbers, and yes or no, as other systems write them; which of point and comma parts thousands is never guessed."""

import re
from unicodedata import normalize

import pandas as pd

_MONEY = re.compile(r"^[¥€$£]\s*|\s*[¥€$£元]$")
_BY_POINT = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d\d?|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3}){2,})")
_BY_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d\d?|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3}){2,})")
_NUMBER = re.compile(r"-?\d[\d.,]*")
_YES, _NO = ("是", "有", "√", "✓", "yes", "y", "ja", "true", "1"), ("否", "无", "×", "no", "n", "nein", "false", "0")


def plain_numbers(cells: "pd.Series[str]") -> "pd.Series[str]":
    """The cells of a column with ordinary digits, without signs of money, and with a point for decimals where some cell
    of the column tells which mark that is; all others as they are, for the reader to judge.
    """
    bare = {cell: _MONEY.sub("", normalize("NFKC", cell).strip()) for cell in cells.unique()}
    point, comma = (any(map(form.fullmatch, bare.values())) for form in (_BY_POINT, _BY_COMMA))
    if point == comma:
        return cells.map(bare)
    marks = str.maketrans("", "", ",") if point else str.maketrans(",", ".", ".")
    return cells.map({cell: own.translate(marks) if _NUMBER.fullmatch(own) else own for cell, own in bare.items()})


def plain_flags(cells: "pd.Series[str]") -> "pd.Series[str]":
    """1 for yes and 0 for no, as far as the words are known."""
    known = {cell: normalize("NFKC", cell).strip().casefold() for cell in cells.unique()}
    return cells.map({cell: "1" if own in _YES else "0" if own in _NO else cell for cell, own in known.items()})
