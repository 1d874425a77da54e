"""What a request asks for, read with limits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from desk import Finding, InputError
from desk.i18n import LANGUAGES

LARGEST_BODY_BYTES = 2**20
MOST_ROWS = 1000
ROWS = 100
_LONGEST_NUMBER = 15


@dataclass(frozen=True, slots=True)
class Asked:
    """What a route's answer needs.

    Parameters
    ----------
    path, query : the parts of the address; nothing personal stands there.
    after, limit : which rows of a long answer.
    body : the JSON that was sent, None where there is none.
    """

    path: Mapping[str, Any]
    query: Mapping[str, str] = field(default_factory=dict)
    after: int = 0
    limit: int = ROWS
    body: Any = None


class BodyTooLargeError(InputError):
    """More was sent than any route reads."""


async def asked(request: Request) -> Asked:
    """Read the request.

    Raises
    ------
    InputError : a number that is none, a body that is too large or no JSON.
    """
    query = dict(request.query_params)
    after, limit = _whole(query, "after", 0), _whole(query, "limit", ROWS)
    if not 1 <= limit <= MOST_ROWS:
        raise InputError([Finding("api_number", column="limit", value=str(limit), facts={"most": MOST_ROWS})])
    body = None if request.method in ("GET", "HEAD", "DELETE") else parsed(await _body(request))
    return Asked(request.path_params, query, after, limit, body)


def language(request: Request) -> str:
    """The language of an answer: the one that its address names, else what the client accepts first of ours."""
    named = request.query_params.get("lang")
    if named in LANGUAGES:
        return named
    wanted = request.headers.get("accept-language", "")[:200].lower().split(",")
    known = (one for words in wanted for one in LANGUAGES if words.strip().startswith(one))
    return next(known, LANGUAGES[0])


def parsed(raw: bytes) -> Any:
    """The JSON of a body."""
    try:
        return json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InputError([Finding("api_json")]) from error


def _whole(query: Mapping[str, str], name: str, default: int) -> int:
    given = query.get(name, str(default))
    if not (given.isascii() and given.isdigit() and len(given) <= _LONGEST_NUMBER):
        raise InputError([Finding("api_number", column=name, value=given[:20], facts={"most": MOST_ROWS})])
    return int(given)


async def _body(request: Request) -> bytes:
    """What was sent, refused as soon as it is too long, whatever its length claims to be."""
    found = bytearray()
    async for part in request.stream():
        found += part
        if len(found) > LARGEST_BODY_BYTES:
            raise BodyTooLargeError([Finding("api_body", facts={"most": LARGEST_BODY_BYTES // 2**10})])
    return bytes(found)
