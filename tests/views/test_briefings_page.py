"""The page Briefings: what it shows to whom, and what a click changes."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from desk import Desk, load_desk
from desk.i18n import text
from planner.briefing import invited
from planner.desk_change import changed_desk
from planner.kept import keep
from store import (
    Attended,
    list_desks,
    list_jobs,
    load_desk_version,
    owner,
    put_attendance,
    read_attendance,
    save_desk,
)
from tests.views.conftest import Open
from tests.views.tiny_plan import AGENTS, write_desk
from views.api.serve import the_store
from views.briefing.attended import ticked
from views.briefing.ground import Ground
from views.briefing.held import listed

LANGUAGES = ["en", "zh"]
NAME = "Quiz 618"


@pytest.fixture
def desk(out: Path, tiny_output: Path) -> Desk:
    """The small plan in the store; its desk has a briefing since, which no plan holds yet."""
    assert not list(out.iterdir())
    plan = keep(the_store(), owner(), tiny_output)
    known = load_desk_version(the_store(), owner(), plan.desk)
    row = {"activity": NAME, "minutes": 60.0, "window_start": pd.Timestamp("2026-06-17 09:00"), "who": ("A",)}
    row |= {"window_end": pd.Timestamp("2026-06-18"), "sessions_max": 2.0, "grants_skill": "after_sale"}
    own = changed_desk(known, invited(known, row))
    save_desk(the_store(), owner(), own)
    return own


def _press(page: AppTest, key: str) -> AppTest:
    page = next(own for own in page.button if own.key == key).click().run()
    assert not page.exception
    return page


def _newest() -> Desk:
    return load_desk_version(the_store(), owner(), list_desks(the_store(), owner())[0].hash)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_failed_loses_the_queue_and_who_passed_keeps_it(open_page: Open, desk: Desk, lang: str) -> None:
    """From the records to a new version of the desk in one click; what follows is told before."""
    name = desk.settings.name
    records = [Attended("A1", NAME, True, True), Attended("A2", NAME, True, False), Attended("A3", NAME, False)]
    put_attendance(the_store(), owner(), name, records)
    page = open_page("briefings", lang)
    assert text("view.briefings.follows", lang) in [own.value for own in page.header]
    states = next(own.value for own in page.dataframe if "todo" in own.value)["state"].tolist()
    assert states == [text(f"view.briefings.state.{own}", lang) for own in ("passed", "failed", "missed")]
    page = page.toggle(key="briefing-again").set_value(False).run()
    page = _press(page, "briefing-follow")
    assert page.success
    skills = _newest().table("skills")
    assert set(skills.loc[skills["queue"] == "after_sale", "agent"]) == {"A1", "B1", "B2", "B3"}
    assert _press(open_page("briefings", lang), "briefing-plan") is not None
    assert [job.kind for job in list_jobs(the_store(), owner())] == ["plan"]


@pytest.mark.usefixtures("desk")
def test_a_briefing_is_added(open_page: Open) -> None:
    """The form makes a new version of the desk; who takes the queue elsewhere is invited too."""
    page = open_page("briefings", "en")
    page.text_input(key="add-name").set_value("Returns")
    page.multiselect(key="add-who").set_value(["A"])
    page.selectbox(key="add-queue").select("pre_sale")
    page = _press(page, next(own.key for own in page.button if str(own.key).startswith("FormSubmitter")))
    assert page.success
    row = _newest().table("activities").set_index("activity").loc["Returns"]
    assert row["who"] == ("A", "B1", "B2", "B3")
    assert row["grants_skill"] == "pre_sale"


def test_a_list_is_taken(open_page: Open, desk: Desk) -> None:
    """An uploaded list is read, and kept only on a click; one that is wrong is told by row."""
    page = open_page("briefings", "en")
    page.file_uploader[0].upload("list.csv", b"agent,activity,attended,passed\nX9,Quiz 618,yes,\n", "text/csv")
    page = page.run()
    assert page.error
    page.file_uploader[0].upload("list.csv", b"agent,activity,attended,passed\nA1,Quiz 618,yes,no\n", "text/csv")
    page = _press(page.run(), "attendance-take")
    [own] = read_attendance(the_store(), owner(), desk.settings.name)
    assert (own.agent, own.attended, own.passed) == ("A1", True, False)


@pytest.mark.usefixtures("tiny")
def test_a_plan_in_a_folder_is_only_looked_at(open_page: Open) -> None:
    """Without a desk in the store there is nothing to change."""
    page = open_page("briefings", "zh")
    assert not [own for own in page.button if str(own.key).startswith(("briefing", "FormSubmitter"))]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.usefixtures("out")
def test_an_empty_store_is_told_how_to_begin(open_page: Open, lang: str) -> None:
    """Nothing there yet is no error."""
    page = open_page("briefings", lang)
    assert page.info[0].value == text("view.empty.words", lang)


def test_nobody_is_changed_by_looking(open_page: Open, desk: Desk) -> None:
    """A page that is only read makes no version."""
    before = list_desks(the_store(), owner())
    open_page("briefings", "en")
    assert list_desks(the_store(), owner()) == before
    assert replace(desk).content_hash == _newest().content_hash


def test_who_passed_was_there() -> None:
    """A tick at “passed” alone is not thrown away, and nobody passed without having been there."""
    rows = [
        {"agent": "A1", "attended": pd.NA, "passed": True},
        {"agent": "A2", "attended": False, "passed": True},
        {"agent": "A3", "attended": True, "passed": pd.NA},
    ]
    assert [(own.attended, own.passed) for own in ticked(rows, NAME)] == [(True, True), (False, None), (True, None)]


def test_a_session_names_people_so_that_namesakes_are_told_apart(tmp_path: Path) -> None:
    """Whoever has no name is their code, and nobody is called nan."""
    desk = load_desk(write_desk(tmp_path / "desk"))
    people = desk.table("agents").assign(name=["王芳", "王芳", None, *AGENTS.values()][:6])
    sessions = pd.DataFrame({"activity": [NAME], "agents": [("A1", "A2", "A3")]})
    moment = pd.to_datetime(["2026-06-17 09:00+08:00"]).tz_convert(desk.settings.timezone)
    own = replace(desk, tables={**desk.tables, "agents": people})
    held = listed(Ground("x", own, None, own, sessions.assign(start=moment, end=moment), pd.DataFrame(), ()))
    assert held["who"][0] == "王芳 (A1), 王芳 (A2), A3"
