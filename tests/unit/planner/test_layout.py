"""Nothing that is not ours is ever overwritten."""

import json
from pathlib import Path

import pytest

from desk import InputError
from planner.output.layout import MANIFEST, refuse_foreign


def codes(out: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        refuse_foreign(out)
    return [finding.code for finding in caught.value.findings]


def test_new_empty_and_own_folders_are_fine(tmp_path: Path) -> None:
    """A missing folder, an empty one and an earlier output may be replaced; a desktop's own files don't matter."""
    refuse_foreign(tmp_path / "missing")
    refuse_foreign(tmp_path)
    (tmp_path / MANIFEST).write_text(json.dumps({"peakdesk": "1", "files": {"roster.csv": "x"}}))
    for name in ("roster.csv", ".DS_Store", "~$roster.xlsx"):
        (tmp_path / name).write_text("")
    refuse_foreign(tmp_path)


def test_a_file_a_foreign_folder_and_a_strangers_file_are_refused(tmp_path: Path) -> None:
    """Each is refused by name."""
    file = tmp_path / "file"
    file.write_text("mine")
    assert codes(file) == ["output_is_file"]
    assert codes(tmp_path) == ["output_not_ours"]
    (tmp_path / MANIFEST).write_text(json.dumps({"peakdesk": "1", "files": {}}))
    assert codes(tmp_path) == ["output_holds_foreign"]


@pytest.mark.parametrize("content", ["[]", "{}", "not json", "\x00"])
def test_somebody_elses_plan_json_is_not_ours(tmp_path: Path, content: str) -> None:
    """A file of the same name does not make a folder ours."""
    (tmp_path / MANIFEST).write_text(content)
    assert codes(tmp_path) == ["output_not_ours"]
