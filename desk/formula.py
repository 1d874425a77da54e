"""The one place that keeps texts from acting as formulas in a spreadsheet."""

import re

import pandas as pd

_BLANKS = "[ \u00a0\u3000\ufeff]*"
_SIGNS = r"[=+\-@\t\r\n\x00＝＋－＠]"
_FORMULA = rf"^('*{_BLANKS}{_SIGNS})"
_GUARDED = rf"^'('*{_BLANKS}{_SIGNS})"
_SEPARATED = r"[;\t\r\n]"
"""What parts cells in a spreadsheet that does not take the comma for it, as in most of Europe: there a quote inside of
a line is a letter, and what stands behind such a sign is a cell of its own."""
_INNER = rf"""(?<={_SEPARATED})('*[" \u00a0\u3000\ufeff]*{_SIGNS})"""
_INNER_FORMULA = re.compile(_INNER)
_INNER_GUARDED = re.compile(_INNER.replace("('*", "'('*", 1))


def guarded(texts: "pd.Series[str]") -> "pd.Series[str]":
    """Texts that no spreadsheet takes for a formula: an apostrophe before ``= + - @``, also full-width ones and behind
    blanks, tab, line break or NUL; at the beginning, and behind whatever parts cells elsewhere.
    """
    return _behind_separators(texts.str.replace(_FORMULA, r"'\1", regex=True), _INNER_FORMULA, r"'\1")


def unguarded(texts: "pd.Series[str]") -> "pd.Series[str]":
    """The inverse of :func:`guarded`."""
    if not texts.str.contains("'", regex=False).any():
        return texts
    return _behind_separators(texts, _INNER_GUARDED, r"\1").str.replace(_GUARDED, r"\1", regex=True)


def guarded_names(names: "list[str]") -> list[str]:
    """Titles of columns, guarded likewise."""
    return guarded(pd.Series(names, dtype="str")).tolist()


def _behind_separators(texts: "pd.Series[str]", pattern: "re.Pattern[str]", by: str) -> "pd.Series[str]":
    """Replace in the few texts that hold a separator."""
    parted = texts.str.contains(_SEPARATED, regex=True).fillna(False).astype(bool)
    if not parted.any():
        return texts
    made = [pattern.sub(by, text) for text in texts[parted]]
    return texts.where(~parted, pd.Series(made, index=texts.index[parted], dtype=texts.dtype).reindex(texts.index))
