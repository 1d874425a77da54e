"""The pages of agents and team leads: their own rows, in both languages, with nothing, with strangers, with swaps."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from desk.i18n import text
from store import Principal, Store, open_store, owner
from tests.views.conftest import Open
from tests.views.own_world import AGENTS, LEAD, LOST, TEAMLESS, OwnWorld, build
from views.api.serve import the_store

PAGES = ["mine", "score", "requests", "team"]
LANGUAGES = ["en", "zh"]
As = Callable[[Principal], None]


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """An empty store that the app opens."""
    return _opened(tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, OwnWorld]:
    """A store with a published plan, people and scores."""
    folder = tmp_path_factory.mktemp("own")
    return folder, build(open_store(f"sqlite:///{folder / 'store.db'}"), folder / "desk")


@pytest.fixture
def world(built: tuple[Path, OwnWorld], monkeypatch: pytest.MonkeyPatch) -> OwnWorld:
    """The same, opened by the app; the tests of this file share it, and each undoes what it does."""
    _opened(built[0], monkeypatch)
    return built[1]


def _opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("PEAKDESK_DB", f"sqlite:///{folder / 'store.db'}")
    monkeypatch.setenv("STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "full")
    return the_store()


@pytest.fixture
def as_(monkeypatch: pytest.MonkeyPatch) -> As:
    """Makes the pages believe that somebody looks."""
    return lambda principal: monkeypatch.setattr("views.page.whoever", lambda _lang: principal)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("who", [owner(), AGENTS["A1"], LEAD, TEAMLESS], ids=lambda one: one.who)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("empty")
def test_an_empty_store_is_a_sentence(open_page: Open, as_: As, name: str, who: Principal, lang: str) -> None:
    """Nobody meets an error before there is a plan."""
    as_(who)
    page = open_page(name, lang)
    assert page.title[0].value == text(f"view.{name}.title", lang)
    assert page.info or page.success or page.markdown


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("who", [LOST, TEAMLESS, LEAD, AGENTS["A3"]], ids=lambda one: one.who)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("world")
def test_who_has_little_is_told_so(open_page: Open, as_: As, name: str, who: Principal, lang: str) -> None:
    """An agent without rows, a lead without teams or without own shifts, a name that looks like markup."""
    as_(who)
    page = open_page(name, lang)
    assert "<img src" not in _said(page)
    assert "![x]" not in _said(page)


def _said(page: AppTest) -> str:
    return "\n".join(
        str(own.value) for own in [*page.markdown, *page.header, *page.success, *page.warning, *page.error]
    )
