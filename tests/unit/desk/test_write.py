from pathlib import Path

import pandas as pd
import pytest

from desk import Desk, InputError, load_desk, write_folder, write_templates, write_workbook

from .small import SETTINGS, findings_of, make_desk

UGLY_NAMES = (
    'agent,name,team,contract,cost_per_h\nA1,=1+1,T1,full,30\nA2,"a, ""b""\nc",T1,full,30\nA3,\'@x,T1,full,1e-7\n'
)


@pytest.fixture
def small(tmp_path: Path) -> Desk:
    return load_desk(make_desk(tmp_path / "given"))


def test_a_folder_written_from_a_desk_is_the_same_desk(small: Desk, tmp_path: Path) -> None:
    """What is written can be read again without the least change."""
    write_folder(small, tmp_path / "written")
    again = load_desk(tmp_path / "written")
    assert again.content_hash == small.content_hash
    assert again.findings == ()


def test_a_workbook_written_from_a_desk_is_the_same_desk(small: Desk, tmp_path: Path) -> None:
    """A planner may go from CSV to Excel and back without losing a cell."""
    write_workbook(small, tmp_path / "desk.xlsx")
    again = load_desk(tmp_path / "desk.xlsx")
    assert again.content_hash == small.content_hash
    assert again.findings == ()


@pytest.mark.parametrize("form", ["folder", "desk.xlsx"])
def test_the_hour_that_comes_twice_survives(tmp_path: Path, form: str) -> None:
    """Times of the night of a clock change are written with their offset, else they could not be told apart."""
    history = "start,queue,offered\n2025-10-26 02:00,pre,1\n2025-10-26 02:00,pre,7\n2025-10-26 03:00,pre,2\n"
    settings = SETTINGS.replace("Asia/Shanghai", "Europe/Paris")
    desk = load_desk(make_desk(tmp_path / "given", settings, only=("shifts",), history=history))
    (write_workbook if form.endswith("xlsx") else write_folder)(desk, tmp_path / form)
    assert load_desk(tmp_path / form).table("history").equals(desk.table("history"))


@pytest.mark.parametrize("form", ["folder", "desk.xlsx"])
def test_texts_that_a_spreadsheet_would_compute_survive(tmp_path: Path, form: str) -> None:
    """A name that begins with = is a name, in the file as on the way back."""
    desk = load_desk(make_desk(tmp_path / "given", only=("shifts",), agents=UGLY_NAMES))
    assert desk.table("agents")["name"].tolist() == ["=1+1", 'a, "b"\nc', "@x"]
    (write_workbook if form.endswith("xlsx") else write_folder)(desk, tmp_path / form)
    again = load_desk(tmp_path / form)
    assert again.content_hash == desk.content_hash


def test_no_csv_cell_is_a_formula(tmp_path: Path) -> None:
    """A CSV opened in a spreadsheet must not run what somebody typed as a name."""
    desk = load_desk(make_desk(tmp_path / "given", only=("shifts",), agents=UGLY_NAMES))
    write_folder(desk, tmp_path / "written")
    cells = pd.read_csv(tmp_path / "written" / "agents.csv", dtype=str)["name"]
    assert cells.tolist()[0] == "'=1+1"


def test_a_csv_written_opens_in_chinese_spreadsheets(small: Desk, tmp_path: Path) -> None:
    """Without a BOM, Excel in China reads UTF-8 as GBK and shows names as rubbish."""
    write_folder(small, tmp_path)
    assert (tmp_path / "agents.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path: Path, small: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a sheet can't hold is refused by name instead of being cut off."""
    monkeypatch.setattr("desk.write.workbook.LAST_ROW", 3)
    long = pd.concat([small.table("leave")] * 4, ignore_index=True)
    with pytest.raises(InputError) as refused:
        write_workbook(Desk(small.settings, {"leave": long}), tmp_path / "desk.xlsx")
    (finding,) = refused.value.findings
    assert "more rows than the 3" in finding.message("en")
    assert "超过工作表可容纳" in finding.message("zh")
    assert not (tmp_path / "desk.xlsx").exists()


def test_the_empty_template_only_lacks_rows(tmp_path: Path) -> None:
    """Settings and headers of the template are sound: all that is missing is the user's own rows."""
    write_templates(tmp_path / "new")
    for path in (tmp_path / "new", tmp_path / "new" / "template.xlsx"):
        assert {finding.code for finding in findings_of(path)} == {"empty_table"}


def test_templates_never_replace_a_file(tmp_path: Path) -> None:
    """`peakdesk init` in a folder with work in it must not destroy it."""
    make_desk(tmp_path, only=())
    with pytest.raises(InputError) as refused:
        write_templates(tmp_path)
    (finding,) = refused.value.findings
    assert (finding.code, finding.file) == ("file_exists", "desk.toml")
    assert "there already" in finding.message("en")
    assert "已有同名文件" in finding.message("zh")
    assert not (tmp_path / "agents.csv").exists()


def test_a_filled_template_loads(tmp_path: Path) -> None:
    """The examples of the columns are cells that the loader accepts."""
    from desk.tables import INPUT_TABLES, table

    write_templates(tmp_path)
    for name in INPUT_TABLES:
        columns = [
            column for column in table(name).columns.values() if name != "cover" or column.name not in ("date", "shift")
        ]
        cells = [column.example for column in columns]
        text = ",".join(column.name for column in columns) + ("\n" if name != "drivers" else ",visits\n")
        (tmp_path / f"{name}.csv").write_text(
            text + ",".join(cells) + (",5\n" if name == "drivers" else "\n"), encoding="utf-8"
        )
    codes = {finding.code for finding in findings_of(tmp_path)}
    assert codes <= {"unknown_contract", "unknown_who", "unknown_agent", "nobody_available"}
