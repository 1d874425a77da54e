"""Who may open which page, and that every page is explained."""

import ast

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from desk.i18n import LANGUAGES, catalogue, text
from store import Principal, owner
from tests.views.conftest import ROOT
from views.doors import DOORS, GROUPS, doors_of


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_has_a_file_a_title_and_an_explanation(lang: str) -> None:
    """A page that nobody explains is not found."""
    words = catalogue(lang)
    for door in DOORS:
        assert (ROOT / "views" / "pages" / f"{door.name}_page.py").is_file()
        assert door.group in GROUPS
        assert {f"view.{door.name}.title", f"view.help.page.{door.name}"} <= words.keys(), door.name


def test_pages_and_doors_are_the_same() -> None:
    """No page without a door, which nobody would guard."""
    files = {path.name.removesuffix("_page.py") for path in (ROOT / "views" / "pages").glob("*_page.py")}
    assert files == {door.name for door in DOORS}


def test_no_page_says_its_own_comments() -> None:
    """Streamlit writes a string that stands alone in a page's file onto the page."""
    for file in (ROOT / "views" / "pages").glob("*_page.py"):
        alone = [own for own in ast.parse(file.read_text(encoding="utf-8")).body[1:] if isinstance(own, ast.Expr)]
        assert not [own for own in alone if isinstance(own.value, ast.Constant)], file.name


@pytest.mark.parametrize(
    ("principal", "never", "always"),
    [
        (owner(), {"mine"}, {"overview", "roster", "forecast", "incentives", "data", "jobs", "start"}),
        (Principal("a@x", "analyst"), {"incentives", "settle", "mine"}, {"forecast", "overview", "data"}),
        (Principal("l@x", "lead", ("T1",)), {"overview", "data", "settle", "forecast"}, {"team", "incentives", "help"}),
        (Principal("g@x", "agent", (), "A1"), {"overview", "team", "incentives", "jobs"}, {"mine", "score", "help"}),
        (Principal("r@x", "auditor"), {"start", "data", "settle"}, {"overview", "roster", "incentives", "jobs"}),
        (Principal("n@x", "nobody"), {door.name for door in DOORS}, set()),
    ],
)
def test_each_role_finds_its_own_pages(principal: Principal, never: set[str], always: set[str]) -> None:
    """What is not one's own is not even in the menu."""
    names = {door.name for door in doors_of(principal)}
    assert not names & never
    assert always <= names


def _begun() -> None:
    from views.link import begin
    from views.told import show_told

    begin("team", {"staffing"}, "zh")
    show_told()


def test_who_follows_a_link_to_a_page_that_is_not_theirs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A manager sent a lead the page Staffing; the lead saw My team, and no word why."""
    told = {}
    for path in ("/staffing", "/", "/nonsense"):
        monkeypatch.setattr(type(st.context), "url", f"http://127.0.0.1:8501{path}")
        told[path] = [own.value for own in AppTest.from_function(_begun).run().warning]
    assert told == {"/staffing": [text("view.app.no_such_page", "zh")], "/": [], "/nonsense": []}


def _chosen_by_a_lead() -> None:
    from store import Principal
    from views.desk_chosen import choose
    from views.told import show_told

    choose(Principal("l@x", "lead", ("T1",)), "zh")
    show_told()


def test_a_lead_is_not_told_that_the_plan_of_a_link_is_gone() -> None:
    """Who may not choose among plans knows none of them; the one of a manager's link was said to be deleted, above its
    own roster.
    """
    app = AppTest.from_function(_chosen_by_a_lead)
    app.query_params["plan"] = "2ee1d41bfe7c"
    assert not app.run().warning
