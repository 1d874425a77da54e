"""Incentives on pages: settled scores, the scheme, settling, appeals; for everybody who may look, and nobody else."""

from pathlib import Path

import pytest

from desk.i18n import text
from planner.pay.ground import ground
from planner.pay.settle import settle
from store import open_store
from tests.unit.planner.pay_world import OWNER, PayWorld, pay_world
from tests.views.conftest import Open

PAGES = ["incentives", "scheme", "settle", "appeals"]
LANGUAGES = ["en", "zh"]


@pytest.fixture
def world(out: Path) -> PayWorld:
    """A desk with a scheme and a log in the app's store."""
    return pay_world(open_store(), out.parent)


@pytest.fixture
def settled(world: PayWorld) -> int:
    """The log, settled."""
    own = ground(world.store, OWNER, world.version, world.log, None)
    return settle(world.store, OWNER, own, "June 17", lambda progress: True, 1)[0].id


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("out")
def test_an_empty_store_says_what_to_do(open_page: Open, name: str, lang: str) -> None:
    """Nothing there is no exception, and no blank page."""
    page = open_page(name, lang)
    assert page.title[0].value == text(f"view.{name}.title", lang)
    assert page.info
    assert not page.error


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("settled")
def test_a_page_shows_a_settlement(open_page: Open, name: str, lang: str) -> None:
    """Each stands under its title, with no error."""
    page = open_page(name, lang)
    assert page.title[0].value == text(f"view.{name}.title", lang)
    assert not page.error
