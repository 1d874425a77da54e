"""The one place that keeps texts from acting as formulas in a spreadsheet."""

import pandas as pd

_SIGNS = r"[=+\-@\t\r\n\x00]"
_FORMULA = rf"^('*{_SIGNS})"
_GUARDED = rf"^'('*{_SIGNS})"


def guarded(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Texts that no spreadsheet takes for a formula: an apostrophe before ``= + - @``, tab, line break or NUL."""
    return texts.str.replace(_FORMULA, r"'\1", regex=True)


def unguarded(texts: "pd.Series[str]") -> "pd.Series[str]":
    """The inverse of :func:`guarded`."""
    return texts.str.replace(_GUARDED, r"\1", regex=True)
