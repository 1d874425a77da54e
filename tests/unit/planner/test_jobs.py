"""Jobs and people of the store from the command line."""

import json
import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from desk import load_desk
from planner.cli import main
from planner.desk_change import changed_desk
from planner.output.read import read_output
from store import (
    Principal,
    add_principal,
    beat,
    erase_person,
    list_desks,
    list_plans,
    load_plan,
    open_store,
    owner,
    read_folder,
    read_job,
    save_desk,
    save_plan,
    submit_job,
    take_job,
)


@pytest.fixture
def address(tmp_path: Path) -> str:
    """Address of a store of the test's own."""
    return f"sqlite:///{tmp_path / 'peakdesk.db'}"


def run(address: str, *words: object, lang: str = "en") -> Result:
    return CliRunner().invoke(main, [*map(str, words), "--store", address, "--lang", lang])


def test_a_job_is_submitted_seen_stopped_and_watched(address: str, tiny: Path, tmp_path: Path) -> None:
    """Any session can put a plan in the queue, see it, and cancel it before anybody began."""
    assert "no jobs" in run(address, "jobs", "list").output
    submitted = run(address, "jobs", "plan", tiny)
    assert submitted.exit_code == 0
    assert "peakdesk work" in submitted.output
    assert "等待中" in run(address, "jobs", "list", lang="zh").output
    assert run(address, "jobs", "stop", 1).exit_code == 0
    watched = run(address, "jobs", "watch", 1, "--json", tmp_path / "job.json")
    assert watched.exit_code == 1
    assert "cancelled" in watched.output
    assert json.loads((tmp_path / "job.json").read_text())["status"] == "cancelled"
    unknown = run(address, "jobs", "watch", 9)
    assert unknown.exit_code == 2
    assert "no job 9" in unknown.stderr


def test_a_folder_that_takes_the_place_of_what_somebody_saved_says_so(address: str, tiny: Path) -> None:
    """Whose version, when, and how it comes back; one's own again, or the first one, takes nobody's place."""
    assert "takes the place" not in run(address, "jobs", "plan", tiny).output
    assert "takes the place" not in run(address, "jobs", "plan", tiny).output
    store, desk = open_store(address), load_desk(tiny)
    other = changed_desk(desk, settings={("incentive", "budget"): 5.0})
    theirs = save_desk(store, owner("lee@example.com"), other).hash
    told = run(address, "jobs", "plan", tiny)
    assert told.exit_code == 0
    assert all(words in told.output for words in ("takes the place", "lee@example.com", f"store:{theirs[:8]}"))
    assert list_desks(store, owner())[0].hash == desk.content_hash


def test_a_worker_does_what_waits(address: str) -> None:
    """`peakdesk work --once` takes all jobs, tells how each ended, and ends with eyes needed where one failed."""
    store = open_store(address)
    numbers = [submit_job(store, owner(), "plan", {"desk": "0" * 64}).id for _ in range(2)]
    worked = run(address, "work", "--once")
    assert worked.exit_code == 1
    assert worked.stderr.count("failed") == 2
    assert {read_job(store, owner(), number).status for number in numbers} == {"failed"}
    assert run(address, "work", "--once").exit_code == 0


def test_a_running_job_says_how_far_it_is(address: str) -> None:
    """Phase and share of the newest beat, in the reader's language; a stop is shown until it is heard."""
    store = open_store(address)
    number = submit_job(store, owner("ann"), "plan", {}).id
    take_job(store, owner(), "w")
    beat(store, owner(), number, "w", {"phase": "planner.phase.roster", "done": 0.4})
    listed = run(address, "jobs", "list").output
    assert "40%" in listed
    assert "ann" in listed
    assert "stopping" in run(address, "jobs", "stop", number).output


def test_who_would_see_nobody_is_told_so(address: str, tiny: Path) -> None:
    """A team or a code that no desk has, by a slip of the hand; without desks nobody knows."""
    early = run(address, "people", "add", "sue@example.com", "--role", "lead", "--team", "anything")
    assert early.exit_code == 0
    run(address, "jobs", "plan", tiny)
    team = load_desk(tiny).table("agents")["team"].iloc[0]
    wrong = run(address, "people", "add", "lee@example.com", "--role", "lead", "--team", f"{team}s", "--as-agent", "A1")
    assert wrong.exit_code == 1
    assert all(words in wrong.output for words in (f"“{team}s”", f"meant to be {team}?", "“A1”"))
    assert "没有所带的小组" in run(address, "people", "add", "kim@example.com", "--role", "lead", lang="zh").output
    assert run(address, "people", "add", "lou@example.com", "--role", "lead", "--team", team).exit_code == 0


def test_a_person_is_taken_along_and_forgotten(address: str, tiny: Path, tmp_path: Path) -> None:
    """Everything about one agent in a file for their eyes; then a pseudonym stands where they stood."""
    run(address, "jobs", "plan", tiny)
    store = open_store(address)
    add_principal(store, owner(), Principal("ann@example.com", "agent", agent="a1"))
    target = tmp_path / "a1.json"
    assert run(address, "db", "person", "export", "a1", target).exit_code == 0
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    told = json.loads(target.read_text())
    assert "Ann" in told["names"]
    assert {row["table"] for row in told["desks"]} == {"agents", "skills"}
    erased = run(address, "db", "person", "erase", "a1", "--why", "asked to", lang="zh")
    assert erased.exit_code == 0
    assert "erased-" in erased.output
    again = run(address, "db", "person", "export", "a1", target)
    assert again.exit_code == 2


def test_a_plan_without_an_erased_person_is_still_a_whole_output(address: str, out: Path, tmp_path: Path) -> None:
    """Files and their hashes, and the desk inside, fit each other after the erasure, and nobody finds the person."""
    store, desk = open_store(address), read_output(out).desk
    save_plan(store, owner(), read_folder(out), save_desk(store, owner(), desk).hash)
    erase_person(store, owner(), "a1")
    (plan,) = list_plans(store, owner())
    files = load_plan(store, owner(), plan.hash).files
    for path, content in files.items():
        (tmp_path / "out" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / path).write_bytes(content)
    again = read_output(tmp_path / "out")
    assert again.findings == ()
    assert again.desk.content_hash == plan.desk
    assert len(again.plan.roster) == len(read_output(out).plan.roster)
    assert not [path for path, content in files.items() if re.search(rb"\ba1\b|Ann\b", content)]
