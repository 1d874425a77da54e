"""Every page that there is, on every kind of desk and for every role; a page with a door is in here by itself."""

import functools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from desk import load_desk
from desk.i18n import text
from planner import plan
from planner.kept import keep
from planner.serve.serving import SIGN_IN
from store import Store, open_store, owner, save_desk
from store.schema import blobs
from tests.views.conftest import Open
from tests.views.hostile_desk import write_hostile
from tests.views.stocked import PEOPLE, WRITTEN, stock
from tests.views.tiny_plan import AGENTS
from views.doors import DOORS, doors_of

NAMES = [door.name for door in DOORS]
OWNERS = {door.name for door in doors_of(owner())}
READING = OWNERS - {"start", "appeals", "jobs", "help"}
"""Pages that read the desk, or a plan of it, before there is anything else."""
DESKS = ("empty", "bare", "stocked", "broken", "huge", "hostile")
MARKUP = re.compile(r"(?<!\\)(?:!\[x|<script|<img|\*\*b|\$x|:red\[|:material/home|`c`|~~d|javascript:)")
"""Names of the hostile desk where nothing keeps markdown from reading them."""
BARE = """
name = "Bare"
timezone = "Asia/Shanghai"
interval_min = 60
[horizon]
start = 2026-06-17
end = 2026-06-20
[queues.chat]
aht_s = [240.0]
patience_s = 180.0
"""
"""A desk of one queue, where nobody works and nothing was counted."""


@pytest.fixture(scope="session")
def store_of(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Address of the store with a kind of desk, filled once."""

    @functools.cache
    def address(desk: str) -> str:
        folder = tmp_path_factory.mktemp(desk)
        store = open_store(f"sqlite:///{folder / 'store.db'}")
        _fill(store, desk, folder, request.getfixturevalue)
        store.engine.dispose()
        return f"sqlite:///{folder / 'store.db'}"

    return address


def _fill(store: Store, desk: str, folder: Path, made: Callable[[str], Path]) -> None:
    match desk:
        case "bare":
            (folder / "desk.toml").write_text(BARE, encoding="utf-8")
            save_desk(store, owner(), load_desk(folder))
        case "stocked":
            stock(store, made("tiny_output"))
        case "broken":
            keep(store, owner(), made("tiny_output"))
            with store.writing() as connection:
                connection.execute(update(blobs).values(body=b"rot"))
        case "huge":
            keep(store, owner(), made("huge_output"))
        case "hostile":
            plan(write_hostile(folder / "desk"), folder / "out", runs=1, time_limit_s=2)
            keep(store, owner(), folder / "out")


@pytest.fixture
def on(out: Path, store_of: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets the app look at one of the stores, which nobody changes here, and at no folder."""
    assert not list(out.iterdir())
    return lambda desk: monkeypatch.setenv("PEAKDESK_DB", store_of(desk))


@pytest.mark.parametrize("desk", DESKS)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_stands_on_every_desk(open_page: Open, on: Callable[[str], None], name: str, desk: str) -> None:
    """It draws, or says in a sentence what is wrong; each in a language of its own."""
    on(desk)
    lang = ("en", "zh")[(NAMES.index(name) + DESKS.index(desk)) % 2]
    page = open_page(name, lang)
    assert page.title[0].value == text(f"view.{name}.title", lang)
    assert len(said(page))
    assert not [words for words in marked_by(page.main) if MARKUP.search(words)]
    closed = name not in OWNERS
    assert bool(page.error) == (closed or (desk == "broken" and name in READING))


@pytest.fixture
def as_(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets one of a role look at the pages, as a proxy would."""
    monkeypatch.setenv(SIGN_IN, "proxy")
    return lambda role: monkeypatch.setattr("views.who._proved", lambda: PEOPLE[role].who)


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("name", NAMES)
def test_a_role_sees_no_more_than_its_own(
    open_page: Open, on: Callable[[str], None], as_: Callable[[str], None], name: str, role: str
) -> None:
    """What is behind somebody else's door is refused; nothing that goes to the browser names a person whom the role
    may not see, nor what they wrote.
    """
    on("stocked")
    as_(role)
    sent = list(sent_by(open_page(name, "en").main))
    mine = name in {door.name for door in doors_of(PEOPLE[role])}
    for own in hidden(role, mine):
        assert not [piece for piece in sent if own.encode() in piece or own.encode("unicode_escape") in piece], own


def hidden(role: str, mine: bool) -> set[str]:
    """What a role may not read on a page, which may be one of its own."""
    teams = {"lead": ("A",), "agent": ()}.get(role, ("A", "B")) if mine else ()
    others = [one for one in AGENTS if one[0] not in teams and one != PEOPLE[role].agent]
    return {words[one] for words in (AGENTS, WRITTEN) for one in others}


def said(page: AppTest) -> list[Any]:
    """What stands below the title."""
    return [own for block in _blocks(page.main) for own in block.children.values() if own.type != "title"]


def marked_by(block: Any) -> Iterator[str]:
    """Whatever the browser reads as markdown: texts, and the labels of what can be clicked or opened."""
    for own in _blocks(block):
        yield str(getattr(own, "label", ""))
        for child in own.children.values():
            proto = getattr(child, "proto", None)
            if child.type == "html":  # a statement, whose markdown nobody reads
                yield from re.findall("<img|<script", proto.body)
                continue
            yield from (str(getattr(proto, field, "")) for field in ("body", "label", "help", "text"))


def sent_by(block: Any) -> Iterator[bytes]:
    """Each element of a page as it goes to the browser."""
    for own in _blocks(block):
        for child in own.children.values():
            if hasattr(child, "proto") and child.proto is not None:
                yield child.proto.SerializeToString()


def _blocks(block: Any) -> Iterator[Any]:
    yield block
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _blocks(child)
