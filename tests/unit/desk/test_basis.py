"""What a desk is planned by, and what it lacks for that."""

from pathlib import Path

import pytest

from desk import Basis, basis_of, lacking, load_desk
from tests.golden.heads import write_heads

SKILLS = "agent,queue,proficiency,home\na1,ward,1,1\na2,ward,1,1\na3,ward,1,1\na4,ward,1,1\n"
BY_QUEUE = "start,queue,required,under_cost,over_cost\n2026-03-02 09:00,ward,2,100,0\n"
OTHER = "\n[queues.other]\naht_s = [60.0]\n"


def test_headcounts_alone_need_no_history_and_no_skills(tmp_path: Path) -> None:
    """A desk of cover, people and shifts can be planned; everybody takes its only queue, and a note says so."""
    desk = load_desk(write_heads(tmp_path / "desk"))
    assert basis_of(desk) is Basis.HEADCOUNTS
    assert not lacking(desk)
    assert set(desk.table("skills")["agent"]) == set(desk.table("agents")["agent"])
    assert [own.code for own in desk.findings if own.severity != "note"] == []
    assert "everybody_takes" in [own.code for own in desk.findings]


@pytest.mark.parametrize(
    ("tables", "settings", "missing"),
    [
        ({"promotions": "promotion,phase,start,end\n618,peak,2026-03-03,2026-03-04\n"}, "", ["history", "skills"]),
        ({"cover": ""}, "", ["history", "skills"]),
        ({"skills": SKILLS + "a1,other,1,0\n", "cover": BY_QUEUE}, OTHER, ["history"]),
        ({"cover": BY_QUEUE}, OTHER, ["skills"]),
        ({"skills": SKILLS, "cover": BY_QUEUE}, "", []),
        ({"skills": SKILLS + "a1,other,1,0\n"}, OTHER, []),
    ],
    ids=["promotion", "nothing", "queue without", "by queue", "by queue, seated", "by shift"],
)
def test_what_a_forecast_reads_is_not_left_out_unsaid(
    tmp_path: Path, tables: dict[str, str], settings: str, missing: list[str]
) -> None:
    """A desk with promotions, or a queue that nothing is stated for, has forgotten its history: that is asked for."""
    folder = write_heads(tmp_path / "desk", tables, settings)
    text = (folder / "desk.toml").read_text(encoding="utf-8")
    (folder / "desk.toml").write_text(text.replace("aht_s", "patience_s = 60.0\naht_s"), encoding="utf-8")
    desk = load_desk(folder)
    assert [own.facts["table"] for own in lacking(desk)] == missing
    assert all(own.severity == "error" and own.code == "plan_needs_table" for own in lacking(desk))
