"""The page What if: answers, scenarios kept with the plan, and the way to another roster."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from desk import load_desk
from desk.i18n import text
from planner.kept import keep
from store import CellEdit, PlanVersion, Scenario, beat, edit_duty, list_jobs, list_scenarios, owner, take_job
from tests.views.conftest import Open
from tests.views.tiny_plan import write_desk
from views.api.serve import the_store
from views.markdown import plain
from views.whatif.saved import side_by_side

LANGUAGES = ["en", "zh"]


@pytest.fixture
def kept(out: Path, tiny_output: Path) -> PlanVersion:
    """The small plan, kept in the store."""
    assert not list(out.iterdir())
    return keep(the_store(), owner(), tiny_output)


def _moved(page: AppTest, name: str, value: float) -> AppTest:
    slider = next(own for own in page.slider if str(own.key).startswith(f"whatif-{name}"))
    page = slider.set_value(value).run()
    assert not page.exception
    return page


def _press(page: AppTest, key: str) -> AppTest:
    page = next(own for own in page.button if own.key == key).click().run()
    assert not page.exception
    return page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_scenarios_are_kept_with_the_plan_and_stand_side_by_side(open_page: Open, kept: PlanVersion, lang: str) -> None:
    """Two worlds kept under names have one column each, another session finds them, and one can be forgotten."""
    page = _moved(open_page("whatif", lang), "offered.", 1.5)
    assert "50" in page.markdown[1].value
    assert len(page.metric) == 2
    page = _press(page, "whatif-save")
    page = _press(_moved(page, "aht_s", 1.2), "whatif-save")
    found = list_scenarios(the_store(), owner(), kept.hash)
    assert [own.suppositions for own in found] == [("offered.pre_sale*1.50",), ("offered.pre_sale*1.50", "aht_s*1.20")]
    names = text("view.team.join", lang).join(own.name for own in found)
    older = plain(text("view.whatif.before_edits", lang, names=names))
    assert older not in [own.value for own in page.caption]
    start = pd.Timestamp("2026-06-17 08:00", tz="Asia/Shanghai").to_pydatetime()
    edit_duty(the_store(), owner("bo@example.com"), kept.hash, [CellEdit("A1", start, "after_sale")], "help")
    page = open_page("whatif", lang)
    assert older in [own.value for own in page.caption]
    assert text("view.whatif.saved", lang) in [own.value for own in page.header]
    table = next(own.value for own in page.dataframe if found[0].name in own.value)
    assert {own.name for own in found} <= set(table)
    _press(page, "whatif-forget")
    assert list_scenarios(the_store(), owner(), kept.hash) == found[1:]


@pytest.mark.usefixtures("kept")
def test_a_name_that_is_taken_is_told(open_page: Open) -> None:
    """What the store refuses is a sentence on the page."""
    page = _press(_moved(open_page("whatif", "en"), "offered.", 1.5), "whatif-save")
    page = _press(page, "whatif-save")
    assert len(page.error) == 1


@pytest.mark.usefixtures("kept")
def test_a_supposition_that_cannot_be_had_is_a_sentence(open_page: Open) -> None:
    """Nonsense in the box is told with its cure, and nothing breaks."""
    page = open_page("whatif", "en").text_area[0].set_value("nothing*2").run()
    assert not page.exception
    assert "nothing" in str(page.error[0].value) + " ".join(str(own.value) for own in [*page.markdown, *page.caption])


def test_another_roster_is_a_job(open_page: Open, kept: PlanVersion) -> None:
    """The button puts what is supposed into the store as a job; overtime is left to the optimiser, and told so."""
    page = _moved(_moved(open_page("whatif", "en"), "offered.", 1.5), "overtime-", 2)
    page = _press(page, "whatif-replan")
    (job,) = list_jobs(the_store(), owner())
    assert job.kind == "plan"
    assert job.request["desk"] == kept.desk
    assert job.request["suppose"] == ["offered.pre_sale*1.50"]
    assert any("overtime" in own.value for own in page.caption)
    take_job(the_store(), owner(), "w")
    beat(the_store(), owner(), job.id, "w", {"phase": "progress.roster", "incumbent": 12_000.0, "bound": 11_000.0})
    again = open_page("whatif", "en")
    stop = again.button(key=f"job-stop-{job.id}")
    assert stop.label == text("view.jobs.stop_search", "en"), "who reloads the page still follows the job"
    assert any("12,000 CNY" in own.value for own in again.caption)


@pytest.mark.usefixtures("tiny")
def test_a_plan_in_a_folder_is_answered_and_planned_again_by_command(open_page: Open) -> None:
    """Without a store there is no scenario to keep; the command for another roster is ready to be copied."""
    page = _moved(open_page("whatif", "en"), "offered.", 1.5)
    assert not [own for own in page.button if own.key == "whatif-save"]
    assert "--replan" in page.code[0].value


def _levers() -> None:
    import streamlit as st

    from views.supposing import suppose
    from views.time_limit import choose_limit_s

    desk = st.session_state["desk"]
    st.session_state["said"] = suppose(desk, "en"), choose_limit_s("seconds", desk, key="most")


def test_another_desk_is_supposed_nothing_of_by_the_settings_of_the_one_before(tmp_path: Path) -> None:
    """Sliders and numbers that begin with the desk's own settings begin anew, however small or large these are."""
    own = load_desk(write_desk(tmp_path / "desk"))
    page = AppTest.from_function(_levers)
    for limit, most_s in ((0.85, 120.0), (1.1, 7200.0), (4.0, 1.0)):
        rules = own.settings.rules.model_copy(update={"overload_limit": limit})
        search = own.settings.scheduler.model_copy(update={"time_limit_s": most_s})
        changed = own.settings.model_copy(update={"rules": rules, "scheduler": search})
        page.session_state["desk"] = replace(own, settings=changed)
        page.run()
        assert not page.exception
        assert page.session_state["said"] == ([], most_s)


def test_a_scenario_may_bear_the_name_of_a_column() -> None:
    """It stands beside the plan, and does not take its place."""
    frame = pd.DataFrame([["total", "", 10.0, 12.0, 2.0]], columns=["measure", "queue", "before", "after", "change"])
    own = Scenario(1, "p", "before", (), {}, datetime(2026, 6, 1, tzinfo=UTC), "ann")
    shown = side_by_side([(own, frame)], "CNY", "en")
    assert shown.shape == (1, 3)
    assert shown["before"].iloc[0].startswith("10")
