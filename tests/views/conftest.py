"""The pages on a small plan, and on nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.views.tiny_plan import write_plan

ROOT = Path(__file__).parents[2]
Open = Callable[[str, str], AppTest]


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder where the app looks for plans, beside an empty store."""
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setenv("PEAKDESK_OUT", str(folder))
    monkeypatch.setenv("PEAKDESK_DB", f"sqlite:///{tmp_path / 'store.db'}")
    monkeypatch.setenv("STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "full")
    return folder


@pytest.fixture(scope="session")
def tiny_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small plan, written once."""
    folder = tmp_path_factory.mktemp("tiny")
    return write_plan(folder / "out", folder / "desk")


@pytest.fixture
def tiny(out: Path, tiny_output: Path) -> Path:
    """A copy of the small plan, where the app finds it."""
    return Path(shutil.copytree(tiny_output, out / "tiny"))


@pytest.fixture
def open_page() -> Open:
    """Runs a page's own file in a language; fails on an exception."""

    def run(name: str, lang: str) -> AppTest:
        page = AppTest.from_file(str(ROOT / "views" / "pages" / f"{name}_page.py"), default_timeout=60)
        page.session_state["lang"] = lang
        page.run()
        assert not page.exception, [trouble.value for trouble in page.exception]
        return page

    return run
