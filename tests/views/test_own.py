"""The pages of agents and team leads: their own rows, in both languages, with nothing, with strangers, with swaps."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from charts.theme import day_words
from desk.i18n import text
from planner.requests import ask_swap
from store import Principal, Store, answer_request, list_requests, open_store, owner, read_plan
from store.request import OPEN
from tests.views.conftest import Open
from tests.views.own_world import AGENTS, LEAD, LOST, TEAMLESS, OwnWorld, build
from views.api.serve import the_store
from views.kept_desk import kept_desk
from views.markdown import plain
from views.own.team import first_plan

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


@pytest.mark.parametrize(("who", "lang"), [(AGENTS["A1"], "zh"), (LEAD, "en")])
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("empty")
def test_an_empty_store_is_a_sentence(open_page: Open, as_: As, name: str, who: Principal, lang: str) -> None:
    """Nobody meets an error before there is a plan."""
    as_(who)
    page = open_page(name, lang)
    assert page.title[0].value == text(f"view.{name}.title", lang)
    assert page.info or page.success or page.markdown or page.error


@pytest.mark.parametrize(
    ("who", "lang"), [(LOST, "en"), (LOST, "zh"), (TEAMLESS, "zh"), (LEAD, "en"), (AGENTS["A3"], "zh")]
)
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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_agent_reads_today_in_words(open_page: Open, as_: As, world: OwnWorld, lang: str) -> None:
    """The day, the hours, what is paid and each role; then the calendar."""
    as_(AGENTS["A1"])
    page = open_page("mine", lang)
    said = _said(page).replace("\\", "")
    days = [day_words(pd.Timestamp(world.day(place)), lang) for place in (0, 1, 3, 5)]
    assert any(day in page.header[0].value.replace("\\", "") for day in days)
    assert "08:00–10:00 after_sale" in said
    assert text("view.mine.paid", lang, hours=8.0) in said
    assert sum(day in said for day in days) >= 3


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.usefixtures("world")
def test_an_agent_reads_their_score(open_page: Open, as_: As, lang: str) -> None:
    """Paid beside projected, every measure with its interval; an appeal without words is not sent."""
    as_(AGENTS["A2"])
    page = open_page("score", lang)
    assert [own.value for own in page.metric] == ["150.50 CNY", "150.50 CNY"]
    assert "70.0%" in _said(page).replace("\\", "")
    page = page.button[-1].click().run()
    assert not page.exception
    assert page.error[0].value == text("view.score.say", lang)
    page.text_area(key="appeal-claim").set_value("The third contact was not mine.")
    page.text_input(key="appeal-record").set_value("K3")
    page = page.button[-1].click().run()
    assert not page.exception
    assert page.success[0].value == plain(text("view.score.sent", lang))
    _withdraw_all(AGENTS["A2"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_leave_that_can_not_be_is_told_and_stays_to_be_mended(
    open_page: Open, as_: As, world: OwnWorld, lang: str
) -> None:
    """Days the wrong way round are an error in words, not of the page, and nothing that was written is lost."""
    as_(AGENTS["A1"])
    page = open_page("requests", lang)
    page.date_input(key="leave-first").set_value(world.day(5))
    page.date_input(key="leave-last").set_value(world.day(3))
    page.text_area(key="leave-words").set_value("a wedding")
    page = next(own for own in page.button if own.label == text("view.requests.ask", lang)).click().run()
    assert not page.exception
    assert "366" in page.error[0].value
    assert page.text_area(key="leave-words").value == "a wedding"


@pytest.mark.usefixtures("world")
def test_leave_is_asked_approved_and_told(open_page: Open, as_: As, world: OwnWorld) -> None:
    """The lead is told on which days the published plan has shifts, and where the leave stands then."""
    as_(AGENTS["A1"])
    page = open_page("requests", "en")
    page.date_input[0].set_value(world.day(1))  # today's shift may be over by now
    page = next(own for own in page.button if own.label == text("view.requests.ask", "en")).click().run()
    assert not page.exception
    assert page.success[0].value == plain(text("view.requests.made.leave", "en"))
    as_(LEAD)
    page = open_page("team", "en")
    page.button_group(key="team-part").set_value("requests").run()
    assert not page.exception
    assert "published plan has shifts" in page.warning[0].value
    late = open_page("team", "en").button_group(key="team-part").set_value("requests").run()
    page = next(own for own in page.button if str(own.key).startswith("approve-")).click().run()
    assert not page.exception
    assert "Swaps" in page.success[0].value
    late = next(own for own in late.button if str(own.key).startswith("refuse-")).click().run()
    assert "approved already" in late.error[0].value.replace("\\", ""), "a late refusal is told"
    as_(AGENTS["A1"])
    assert "still has shifts" in open_page("requests", "en").warning[0].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_forbidden_swap_can_not_be_approved(open_page: Open, as_: As, world: OwnWorld, lang: str) -> None:
    """The sentence stands where the approval would be."""
    plan = read_plan(world.store, AGENTS["A1"], world.plan)
    asked = ask_swap(world.store, AGENTS["A1"], plan, world.day(5), "A2", world.day(6))
    answer_request(world.store, AGENTS["A2"], asked.id, "accept")
    as_(LEAD)
    page = open_page("team", lang)
    page.button_group(key="team-part").set_value("requests").run()
    assert not page.exception
    assert "11 h" in page.error[0].value.replace("\\", "") or "11 小时" in page.error[0].value.replace("\\", "")
    assert page.button(key=f"approve-{asked.id}").disabled
    _withdraw_all(AGENTS["A1"])


def _withdraw_all(who: Principal) -> None:
    for one in list_requests(the_store(), who):
        if one.agent == who.agent and one.status in OPEN:
            answer_request(the_store(), who, one.id, "withdraw")


@pytest.mark.parametrize("name", PAGES)
def test_a_large_desk_is_paged(open_page: Open, as_: As, tmp_path: Path, empty: Store, name: str) -> None:
    """Of 240 people a lead sees forty at a time; one of them their own."""
    crowd = {f"C{number:03}": f"客服{number}" for number in range(240)}
    build(empty, tmp_path / "desk", people=crowd)
    as_(replace(LEAD, teams=("C",)) if name == "team" else Principal("c7@example.com", "agent", agent="C007"))
    page = open_page(name, "zh")
    if name == "team":
        assert len(page.selectbox(key="team-page").options) == 6


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_lead_who_is_to_sign_finds_the_list(world: OwnWorld, open_page: Open, as_: As, lang: str) -> None:
    """Another department signs without planning: the list, the errors and the signatures are on its own page."""
    as_(LEAD)
    page = open_page("team", lang)
    page.button_group(key="team-part").set_value("sign").run()
    assert not page.exception
    heads = [own.value for own in page.header]
    assert [text(f"view.roster.sign.{name}", lang) for name in ("checks", "faults", "signatures")] == heads[-3:]


def test_a_lead_sees_first_the_plan_of_a_link(world: OwnWorld) -> None:
    """A manager sent the address of a draft; the lead saw the published plan without a word."""
    public = read_plan(world.store, owner(), world.plan)
    draft = replace(public, hash="draft", status="draft")
    desks = {public.desk: kept_desk(public.desk)}
    found = [first_plan((draft, public), desks, named).hash for named in ("draft", "", "gone")]
    assert found == ["draft", public.hash, public.hash]


def _form_of_a_day() -> None:
    """The forms of requests on the day that the session says."""
    import streamlit as st

    from store import owner
    from views.own.asking import show_forms

    show_forms(owner(), (), (), "en", st.session_state["today"])


def test_a_form_drawn_before_midnight_asks_for_the_day_that_it_shows() -> None:
    """Sent a minute after midnight it asked for the next day, which nobody had seen."""
    page, day = AppTest.from_function(_form_of_a_day, default_timeout=60), pd.Timestamp("2026-11-23").date()
    page.session_state["today"] = day
    page.run().session_state["today"] = day + pd.Timedelta(days=1)
    assert [own.value for own in page.run().date_input] == [day, None, day]
