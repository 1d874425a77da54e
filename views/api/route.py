"""The routes: where, how, behind which action of the store's matrix, and what answers."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from store import Principal, Store
from views.api import edit_queries, queries, request_queries
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
    ApiRoute("change_duty", "POST", "/plans/{plan}/duty", "duty.edit", edit_queries.change_duty),
    ApiRoute("edits", "GET", "/plans/{plan}/edits", "duty.read", edit_queries.edits, rows=True),
    ApiRoute("undo", "POST", "/plans/{plan}/undo", "duty.edit", edit_queries.undo),
    ApiRoute("requests", "GET", "/requests", "request.read", request_queries.requests, rows=True),
    ApiRoute("request", "GET", "/requests/{request}", "request.read", request_queries.request),
    ApiRoute("ask", "POST", "/requests", "request.make", request_queries.ask),
    ApiRoute("answer", "POST", "/requests/{request}/answers", "request.answer", request_queries.answer),
    ApiRoute("score_runs", "GET", "/scores", "score.read", queries.score_runs, rows=True),
    ApiRoute("scores", "GET", "/scores/{run}", "score.read", queries.scores, rows=True, table="scores"),
    ApiRoute("tokens", "GET", "/tokens", "token.read", queries.tokens, rows=True),
    ApiRoute("end_token", "DELETE", "/tokens/{token}", "token.write", queries.end_token),
)
