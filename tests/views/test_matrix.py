"""Every page that there is, on every kind of desk and for every role; a page with a door is in here by itself."""

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
from store import open_store, owner, save_desk
from store.schema import blobs
from tests.views.conftest import Open
from tests.views.hostile_desk import write_hostile
from tests.views.stocked import PEOPLE, WRITTEN, stock
from tests.views.tiny_plan import AGENTS
from views.doors import DOORS, doors_of

pytestmark = pytest.mark.xdist_group("matrix")
NAMES = [door.name for door in DOORS]
OWNERS = {door.name for door in doors_of(owner())}
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
def stores(tmp_path_factory: pytest.TempPathFactory, tiny_output: Path, huge_output: Path) -> dict[str, Path]:
    """A store's file for each kind of desk, filled once."""
    folder = tmp_path_factory.mktemp("stores")
    files = {name: folder / f"{name}.db" for name in DESKS}
    opened = {name: open_store(f"sqlite:///{file}") for name, file in files.items()}
    (folder / "bare").mkdir()
    (folder / "bare" / "desk.toml").write_text(BARE, encoding="utf-8")
    save_desk(opened["bare"], owner(), load_desk(folder / "bare"))
    stock(opened["stocked"], tiny_output)
    keep(opened["broken"], owner(), tiny_output)
    with opened["broken"].writing() as connection:
        connection.execute(update(blobs).values(body=b"rot"))
    keep(opened["huge"], owner(), huge_output)
    plan(write_hostile(folder / "hostile"), folder / "out", runs=1, time_limit_s=5)
    keep(opened["hostile"], owner(), folder / "out")
    for store in opened.values():
        store.engine.dispose()
    return files


@pytest.fixture
def on(out: Path, stores: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets the app look at one of the stores, which nobody changes here."""
    assert not list(out.iterdir())
    return lambda desk: monkeypatch.setenv("PEAKDESK_DB", f"sqlite:///{stores[desk]}")


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
    if desk != "broken":
        assert bool(page.error) == (name not in OWNERS)


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
