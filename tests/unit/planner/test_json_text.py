"""JSON that every strict reader takes."""

import json
import os
from enum import StrEnum
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from desk import Finding
from planner.output.finding_record import packed, unpacked
from planner.output.json_text import json_text, write_json


class Kind(StrEnum):
    ONE = "one"


def test_what_json_lacks_becomes_null_or_words() -> None:
    """No NaN, no infinity, no class of ours."""
    value = {
        "nan": float("nan"), "inf": np.inf, "none": None, "nat": pd.NaT, "int": np.int64(3), "kind": Kind.ONE,
        "time": pd.Timestamp("2026-01-01", tz="UTC"), "rows": pd.DataFrame({"a": [1.5, None]}), 7: (1, True),
    }  # fmt: skip
    back = json.loads(json_text(value))
    assert [back[key] for key in ("nan", "inf", "none", "nat", "int", "kind")] == [None, None, None, None, 3, "one"]
    assert back["time"] == "2026-01-01T00:00:00+00:00"
    assert back["rows"] == [{"a": 1.5}, {"a": None}]
    assert back["7"] == [1, True]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """The file is replaced in one step."""
    path = tmp_path / "x.json"
    write_json({"a": 1}, path)
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(RecursionError):
        write_json(loop, path)
    assert json.loads(path.read_text()) == {"a": 1}
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.json"]


def test_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    """``--json /dev/null`` as root made an ordinary file of the device; a link and a pipe stay what they are, too."""
    target, link, pipe = tmp_path / "x.json", tmp_path / "latest.json", tmp_path / "pipe"
    link.symlink_to(target)
    write_json({"a": 1}, link)
    assert link.is_symlink()
    assert json.loads(target.read_text()) == {"a": 1}
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_json({"a": 2}, pipe)
    assert json.loads(os.read(reader, 100)) == {"a": 2}
    os.close(reader)
    assert pipe.is_fifo()


def test_findings_are_told_again_in_another_language() -> None:
    """Times and unbounded numbers of a finding survive plan.json, so its sentence can be made anew."""
    facts = {"count": np.int64(2), "limit": 1.3, "load": float("inf"), "missing": 1.0}
    facts["when"] = pd.Timestamp("2026-06-16 20:00", tz="Asia/Shanghai")
    finding = Finding("overload_expected", "warning", value="presale", facts=facts)
    back = unpacked(json.loads(json.dumps(packed(finding))))
    assert back.message("zh") == finding.message("zh")
    assert "06-16 20:00" in back.message("en")


@pytest.mark.parametrize(("code", "facts"), [("of_the_future", {"x": 1}), ("overload_expected", {"count": 2})])
def test_what_another_version_found_is_told_by_its_code(code: str, facts: dict[str, object]) -> None:
    """A plan kept by an older Peakdesk did not open once a sentence named another fact, nor did it after a way back."""
    told = unpacked(packed(Finding(code, "warning", "desk.toml", value="presale", facts=facts)) | {"new": 1})
    assert (told.code, told.severity, told.value) == ("of_other_version", "warning", code)
    assert all(str(value) in told.message("zh") for value in ("presale", *facts.values()))
    assert told.cure("en") != told.cure("zh")
