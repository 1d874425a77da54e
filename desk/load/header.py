"""The header of a sheet against the declaration of its table."""

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches

from desk.load.ledger import Ledger
from desk.load.sheet import Sheet
from desk.tables import table


def check_header(sheet: Sheet, ledger: Ledger) -> None:
    """Note unknown, missing, unnamed and repeated columns, and a table that has a header only."""
    declared = table(sheet.name)
    for name, times in Counter(sheet.header).items():
        if times > 1 and name:
            ledger.add("duplicate_column", sheet.file, row=1, column=name, times=times)
    if "" in sheet.header:
        ledger.add("unnamed_column", sheet.file, row=1, position=sheet.header.index("") + 1)
    for name in dict.fromkeys(sheet.header):
        if name and name not in declared.columns and not declared.extra:
            ledger.add("unknown_column", sheet.file, row=1, column=name, known=closest(name, declared.columns))
    for name in declared.required:
        if name not in sheet.header:
            ledger.add("missing_column", sheet.file, row=1, column=name)
    if not len(sheet.rows) and not declared.may_be_empty:
        ledger.add("empty_table", sheet.file)


def closest(name: str, known: Iterable[str], shown: int = 12) -> str:
    """The known name most like ``name``, else the known names."""
    names = [str(item) for item in known]
    if alike := get_close_matches(name, names, n=1, cutoff=0.6):
        return alike[0]
    return ", ".join(names[:shown]) + (" …" if len(names) > shown else "")
