"""A plan's roster and duty as rows, so that each person can be shown their own."""

from collections.abc import Iterator, Mapping
from io import BytesIO

import pandas as pd
from sqlalchemy import Connection, select

from desk import Finding, InputError
from desk.formula import unguarded
from store import blob
from store.bulk import fill
from store.moment import epoch_us
from store.schema import desk_tables, duty_rows, plan_people, roster_rows
from store.table_text import decode

ROSTER, DUTY = "roster.csv", "duty.csv"
_COLUMNS = {ROSTER: ["agent", "date", "shift"], DUTY: ["agent", "start", "activity", "date", "shift"]}
_KEY = {ROSTER: ["agent", "date"], DUTY: ["agent", "start"]}


def teams_of(connection: Connection, desk: str) -> dict[str, str]:
    """Agent -> team, as the desk version has them."""
    query = select(desk_tables.c.blob).where((desk_tables.c.desk == desk) & (desk_tables.c.name == "agents"))
    key = connection.execute(query).scalar()
    if key is None:
        return {}
    agents = decode("agents", blob.get(connection, key), "UTC")
    teams = agents["team"] if "team" in agents else pd.Series("", index=agents.index)
    return dict(zip(agents["agent"], teams.fillna(""), strict=True))


def put_rows(connection: Connection, plan: int, files: Mapping[str, bytes], teams: Mapping[str, str]) -> None:
    """Keep who is in the plan, and their roster and duty from the files; ``teams`` are those of :func:`teams_of`.

    Raises
    ------
    InputError : the files lack columns, or say two things of one cell.
    """
    roster, duty = _read(files, ROSTER), _read(files, DUTY)
    known = dict.fromkeys([*roster["agent"], *duty["agent"]], "") | dict(teams)
    fill(connection, plan_people, ("plan", "agent", "team"), ((plan, agent, team) for agent, team in known.items()))
    fill(connection, roster_rows, ("plan", *_COLUMNS[ROSTER]), _rows(plan, roster))
    moments = pd.to_datetime(duty.pop("start"), utc=True)
    duty.insert(1, "start_us", epoch_us(moments))
    fill(connection, duty_rows, ("plan", *duty.columns), _rows(plan, duty))


def _rows(plan: int, frame: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    return zip([plan] * len(frame), *(frame[name].tolist() for name in frame), strict=True)


def _read(files: Mapping[str, bytes], name: str) -> pd.DataFrame:
    content = files.get(name, b"")
    if not content.strip():
        return pd.DataFrame(columns=_COLUMNS[name], dtype="str")
    cells = pd.read_csv(BytesIO(content), dtype="str", keep_default_na=False)
    if missing := [column for column in _COLUMNS[name] if column not in cells]:
        raise InputError([Finding("plan_rows_missing", file=name, column=", ".join(missing))])
    if (twice := cells.duplicated(_KEY[name])).any():
        raise InputError([Finding("plan_rows_twice", file=name, row=int(twice.to_numpy().argmax()) + 2)])
    return cells[_COLUMNS[name]].apply(unguarded)
