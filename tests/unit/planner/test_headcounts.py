"""A desk of fixed headcounts is planned, read back, edited, supposed and checked without any forecast."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk import InputError, load_desk
from planner import plan, read_output
from planner.by_hand import Change, changed
from planner.cli import main
from planner.edited import changes, read_edited
from planner.edited.accept import edited_plan
from planner.editing.cells import cells_of, with_cells
from planner.editing.wanted import OFF, DayShift, Standing
from planner.headcounts import headcounts, missed
from planner.kept import keep, load_standing
from planner.output.layout import REPORT, WORKBOOK
from planner.page import summary
from planner.planned import Planned
from planner.sign_off.desk import cover_checks
from planner.whatif import answer, read_suppositions
from store import open_store, owner
from tests.golden.heads import write_heads


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk planned: four people of forty hours each, 26 places of which they can fill 20."""
    folder = tmp_path_factory.mktemp("heads")
    plan(write_heads(folder / "desk"), folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def planned(out: Path) -> Planned:
    return read_output(out)


def test_the_plan_is_proven_and_says_what_is_missing(planned: Planned) -> None:
    """Six places stay empty; roster, costs and certificate are there, forecast, service and scores are not."""
    own = headcounts(planned.desk, planned.plan.roster, planned.plan.duty)
    assert (own["required"].sum(), own["there"].sum(), own["short"].sum()) == (26, 20, 6)
    assert planned.plan.outcome.objective == planned.plan.outcome.bound == 20 * 8 * 20 + 6 * 300
    assert planned.plan.service.empty
    assert planned.scores.empty
    assert not planned.forecast.queues
    codes = [own.code for own in planned.findings if own.severity != "error"]
    assert codes[:2] == ["headcounts_missed", "planned_by_headcounts"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_head_that_is_cheaper_missing_than_paid_is_told(planned: Planned, lang: str) -> None:
    """An empty roster needs its reason: at 100 a head nobody is paid 160; at 300 somebody is."""
    assert "headcounts_cheap" not in [own.code for own in missed(planned.desk, planned.plan)]
    cheap = planned.desk.table("cover").assign(under_cost=100.0)
    desk = replace(planned.desk, tables={**planned.desk.tables, "cover": cheap})
    (found,) = [own for own in missed(desk, planned.plan) if own.code == "headcounts_cheap"]
    assert (found.facts["count"], found.facts["price"], found.facts["wage"]) == (4, 100.0, 160.0)
    assert "160" in found.message(lang)
    assert "under_cost" in found.cure(lang)


def test_one_more_is_worth_the_places_that_are_empty(planned: Planned) -> None:
    """By day 300 less the wage of 160; spared is nobody for nothing: each leaves five places more empty."""
    values = planned.marginals
    days = values[(values["kind"] == "agent") & values["date"].notna()]
    assert set(days["net"]) == {140.0}
    assert values.loc[values["kind"] == "spared", "value"].item() == 5 * 300
    assert set(values["kind"]) == {"agent", "spared"}
    assert planned.offers.empty


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_page_report_and_book_speak_of_headcounts(planned: Planned, out: Path, lang: str) -> None:
    """What is not there is not drawn: no inquiries, no service; the places that are empty are listed."""
    page = summary(planned, lang)
    assert {"en": "26 people; missing: 6", "zh": "26 人次：缺 6"}[lang] in page
    assert {"en": "INQUIRIES", "zh": "进线量（"}[lang] not in page
    assert 'id="headcounts"' in (out / REPORT).read_text(encoding="utf-8")
    assert 'id="forecast"' not in (out / REPORT).read_text(encoding="utf-8")


def test_an_edited_book_comes_back(planned: Planned, out: Path) -> None:
    """A day off taken in the book is in the plan afterwards, seated, priced and audited."""
    edited = read_edited(out / WORKBOOK, planned)
    first = planned.plan.roster.iloc[0]
    moved = replace(edited, shifts=edited.shifts | {(str(first["agent"]), f"{first['date']:%Y-%m-%d}"): ""})
    after = edited_plan(planned, moved, changes(planned, moved))
    assert len(after.plan.roster) == len(planned.plan.roster) - 1
    assert after.plan.outcome.objective == planned.plan.outcome.objective + 300 - 160


def test_a_day_can_be_edited_in_the_store(planned: Planned) -> None:
    """Everybody has hours of duty, so that a shift can be given and taken cell by cell."""
    first, standing = planned.plan.roster.iloc[0], Standing(planned.plan.roster, planned.plan.duty, {})
    wanted = DayShift(str(first["agent"]), first["date"], OFF)
    edits = cells_of(planned.desk, standing, [wanted], planned.plan.service)
    assert len(edits) == 8
    assert len(with_cells(standing, edits).roster) == len(planned.plan.roster) - 1


def test_a_plan_edited_in_the_store_has_its_own_costs(planned: Planned, out: Path, tmp_path: Path) -> None:
    """Whoever opens it sees what it costs and lacks now, not what it did when it was made."""
    store, first = open_store(f"sqlite:///{tmp_path / 'store.db'}"), planned.plan.roster.iloc[0]
    kept = keep(store, owner(), out)
    off = Change(str(first["agent"]), f"{first['date']:%Y-%m-%d}", shift=OFF)
    changed(store, owner(), kept.hash, off, "sick", "en")
    standing = load_standing(store, owner(), kept.hash)
    assert standing.plan.outcome.objective == planned.plan.outcome.objective + 300 - 160
    (short,) = [own for own in standing.findings if own.code == "headcounts_missed"]
    assert short.facts["heads"] == 7


def test_people_can_be_supposed_and_inquiries_not(planned: Planned) -> None:
    """One more fills places; what is not forecast is refused by name."""
    found = answer(planned, read_suppositions(["agents+1"])).frame().set_index("measure")
    assert found.at["people", "change"] == 1
    assert found.at["missing", "before"] == 6
    with pytest.raises(InputError, match="no inquiries are forecast"):
        answer(planned, read_suppositions(["offered*1.2"]))


def test_the_checks_name_the_empty_places(planned: Planned) -> None:
    """Who signs sees each of them."""
    found = list(cover_checks(planned.desk, planned.plan))
    assert {own.code for own in found} == {"heads_missing"}
    assert sum(own.facts["required"] - own.facts["there"] for own in found) == 6


@pytest.mark.parametrize("words", [["simulate"], ["score", "--projected"]])
def test_what_needs_a_forecast_says_so(out: Path, words: list[str]) -> None:
    """Commands without anything to work on end with a sentence, a cure and exit code 2."""
    told = CliRunner().invoke(main, [words[0], str(out), *words[1:]])
    assert told.exit_code == 2
    assert "planned by fixed headcounts" in told.output


def test_check_and_forecast_of_the_desk(tmp_path: Path) -> None:
    """The check has nothing to warn of; a forecast is refused, and so is a plan once a promotion asks for one."""
    desk = write_heads(tmp_path / "desk")
    assert CliRunner().invoke(main, ["check", str(desk)]).exit_code == 0
    assert CliRunner().invoke(main, ["forecast", str(desk)]).exit_code == 2
    rows = "promotion,phase,start,end\n618,peak,2026-03-03,2026-03-04\n"
    other = write_heads(tmp_path / "other", {"promotions": rows})
    text = (other / "desk.toml").read_text(encoding="utf-8")
    (other / "desk.toml").write_text(text.replace("aht_s", "patience_s = 60.0\naht_s"), encoding="utf-8")
    told = CliRunner().invoke(main, ["plan", str(other), "--out", str(tmp_path / "out")])
    assert told.exit_code == 2
    assert "needs the table history" in told.output
    assert load_desk(other).has("promotions")
