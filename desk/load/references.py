"""Names that must stand elsewhere: agents, queues, shifts, contracts."""

from collections.abc import Mapping

import pandas as pd

from desk.load.header import closest
from desk.load.ledger import Ledger
from desk.load.sheet import Sheet
from desk.settings import Settings
from desk.tables import Column, table

OFF = "OFF"


def check_references(
    settings: Settings, frames: Mapping[str, pd.DataFrame], sheets: Mapping[str, Sheet], ledger: Ledger
) -> None:
    """Note every name that is not known where its column refers to."""
    known = known_names(settings, frames)
    for name, frame in frames.items():
        for column in table(name).columns.values():
            if column.ref:
                _check_column(column, frame, sheets[name], known[column.ref], ledger)


def known_names(settings: Settings, frames: Mapping[str, pd.DataFrame]) -> dict[str, set[str]]:
    """What each kind of reference may name."""
    agents = set(frames["agents"]["agent"].dropna()) if "agents" in frames else set()
    shifts = set(frames["shifts"]["shift"].dropna()) if "shifts" in frames else set()
    return {
        "queues": set(settings.queues),
        "contracts": set(settings.contracts),
        "agents": agents,
        "shifts": shifts,
        "shifts_or_off": shifts | {OFF},
    }


def _check_column(column: Column, frame: pd.DataFrame, sheet: Sheet, known: set[str], ledger: Ledger) -> None:
    if column.name not in sheet.cells:
        return
    cells = frame[column.name]
    if column.kind == "list":
        wrong = cells.map(lambda names: not known.issuperset(names)).to_numpy(dtype=bool)
    else:
        wrong = (cells.notna() & ~cells.isin(known)).to_numpy(dtype=bool)

    def facts(place: int) -> dict[str, str]:
        return {"known": closest(str(sheet.cells[column.name].iloc[place]), sorted(known))}

    ledger.rows(f"unknown_{column.ref.removesuffix('_or_off')}", sheet, column.name, wrong, facts=facts)
