"""Lets nobody in but the one proxy: only it may say in a header who somebody is."""

from collections.abc import Awaitable, Callable, MutableMapping
from ipaddress import IPv6Address, ip_address
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
_REFUSED = b"Only the sign-in proxy may connect here.\n"
_POLICY_VIOLATION = 1008


class PinnedProxy:
    """Refuses every connection that does not come from ``proxy``, and every header that says the user twice."""

    def __init__(self, app: App, proxy: str, header: str) -> None:
        self._app, self._proxy = app, ip_address(proxy)
        self._header = header.lower().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or refuse."""
        if scope["type"] == "lifespan" or (self._is_proxy(scope) and self._said_once(scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
            await send({"type": "http.response.body", "body": _REFUSED})

    def _is_proxy(self, scope: Scope) -> bool:
        try:
            client = ip_address((scope.get("client") or ("", 0))[0])
        except ValueError:
            return False
        mapped = client.ipv4_mapped if isinstance(client, IPv6Address) else None
        return (mapped or client) == self._proxy

    def _said_once(self, scope: Scope) -> bool:
        names = [name.lower() for name, _ in scope.get("headers", ())]
        return names.count(self._header) <= 1
