"""The one place that keeps texts from acting as formulas in a spreadsheet."""

import pandas as pd

_BLANKS = "[ \u00a0\u3000\ufeff]*"
_SIGNS = r"[=+\-@\t\r\n\x00＝＋－＠]"
_FORMULA = rf"^('*{_BLANKS}{_SIGNS})"
_GUARDED = rf"^'('*{_BLANKS}{_SIGNS})"


def guarded(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Texts that no spreadsheet takes for a formula: an apostrophe before ``= + - @``, also full-width ones and behind
    blanks, tab, line break or NUL.
    """
    return texts.str.replace(_FORMULA, r"'\1", regex=True)


def unguarded(texts: "pd.Series[str]") -> "pd.Series[str]":
    """The inverse of :func:`guarded`."""
    return texts.str.replace(_GUARDED, r"\1", regex=True)


def guarded_names(names: "list[str]") -> list[str]:
    """Titles of columns, guarded likewise."""
    return guarded(pd.Series(names, dtype="str")).tolist()
