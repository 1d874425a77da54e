"""The committed samples are what the generator makes, small enough, and readable."""

from pathlib import Path

import pytest

from data import SAMPLES, sample_path
from data.generate import main
from desk import load_desk

MOST_BYTES = 15_000_000


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", SAMPLES)
def test_regenerating_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    """A sample can be traced to its seed: nobody edits its tables by hand."""
    main([name, "--out", str(tmp_path)])
    made, committed = files(tmp_path / name), files(sample_path(name))
    assert made.keys() == committed.keys()
    assert [file for file in made if made[file] != committed[file]] == []


def test_another_seed_gives_another_world(tmp_path: Path) -> None:
    """The seed reaches every draw, and the hand-written files stay."""
    main(["618", "--out", str(tmp_path), "--seed", "7"])
    made, committed = files(tmp_path / "618"), files(sample_path("618"))
    assert made["desk.toml"] == committed["desk.toml"]
    drawn = ("history.csv", "drivers.csv", "agents.csv", "skills.csv", "requests.csv", "contacts.csv")
    assert all(made[file] != committed[file] for file in drawn)


def test_both_samples_stay_small() -> None:
    """The repository stays quick to clone."""
    assert sum(len(text) for name in SAMPLES for text in files(sample_path(name)).values()) < MOST_BYTES


@pytest.mark.parametrize("name", SAMPLES)
def test_files_are_utf8_with_line_feeds(name: str) -> None:
    """The same bytes on every system."""
    for text in files(sample_path(name)).values():
        assert b"\r" not in text
        text.decode("utf-8")


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_says_it_is_synthetic(name: str) -> None:
    """Nobody takes invented people for real ones, in either language."""
    for file in ("README.md", "desk.toml"):
        text = (sample_path(name) / file).read_text(encoding="utf-8").lower()
        assert "synthetic" in text
        assert "合成数据" in text


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_loads_without_findings(name: str) -> None:
    """A sample shows how a desk should look: nothing to mend, and the truth beside it is not read."""
    assert load_desk(sample_path(name)).findings == ()


def test_unknown_sample_is_refused() -> None:
    """A misspelt name does not become a path."""
    with pytest.raises(KeyError):
        sample_path("619")
