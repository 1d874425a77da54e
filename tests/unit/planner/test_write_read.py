"""What is written comes back the same."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from desk import InputError
from desk.load import changed_settings
from planner.kept import keep, load_standing, read_kept
from planner.output.layout import TABLES
from planner.output.manifest import hashes
from planner.output.read import read_output
from planner.output.write import write_output
from planner.planned import Planned
from store import list_desks, open_store, owner, read_duty, read_roster, save_desk

LISTED = ("forecast.csv", "curves.csv", "roster.csv", "duty.csv", "service.csv", "plan.json", "findings.csv",
          "roster.xlsx", "ics/a1.ics", "report.html", "desk/desk.toml")  # fmt: skip


def test_every_listed_file_is_there(out: Path) -> None:
    """The output holds what the design lists."""
    assert [name for name in LISTED if not (out / name).is_file()] == []


def test_tables_come_back_equal(planned: Planned, out: Path) -> None:
    """Roster, duty, service, costs, contacts, scores and the forecast's paths survive being written."""
    back = read_output(out)
    for name in ("roster", "duty", "service", "costs"):
        pd.testing.assert_frame_equal(getattr(back.plan, name), getattr(planned.plan, name))
    pd.testing.assert_frame_equal(back.simulation.contacts, planned.simulation.contacts)
    pd.testing.assert_frame_equal(back.scores, planned.scores)
    pd.testing.assert_frame_equal(back.forecast.frame(), planned.forecast.frame())
    assert back.plan.outcome == planned.plan.outcome
    assert back.desk.content_hash == planned.desk.content_hash
    assert back.findings == planned.findings


def test_a_second_write_gives_the_same_bytes(planned: Planned, out: Path, tmp_path: Path) -> None:
    """The same plan gives the same files, so a hash says whether anything changed."""
    write_output(planned, tmp_path / "again", lang="en")
    first, again = hashes(out), hashes(tmp_path / "again")
    assert {name for name in first if first[name] != again[name]} == set()


def test_an_edited_file_is_told(planned: Planned, tmp_path: Path) -> None:
    """A roster changed by hand no longer fits its numbers, and the reader says so."""
    write_output(planned, tmp_path / "out", lang="en")
    with (tmp_path / "out" / TABLES["roster"]).open("a") as file:
        file.write("a1,2026-03-08,E\n")
    assert [(own.code, own.file) for own in read_output(tmp_path / "out").findings] == [("output_edited", "roster.csv")]


def test_a_plan_of_a_version_that_told_less_opens(out: Path, tmp_path: Path) -> None:
    """Columns that a table got since are blank: the pages called such a plan damaged. A file that somebody took columns
    out of stays without them."""
    own = Path(shutil.copytree(out, tmp_path / "out"))
    service = pd.read_csv(own / TABLES["service"]).drop(columns=["occupancy", "over_occupancy"])
    service.to_csv(own / TABLES["service"], index=False)
    assert "occupancy" not in read_output(own).plan.service
    manifest = json.loads((own / "plan.json").read_text(encoding="utf-8"))
    manifest["files"][TABLES["service"]] = hashes(own)[TABLES["service"]]
    (own / "plan.json").write_text(json.dumps(manifest), encoding="utf-8")
    back, now = read_output(own).plan.service, read_output(out).plan.service
    assert back["occupancy"].isna().all()
    pd.testing.assert_frame_equal(
        back.drop(columns="occupancy"), now.drop(columns="occupancy").assign(over_occupancy=np.nan)
    )


def test_a_plan_opens_though_its_desk_would_be_refused_now(
    planned: Planned, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a later version minds in a desk closed the plans that were made of it before; an edited desk is refused."""
    later = Path(shutil.copytree(out, tmp_path / "out"))
    monkeypatch.setattr("desk.load.check.CHECKS", (lambda draft: draft.ledger.add("empty_file", "agents.csv"),))
    back = read_output(later).desk
    assert back.content_hash == planned.desk.content_hash
    assert [(own.code, own.severity) for own in back.findings] == [("empty_file", "warning")]
    with (later / "desk" / "agents.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    with pytest.raises(InputError):
        read_output(later)


def test_what_is_not_an_output_is_refused(planned: Planned, tmp_path: Path) -> None:
    """A folder without plan.json, and one that lost a file, are refused by name."""
    with pytest.raises(InputError, match="not an output"):
        read_output(tmp_path)
    write_output(planned, tmp_path / "out", lang="en")
    (tmp_path / "out" / TABLES["duty"]).unlink()
    with pytest.raises(InputError, match=r"duty\.csv is missing"):
        read_output(tmp_path / "out")


def test_the_desk_inside_is_the_one_that_was_planned(planned: Planned, tiny: Path, tmp_path: Path) -> None:
    """Edits of the desk's files while the plan is made don't reach the copy."""
    agents = tiny / "agents.csv"
    before = agents.read_text()
    agents.write_text(before.replace("Ann", "Anna"))
    try:
        write_output(planned, tmp_path / "out", lang="en")
    finally:
        agents.write_text(before)
    assert read_output(tmp_path / "out").desk.content_hash == planned.desk.content_hash


def test_an_unwritable_place_is_a_finding(planned: Planned, tmp_path: Path) -> None:
    """The system's refusal is told in a sentence that names the place."""
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="can't be written") as caught:
        write_output(planned, tmp_path / "file" / "out", lang="en")
    assert caught.value.findings[0].code == "output_unwritable"


def test_a_log_that_is_not_the_plans_is_told_by_name(planned: Planned, tmp_path: Path) -> None:
    """The log is read when somebody asks for it: never another one than lay there when the plan was opened."""
    write_output(planned, tmp_path / "out", lang="en")
    log = tmp_path / "out" / TABLES["contacts"]
    back = read_output(tmp_path / "out")
    written = log.read_bytes()
    log.write_bytes(written.replace(b"\n", b"\n\n", 1))
    with pytest.raises(InputError, match=r"contacts\.csv is gone, or was written anew"):
        _ = back.simulation.contacts
    log.unlink()
    with pytest.raises(InputError, match=r"contacts\.csv is gone, or was written anew"):
        _ = back.simulation.contacts
    log.write_bytes(written)
    pd.testing.assert_frame_equal(back.simulation.contacts, planned.simulation.contacts)


def test_a_log_that_was_changed_before_is_read_at_once(planned: Planned, tmp_path: Path) -> None:
    """What is not as it was written may be unreadable: that is found when the plan is opened, not later on a page."""
    write_output(planned, tmp_path / "out", lang="en")
    log = tmp_path / "out" / TABLES["contacts"]
    with log.open("a") as file:
        file.write("torn,row\n")
    with pytest.raises(InputError, match=r"contacts\.csv is damaged"):
        read_output(tmp_path / "out")


def test_a_plan_of_the_store_is_read_like_its_folder(planned: Planned, tmp_path: Path) -> None:
    """Kept and read back it is the same plan, its log too."""
    write_output(planned, tmp_path / "out", lang="en")
    store = open_store(f"sqlite:///{tmp_path / 'store.db'}")
    kept, folder = keep(store, owner(), tmp_path / "out"), read_output(tmp_path / "out")
    back = read_kept(store, owner(), kept.hash)
    for name in ("roster", "duty", "service", "costs"):
        pd.testing.assert_frame_equal(getattr(back.plan, name), getattr(folder.plan, name))
    pd.testing.assert_frame_equal(back.simulation.contacts, planned.simulation.contacts)
    assert back.desk.content_hash == folder.desk.content_hash
    assert back.findings == folder.findings
    standing = load_standing(store, owner(), kept.hash).plan
    pd.testing.assert_frame_equal(read_duty(store, owner(), kept.hash).drop(columns="version"), standing.duty)
    pd.testing.assert_frame_equal(read_roster(store, owner(), kept.hash), standing.roster)
    settings = changed_settings(folder.desk.settings, {("language",): "zh"})
    later = save_desk(store, owner(), replace(folder.desk, settings=settings))
    assert keep(store, owner(), tmp_path / "out").hash == kept.hash
    assert list_desks(store, owner())[0] == later, "what a colleague saved since stays the newest"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("forecast_paths.npz", b"\x80\x04 no array at all"),
        ("forecast_paths.npz", b"PK\x03\x04 cut off"),
        ("roster.csv", b"a,a\n1,2\n"),
        ("duty.csv", b"nothing,of\nthe,kind\n"),
        ("service.csv", b"\xff\xfe\x00\x01"),
    ],
)
def test_a_damaged_file_is_named(out: Path, tmp_path: Path, name: str, content: bytes) -> None:
    """Whatever a disk, a program or a hand made of a file, it is a sentence with the file's name."""
    own = Path(shutil.copytree(out, tmp_path / "out"))
    (own / name).write_bytes(content)
    with pytest.raises(InputError) as told:
        read_output(own)
    assert [(one.code, one.file.endswith(name)) for one in told.value.findings] == [("output_damaged", True)]
