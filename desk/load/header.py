"""The header of a sheet against the declaration of its table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from desk.formula import guarded_names
from desk.load.ledger import Ledger
from desk.load.other_name import called
from desk.load.sheet import Sheet
from desk.load.unsafe import is_unsafe_name
from desk.tables import Table, table

_LONGEST_NAME = 80
_TELLING_LENGTH = 4
_FEWEST_NAMES = 2
HEADER_SOUGHT = 20
"""Rows in which the names of the columns are looked for where the first holds none."""


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
            ledger.add("unknown_column", sheet.file, row=1, column=name, known=_meant(name, declared))
    for name in extra_columns(sheet):
        if is_unsafe_name(name) or guarded_names([name]) != [name]:
            ledger.add("unsafe_column", sheet.file, row=1, column=name)
    for name in declared.required:
        if name not in sheet.header:
            ledger.add("missing_column", sheet.file, row=1, column=name)
    if declared.extra and not declared.may_be_empty and not extra_columns(sheet):
        ledger.add("no_extra_column", sheet.file, row=1)
    if not len(sheet.rows) and not declared.may_be_empty:
        ledger.add("empty_table", sheet.file)


def refuse_caption(name: str, file: str, rows: Iterable[Sequence[str]], ledger: Ledger) -> bool:
    """Note that the names of the columns stand below the first row, under a caption; whether they do.

    Parameters
    ----------
    rows : the first rows as they are written.
    """
    declared = table(name).columns.keys()
    named = [len(declared & {cell.strip() for cell in row}) for row in rows]
    below = named.index(max(named)) if named else 0
    if not below or named[0] or named[below] < _FEWEST_NAMES:
        return False
    ledger.add("header_below", file, row=below + 1, below=below + 1)
    return True


def extra_columns(sheet: Sheet) -> list[str]:
    """Undeclared columns of a table that welcomes them."""
    declared = table(sheet.name)
    return [name for name in sheet.cells if name and name not in declared.columns] if declared.extra else []


def _meant(name: str, declared: Table) -> str:
    """The column whose title this is, else the one that others title so, else the one of the most similar name."""
    titles = {
        title: column.name for column in declared.columns.values() for title in (column.title_en, column.title_zh)
    }
    foreign = called(name, declared.name)
    known = foreign if foreign in declared.columns else "start" if foreign and "start" in declared.columns else ""
    return titles.get(name) or known or closest(name, declared.columns)


def closest(name: str, known: Iterable[str], shown: int = 12) -> str:
    """The known name most like ``name``, else the known names; a dash where none is known."""
    names = [str(item) for item in known]
    return alike(name, names) or listed(names, shown)


def alike(name: str, known: Iterable[str]) -> str:
    """The known name most like ``name``, else the only one that holds it; empty where there is none."""
    names = list(known)
    if close := get_close_matches(name[:_LONGEST_NAME], names, n=1, cutoff=0.6):
        return close[0]
    holding = [own for own in names if name.casefold() in own.casefold()] if len(name) >= _TELLING_LENGTH else []
    return holding[0] if len(holding) == 1 else ""


def listed(names: Sequence[str], shown: int = 12) -> str:
    """The first names; a dash where there is none."""
    return ", ".join(names[:shown]) + (" …" if len(names) > shown else "") or "—"
