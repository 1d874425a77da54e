"""The header of a sheet against the declaration of its table."""

from collections import Counter
from difflib import get_close_matches

from desk.load.ledger import Ledger
from desk.load.sheet import Sheet
from desk.tables import table


def check_header(sheet: Sheet, header: list[str], ledger: Ledger) -> None:
    """Note unknown, missing, unnamed and repeated columns."""
    declared = table(sheet.name)
    for name, times in Counter(header).items():
        if times > 1 and name:
            ledger.add("duplicate_column", sheet.file, row=1, column=name, times=times)
    if "" in header:
        ledger.add("unnamed_column", sheet.file, row=1, position=header.index("") + 1)
    for name in header:
        if name and name not in declared.columns and not declared.extra:
            ledger.add("unknown_column", sheet.file, row=1, column=name, known=closest(name, declared.columns))
    for name in declared.required:
        if name not in header:
            ledger.add("missing_column", sheet.file, row=1, column=name)


def closest(name: str, known: "list[str] | tuple[str, ...] | object") -> str:
    """The known name most like ``name``, else all of them."""
    names = [str(item) for item in known]  # type: ignore[attr-defined]
    return (get_close_matches(name, names, n=1, cutoff=0.6) or [", ".join(names)])[0]
