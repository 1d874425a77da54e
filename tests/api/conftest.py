"""The running server over a small world in a store, and a token for everybody in it."""

import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from store import make_token, open_store
from tests.browser.server import serving
from tests.unit.store.conftest import made_small, module_database, server
from tests.unit.store.world import BY_ROLE, World, build

__all__ = ["ROLES", "Served", "module_database", "served", "server"]
ROLES = [role for role in BY_ROLE if role != "owner"]


@dataclass(frozen=True)
class Served:
    """The server's address, what is in its store, a token of each kind for each role, and its log."""

    address: str
    world: World
    tokens: dict[str, str]
    calendars: dict[str, str]
    log: Path

    def ask(self, role: str, path: str, method: str = "GET", **more: object) -> httpx.Response:
        """What the API answers to somebody of that role."""
        head = {"Authorization": f"Bearer {self.tokens[role]}"}
        return _asked(method, f"{self.address}/api/v1{path}", headers=head, **more)

    def open(self, path: str, **head: str) -> httpx.Response:
        """What the server answers to a stranger."""
        return _asked("GET", f"{self.address}{path}", headers=head)


def _asked(method: str, address: str, **more: Any) -> httpx.Response:
    """Over a connection of its own."""
    return httpx.request(method, address, timeout=30, trust_env=False, verify=_certificates(), **more)


@cache
def _certificates() -> ssl.SSLContext:
    """Of no use on a loopback address; to read them anew for every question took longer than most answers."""
    return httpx.create_ssl_context(trust_env=False)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the tests of a module, on either database."""
    folder = tmp_path_factory.mktemp("api")
    in_file = request.param == "sqlite"
    url = f"sqlite:///{folder / 'peakdesk.db'}" if in_file else request.getfixturevalue("module_database")
    store = open_store(url)
    world = build(store, made_small())
    tokens = {role: make_token(store, BY_ROLE[role], "api") for role in ROLES}
    calendars = {role: make_token(store, BY_ROLE[role], "calendar") for role in ROLES}
    log = folder / "server.log"
    with serving(folder / "out", log, environment={"PEAKDESK_DB": url}) as address:
        yield Served(address, world, tokens, calendars, log)
