"""Names that must stand elsewhere: agents, queues, shifts, contracts."""

from collections.abc import Mapping

import numpy as np

from desk.load.draft import Draft
from desk.load.header import closest
from desk.tables import Column, table

OFF = "OFF"


def check_references(draft: Draft) -> None:
    """Note every name that is not known where its column refers to."""
    check_names(draft, known_names(draft))


def check_names(draft: Draft, known: Mapping[str, frozenset[str]]) -> None:
    """Note every name that ``known`` does not hold for what its column refers to."""
    for name in draft.frames:
        for column in table(name).columns.values():
            if column.ref in known and column.name in draft.sheets[name].cells:
                _check_column(draft, name, column, known[column.ref])


def known_names(draft: Draft) -> dict[str, frozenset[str]]:
    """What each kind of reference may name; a kind that can't be judged is absent."""
    known = dict(draft.names)
    for name, column in (("agents", "agent"), ("shifts", "shift")):
        if name not in draft.sheets and not draft.ledger.blames(name):
            known[name] = frozenset()
        elif draft.has(name, column):
            known[name] = frozenset(draft.frames[name][column].dropna())
    if "shifts" in known:
        known["shifts_or_off"] = known["shifts"] | {OFF}
    return known


def _check_column(draft: Draft, name: str, column: Column, known: frozenset[str]) -> None:
    cells, sheet = draft.frames[name][column.name], draft.sheets[name]
    kind = column.ref.removesuffix("_or_off")
    if not known - {OFF} and cells.notna().any():
        code = "missing_section" if kind in draft.names else "missing_table"
        draft.ledger.add(code, sheet.file, column=column.name, table=kind)
        return
    if column.kind == "list":
        unknown = cells.map(lambda names: next((one for one in names if one not in known), None))
    else:
        unknown = cells.where(cells.notna() & ~cells.isin(known))
    draft.ledger.rows(
        f"unknown_{kind.removesuffix('s')}",
        sheet,
        column.name,
        np.asarray(unknown.notna(), dtype=bool),
        facts=lambda place: {"name": unknown.iloc[place], "known": closest(str(unknown.iloc[place]), sorted(known))},
    )
