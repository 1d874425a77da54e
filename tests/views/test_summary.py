"""What pages show of a plan says what the plan says."""

from pathlib import Path

import pandas as pd

from desk import Desk, load_desk
from planner.output.read import read_output
from tests.views.tiny_plan import write_desk
from views.summary import names_in_order, past, people, service_by_queue, with_names


def test_history_by_the_hour_is_shown_per_half_hour(tmp_path: Path) -> None:
    """Counts of an hour beside a forecast of half-hours would look twice as high as they are."""
    folder = write_desk(tmp_path / "desk")
    settings = (folder / "desk.toml").read_text(encoding="utf-8")
    (folder / "desk.toml").write_text(settings.replace("interval_min = 60", "interval_min = 30"), encoding="utf-8")
    desk = load_desk(folder)
    own = past(desk, "pre_sale")
    counted = desk.table("history").query("queue == 'pre_sale'")["offered"]
    assert len(own) == 7 * 24
    assert own["offered"].max() == counted.max() / 2


def test_service_by_queue_puts_prediction_and_simulation_side_by_side(tiny_output: Path) -> None:
    """A manager compares the two beside the target."""
    rows = service_by_queue(read_output(tiny_output).brief).set_index("queue")
    assert rows.loc["pre_sale", "target"] == 0.9
    assert 0 < rows.loc["pre_sale", "share_within_sim"] < rows.loc["pre_sale", "share_within"] < 1


def test_names_come_first_and_a_nameless_agent_keeps_the_id(tiny_output: Path) -> None:
    """A row is read by its name."""
    desk = read_output(tiny_output).desk
    shown = with_names(pd.DataFrame({"agent": ["A1", "gone"], "shift": ["M1", "N1"]}), desk)
    assert shown.columns.tolist() == ["name", "agent", "shift"]
    assert shown["name"].tolist() == ["王芳", "gone"]
    assert people(desk, "B")["agent"].tolist() == ["B1", "B2", "B3"]


def test_people_stand_as_they_are_read(tiny_output: Path) -> None:
    """S2 comes before S10, in lists of people and in those to choose from."""
    desk = read_output(tiny_output).desk
    codes = {"A1": "S10", "A2": "S2", "A3": "S1"}
    agents = desk.table("agents").assign(agent=desk.table("agents")["agent"].replace(codes))
    other = Desk(desk.settings, {**desk.tables, "agents": agents})
    assert people(other, "A")["agent"].tolist() == ["S1", "S2", "S10"]
    assert list(names_in_order(other)) == ["B1", "B2", "B3", "S1", "S2", "S10"]
    assert names_in_order(other)["S10"] == "S10 王芳"
