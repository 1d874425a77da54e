"""What the routes that edit a plan's duty ask of the store."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from desk import Finding, InputError
from store import CellEdit, Principal, Store, edit_duty, read_edits, undo_edit
from views.api.asked import Asked
from views.api.queries import is_text, paged

_BODY = {"edits", "why"}
_CELL = {"agent", "start", "activity", "version", "date", "shift"}
_MOST_EDITS = 500


def edits(store: Store, principal: Principal, asked: Asked) -> Any:
    """The journal of a plan, oldest first."""
    return paged([asdict(one) for one in read_edits(store, principal, asked.path["plan"])], asked)


def change_duty(store: Store, principal: Principal, asked: Asked) -> Any:
    """Put activities into cells: all of them, or none."""
    body = asked.body if isinstance(asked.body, dict) else {}
    sent, why = body.get("edits"), body.get("why", "")
    if not isinstance(sent, list) or not 1 <= len(sent) <= _MOST_EDITS or not is_text(why) or set(body) - _BODY:
        raise InputError([Finding("api_edits", facts={"most": _MOST_EDITS})])
    wanted = [_cell(one, place) for place, one in enumerate(sent, start=1)]
    return {"edits": [asdict(one) for one in edit_duty(store, principal, asked.path["plan"], wanted, why)]}


def undo(store: Store, principal: Principal, asked: Asked) -> Any:
    """Take back one's own last edit that stands; the one that is named, where one is."""
    body: dict[str, Any] = asked.body if isinstance(asked.body, dict) else {"": None}
    why, entry = body.get("why", ""), body.get("edit")
    if set(body) - {"why", "edit"} or not is_text(why) or not (entry is None or type(entry) is int):
        raise InputError([Finding("api_fields", facts={"known": "why, edit"})])
    entries = undo_edit(store, principal, asked.path["plan"], why, entry=entry)
    return {"edits": [asdict(one) for one in entries]}


def _cell(one: Any, place: int) -> CellEdit:
    """One edit as it was sent."""
    wrong = InputError([Finding("api_edit", row=place)])
    if not isinstance(one, dict) or not {"agent", "start"} <= set(one) <= _CELL:
        raise wrong
    words = [one[name] for name in ("activity", "date", "shift") if one.get(name) is not None]
    version = one.get("version", 0)
    if not all(map(is_text, (one["agent"], *words))) or type(version) is not int:
        raise wrong
    try:
        start = dt.datetime.fromisoformat(one["start"])
        date = None if one.get("date") is None else dt.date.fromisoformat(one["date"])
    except (TypeError, ValueError) as error:
        raise wrong from error
    return CellEdit(one["agent"], start, one.get("activity"), version, date, one.get("shift"))
