"""A desk with some of its tables or settings replaced is judged like any other."""

from pathlib import Path

import pandas as pd
import pytest

from desk import Desk, InputError, load_desk
from desk.write import write_folder
from planner.desk_change import changed_desk
from tests.views.tiny_plan import write_desk

SCALED = {"kind": "multiply", "value": 1.3, "owner": "Li Na", "reason": "live stream"}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The small desk."""
    return load_desk(write_desk(tmp_path_factory.mktemp("desk") / "desk"))


def override(desk: Desk, **changes: object) -> pd.DataFrame:
    """A row of table ``overrides``."""
    table = desk.table("overrides")
    times = dict.fromkeys(("start", "made_at"), desk.starts[20]) | {"end": desk.starts[21], "queue": "pre_sale"}
    return pd.DataFrame([times | SCALED | changes])[list(table.columns)].astype(table.dtypes.to_dict())


def test_what_is_left_aside_changes_nothing(own: Desk, tmp_path: Path) -> None:
    """The large logs are not written and read for a change that does not touch them; the content is the same."""
    changed = changed_desk(own, {"overrides": override(own)})
    write_folder(changed, tmp_path / "whole")
    assert load_desk(tmp_path / "whole").content_hash == changed.content_hash
    assert len(changed.table("history")) == len(own.table("history"))


def test_a_row_that_a_file_could_not_have_is_refused(own: Desk) -> None:
    """An unknown queue, and an end before the start."""
    for wrong, code in (({"queue": "nobody"}, "unknown_queue"), ({"end": own.starts[3]}, "ends_before_start")):
        with pytest.raises(InputError) as error:
            changed_desk(own, {"overrides": override(own, **wrong)})
        assert code in {finding.code for finding in error.value.findings}


def test_what_is_taken_back_is_gone(own: Desk) -> None:
    """A desk whose only override was removed is the desk from before."""
    changed = changed_desk(own, {"overrides": override(own)})
    again = changed_desk(changed, {"overrides": changed.table("overrides").iloc[:0]})
    assert again.content_hash == changed_desk(own).content_hash
