"""Years that are not of the Common Era: of the Republic of China (115), of an emperor (令和8), of Buddha (2569)."""

import re
from unicodedata import normalize

import pandas as pd

_BEGUN = {"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988}
"""The year before the first of each."""
_NAMED = re.compile(rf"\s*({'|'.join(_BEGUN)})\s*(\d{{1,3}})(?=\s*[-/.年])")
_REPUBLIC = re.compile(r"\s*(1\d\d)(?=[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}(?:\D|$))")
_REPUBLIC_COMPACT = re.compile(r"\s*(1\d\d)(?=\d{4}(?:\D|$))")
_BUDDHA = re.compile(r"\s*((?:\d{1,2}[-/.]){2}|)(2[56]\d\d)(?=(?P<after>[-/.年]\d{1,2}[-/.月])?)(?!\d)")
_BEFORE_CHRIST = 543


def common_era(cell: str) -> str:
    """The cell with the year of the Common Era: ``115/06/01``, ``1150601``, ``令和8年6月1日`` and ``01/06/2569`` begin
    or end with 2026; every other cell as it is, with ordinary digits and marks.
    """
    words = normalize("NFKC", cell)
    if named := _NAMED.match(words):
        return f"{_BEGUN[named[1]] + int(named[2])}{words[named.end() :]}"
    if republic := _REPUBLIC.match(words) or _REPUBLIC_COMPACT.match(words):
        return f"{_BEGUN['民國'] + int(republic[1])}{words[republic.end() :]}"
    if (buddha := _BUDDHA.match(words)) and bool(buddha[1]) != bool(buddha["after"]):
        return f"{buddha[1]}{int(buddha[2]) - _BEFORE_CHRIST}{words[buddha.end() :]}"
    return words


def of_other_eras(cells: "pd.Series[str]") -> dict[str, str]:
    """Cell -> what it is in the Common Era, of the cells of which that is another year."""
    known = {cell: common_era(cell) for cell in cells.unique()}
    return {cell: own for cell, own in known.items() if own != normalize("NFKC", cell)}
