"""The analyst's pages: forecast, evidence, versions, back-test; on nothing, on small and large desks, by role."""

import shutil
from collections.abc import Callable
from math import prod
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from data import sample_path
from desk import load_desk
from desk.i18n import text
from planner.desk_change import changed_desk
from planner.jobs import ask
from planner.worker import work_once
from store import (
    Principal,
    Store,
    list_desks,
    list_forecasts,
    load_desk_version,
    load_learned,
    open_store,
    owner,
    save_desk,
)
from store.schema import blobs
from tests.views.conftest import Open
from tests.views.tuned_desk import ODD, write_tuned
from views.forecast.reason import product
from views.markdown import plain

LANGUAGES = ["en", "zh"]
PAGES = ["forecast", "learned", "versions", "backtest"]
Played = Callable[[str], None]


@pytest.fixture(scope="module")
def forecast_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the small desk, forecast once."""
    folder = tmp_path_factory.mktemp("tuned")
    store = open_store(f"sqlite:///{folder / 'store.db'}")
    version = save_desk(store, owner(), load_desk(write_tuned(folder / "desk")))
    ask(store, owner(), "forecast", {"desk": version.hash})
    work_once(store)
    store.engine.dispose()
    return folder / "store.db"


@pytest.fixture
def tuned(out: Path, forecast_store: Path) -> Store:
    """A copy of that store, where the app finds it."""
    shutil.copy(forecast_store, out.parent / "store.db")
    return open_store(f"sqlite:///{out.parent / 'store.db'}")


@pytest.fixture
def as_role(monkeypatch: pytest.MonkeyPatch) -> Played:
    """Lets somebody of a role look at the pages."""

    def play(role: str) -> None:
        who = Principal(
            f"{role}@example.com", role, ("A",) if role == "lead" else (), "A1" if role == "agent" else None
        )
        for place in ("views.who", "views.page", "views.forecast.sight", "views.job_shown"):
            monkeypatch.setattr(f"{place}.whoever", lambda _lang: who)

    return play


def words_of(page: AppTest) -> str:
    """All that the page says in sentences, without the escapes of markdown."""
    kinds = (page.markdown, page.caption, page.info, page.warning, page.success, page.error)
    return " ".join(str(own.value) for kind in kinds for own in kind).replace("\\", "")


def done(page: AppTest) -> AppTest:
    assert not page.exception, [own.value for own in page.exception]
    return page


def span_to(page: AppTest, name: str) -> AppTest:
    """Look at the stretch whose name has ``name`` in it."""
    box = page.selectbox(key="forecast-span")
    place = next(index for index, own in enumerate(box.options) if name in own)
    return done(box.select_index(place).run())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.usefixtures("tuned")
def test_every_page_shows_a_forecast_desk(open_page: Open, name: str, lang: str) -> None:
    """Under its title, in both languages, without an error."""
    page = open_page(name, lang)
    assert page.title[0].value == text(f"view.{name}.title", lang)
    assert not page.error


def test_a_desk_without_a_forecast_offers_one(out: Path, open_page: Open, tmp_path: Path) -> None:
    """The button puts a job into the store; once it is done, the page shows what came of it."""
    store = open_store(f"sqlite:///{out.parent / 'store.db'}")
    save_desk(store, owner(), load_desk(write_tuned(tmp_path / "desk")))
    page = done(open_page("forecast", "en").button(key="forecast-now").click().run())
    job = work_once(store)
    assert job is not None
    assert job.status == "done", job.result
    assert [own.key for own in done(page.run()).selectbox][1] == "forecast-queue"
    assert set(load_learned(store, owner(), list_forecasts(store, owner())[0].hash)) == {
        "kernels", "lags", "odd", "overrides",
    }  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_change_by_hand_counts_after_the_next_forecast(open_page: Open, tuned: Store, lang: str) -> None:
    """Preview, refusal without a reason, new version of the desk, new forecast whose reasons name owner and reason."""
    page = span_to(open_page("forecast", lang), "06-17")
    page = done(page.number_input(key="override-value-multiply").set_value(1.3).run())
    page = done(page.button(key="override-save").click().run())
    assert text("view.forecast.override.no_reason", lang) in words_of(page)
    assert len(list_desks(tuned, owner())) == 1
    page.text_input(key="override-reason-0").input("live stream")
    page = done(page.button(key="override-save").click().run())
    assert text("view.forecast.override.saved", lang) in words_of(page)
    newest = list_desks(tuned, owner())[0]
    [row] = load_desk_version(tuned, owner(), newest.hash).table("overrides").itertuples()
    assert (row.owner, row.reason, row.kind) == ("owner", "live stream", "multiply")
    ask(tuned, owner(), "forecast", {"desk": newest.hash})
    work_once(tuned)
    page = span_to(done(page.run()), "06-17")
    assert "live stream" in words_of(page)


def test_a_change_is_taken_back_with_a_reason(open_page: Open, tuned: Store) -> None:
    """The desk is then as it was before, and that version is the newest."""
    first = list_desks(tuned, owner())[0]
    page = open_page("forecast", "en")
    page.text_input(key="override-reason-0").input("live stream")
    page = done(page.button(key="override-save").click().run())
    page = done(page.button(key="override-remove").click().run())
    assert text("view.forecast.override.no_reason", "en") in words_of(page)
    why = next(own for own in page.text_input if str(own.key).startswith("override-why-"))
    why.input("a mistake")
    page = done(page.button(key="override-remove").click().run())
    assert list_desks(tuned, owner())[0].hash == first.hash
    assert text("view.forecast.override.none", "en") in words_of(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_odd_day_is_judged_and_the_forecasts_compared(open_page: Open, tuned: Store, lang: str) -> None:
    """The verdict is a new version of the desk; versions stand side by side after the next forecast."""
    page = open_page("learned", lang)
    [which] = page.multiselect
    assert ODD in which.options[0]
    page = done(page.button(key="odd-save").click().run())
    assert text("view.learned.choose_days", lang) in words_of(page)
    page = done(page.multiselect[0].select(which.options[0]).run())
    page = done(page.radio(key="odd-say").set_value("drop").run())
    page.text_input[0].input("a television spot")
    page = done(page.button(key="odd-save").click().run())
    assert not page.text_input[0].value, "the next day's note is its own"
    newest = list_desks(tuned, owner())[0]
    [row] = load_desk_version(tuned, owner(), newest.hash).table("verdicts").itertuples()
    assert (str(row.date)[:10], row.verdict, row.note) == (ODD, "drop", "a television spot")
    ask(tuned, owner(), "forecast", {"desk": newest.hash})
    work_once(tuned)
    page = open_page("versions", lang)
    assert text("view.versions.changed", lang) in [own.value for own in page.header]
    assert done(page.radio(key="versions-cut").set_value("hour").run()).dataframe


def test_a_forecast_is_judged_by_what_came(open_page: Open, tuned: Store) -> None:
    """Counts that a later version of the desk has are set beside the forecast."""
    desk = load_desk_version(tuned, owner(), list_desks(tuned, owner())[0].hash)
    history = desk.table("history")
    day = history[history["start"] >= history["start"].max().normalize()]
    later = pd.concat([history, day.assign(start=day["start"] + pd.Timedelta(days=1))], ignore_index=True)
    save_desk(tuned, owner(), changed_desk(desk, {"history": later}))
    page = open_page("versions", "en")
    assert text("view.versions.errors", "en") in [own.value for own in page.subheader]
    assert text("view.versions.no_hands", "en") in words_of(page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_back_test_is_kept(open_page: Open, tuned: Store, lang: str) -> None:
    """A job with what was asked for; its result is drawn, by queue and by hour, whenever one comes back."""
    page = open_page("backtest", lang)
    page.number_input(key="backtest-origins").set_value(2)
    page.multiselect(key="backtest-models").set_value(["peakdesk", "mean4"])
    page = done(page.button(key="backtest-start").click().run())
    job = work_once(tuned)
    assert job is not None
    assert job.status == "done", job.result
    page = open_page("backtest", lang)
    assert len(page.dataframe[0].value) == 6
    assert len(done(page.radio(key="backtest-cut").set_value("hour").run()).dataframe[0].value) > 24


@pytest.mark.parametrize(("role", "names"), [("analyst", PAGES[:2]), ("auditor", PAGES), ("lead", PAGES[:1])])
@pytest.mark.usefixtures("tuned")
def test_who_may_not_write_sees_why(open_page: Open, as_role: Played, role: str, names: list[str]) -> None:
    """Who may write has the buttons; an auditor looks and is told; others have no desk to see."""
    as_role(role)
    for name in names:
        page = open_page(name, "en")
        keys = {str(own.key) for own in page.button} & {"forecast-again", "override-save", "odd-save", "backtest-start"}
        assert bool(keys) == (role == "analyst")
        assert ("an auditor" in words_of(page)) == (role == "auditor")


@pytest.mark.parametrize("role", ["manager", "agent"])
@pytest.mark.usefixtures("tuned")
def test_every_role_meets_a_page_or_a_sentence(open_page: Open, as_role: Played, role: str) -> None:
    """Also by the address, past the menu."""
    as_role(role)
    page = open_page("versions", "zh")
    assert bool(page.button) == (role == "manager")


@pytest.mark.parametrize("name", PAGES)
def test_a_damaged_desk_is_a_sentence(open_page: Open, tuned: Store, name: str) -> None:
    """Contents that rotted on the disk end in a finding, not in a stack trace."""
    with tuned.writing() as connection:
        connection.execute(update(blobs).values(body=b"rot"))
    assert open_page(name, "en").error


def test_a_large_desk_stands(open_page: Open, out: Path) -> None:
    """240 people, two years of half-hours, three queues."""
    store = open_store(f"sqlite:///{out.parent / 'store.db'}")
    desk = changed_desk(load_desk(sample_path("1111")), settings={("forecast", "paths"): 50})
    ask(store, owner(), "forecast", {"desk": save_desk(store, owner(), desk).hash})
    assert work_once(store).status == "done"  # type: ignore[union-attr]
    for name in PAGES:
        assert not open_page(name, "zh").error


def test_what_came_is_judged_beside_two_versions(open_page: Open, tuned: Store) -> None:
    """A file that is wrong is told by its name and place, one of other days by its last; one that is right is judged;
    all beside the versions compared.
    """
    desk = load_desk_version(tuned, owner(), list_desks(tuned, owner())[0].hash)
    changed = save_desk(tuned, owner(), changed_desk(desk, settings={("forecast", "paths"): 60}))
    ask(tuned, owner(), "forecast", {"desk": changed.hash})
    work_once(tuned)
    page = done(open_page("versions", "en"))
    lines = [f"2026-06-17 {hour:02}:00,{queue},40" for queue in ("pre_sale", "after_sale") for hour in range(24)]
    for rows in (["soon,pre_sale,40"], ["2026-01-16 00:00,pre_sale,40"], lines):
        content = "\n".join(["start,queue,offered", *rows, ""]).encode()
        page = done(page.file_uploader(key="actual-upload").set_value(("came.csv", content, "text/csv")).run())
        told = " ".join(own.value for own in (*page.warning, *page.markdown))
        assert bool(page.error) == (rows[0].startswith("soon"))
        assert (plain("came.csv") in told) == (rows != lines)
        assert (plain("came.csv ends with 2026-01-16") in told) == ("01-16" in rows[0])
    assert text("view.versions.errors", "en") in [own.value for own in page.subheader]
    errors = next(own.value for own in page.dataframe if "wape_model" in own.value)
    bias = 100 * (errors["forecast"] / errors["offered"] - 1)
    shown = errors["bias"].str.replace("\N{MINUS SIGN}", "-").str.removesuffix("%").astype(float)
    assert shown.to_numpy() == pytest.approx(bias.to_numpy(), abs=0.06)  # both are shown with one digit


def test_a_product_of_factors_can_be_multiplied_anew() -> None:
    """Who takes a calculator to it finds what stands there; 20,593.8 × 1.0002 × … = 32,109.8 was 32,112.9."""
    factors = [20593.7731, 1.0001512, 1.0616512, 1.4574612, 1.0075012]
    for level, most in ((factors[0], 100), (90.8, 60)):
        own = pd.DataFrame({"factor": [level, *factors[1:]], "inquiries": prod([level, *factors[1:]])})
        told, made = product(own).replace(",", "").split(" = ")
        assert len(told) < most
        assert prod(map(float, told.split(" × "))) == pytest.approx(float(made), abs=0.05 if level < most else 0.5)
