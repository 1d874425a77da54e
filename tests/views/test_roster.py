"""The roster page for who answers for it: every part, every role, a broken plan and a huge one."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from desk import InputError
from desk.i18n import text
from planner.editing.wanted import DayShift
from planner.kept import keep
from store import (
    CellEdit,
    Principal,
    edit_duty,
    list_desks,
    list_faults,
    list_jobs,
    list_signatures,
    load_desk_version,
    open_store,
    owner,
    read_edits,
    report_fault,
    settle_fault,
    sign_plan,
)
from tests.views.conftest import Open
from views import who
from views.api.serve import the_store
from views.markdown import plain
from views.paging import AGENTS_A_PAGE
from views.roster.draft import Draft

PARTS = ("look", "edit", "book", "pins", "why", "changes", "sign")
ROLES = ("manager", "analyst", "auditor")


def part_of(page: AppTest, part: str) -> AppTest:
    page.session_state["part"] = part
    page.run()
    assert not page.exception, [trouble.value for trouble in page.exception]
    return page


@pytest.fixture(scope="session")
def stored(tiny_output: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store's file with the small plan, written once, and the plan's hash."""
    file = tmp_path_factory.mktemp("stored") / "store.db"
    store = open_store(f"sqlite:///{file}")
    key = keep(store, owner(), tiny_output).hash
    store.engine.dispose()
    return file, key


@pytest.fixture
def kept(out: Path, stored: tuple[Path, str]) -> str:
    """The small plan in the store, and nowhere else."""
    shutil.copy(stored[0], out.parent / "store.db")
    return stored[1]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.usefixtures("kept")
def test_every_part_stands(open_page: Open, lang: str) -> None:
    """No part throws or refuses on a plan of the store."""
    page = open_page("roster", lang)
    for part in PARTS:
        assert not part_of(page, part).error
        assert page.title[0].value == text("view.roster.title", lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_rest_is_begun_by_what_came(
    open_page: Open, kept: str, lang: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without counts it says so; with a file they are kept with the desk and a job begins for the moment given."""
    page = part_of(open_page("roster", lang), "pins")
    page = page.button(key="rest-begin").click().run()
    assert any(text("cure.replan_nothing_came", lang) in own.value.replace("\\", "") for own in page.markdown)
    came = tmp_path / "came.csv"
    came.write_text("start,queue,offered\n2026-06-17 00:00,pre_sale,70\n2026-06-17 01:00,pre_sale,80\n")
    file = SimpleNamespace(name=came.name, getvalue=came.read_bytes)
    monkeypatch.setattr("streamlit.file_uploader", lambda *words, **settings: file)
    page.text_input(key="rest-now").set_value("2026-06-17 02:00")
    page = page.button(key="rest-begin").click().run()
    assert not page.exception
    (job,) = list_jobs(the_store(), owner())
    assert (job.kind, job.request["plan"], job.request["now"]) == ("rest", kept, "2026-06-17 02:00")
    newest = load_desk_version(the_store(), owner(), list_desks(the_store(), owner())[0].hash)
    assert newest.table("history")["offered"].tolist()[-2:] == [70.0, 80.0]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_told_what_it_may_not(
    open_page: Open, kept: str, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who only reads has no button that writes, and reads why, the role in words."""
    monkeypatch.setattr(who, "owner", lambda: Principal("x@example.com", role, ("A",)))
    page = open_page("roster", "zh")
    told = [own.value.replace("\\", "") for own in part_of(page, "edit").info]
    saves = [own for own in page.button if own.label == text("view.roster.journal.undo", "zh")]
    refused = text("view.roster.refused.edit", "zh", role=text(f"view.roster.role.{role}", "zh"))
    assert (refused in told) == (role == "auditor")
    assert not saves
    publish = next(own for own in part_of(page, "sign").button if own.key == "sign-publish")
    assert publish.disabled


@pytest.mark.usefixtures("kept")
def test_an_edit_is_judged_saved_and_undone(open_page: Open, kept: str) -> None:
    """The verdict stands before the save, a reason is asked for, the journal shows it, and it can be taken back."""
    page = part_of(open_page("roster", "en"), "edit")
    shift = next(own for own in page.selectbox if str(own.key).startswith("edit-shift"))
    page = shift.select("OFF").run()
    assert text("view.roster.verdict.title", "en") in [own.value for own in page.subheader]
    page.button(key="edit-save").click().run()
    assert text("view.roster.edit.no_reason", "en") in [own.value for own in page.warning]
    reason = next(own for own in page.text_input if str(own.key).startswith("edit-why"))
    reason.input("ill")
    page.button(key="edit-save").click().run()
    assert not page.exception
    assert {edit.why for edit in read_edits(open_store(), owner(), kept)} == {"ill"}
    page.button(key="edit-undo").click().run()
    assert not page.exception
    assert sum(edit.undoes is not None for edit in read_edits(open_store(), owner(), kept)) == 9


@pytest.mark.parametrize(("decision", "left"), [("mine", None), ("theirs", "after_sale")])
def test_where_two_met_both_values_stand_and_one_decides(
    open_page: Open, kept: str, decision: str, left: str | None
) -> None:
    """Whoever judged by an older journal sees both values and both people; what they decide is what stands."""
    store, start = open_store(), pd.Timestamp("2026-06-17 08:00", tz="Asia/Shanghai")
    edit_duty(store, owner("bo@example.com"), kept, [CellEdit("A1", start.to_pydatetime(), "after_sale")], "help")
    late = CellEdit("A1", start.to_pydatetime(), None)
    with pytest.raises(InputError) as caught:
        edit_duty(store, owner(), kept, [late], "ill")
    page = open_page("roster", "en")
    wanted = (DayShift("A1", pd.Timestamp("2026-06-17"), "OFF"),)
    page.session_state["edit-conflict"] = Draft(kept, wanted, 0, "ill", caught.value.findings)
    part_of(page, "edit")
    told = " ".join(str(own.value) for own in page.markdown)
    assert all(word in told for word in ("bo", "after", "OFF", "owner"))
    page.button(key=f"conflict-{decision}").click().run()
    assert not page.exception
    newest = read_edits(store, owner(), kept)[-1]
    assert (newest.after, "ill" in newest.why) == (left, left is None)


def test_alone_one_must_decide_in_words(open_page: Open, kept: str) -> None:
    """Four signers are not made one by a click: the decision is ticked and reasoned, and becomes a job."""
    page = part_of(open_page("roster", "en"), "sign")
    page.button(key="alone-go").click().run()
    assert text("view.roster.sign.alone_need", "en") in [own.value for own in page.warning]
    page.button(key="sign-lay-down").click().run()
    assert not page.exception
    assert [own for own in page.checkbox if str(own.key).startswith("looked-audit")]
    sign = page.button(key="sign-go-setter")
    assert sign.disabled
    _too_late(page, kept)


def _too_late(page: AppTest, kept: str) -> None:
    """A click means what stood there: it settled the next error and signed the next step in one's name instead."""
    store, bo = open_store(), owner("bo@example.com")
    first, second = (report_fault(store, bo, kept, words) for words in ("thin Tuesday", "no lead"))
    page.run()
    settle_fault(store, bo, first.id)
    page.text_input(key="settle-why").input("moved A2")
    page.button(key="settle-go").click().run()
    told = text("view.roster.sign.settled_before", "en", who=bo.who, id=first.id)
    assert plain(told) in [own.value for own in page.warning]
    assert [own.id for own in list_faults(store, bo, kept) if own.settled_at is None] == [second.id]
    settle_fault(store, bo, second.id)
    for box in [own for own in page.checkbox if str(own.key).startswith("looked-")]:
        box.check()
    page.run()
    sign_plan(store, bo, kept, "setter")
    page.button(key="sign-go-setter").click().run()
    told = text("view.roster.sign.overtaken", "en", step=text("view.roster.sign.step.setter", "en"))
    assert told in [own.value for own in page.warning]
    assert [own.who for own in list_signatures(store, bo, kept)] == [bo.who]


def test_a_damaged_folder_is_a_sentence(open_page: Open, tiny: Path) -> None:
    """A broken plan never ends in a stack trace."""
    (tiny / "roster.csv").write_text("nonsense\n1,2\n", encoding="utf-8")
    assert open_page("roster", "zh").error


@pytest.mark.usefixtures("out")
def test_a_huge_plan_is_shown_a_page_at_a_time(open_page: Open, huge_output: Path) -> None:
    """Of a thousand people never more than a page goes to the browser, and an edit of one is judged against all."""
    keep(open_store(), owner(), huge_output)
    page = open_page("roster", "en")
    page.selectbox(key="roster-form").select("day").run()
    assert not page.exception
    assert len(page.selectbox(key="roster-day-page").options) == 17
    part_of(page, "edit")
    grid = page.dataframe[0].value
    assert len(grid) == AGENTS_A_PAGE
    assert len(grid.columns) <= 8
    shift = next(own for own in page.selectbox if str(own.key).startswith("edit-shift"))
    page = shift.select("OFF").run()
    assert text("view.roster.verdict.title", "en") in [own.value for own in page.subheader]
