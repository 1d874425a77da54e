"""What the routes about requests ask of the store."""

from dataclasses import asdict
from typing import Any

from desk import Finding, InputError
from planner.answering import answered
from store import Principal, Store, list_requests, make_request, read_request
from views.api.asked import Asked
from views.api.queries import is_text, number, paged

_ASKED = ("kind", "detail", "agent", "partner", "plan", "words")
_ANSWER = ("answer", "words")


def requests(store: Store, principal: Principal, asked: Asked) -> Any:
    """Requests that the principal may see."""
    found = list_requests(store, principal, kind=asked.query.get("kind"), status=asked.query.get("status"))
    return paged([asdict(one) for one in found], asked)


def request(store: Store, principal: Principal, asked: Asked) -> Any:
    """One request with its answers."""
    return asdict(read_request(store, principal, number(asked, "request")))


def ask(store: Store, principal: Principal, asked: Asked) -> Any:
    """Ask for something."""
    sent = _body(asked, _ASKED, needed=("kind", "detail"))
    kind, detail = sent.pop("kind"), sent.pop("detail")
    if not isinstance(detail, dict) or not all(map(is_text, (kind, *sent.values()))):
        raise _wrong(_ASKED)
    if not all(is_text(value) for value in detail.values() if isinstance(value, str)):
        raise _wrong(_ASKED)
    return asdict(make_request(store, principal, kind, detail, **sent))


def answer(store: Store, principal: Principal, asked: Asked) -> Any:
    """Answer a request, with all that follows from it."""
    sent = _body(asked, _ANSWER, needed=("answer",))
    if not all(map(is_text, sent.values())):
        raise _wrong(_ANSWER)
    return asdict(answered(store, principal, number(asked, "request"), sent["answer"], sent.get("words", "")))


def _body(asked: Asked, known: tuple[str, ...], needed: tuple[str, ...]) -> dict[str, Any]:
    """The fields that were sent, blank ones left out."""
    body = asked.body if isinstance(asked.body, dict) else {}
    if not set(needed) <= set(body) <= set(known):
        raise _wrong(known)
    return {name: value for name, value in body.items() if value is not None or name in needed}


def _wrong(known: tuple[str, ...]) -> InputError:
    return InputError([Finding("api_fields", facts={"known": ", ".join(known)})])
