"""The routes: where, how, behind which action of the store's matrix, and what answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from store import Principal, Store
from views.api import queries
from views.api.asked import Asked

ROOT = "/api/v1"
Query = Callable[[Store, Principal, Asked], Any]


@dataclass(frozen=True, slots=True)
class ApiRoute:
    """One route.

    Parameters
    ----------
    name : of its words, ``api.route.<name>``.
    action : of the store's matrix; empty where the answer is the principal's own.
    rows : whether the answer is a page of rows; of which table, where it is a declared one.
    """

    name: str
    method: str
    path: str
    action: str
    answer: Query
    rows: bool = False
    table: str = ""


ROUTES = (
    ApiRoute("me", "GET", "/me", "", queries.me),
    ApiRoute("desks", "GET", "/desks", "desk.list", queries.desks, rows=True),
    ApiRoute("desk", "GET", "/desks/{desk}", "desk.read", queries.desk),
    ApiRoute("desk_table", "GET", "/desks/{desk}/tables/{table}", "desk.read", queries.desk_table, rows=True),
    ApiRoute("plans", "GET", "/plans", "plan.list", queries.plans, rows=True),
    ApiRoute("plan", "GET", "/plans/{plan}", "plan.list", queries.plan),
    ApiRoute("roster", "GET", "/plans/{plan}/roster", "roster.read", queries.roster, rows=True, table="roster"),
    ApiRoute("duty", "GET", "/plans/{plan}/duty", "duty.read", queries.duty, rows=True, table="duty"),
    ApiRoute("change_duty", "POST", "/plans/{plan}/duty", "duty.edit", queries.change_duty),
    ApiRoute("score_runs", "GET", "/scores", "score.read", queries.score_runs, rows=True),
    ApiRoute("scores", "GET", "/scores/{run}", "score.read", queries.scores, rows=True, table="scores"),
    ApiRoute("tokens", "GET", "/tokens", "token.read", queries.tokens, rows=True),
    ApiRoute("end_token", "DELETE", "/tokens/{token}", "token.write", queries.end_token),
)
