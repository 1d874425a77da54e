"""Every page stands, in both languages, with a plan, without one, and with a damaged one."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from desk import load_desk
from desk.i18n import text
from desk.tables import table
from store import list_desks, owner, save_desk
from store.schema import desks
from tests.views.conftest import ROOT, Open
from tests.views.tiny_plan import write_desk
from views.api.serve import the_store
from views.desk_upload import zipped

PLAN_PAGES = ["overview", "forecast", "staffing", "roster", "whatif"]
PAGES = [*PLAN_PAGES, "incentives", "data", "start", "jobs", "help"]
LANGUAGES = ["en", "zh"]
_IMAGE = "![x](//evil.example/x.png)"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("tiny")
def test_a_page_shows_the_plan(open_page: Open, name: str, lang: str) -> None:
    """No page throws, and each stands under its title in the reader's language."""
    page = open_page(name, lang)
    assert page.title[0].value == text(f"view.{name}.title", lang)
    assert not page.error


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.usefixtures("tiny")
def test_the_forecast_says_why_of_a_phase(open_page: Open, lang: str) -> None:
    """A chosen phase is told in factors, and the earlier ones behind it are named."""
    page = open_page("forecast", lang)
    span = page.selectbox(key="forecast-span")
    assert len(span.options) == 6
    captions = " ".join(caption.value for caption in span.select_index(2).run().caption)
    assert not page.exception
    assert "2.60" in captions.replace("\\", "")


@pytest.mark.parametrize(
    ("name", "lang"), [*zip([*PLAN_PAGES, "learned", "versions", "backtest"], LANGUAGES * 4, strict=True)]
)
@pytest.mark.usefixtures("out")
def test_without_a_plan_a_page_says_how_to_begin(open_page: Open, name: str, lang: str) -> None:
    """The first thing a new user sees is the command that makes a plan."""
    page = open_page(name, lang)
    assert page.info[0].value == text("view.empty.words", lang)
    assert "peakdesk demo" in page.code[0].value


@pytest.mark.parametrize("broken", ["desk/desk.toml", "service.csv", "roster.csv", "forecast_paths.npz", "scores.csv"])
def test_a_damaged_plan_is_a_sentence(open_page: Open, tiny: Path, broken: str) -> None:
    """A half-written or hand-edited folder never ends in a stack trace."""
    (tiny / broken).write_text("nonsense\n1,2\n", encoding="utf-8")
    assert len(open_page("overview", "en").error) == 1


@pytest.mark.parametrize("name", PLAN_PAGES)
@pytest.mark.parametrize("empty", ["service", "curves", "scores", "roster", "duty", "costs", "findings"])
def test_a_plan_with_an_empty_table_says_so(open_page: Open, tiny: Path, name: str, empty: str) -> None:
    """A plan that was not scored, or of a desk where nobody works, still opens."""
    file = tiny / f"{empty}.csv"
    file.write_text(file.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert not open_page(name, "zh").error


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("absent", ["roster.csv", "desk/agents.csv"])
def test_a_plan_without_a_file_names_the_file(open_page: Open, tiny: Path, absent: str, lang: str) -> None:
    """What is missing is said by name, in the reader's language."""
    (tiny / absent).unlink()
    page = open_page("overview", lang)
    assert len(page.error) == 1
    assert Path(absent).name in str(page.dataframe[0].value.to_dict())


@pytest.mark.usefixtures("tiny")
def test_names_from_data_are_never_markup(open_page: Open) -> None:
    """A name that looks like an image must not make the browser fetch it."""
    page = open_page("roster", "en")
    assert not [words.value for words in [*page.markdown, *page.caption] if "![" in words.value]


@pytest.mark.usefixtures("tiny")
def test_the_roster_shows_a_day_by_the_hour(open_page: Open) -> None:
    """The second view of the roster, with its coverage."""
    page = open_page("roster", "zh")
    page.selectbox(key="roster-form").select("day").run()
    assert not page.exception
    assert text("view.roster.coverage", "zh") in [own.value for own in page.caption]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.usefixtures("tiny")
def test_the_app_starts_on_the_overview_in_the_chosen_language(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The switch in the sidebar reaches the pages; a plan of the address that is not there is missed once; the
    browser's way back leads to the language that stood there.
    """
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["plan"] = "gone"
    app.run()
    missed = [text("view.app.no_such_plan", own) for own in LANGUAGES]
    assert missed[0] in [own.value.replace("\\", "") for own in app.warning]
    app.selectbox(key="choice-lang").select(lang).run()
    assert not app.exception
    assert not [own for own in app.warning if own.value.replace("\\", "") in missed]
    assert app.title[0].value == text("view.overview.title", lang)
    look = " ".join(own.proto.body for own in app.get("html"))
    assert ":focus-visible" in look, "who goes by keyboard sees where"
    assert (text("view.app.apply", lang) in look) == (lang != "en"), "what Streamlit says beside a field, and in lists"
    assert "min-width: 11rem" in look, "on a tablet “37…” was left of 379,442"
    before = next(own for own in LANGUAGES if own != lang)
    app.query_params["lang"] = before
    assert app.run().title[0].value == text("view.overview.title", lang), "only the browser's own way means the address"
    app.query_params["lang"] = before
    monkeypatch.setattr("views.kept_choice.went_through_history", lambda: True)
    assert app.run().title[0].value == text("view.overview.title", before)


def test_a_foreign_file_that_can_not_be_read_is_told_by_its_own_name(open_page: Open, out: Path) -> None:
    """Whoever brings in several files knows which one is meant."""
    page = open_page("data", "zh")
    page.file_uploader(key="foreign-file").set_value(("六月 日报.csv", b"", "text/csv")).run()
    assert not page.exception
    assert any("六月 日报" in own.value for own in page.markdown)


def test_titles_of_a_foreign_file_are_never_markup(open_page: Open, out: Path) -> None:
    """Whoever exports the file writes its titles and queues."""
    page = open_page("data", "en")
    content = f"ds,{_IMAGE},queue,calls\n2026-06-01 00:00,1,{_IMAGE},4\n2026-06-01 01:00,1,{_IMAGE},5\n"
    page.file_uploader(key="foreign-file").set_value(("a.csv", content.encode(), "text/csv")).run()
    page.text_input(key="foreign-name").set_value(f"Mine {_IMAGE}").run()
    assert not page.exception
    assert page.number_input(key=f"foreign-aht-{_IMAGE}").value == 300.0
    said, asked = [*page.markdown, *page.caption], [*page.number_input, *page.selectbox, *page.button]
    assert not [own.value for own in said if "![" in own.value]
    assert not [own.label for own in asked if "![" in own.label]


def test_what_is_understood_is_what_was_given_last(
    open_page: Open, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody keeps a sample that was tried before in the belief that it is the file with mistakes that they gave."""
    own = load_desk(write_desk(tmp_path / "desk"))
    monkeypatch.setattr("desk.load_desk", lambda folder: own)
    page = open_page("start", "en").button(key="start-sample-618").click().run()
    assert "start-keep" in [button.key for button in page.button]
    page.file_uploader(key="start1-upload").set_value([("agents.csv", b"nonsense", "text/csv")]).run()
    assert page.error
    assert "start-keep" not in [button.key for button in page.button]
    page.button(key="start-sample-618").click().run()
    assert not page.exception
    assert "start-keep" in [button.key for button in page.button]


def test_which_queue_or_contract_a_foreign_name_means_is_asked(open_page: Open, out: Path, tmp_path: Path) -> None:
    """A name that the desk does not know is not taken for its first queue."""
    save_desk(the_store(), owner(), load_desk(write_desk(tmp_path / "desk")))
    page = open_page("data", "zh")
    content = "start,queue,offered\n2026-06-16 00:00,售后,4\n2026-06-16 01:00,售后,5\n"
    page.file_uploader(key="foreign-file").set_value(("a.csv", content.encode(), "text/csv")).run()
    assert page.selectbox(key="foreign-queue-售后").value is None
    assert "foreign-keep" not in [button.key for button in page.button]
    page.selectbox(key="foreign-queue-售后").select("after_sale").run()
    assert not page.exception
    assert "foreign-keep" in [button.key for button in page.button]
    content = "日期,小时,技能组,进线量\n2026-06-16,1,after_sale,4\n2026-06-16,1,售后,4\n2026-06-16,24,售后,5\n"
    page.file_uploader(key="foreign-file").set_value(("c.csv", content.encode(), "text/csv")).run()
    page.selectbox(key="foreign-queue-售后").select("after_sale").run()
    page.selectbox(key="foreign-hours").select_index(0).run()
    assert "foreign-keep" not in [button.key for button in page.button]
    page.checkbox(key="foreign-add-up").check().run()
    assert any("2026-06-16 23:00" in (said := own.value.replace("\\", "")) and "13" in said for own in page.markdown)
    people = "工号,姓名,小组,用工类型,时薪\nZ1,周,甲,正式工,30\n"
    page.file_uploader(key="foreign-file").set_value(("b.csv", people.encode(), "text/csv")).run()
    page.selectbox(key="foreign-what").select("agents").run()
    contract = page.selectbox(key="foreign-contract-正式工")
    contract.select(contract.options[0]).run()
    assert not page.exception
    assert "foreign-keep" in [button.key for button in page.button]


def test_what_a_colleague_saved_goes_only_where_it_is_said(open_page: Open, out: Path, tmp_path: Path) -> None:
    """An upload tells what of the newest version it would put aside, and waits for a word; what was saved while the
    page stood is not overwritten at all.
    """
    folder = write_desk(tmp_path / "desk")
    mine, store = load_desk(folder), the_store()
    leave = pd.DataFrame({"agent": ["A1"], "date": pd.to_datetime(["2026-06-18"])})
    theirs = replace(mine, tables={**mine.tables, "leave": leave})
    save_desk(store, owner(), theirs)
    page = open_page("data", "zh")
    page.file_uploader(key="data-upload").set_value([("desk.zip", zipped(folder), "application/zip")]).run()
    gone = text("view.replacing.table", "zh", title=table("leave").title("zh"), before=1, gone=1, new=0)
    assert any(gone in own.value.replace("\\", "") for own in page.markdown)
    assert page.button(key="data-keep").disabled
    sure = next(own for own in page.checkbox if own.label == text("view.replacing.sure", "zh"))
    assert not sure.check().run().button(key="data-keep").disabled
    later = save_desk(store, owner(), replace(theirs, tables={**mine.tables, "leave": leave.assign(agent="A2")}))
    page.button(key="data-keep").click().run()
    assert not page.exception
    assert list_desks(store, owner())[0] == later


def test_a_desk_that_another_version_kept_can_be_replaced(open_page: Open, out: Path, tmp_path: Path) -> None:
    """After a way back to an older Peakdesk page Data was an error and nothing else: nothing could be mended there."""
    folder, store = write_desk(tmp_path / "desk"), the_store()
    mine = load_desk(folder)
    settings = mine.settings.model_copy(update={"interval_min": 15})
    save_desk(store, owner(), replace(mine, settings=settings))
    with store.writing() as connection:
        later = json.loads(connection.execute(select(desks.c.settings)).scalar_one()) | {"of_the_future": 1}
        connection.execute(update(desks).values(settings=json.dumps(later)))
    page = open_page("data", "en")
    assert any("of_the_future" in own.value.replace("\\", "") for own in page.markdown)
    page.file_uploader(key="data-upload").set_value([("desk.zip", zipped(folder), "application/zip")]).run()
    assert page.button(key="data-keep").disabled
    next(own for own in page.checkbox if own.label == text("view.replacing.sure", "en")).check().run()
    page.button(key="data-keep").click().run()
    assert not page.exception
    assert list_desks(store, owner())[0].hash == mine.content_hash
