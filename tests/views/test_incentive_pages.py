"""Incentives on pages: settled scores, the scheme, settling, appeals; for everybody who may look, and nobody else."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from desk.i18n import text
from desk.settings import IncentiveSettings
from planner.desk_change import changed_desk
from planner.output.table_file import write_table
from planner.pay.ground import ground
from planner.pay.settle import settle
from planner.serve.serving import SIGN_IN
from planner.worker import work_once
from store import (
    Principal,
    ScoreRun,
    add_principal,
    answer_request,
    list_contact_logs,
    list_desks,
    list_jobs,
    list_requests,
    list_score_runs,
    load_desk_version,
    make_request,
    open_store,
    owner,
    save_desk,
    save_scores,
)
from tests.unit.planner.pay_world import OWNER, PayWorld, many_contacts, pay_world
from tests.views.conftest import Open
from tests.views.tiny_plan import AGENTS
from views.doors import doors_of
from views.incentive import pictures
from views.incentive.runs import scheme_of

PAGES = ["incentives", "scheme", "settle", "appeals"]
LANGUAGES = ["en", "zh"]


MANAGER, LEAD = Principal("mia@example.com", "manager"), Principal("lee@example.com", "lead", ("A",))
PEOPLE = {
    "manager": MANAGER,
    "analyst": Principal("ana@example.com", "analyst"),
    "lead": LEAD,
    "agent": Principal("a2@example.com", "agent", ("A",), "A2"),
    "auditor": Principal("aud@example.com", "auditor"),
}
DOORS = {
    "manager": {"incentives", "appeals", "settle", "scheme"},
    "analyst": set(),
    "lead": {"incentives", "appeals", "scheme"},
    "agent": set(),
    "auditor": {"incentives", "appeals", "scheme"},
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[PayWorld, Path]:
    """A desk with a scheme and a settled log in a store, built once; and the folder of its file."""
    folder = tmp_path_factory.mktemp("built")
    made = pay_world(open_store(f"sqlite:///{folder / 'store.db'}"), folder)
    for person in PEOPLE.values():
        add_principal(made.store, owner(), person)
    own = ground(made.store, OWNER, made.version, made.log, None)
    settle(made.store, OWNER, own, "June 17", lambda progress: True, 1)
    return made, folder


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine draws late, and not without the pictures that take longest."""
    monkeypatch.setattr(pictures, "PATIENCE_S", 60.0)


@pytest.fixture
def world(built: tuple[PayWorld, Path], out: Path) -> PayWorld:
    """The same in the app's store."""
    made, folder = built
    for file in folder.glob("store.db*"):
        shutil.copy(file, out.parent / file.name)
    return replace(made, store=open_store())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("world")
def test_a_page_shows_a_settlement(open_page: Open, name: str, lang: str) -> None:
    """Each stands under its title, with no error."""
    page = open_page(name, lang)
    assert page.title[0].value == text(f"view.{name}.title", lang)
    assert not page.error


@pytest.fixture
def looking(world: PayWorld, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Principal]:
    """Makes somebody of a role look at the pages, as a proxy would."""
    monkeypatch.setenv(SIGN_IN, "proxy")

    def look(role: str) -> Principal:
        monkeypatch.setattr("views.who._proved", lambda: PEOPLE[role].who)
        return PEOPLE[role]

    return look


@pytest.mark.parametrize("role", PEOPLE)
def test_each_role_finds_its_doors(role: str) -> None:
    """An analyst has no scores, an agent only their own page; who leads a team has its scores."""
    assert {door.name for door in doors_of(PEOPLE[role])} & set(PAGES) == DOORS[role]


@pytest.mark.parametrize("role", ["lead", "auditor", "manager"])
@pytest.mark.parametrize("name", ["incentives", "scheme", "appeals"])
def test_a_role_sees_what_is_theirs(open_page: Open, looking: Callable[[str], Principal], name: str, role: str) -> None:
    """A lead only their team, from the scores alone; who may read all sees all; the form is for who may save."""
    looking(role)
    page = open_page(name, "en")
    assert not page.error
    if name == "incentives":
        shown = page.dataframe[0].value["Agent"].tolist()
        assert shown == (["A1", "A2", "A3"] if role == "lead" else ["A1", "A2", "A3", "B1", "B2", "B3"])
    if name == "scheme":
        assert bool(page.number_input) == (role == "manager")


@pytest.mark.parametrize("role", ["analyst", "agent"])
def test_who_has_no_business_here_sees_nothing(open_page: Open, looking: Callable[[str], Principal], role: str) -> None:
    """By the address of the page: an analyst no scores, an agent none but their own."""
    looking(role)
    page = open_page("incentives", "en")
    others = {"A1", "A3", "B1", "B2", "B3"} if role == "agent" else set(AGENTS)
    shown = {str(cell) for own in page.dataframe for cell in own.value.to_numpy().ravel()}
    assert not shown & others


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_broken_log_is_told_with_its_place(open_page: Open, world: PayWorld, lang: str) -> None:
    """File, row, column and cure; nothing is kept of it."""
    page = open_page("settle", lang)
    rows = "contact,queue,arrived,agent\nC1,pre_sale,2026-06-17 09:00,A1\nC2,nowhere,soon,Z9\n"
    page.file_uploader[0].upload("june.csv", rows.encode(), "text/csv").run()
    assert not page.exception
    assert page.error
    found = page.dataframe[0].value
    assert {("june.csv", 3, "queue"), ("june.csv", 3, "arrived"), ("june.csv", 3, "agent")} <= set(
        found[["file", "row", "column"]].itertuples(index=False, name=None)
    )
    assert len(list_contact_logs(world.store, owner())) == 1


def test_a_good_log_is_understood_and_kept(open_page: Open, world: PayWorld, tmp_path: Path) -> None:
    """What was understood stands there before anything is saved; then it can be settled by a job."""
    log = many_contacts(a_day=10).dropna(axis="columns", how="all")
    write_table(log, "contacts", tmp_path / "july.csv")
    page = open_page("settle", "en")
    page.file_uploader[0].upload("july.csv", (tmp_path / "july.csv").read_bytes(), "text/csv").run()
    assert any("60 contacts" in words.value.replace("\\", "") for words in page.markdown)
    assert len(list_contact_logs(world.store, owner())) == 1
    page.button(key="log-keep").click().run()
    assert not page.exception
    assert [one.name for one in list_contact_logs(world.store, owner())] == ["july", "June 17"]
    for _ in range(2):
        page.button(key="settle-go").click().run()
    assert [job.kind for job in list_jobs(world.store, owner())] == ["score"], "a double click settled twice"
    assert work_once(world.store).status == "done"
    page.run()
    assert not page.exception
    assert page.metric[0].label == text("view.pay.paid", "en")


def test_a_changed_scheme_is_judged_previewed_and_saved(
    open_page: Open, world: PayWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What contradicts itself, or is made for another currency, is told at once; what holds shows whom it would have
    paid what, and becomes a version.
    """
    page = open_page("scheme", "en")
    with monkeypatch.context() as abroad:
        abroad.setattr("incentive.scheme._CURRENCY", "JPY")
        page.selectbox(key="scheme-base").set_value("piece_rate").run()
        assert "made for JPY and are paid as CNY here" in page.warning[0].value
    page.selectbox(key="scheme-base").set_value("promotion_night").run()
    assert [one for one in page.caption if "other overload_cap" in one.value]
    page.selectbox(key="scheme-base").set_value("own").run()
    page.number_input(key="scheme-own-Tiny 618-weights-speed").set_value(0.9).run()
    assert page.error
    for begun in ("promotion_night", "own"):
        page.selectbox(key="scheme-base").set_value(begun).run()
    assert page.number_input(key="scheme-own-Tiny 618-weights-speed").value == 0.9, "a look at another keeps it"
    page.number_input(key="scheme-own-Tiny 618-weights-speed").set_value(0.55).run()
    page.number_input(key="scheme-own-Tiny 618-budget").set_value(2000.0).run()
    assert not page.error
    would = page.dataframe[-1].value
    assert would["After"].sum() > would["Before"].sum()
    assert not [one for one in page.caption if "overload_cap" in one.value]
    page.text_input(key="scheme-why").set_value("June is harder").run()
    page.button(key="scheme-save").click().run()
    assert not page.exception
    newest = list_desks(world.store, owner())[0]
    incentive = load_desk_version(world.store, owner(), newest.hash).settings.incentive
    assert (incentive.budget, incentive.weights["speed"], incentive.weights["rating"]) == (2000.0, 0.55, 0.3)
    tiny = load_desk_version(world.store, owner(), newest.hash)
    told: dict[tuple[str, ...], object] = {("name",): "Other", ("incentive", "budget"): 777.0}
    save_desk(world.store, owner(), changed_desk(tiny, settings=told))
    page.session_state["desk"] = "Other"
    page.run()
    assert page.number_input(key="scheme-own-Other-budget").value == 777.0, "the form of another desk holds its own"


@pytest.mark.parametrize("view", ["scores", "statement"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_other_views_stand(open_page: Open, world: PayWorld, view: str, lang: str) -> None:
    """Pictures of what was achieved, and a statement with its lines."""
    page = open_page("incentives", lang)
    page.segmented_control(key="incentives-view").set_value(view).run()
    assert not page.exception
    assert not page.error
    if view == "statement":
        assert text("view.pay.lines", lang) in [own.value for own in page.subheader]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_agent_reads_their_own_statement(open_page: Open, looking: Callable[[str], Principal], lang: str) -> None:
    """What a settlement keeps beside the scores stands on no page of theirs, and breaks none."""
    looking("agent")
    page = open_page("score", lang)
    assert not page.error
    assert page.metric


def test_a_projection_stands_for_itself_and_beside_its_settlement(
    open_page: Open, looking: Callable[[str], Principal], world: PayWorld
) -> None:
    """Before the event what to expect, with its range and the budget needed; afterwards beside what was paid."""
    expected = {"measure": "composite", "payout": 90.0, "pay_low": 60.0, "pay_high": 120.0}
    rows = [{"agent": agent, "team": agent[0]} | expected for agent in AGENTS]
    summary = {"kind": "projected", "plan": "p", "needed": {"0.80": 1200.0}, "period": ["2026-06-17", "2026-06-19"]}
    summary |= {"currency": "CNY", "incentive": {"budget": 1000.0}}
    save_scores(world.store, owner(), "before", pd.DataFrame(rows), world.version, summary=summary)
    looking("lead")
    page = open_page("incentives", "en")
    assert not page.error
    assert [own.label for own in page.metric] == ["Expected in all", "Budget", "People", "Budget needed"]
    assert page.dataframe[0].value["Agent"].tolist() == ["A1", "A2", "A3"]
    own = ground(world.store, OWNER, world.version, world.log, None)
    settle(world.store, OWNER, replace(own, plan="p"), "after", lambda progress: True, 5)
    page = open_page("incentives", "en")
    assert page.dataframe[0].value["Projected, 90 %"].tolist() == [120.0] * 3


def test_who_answers_an_appeal_too_late_is_told(open_page: Open, world: PayWorld) -> None:
    """The button is gone by then: the click said nothing, and looked as if it had answered."""
    run = list_score_runs(world.store, owner())[0].id
    detail = {"run": run, "measure": "speed", "record": None, "claim": "too low"}
    asked = make_request(world.store, PEOPLE["agent"], "appeal", detail, words="too low")
    page = open_page("appeals", "en")
    page.text_area(key=f"appeal-{asked.id}-words").set_value("the log is right").run()
    answer_request(world.store, owner("bo@example.com"), asked.id, "refuse", "as logged")
    page.button(key=f"appeal-{asked.id}-send").click().run()
    assert text("view.appeals.overtaken", "en") in [own.value for own in page.warning]
    (found,) = list_requests(world.store, owner(), kind="appeal")
    assert [reply.who for reply in found.answers] == ["bo@example.com"]


@pytest.mark.parametrize("view", ["paid", "scores"])
def test_two_hundred_and_forty_people_come_a_page_at_a_time(open_page: Open, world: PayWorld, view: str) -> None:
    """No table and no picture holds more than a page of people."""
    numbers = {"contacts": 50.0, "observed": 0.6, "expected": 0.5, "adjusted": 0.55, "low": 0.5, "high": 0.6}
    rows = [
        {"agent": f"P{number:03}", "team": f"T{number % 8}", "measure": measure, "payout": 12.5, "load": 1.0} | numbers
        for number in range(240)
        for measure in ("speed", "composite")
    ]
    summary = {"kind": "settled", "currency": "CNY", "incentive": {"budget": 9000.0}, "period": ["2026-06-17"] * 2}
    save_scores(world.store, owner(), "many", pd.DataFrame(rows), world.version, summary=summary)
    page = open_page("incentives", "en")
    if view == "scores":
        page.segmented_control(key="incentives-view").set_value("scores").run()
        page.selectbox(key="incentives-page").select_index(5).run()
        assert len(page.dataframe[0].value) == 40
    else:
        page.selectbox(key="paid-page").select_index(5).run()
        assert page.dataframe[0].value["Agent"].iloc[-1] == "P239"
        assert len(page.dataframe[0].value) == 40
    assert not page.exception


def test_a_scheme_with_exempt_windows_is_read_back_from_its_scoring() -> None:
    """A scoring keeps its scheme as JSON, where a moment is text: no page of it may break on that."""
    opens, closes = (pd.Timestamp(day).to_pydatetime() for day in ("2026-06-18", "2026-06-19"))
    window = {"start": opens, "end": closes, "reason": "outage"}
    scheme = IncentiveSettings.model_validate({"exempt": [window]})
    run = ScoreRun(1, "", "", {"incentive": scheme.model_dump(mode="json")}, closes, "")
    assert scheme_of(run) == scheme
