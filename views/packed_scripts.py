"""Scripts of the pages, packed once for all who fetch them: of nine megabytes under three go over the line. (Streamlit
sends them as they are, since packing them for each who asks would take its time.)
"""

import asyncio
import gzip
import re
from collections.abc import MutableMapping
from typing import Any

from views.pinned_proxy import App, Receive, Scope, Send

Message = MutableMapping[str, Any]
_OURS = re.compile(r"/static/(js|css)/[\w-][\w.-]*\.(js|css)")
_KINDS = (b"javascript", b"css")
"""What is not found is answered with a page."""
_LEVEL, _MOST, _FOUND, _PART = 6, 1000, 200, "http.response.body"


class PackedScripts:
    """Sends a script or style that is fetched whole, and found, packed to who unpacks it; all else as it is."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._packed: dict[str, list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or send packed."""
        if not _wanted(scope):
            await self._app(scope, receive, send)
            return
        answer = self._packed.get(scope["path"]) or await self._made(scope, receive)
        for message in answer:
            await send(message)

    async def _made(self, scope: Scope, receive: Receive) -> list[Message]:
        answer: list[Message] = []

        async def keep(message: Message) -> None:
            answer.append(message)

        await self._app(scope, receive, keep)
        if len(self._packed) >= _MOST or not _whole(answer):
            return answer
        body = b"".join(part.get("body", b"") for part in answer[1:])
        small = await asyncio.to_thread(gzip.compress, body, _LEVEL)
        self._packed[scope["path"]] = [_head(answer[0], len(small)), {"type": _PART, "body": small}]
        return self._packed[scope["path"]]


def _wanted(scope: Scope) -> bool:
    """Whether somebody who unpacks fetches a whole file that may be packed."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    asked = {name.lower(): value.lower() for name, value in scope["headers"]}
    partial = b"range" in asked or b"if-none-match" in asked or b"if-modified-since" in asked
    unpacks = b"gzip" in asked.get(b"accept-encoding", b"")
    return unpacks and not partial and _OURS.fullmatch(scope["path"]) is not None


def _whole(answer: list[Message]) -> bool:
    kind = dict(answer[0].get("headers", ())).get(b"content-type", b"")
    found = answer[0].get("status") == _FOUND and any(own in kind for own in _KINDS)
    return found and all(part["type"] == _PART for part in answer[1:])


def _head(plain: Message, length: int) -> Message:
    """What is said of a file, said of it packed: its mark is only that of what it says."""
    said = {name.lower(): value for name, value in plain["headers"]}
    said |= {b"content-length": str(length).encode(), b"content-encoding": b"gzip", b"vary": b"Accept-Encoding"}
    said.pop(b"accept-ranges", None)
    if b"etag" in said:
        said[b"etag"] = b"W/" + said[b"etag"]
    return {**plain, "headers": list(said.items())}
