"""What each route asks of the store: nothing is read but through a query that knows the principal."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from desk import Finding, InputError
from desk.load.unsafe import is_unsafe_name
from desk.tables import INPUT_TABLES
from planner.output.json_text import plain
from store import (
    Principal,
    Store,
    list_desks,
    list_plans,
    list_score_runs,
    list_tokens,
    load_desk_version,
    read_duty,
    read_plan,
    read_roster,
    read_scores,
    revoke_token,
)
from views.api.asked import Asked

_LONGEST_TEXT = 500


class UnknownError(InputError):
    """There is nothing of that name where the principal may look."""


def me(_store: Store, principal: Principal, _asked: Asked) -> Any:
    """Who the token stands for."""
    return asdict(principal)


def desks(store: Store, principal: Principal, asked: Asked) -> Any:
    """Versions of desks."""
    return paged([asdict(one) for one in list_desks(store, principal)], asked)


def desk(store: Store, principal: Principal, asked: Asked) -> Any:
    """Settings of a desk, and how many rows its tables have."""
    found = load_desk_version(store, principal, asked.path["desk"])
    rows = {name: len(frame) for name, frame in found.tables.items()}
    return {"hash": found.content_hash, "settings": found.settings.model_dump(mode="json"), "rows": rows}


def desk_table(store: Store, principal: Principal, asked: Asked) -> Any:
    """Rows of a table of a desk."""
    name = asked.path["table"]
    found = load_desk_version(store, principal, asked.path["desk"])
    if name not in INPUT_TABLES:
        raise UnknownError([Finding("api_no_table", value=name[:40], facts={"known": ", ".join(INPUT_TABLES)})])
    return paged_frame(found.table(name), asked)


def plans(store: Store, principal: Principal, asked: Asked) -> Any:
    """Plans that the principal is to know of."""
    found = list_plans(store, principal, asked.query.get("desk"))
    return paged([{key: value for key, value in asdict(one).items() if key != "summary"} for one in found], asked)


def plan(store: Store, principal: Principal, asked: Asked) -> Any:
    """A plan with its summary."""
    return asdict(read_plan(store, principal, asked.path["plan"]))


def roster(store: Store, principal: Principal, asked: Asked) -> Any:
    """Rows of a plan's roster."""
    return paged_frame(read_roster(store, principal, asked.path["plan"]), asked)


def duty(store: Store, principal: Principal, asked: Asked) -> Any:
    """Rows of a plan's duty, with all edits made."""
    return paged_frame(read_duty(store, principal, asked.path["plan"]), asked)


def score_runs(store: Store, principal: Principal, asked: Asked) -> Any:
    """Scorings with somebody whose scores the principal may see."""
    return paged([asdict(one) for one in list_score_runs(store, principal)], asked)


def scores(store: Store, principal: Principal, asked: Asked) -> Any:
    """Rows of a scoring."""
    return paged_frame(read_scores(store, principal, number(asked, "run")), asked)


def tokens(store: Store, principal: Principal, asked: Asked) -> Any:
    """What is known of the principal's tokens; never a token."""
    return paged([asdict(one) for one in list_tokens(store, principal)], asked)


def end_token(store: Store, principal: Principal, asked: Asked) -> Any:
    """Let a token open nothing any more."""
    token = number(asked, "token")
    revoke_token(store, principal, token)
    return {"revoked": token}


def paged(rows: Sequence[Mapping[str, Any]], asked: Asked) -> dict[str, Any]:
    """The rows asked for, how many there are, and where to go on."""
    end = asked.after + asked.limit
    more = {"next": end if end < len(rows) else None, "total": len(rows)}
    return {"rows": [plain(row) for row in rows[asked.after : end]], **more}


def paged_frame(frame: pd.DataFrame, asked: Asked) -> dict[str, Any]:
    """The same for a table."""
    end = asked.after + asked.limit
    rows = plain(frame.iloc[asked.after : end])
    return {"rows": rows, "next": end if end < len(frame) else None, "total": len(frame)}


def is_text(value: object) -> bool:
    """Whether a value that was sent is a text that may be kept."""
    return isinstance(value, str) and len(value) <= _LONGEST_TEXT and not is_unsafe_name(value)


def number(asked: Asked, name: str) -> int:
    """A number in the address."""
    given = str(asked.path[name])
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise UnknownError([Finding("api_no_such", value=given[:20])])
    return int(given)
