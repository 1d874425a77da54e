"""Drivers whose points may stand for thousands, as in German: 12.345 visits are read as a dozen."""

import numpy as np

from desk.load.draft import Draft
from desk.load.header import extra_columns

_GROUPED, _SHORT = r"[1-9][0-9]{0,2}\.[0-9]{3}", r"[0-9]{0,3}"
_FEWEST = 2


def check_drivers(draft: Draft) -> None:
    """Warn of columns in which every point stands before three digits, and nothing of 1,000 or more is without one.

    In a workbook a number is a number, whatever is shown.
    """
    sheet = draft.sheets.get("drivers")
    if sheet is None or sheet.as_text or not draft.has("drivers"):
        return
    for name in extra_columns(sheet):
        grouped = np.asarray(sheet.text[name].str.fullmatch(_GROUPED), dtype=bool)
        short = np.asarray(sheet.text[name].str.fullmatch(_SHORT), dtype=bool)
        if grouped.sum() >= _FEWEST and (grouped | short).all():
            first = int(np.flatnonzero(grouped)[0])
            row, value = draft.row("drivers", first), sheet.text[name].iloc[first]
            draft.ledger.add("thousands_point", sheet.file, severity="warning", row=row, column=name, value=value)
