"""A desk of the store is read wherever a desk is asked for."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk import InputError, load_desk
from planner.cli import main
from planner.desk_at import desk_at
from store import open_store, owner, save_desk
from tests.golden.heads import write_heads


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A store with the small desk, which the environment names."""
    address = f"sqlite:///{tmp_path / 'peakdesk.db'}"
    save_desk(open_store(address), owner(), load_desk(write_heads(tmp_path / "desk")))
    monkeypatch.setenv("PEAKDESK_DB", address)
    return address


def test_a_desk_of_the_store_is_found_by_name_hash_and_url(url: str, tmp_path: Path) -> None:
    """It is the same desk as in its folder."""
    folder = load_desk(tmp_path / "desk")
    for place in ("store:Ward", f"store:{folder.content_hash[:12]}", f"{url}#Ward", url):
        assert desk_at(place).content_hash == folder.content_hash
    assert CliRunner().invoke(main, ["check", "store:Ward"]).exit_code == 0


def test_findings_for_machines_speak_the_language_of_a_stored_desk(url: str, tmp_path: Path) -> None:
    """The page and the record of one answer are in one language."""
    toml = write_heads(tmp_path / "zh") / "desk.toml"
    told = toml.read_text(encoding="utf-8").replace('language = "en"', 'language = "zh"')
    toml.write_text(told, encoding="utf-8")
    save_desk(open_store(url), owner(), load_desk(tmp_path / "zh"))
    done = CliRunner().invoke(main, ["check", "store:Ward", "--json", str(tmp_path / "told.json")])
    (found, *_) = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))["findings"]
    assert found["message"] in done.stdout.replace("\n", "")


def test_an_unknown_one_is_refused_with_those_that_there_are(url: str) -> None:
    """The sentence names what could be meant; a few characters of a hash are none."""
    for place in ("store:Wrad", f"{url}#Wrad", "store:a"):
        with pytest.raises(InputError, match="Choose one of: Ward"):
            desk_at(place)


def test_the_reader_of_files_says_who_reads_the_store() -> None:
    """No password of the address is shown."""
    with pytest.raises(InputError) as refused:
        load_desk("postgresql://ann:secret@host/db#Ward")
    (found,) = refused.value.findings
    assert found.code == "desk_in_store"
    assert "secret" not in found.line("en")
    assert "store:NAME" in found.cure("en")
