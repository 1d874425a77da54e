"""Why a server must not start: everything at once, each with its cure."""

import os
import re
import socket
import stat
import tomllib
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from desk import Finding, InputError
from desk.load.sane import LARGEST_SETTINGS_BYTES
from planner.serve.secret import SHORTEST_BYTES, is_weak
from planner.serve.serving import FORWARDED, Serving, is_loopback

_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_TAKEN = ("host", "cookie", "authorization", "origin", "referer", "user-agent", "forwarded", "x-forwarded-for")
_CALLBACK = "/oauth2callback"
_OF_PROVIDER = ("client_id", "client_secret", "server_metadata_url")
_OPEN_TO_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def refuse_unsafe(serving: Serving) -> None:
    """Make sure that nobody reaches what is not theirs.

    Raises
    ------
    InputError : another address than this machine's without a sign-in; a sign-in that could be got around.
    """
    if findings := list(_found(serving)):
        raise InputError(findings)


def refuse_taken(address: str, port: int) -> None:
    """Make sure that the server can listen there.

    Raises
    ------
    InputError : another program listens there already, or the system does not let us.
    """
    try:
        place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        with socket.socket(*place[:3]) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place[4])
    except OSError as error:
        facts = {"address": address, "reason": error.strerror or str(error)}
        raise InputError([Finding("port_taken", value=str(port), facts=facts)]) from error


def _found(serving: Serving) -> Iterator[Finding]:
    if serving.sign_in == "single":
        if not is_loopback(serving.address):
            yield Finding("serve_needs_sign_in", value=serving.address)
    elif serving.sign_in == "proxy":
        yield from _of_proxy(serving)
    elif serving.secrets is None:
        yield Finding("serve_no_secrets")
    else:
        yield from _of_secrets(serving.secrets)


def _of_proxy(serving: Serving) -> Iterator[Finding]:
    try:
        pinned = not ip_address(serving.proxy).is_unspecified
    except ValueError:
        pinned = False
    if not pinned:
        yield Finding("serve_proxy_address", value=serving.proxy)
    if not _HEADER.fullmatch(serving.header) or serving.header.lower() in _TAKEN:
        yield Finding("serve_proxy_header", value=serving.header)
    if serving.secrets is not None:
        yield Finding("serve_two_sign_ins")


def refuse_forwarded() -> None:
    """Make sure that no header changes where a request seems to come from: the proxy is known by its address.

    Raises
    ------
    InputError : the process was not started by ``peakdesk app``.
    """
    if os.environ.get(FORWARDED) != "":
        raise InputError([Finding("serve_by_command")])


def _of_secrets(file: Path) -> Iterator[Finding]:
    try:
        if not file.is_file() or (state := file.stat()).st_size > LARGEST_SETTINGS_BYTES:
            yield Finding("serve_no_secrets", file=str(file))
            return
        if os.name == "posix" and state.st_mode & _OPEN_TO_OTHERS:
            yield Finding("serve_secrets_open", file=str(file), value=f"{stat.S_IMODE(state.st_mode):04o}")
        auth = tomllib.loads(file.read_text(encoding="utf-8"))["auth"]
        yield from _of_auth(dict(auth), str(file))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        yield Finding("serve_secrets_broken", file=str(file))


def _of_auth(auth: Mapping[str, Any], file: str) -> Iterator[Finding]:
    secret, back = str(auth.get("cookie_secret", "")), str(auth.get("redirect_uri", ""))
    if is_weak(secret):
        yield Finding("serve_weak_secret", file=file, column="cookie_secret", facts={"least": SHORTEST_BYTES})
    if not _is_private(back) or not back.endswith(_CALLBACK):
        yield Finding("serve_redirect", file=file, column="redirect_uri", value=back)
    named = [own for own in auth.values() if isinstance(own, Mapping)] or [auth]
    for provider in named:
        for key in (key for key in _OF_PROVIDER if not str(provider.get(key, "")).strip()):
            yield Finding("serve_secrets_missing", file=file, column=key)
        address = str(provider.get("server_metadata_url", ""))
        if address and not _is_private(address):
            yield Finding("serve_provider", file=file, column="server_metadata_url", value=address)


def _is_private(address: str) -> bool:
    """Whether nobody can read what goes there: encrypted, or it never leaves this machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    )
