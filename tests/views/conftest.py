"""The pages on a small plan, and on nothing."""

import functools
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from tests.views.huge_plan import write_huge
from tests.views.tiny_plan import write_plan

ROOT = Path(__file__).parents[2]
Open = Callable[[str, str], AppTest]


@pytest.fixture(scope="session", autouse=True)
def _scanned_once() -> Iterator[None]:
    """AppTest looks through every installed package for components at each run, most of its time: once is enough."""
    with pytest.MonkeyPatch.context() as spared:
        once = functools.cache(manifest_scanner.scan_component_manifests)
        spared.setattr(manifest_scanner, "scan_component_manifests", once)
        yield


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


@pytest.fixture(scope="session")
def huge_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of a thousand people, written once, without the files that people take away."""
    folder = tmp_path_factory.mktemp("huge")
    with pytest.MonkeyPatch.context() as spared:
        spared.setattr("planner.output.write.write_for_people", lambda planned, folder, *, lang: None)
        return write_huge(folder / "out", folder / "desk")


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
