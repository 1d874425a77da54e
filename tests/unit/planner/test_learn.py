"""``peakdesk staff --learn``: what a log teaches goes into the desk, told before and after."""

import json
import shutil
from codecs import BOM_UTF8
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from data import sample_path
from desk import InputError, load_desk
from desk.write import write_folder, write_workbook
from planner.cli import main
from planner.output.learned import changed_settings, changed_skills
from planner.output.learned_book import refuse_losses


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the 618 sample."""
    return Path(shutil.copytree(sample_path("618"), tmp_path / "desk", ignore=shutil.ignore_patterns("truth")))


def test_the_desk_holds_what_was_learned_and_its_evidence(folder: Path, tmp_path: Path) -> None:
    """Before and after are shown, comments and all other settings stay, and the desk is still a desk."""
    before, raw = load_desk(folder), (folder / "desk.toml").read_text(encoding="utf-8")
    skills = (folder / "skills.csv").read_bytes().removeprefix(BOM_UTF8).replace(b"\r\n", b"\n")
    (folder / "skills.csv").write_bytes(BOM_UTF8 + skills.replace(b"\n", b"\r\n"))
    result = run("staff", folder, "--learn", "--lang", "en", "--json", tmp_path / "learned.json")
    assert result.exit_code == 0, result.output
    learned = (folder / "skills.csv").read_bytes()
    assert learned.startswith(BOM_UTF8)
    assert learned.count(b"\n") == learned.count(b"\r\n") == skills.count(b"\n")
    assert "patience_s" in result.output
    assert "150" in result.output
    after = load_desk(folder)
    record = json.loads((tmp_path / "learned.json").read_text(encoding="utf-8"))
    presale = after.settings.queues["presale"]
    assert presale.aht_s == record["settings"]["presale"]["aht_s"] != before.settings.queues["presale"].aht_s
    assert presale.silent_share == pytest.approx(0.7, abs=0.03)
    assert after.settings.contracts == before.settings.contracts
    assert [line for line in raw.splitlines() if line.startswith("#")] == [
        line for line in (folder / "desk.toml").read_text(encoding="utf-8").splitlines() if line.startswith("#")
    ]
    evidence = pd.read_csv(folder / "learned" / "estimates.csv")
    assert {"low", "high", "contacts", "before"} <= set(evidence.columns)
    assert not after.table("skills")["proficiency"].equals(before.table("skills")["proficiency"])
    assert after.table("skills")["agent"].equals(before.table("skills")["agent"])


def test_another_log_may_be_given_and_words_are_chinese(folder: Path, tmp_path: Path) -> None:
    """A log from elsewhere is checked as a table; a quiet one changes nothing it can't know."""
    log = pd.read_csv(folder / "contacts.csv", dtype=str).head(10)
    log.to_csv(tmp_path / "few.csv", index=False)
    raw = (folder / "desk.toml").read_text(encoding="utf-8")
    result = run("staff", folder, "--learn", "--contacts", tmp_path / "few.csv", "--lang", "zh")
    assert result.exit_code in (0, 1), result.output
    assert "仅供参考" in result.output
    assert (folder / "desk.toml").read_text(encoding="utf-8") == raw


@pytest.mark.parametrize(("part", "code", "words"), [(1, 1, "nobody was served"), (10, 1, "patience of presale keeps")])
def test_what_is_not_learned_is_told(folder: Path, tmp_path: Path, part: int, code: int, words: str) -> None:
    """A log that says too little changes nothing and says what it lacks, in both languages."""
    pd.read_csv(folder / "contacts.csv", dtype=str).head(part).to_csv(tmp_path / "few.csv", index=False)
    result = run("staff", folder, "--learn", "--contacts", tmp_path / "few.csv", "--lang", "en")
    assert result.exit_code == code
    assert words in result.output + result.stderr


def test_a_desk_without_a_log_and_a_workbook_are_told_so(folder: Path) -> None:
    """Nothing is learned of nothing."""
    (folder / "contacts.csv").unlink()
    assert run("staff", folder, "--learn").exit_code == 2


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a part of the sample as a workbook, with a comment in its settings and a sheet of the desk's own,
    and as a folder."""
    place, whole = tmp_path_factory.mktemp("written"), load_desk(sample_path("618"))
    parts = {name: frame.tail(1_200) for name, frame in whole.tables.items() if name not in ("drivers", "promotions")}
    write_workbook(replace(whole, tables=parts), place / "desk.xlsx")
    write_folder(replace(whole, tables=parts), place / "files")
    content = load_workbook(place / "desk.xlsx")
    content["desk.toml"].insert_rows(1)
    content["desk.toml"]["A1"] = "# ours"
    content.create_sheet("notes")["B2"] = "stays"
    content.save(place / "desk.xlsx")
    return place


@pytest.fixture
def book(written: Path, tmp_path: Path) -> Path:
    """The workbook, with the folder beside it, for a test to change."""
    return Path(shutil.copytree(written, tmp_path / "own")) / "desk.xlsx"


def test_a_workbook_learns_too_and_keeps_its_other_sheets(book: Path) -> None:
    """The same log teaches a workbook what it teaches a folder; notes and comments stay."""
    result = run("staff", book, "--learn", "--lang", "en")
    assert result.exit_code in (0, 1), result.output
    run("staff", book.parent / "files", "--learn")
    after, files = load_desk(book), load_desk(book.parent / "files")
    assert after.settings.queues == files.settings.queues
    assert after.table("skills")["proficiency"].tolist() == files.table("skills")["proficiency"].tolist()
    assert after.table("shifts").equals(files.table("shifts"))
    content = load_workbook(book)
    assert content["notes"]["B2"].value == "stays"
    assert content["desk.toml"]["A1"].value == "# ours"
    assert (book.parent / "desk-learned.csv").exists()


def test_a_workbook_that_would_lose_its_formulas_is_left_alone(book: Path) -> None:
    """What cannot be kept is refused by name, and not a byte changes."""
    content = load_workbook(book)
    content["desk.toml"]["A2"] = '="name = "x""'
    content.save(book)
    raw = book.read_bytes()
    with pytest.raises(InputError, match="formulas"):
        refuse_losses(book)
    assert book.read_bytes() == raw


def test_settings_keep_their_comments_and_lose_what_is_replaced() -> None:
    """The key that a curve replaces goes, its neighbours stay to the letter."""
    raw = "# ours\n[queues.pre]\naht_s = [60.0] # measured\npatience_s = 5.0\nlost_value = 3 # margin\n"
    new = {"pre": {"patience_s": None, "patience_curve": {"wait_s": [1.0], "share_lost": [0.5]}}}
    changed = changed_settings(raw, new)
    assert "patience_s" not in changed
    assert "patience_curve = {wait_s = [1.0], share_lost = [0.5]}" in changed
    assert changed.startswith("# ours\n[queues.pre]\naht_s = [60.0] # measured\n")
    assert "lost_value = 3 # margin" in changed


def test_skills_change_in_one_cell() -> None:
    """Other rows and columns, known to us or not, stay as they are."""
    raw = 'agent,queue,proficiency,home,note\nann,pre,1.0,1,"a, b"\nbob,pre,0.90,1,\n'
    assert changed_skills(raw, {("ann", "pre"): 1.25}) == raw.replace("ann,pre,1.0", "ann,pre,1.25")
