"""`peakdesk plans` and `peakdesk requests`: everything that can be done with a stored plan, from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from desk.i18n import LANGUAGES
from planner.cli import main
from planner.output.read import read_output
from store import Principal, Store, add_principal, make_request, open_store, owner, read_trail
from tests.unit.planner.test_import_book import edited, put

OWNER = owner()
PEOPLE = (
    Principal("sue@example.com", "manager", ("red",)),
    Principal("bo@example.com", "lead", ("red",)),
    Principal("ida@example.com", "manager"),
    Principal("otto@example.com", "lead", ("other",)),
    Principal("a1@example.com", "agent", agent="a1"),
    Principal("a2@example.com", "agent", agent="a2"),
)
STEPS = dict(zip(("setter", "second", "peer", "other"), (one.who for one in PEOPLE), strict=False))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store with people in it, where the commands find it."""
    url = f"sqlite:///{tmp_path / 'peakdesk.db'}"
    monkeypatch.setenv("PEAKDESK_DB", url)
    opened = open_store(url)
    for one in PEOPLE:
        add_principal(opened, OWNER, one)
    return opened


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def told(*words: str, code: int | None = 0) -> Any:
    """The JSON of a command; its page is said in both languages."""
    result = CliRunner().invoke(main, [*words, "--json", "-"])
    assert code is None or result.exit_code == code, result.output
    return json.loads(result.stdout)


@pytest.fixture
def plan(store: Store, out: Path) -> str:
    """The tiny plan, kept."""
    return str(told("plans", "keep", str(out), "--why", "first")["plan"])


def test_a_plan_goes_from_folder_to_publication_and_back(store: Store, plan: str, out: Path, tmp_path: Path) -> None:
    """Kept, listed, edited, taken back, checked, signed by four, published, written back; every hand in the trail."""
    assert [one["plan"] for one in told("plans", "list")["plans"]] == [plan]
    short = plan[:8]
    first = ("--agent", "a1", "--from", "2026-03-02T09:00", "--to", "2026-03-02T10:00", "--activity", "break")
    (entry,) = told("plans", "edit", short, *first, "--why", "rest", "--as", "sue@example.com", code=None)["edits"]
    assert (entry["after"], entry["who"], entry["why"]) == ("break", "sue@example.com", "rest")
    assert len(told("plans", "undo", short, "--as", "sue@example.com")["edits"]) == 1
    day = told("plans", "edit", short, "--agent", "a1", "--from", "2026-03-02", "--shift", "L", code=None)
    assert {one["shift"] for one in day["edits"] if one["after"]} == {"L"}
    shown = told("plans", "show", short)
    assert (shown["status"], shown["edits"], shown["next_step"]) == ("draft", 2 + len(day["edits"]), "setter")
    listed = told("plans", "checks", short, code=None)
    assert listed["checks"]
    for one in listed["open"]:
        told("plans", "settle", str(one["id"]), "--why", "meant so")
    fault = told("plans", "fault", short, "a3 is on leave", "--agent", "a3", "--as", "bo@example.com")["fault"]
    assert run("plans", "sign", short, "setter").exit_code == 2, "nothing is signed over an error"
    told("plans", "settle", str(fault["id"]), "--why", "no leave")
    for step, who in STEPS.items():
        told("plans", "sign", short, step, "--as", who)
    assert told("plans", "publish", short, "--why", "all signed")["status"] == "published"
    assert run("plans", "edit", short, *first).exit_code == 2
    back = tmp_path / "back"
    assert told("plans", "out", short, str(back))["edits"] == shown["edits"]
    assert read_output(back).plan.status == "published"
    assert "L" in set(read_output(back).plan.roster.query("agent == 'a1'")["shift"])
    assert told("plans", "archive", short)["status"] == "archived"
    acts = [(one.who, one.action) for one in read_trail(store, OWNER)]
    assert acts.count(("owner", "act as")) == len(STEPS) + 3
    assert ("sue@example.com", "edit") in acts


def test_a_rule_that_is_broken_stands_before_the_signatures(plan: str) -> None:
    """A plan kept with a hard rule broken was signed and published without a word; the list is laid down once."""
    for again in ((), ("--renew",)):
        listed = told("plans", "checks", plan, *again, code=1)
        errors = [one["check"] for one in listed["checks"] if one["check"]["severity"] == "error"]
        broken = {one["facts"].get("finding", {}).get("code", one["code"]) for one in errors}
        assert len(listed["open"]) == len(broken) > 0
    assert "Nobody can sign" in run("plans", "checks", plan, "--lang", "en").output
    assert run("plans", "sign", plan, "setter").exit_code == 2


def test_an_unedited_plan_comes_back_byte_by_byte(plan: str, out: Path, tmp_path: Path) -> None:
    """What was kept is what is written, into a new folder or an older output of ours, never over somebody's files."""
    back = tmp_path / "back"
    for _ in range(2):
        told("plans", "out", plan, str(back))
    files = {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert {path.relative_to(back): path.read_bytes() for path in back.rglob("*") if path.is_file()} == files
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("Dear all")
    assert run("plans", "out", plan, str(foreign)).exit_code == 2
    assert (foreign / "letter.txt").read_text() == "Dear all"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_can_not_be_is_said_in_words(plan: str, lang: str) -> None:
    """Unknown plans, people, times and activities: exit code 2, a sentence and a cure."""
    edit = ("plans", "edit", plan, "--agent", "a1")
    for words in (
        ("plans", "show", "0" * 64),
        ("plans", "show", plan[:3]),
        ("plans", "list", "--as", "nobody@example.com"),
        (*edit, "--from", "2026-03-02T09:00"),
        (*edit, "--from", "noon", "--to", "2026-03-02T10:00", "--activity", "break"),
        (*edit, "--from", "2026-03-02T10:00", "--to", "2026-03-02T09:00", "--activity", "break"),
        (*edit, "--from", "2026-03-02T09:00", "--to", "2026-03-02T10:00", "--activity", "cooking"),
        ("plans", "publish", plan),
        ("requests", "answer", "7", "refuse"),
        ("import", "x"),
    ):
        result = run(*words, "--lang", lang)
        assert result.exit_code == 2, (words, result.output)
        assert "Traceback" not in result.output


def test_a_plan_is_told_by_its_desk_and_its_hours_in_the_desks_time(plan: str) -> None:
    """A list of hashes told nobody which desk is meant, and edits stood in UTC."""
    for words in (("plans", "list"), ("plans", "show", plan)):
        assert "Tiny · 2026-03-02 to 2026-03-08" in run(*words, "--lang", "en").output
    day = ("plans", "edit", plan, "--agent", "a1", "--from", "2026/03/02", "--shift", "L", "--lang", "en")
    assert "a1  2026-03-02 20:00  off → presale      L" in run(*day).output
    assert "a1  2026-03-02 20:00  presale → off" in run("plans", "undo", plan, "--lang", "en").output


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (("plans", "edit", "PLAN", "--agent", "a99", "--from", "2026-03-02", "--shift", "L"), "no person a99", "a99"),
        (
            ("plans", "edit", "PLAN", "--agent", "a1", "--from", "2026-12-02", "--shift", "L"),
            "2026-12-02",
            "2026-12-02",
        ),
        (
            ("plans", "edit", "PLAN", "--agent", "a1", "--from", "03/02/2026", "--shift", "L"),
            "“03/02/2026” is no time",
            "“03/02/2026”不是时间",
        ),
        (("people", "remove", "nobody@example.com"), "Nobody called nobody@example.com is known", "nobody@example.com"),
        (("people", "token", "nobody@example.com"), "Nobody called nobody@example.com is known", "nobody@example.com"),
    ],
)
def test_strangers_and_other_days_are_one_finding(
    plan: str, words: tuple[str, ...], english: str, chinese: str
) -> None:
    """Not one for each hour of a shift, nor the lack of a right that the owner has."""
    given = [plan if word == "PLAN" else word for word in words]
    for lang, told in (("en", english), ("zh", chinese)):
        result = run(*given, "--lang", lang)
        assert result.exit_code == 2
        assert told in result.stderr
        assert len(result.stderr.splitlines()) == 2


def test_requests_are_listed_and_answered(store: Store, plan: str) -> None:
    """By who may; leave that is approved stands in the desk; an appeal without a record is not approved here."""
    days = {"date_from": "2026-03-04", "date_to": "2026-03-04", "kind": "annual"}
    number = make_request(store, PEOPLE[4], "leave", days, words="moving house").id
    assert "moving house" in run("requests", "list", "--lang", "zh").output
    assert run("requests", "answer", str(number), "approve", "--as", "a2@example.com").exit_code == 2
    assert (
        told("requests", "answer", str(number), "approve", "--as", "ida@example.com")["request"]["status"] == "approved"
    )
    assert told("requests", "list", "--status", "asked")["requests"] == []


def test_a_book_goes_into_the_journal_by_command(plan: str, out: Path, tmp_path: Path) -> None:
    """Shown first; with --accept its cells are edits of who acts; refused where it is of another plan."""
    own = tmp_path / "own"
    own.mkdir()
    (own / "roster.xlsx").write_bytes((out / "roster.xlsx").read_bytes())
    book = str(edited(own, put("a1", "2026-03-02", "L")))
    assert not told("import", book, "--plan", plan[:10], code=None)["accepted"]
    assert told("plans", "show", plan)["edits"] == 0
    taken = told(
        "import", book, "--plan", plan[:10], "--accept", "--why", "asked for", "--as", PEOPLE[0].who, code=None
    )
    assert taken["accepted"]
    assert told("plans", "show", plan)["edits"] > 0
    assert run("import", str(out), book, "--plan", plan).exit_code == 2
