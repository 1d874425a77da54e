"""Scripts on their way to a browser."""

import gzip
from typing import Any

import pytest

from tests.awaited import awaited
from views.packed_scripts import PackedScripts
from views.pinned_proxy import Scope, Send


@pytest.mark.parametrize(
    ("path", "headers", "packed"),
    [
        ("/static/js/a.js", {b"accept-encoding": b"br, gzip"}, True),
        ("/static/css/a.b-1.css", {b"Accept-Encoding": b"gzip"}, True),
        ("/static/js/a.js", {}, False),
        ("/static/js/a.js", {b"accept-encoding": b"gzip", b"range": b"bytes=0-9"}, False),
        ("/static/js/a.js", {b"accept-encoding": b"gzip", b"if-none-match": b'"x"'}, False),
        ("/static/js/gone.js", {b"accept-encoding": b"gzip"}, False),
        ("/static/js/page.js", {b"accept-encoding": b"gzip"}, False),
        ("/static//js/a.js", {b"accept-encoding": b"gzip"}, False),
        ("/static/font.woff2", {b"accept-encoding": b"gzip"}, False),
        ("/media/a.js", {b"accept-encoding": b"gzip"}, False),
    ],
)
def test_scripts_go_packed_over_a_line(path: str, headers: dict[bytes, bytes], packed: bool) -> None:
    """The first page of a phone took a minute: nine megabytes as they are. Each file is packed once, and unpacks to
    what it was.
    """
    asked: list[str] = []

    async def app(scope: Scope, _receive: object, send: Send) -> None:
        asked.append(scope["path"])
        status, kind = 404 if "gone" in path else 200, b"text/html" if "page" in path else b"text/javascript"
        head = [(b"content-length", b"6000"), (b"etag", b'"x"'), (b"content-type", kind)]
        await send({"type": "http.response.start", "status": status, "headers": head})
        for _ in range(2):
            await send({"type": "http.response.body", "body": 1000 * b"abc", "more_body": _ == 0})

    async def twice() -> list[Any]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        server = PackedScripts(app)
        for _ in range(2):
            sent.clear()
            scope = {"type": "http", "method": "GET", "path": path, "headers": list(headers.items())}
            await server(scope, None, send)  # type: ignore[arg-type]
        return sent

    head, *parts = awaited(twice())
    body, said = b"".join(own["body"] for own in parts), dict(head["headers"])
    assert (said.get(b"content-encoding") == b"gzip") == packed
    assert (gzip.decompress(body) if packed else body) == 2000 * b"abc"
    assert len(asked) == (1 if packed else 2)
    assert not packed or said[b"content-length"] == str(len(body)).encode()
