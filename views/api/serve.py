"""The routes for the server: each answers in JSON, what is refused as findings with their cures."""

import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from desk import Finding, InputError
from planner.output.json_text import json_text
from store import NotYoursError, Store, open_store
from store.address import VARIABLE
from views.api.asked import Asked, BodyTooLargeError, asked, language
from views.api.calendar import calendar
from views.api.entrance import NoTokenError, TooOftenError, principal_behind, principal_of_request
from views.api.queries import UnknownError
from views.api.route import ROOT, ROUTES, ApiRoute
from views.shared import Shared

HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'",
    "Referrer-Policy": "no-referrer",
}
_STATUS: dict[type[InputError], int] = {
    NoTokenError: 401,
    NotYoursError: 403,
    UnknownError: 404,
    BodyTooLargeError: 413,
    TooOftenError: 429,
}
_MISSING = ("store_unknown_desk", "store_unknown_plan", "score_run_unknown", "request_unknown")
_CONFLICTS = (
    *("duty_conflict", "plan_final", "undo_overtaken", "undo_nothing", "undo_not_last"),
    *("request_pending", "request_answered"),
)
_UNUSABLE = frozenset(
    (
        "store_unusable",
        "store_server_unusable",
        "store_newer",
        "store_damaged",
        "store_foreign",
        "store_address",
        "store_other",
    )
)
_LOG = logging.getLogger("peakdesk.api")


def api_routes() -> list[Route]:
    """Every route of the API, and the calendars."""
    own = [Route(ROOT + one.path, _endpoint(one), methods=[one.method]) for one in ROUTES]
    everything = Route(ROOT + "/{rest:path}", _unknown, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    return [*own, everything, Route("/calendar/{token}.ics", _calendar, methods=["GET"])]


def the_store() -> Store:
    """The server's store, opened once."""
    return _opened(os.environ.get(VARIABLE))


def _open(address: str | None) -> Store:
    return open_store(address)


_opened = Shared(_open, lambda address: address, 1)


def _endpoint(route: ApiRoute) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await _told(request, lambda: _answered(route, request))

    return endpoint


async def _answered(route: ApiRoute, request: Request) -> Response:
    def ask(own: Asked) -> Any:
        return route.answer(the_store(), principal, own)

    principal = await run_in_threadpool(lambda: principal_of_request(the_store(), request))
    return as_json(await run_in_threadpool(ask, await asked(request)))


async def _calendar(request: Request) -> Response:
    """A calendar's programme can send no header, so the token stands in the address: it opens nothing else."""

    def found() -> bytes:
        store, token = the_store(), str(request.path_params["token"])
        return calendar(store, principal_behind(store, request, token, "calendar"), language(request))

    async def answer() -> Response:
        return Response(await run_in_threadpool(found), media_type="text/calendar; charset=utf-8", headers=HEADERS)

    return await _told(request, answer)


async def _unknown(request: Request) -> Response:
    async def answer() -> Response:
        await run_in_threadpool(lambda: principal_of_request(the_store(), request))
        raise UnknownError([Finding("api_no_route", value=request.method)])

    return await _told(request, answer)


async def _told(request: Request, answer: Callable[[], Awaitable[Response]]) -> Response:
    """The answer, or what is wrong in words; of an error of ours nothing but that there was one."""
    try:
        return await answer()
    except InputError as error:
        findings, status = tellable(error), _status(error)
    except Exception as error:
        _LOG.error("%s in %s", type(error).__name__, request.scope.get("route"), exc_info=False)
        findings, status = (Finding("api_internal"),), 500
    lang = language(request)
    return as_json({"findings": [finding.record(lang) for finding in findings]}, status)


def tellable(error: InputError) -> tuple[Finding, ...]:
    """What was found; where the store is and who opens it is for the log: whoever asks may be a stranger."""
    if not _UNUSABLE & {finding.code for finding in error.findings}:
        return error.findings
    _LOG.error("%s", error)
    return (Finding("api_store_unusable"),)


def _status(error: InputError) -> int:
    codes = {finding.code for finding in error.findings}
    for known, status in ((_MISSING, 404), (_CONFLICTS, 409), (_UNUSABLE, 503)):
        if codes & set(known):
            return status
    return next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 400)


def as_json(value: Any, status: int = 200) -> Response:
    """Strict JSON that no cache keeps and no browser takes for a page."""
    extra = {"WWW-Authenticate": "Bearer"} if status == 401 else {"Retry-After": "5"} if status in (429, 503) else {}
    return Response(json_text(value), status, HEADERS | extra, "application/json")
