"""Files that are no tables: every one is refused by name, none with a traceback."""

from pathlib import Path

import pytest

from desk import Finding, InputError, load_desk
from desk.load import folder as folder_room
from desk.load import load_table

from .small import TABLES, core_desk, findings_of, make_desk, the_one

LEAVE = TABLES["leave"].lstrip().encode()
CONTENTS = [
    # (code, bytes of leave.csv, row, English, Chinese)
    ("utf16", LEAVE.decode().encode("utf-16"), None, "in UTF-16", "UTF-16"),
    ("binary_file", LEAVE.decode().encode("utf-16-le"), None, "not text", "不是文本"),
    ("binary_file", b"PK\x03\x04\x00\x00", None, "not text", "不是文本"),
    ("binary_file", LEAVE + b"\x00", None, "not text", "不是文本"),
    ("wrong_encoding", LEAVE + "A1,王".encode() + "李雷".encode("gbk"), 3, "mixes the two", "混用了两者"),
    (
        "wrong_encoding",
        "agent,date\nMüllér,x\n".encode("latin-1"),
        2,
        "neither UTF-8 nor GBK",
        "既不是 UTF-8 也不是 GBK",
    ),
    ("empty_file", b"", None, "not even a header", "连表头都没有"),
    ("empty_file", b"\xef\xbb\xbf\r\n \r\n", None, "not even a header", "连表头都没有"),
    ("blank_header", b",,\nA1,2026-06-02,\n", 1, "Row 1 is blank", "第 1 行为空"),
    ("header_below", "休假表\n\nagent,date\nA1,2026-06-02\n".encode(), 3, "stand in row 3", "列名在第 3 行"),
    ("too_many_columns", b"a," * 2000 + b"b\n", 1, "has 2001 columns; at most 2000", "有 2001 列，最多读取 2000 列"),
    ("wrong_delimiter", b"agent;date\nA1;2026-06-02\n", 1, "not separated by commas", "不是用逗号分隔"),
    ("ragged_row", b"agent,date\nA1,2026-06-02\nA2\n", 3, "1 cell, the header has 2", "有 1 个单元格，表头有 2 个"),
    ("ragged_row", b"agent,date\nA1,2026-06-02,sick\n", 2, "3 cells, the header has 2", "有 3 个单元格"),
    ("open_quote", b'agent,date\n"A1,2026-06-02\nA2,2026-06-03\n', 2, "never closed", "没有闭合"),
]


@pytest.mark.parametrize(("code", "raw", "row", "english", "chinese"), CONTENTS)
def test_a_file_that_is_no_table_is_named(
    tmp_path: Path, code: str, raw: bytes, row: int | None, english: str, chinese: str
) -> None:
    """What a program could misread is refused with the file's name and a cure, in both languages."""
    folder = core_desk(tmp_path)
    (folder / "leave.csv").write_bytes(raw)
    finding = the_one(findings_of(folder), code)
    assert (finding.file, finding.row) == ("leave.csv", row)
    assert english in finding.message("en")
    assert chinese in finding.message("zh")
    assert finding.cure("en") != finding.cure("zh")


UGLY = {
    "random": bytes(range(1, 256)) * 40,
    "long_line": b"agent,date\n" + b"x" * 9_000_000 + b",2026-06-02\n",
    "wide": b",".join(b"c%d" % n for n in range(5000)) + b"\n" + b"," * 4999 + b"\n",
    "quotes": b'"""\n"",""\n"' * 50,
    "only_commas": b",,,\n,,,\n",
    "control": b"agent,date\n\x07\x1b[31m,2026-06-02\n",
    "script": b"agent,date\n<script>alert(1)</script>,2026-06-02\n",
    "formula": b"agent,date\n=1+1,2026-06-02\n",
    "braces": b"agent,date\n{value}{0},2026-06-02\n",
    "huge_number": b"agent,date\n" + b"9" * 5000 + b",2026-06-02\n",
    "surrogate": b"agent,date\n\xed\xa0\x80,2026-06-02\n",
    "deep_year": b"agent,date\nA1,9999-12-31\n",
}


@pytest.mark.parametrize("name", UGLY)
@pytest.mark.parametrize("table", ["leave", "history", "contacts", "shifts", "drivers"])
def test_ugly_files_become_findings(tmp_path: Path, name: str, table: str) -> None:
    """Whatever a file holds, the answer is a list of findings in words, never a traceback."""
    folder = core_desk(tmp_path)
    (folder / f"{table}.csv").write_bytes(UGLY[name])
    for finding in findings_of(folder):
        assert finding.line("en")
        assert finding.line("zh")
        assert len(finding.record("en")["value"]) <= 60


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"\x00", b"[", b"a = " + b"[" * 5000, b"name = 'x'\n\x07", b"= =", b""])
def test_ugly_settings_become_findings(tmp_path: Path, raw: bytes) -> None:
    """The settings file may be anything as well."""
    folder = core_desk(tmp_path)
    (folder / "desk.toml").write_bytes(raw)
    assert all(finding.line("zh") for finding in findings_of(folder))


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    """A mistyped path is said, and nothing else about missing settings."""
    (finding,) = findings_of(tmp_path / "nowhere")
    assert finding.code == "no_such_path"
    assert "no file or folder" in finding.message("en")
    assert "没有这个文件或文件夹" in finding.message("zh")


def test_a_file_that_is_no_desk(tmp_path: Path) -> None:
    """A single CSV is not a desk."""
    file = tmp_path / "agents.csv"
    file.write_text("agent\n")
    (finding,) = findings_of(file)
    assert finding.code == "not_a_desk"
    assert "neither a folder nor an .xlsx" in finding.message("en")
    assert "既不是文件夹" in finding.message("zh")


def test_a_folder_without_settings(tmp_path: Path) -> None:
    """Without desk.toml a folder is no desk, but its tables are looked at all the same."""
    folder = core_desk(tmp_path, leave="agent,date\nA1,2026-13-01\n")
    (folder / "desk.toml").unlink()
    findings = findings_of(folder)
    assert {finding.code for finding in findings} == {"no_settings", "no_such_day"}
    assert "has no desk.toml" in findings[0].message("en")
    assert "没有 desk.toml" in findings[0].message("zh")


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    """An uploaded folder must not read other files of the machine through a link."""
    secret = tmp_path / "secret.csv"
    secret.write_text("agent,date\nA1,2026-06-02\n")
    folder = core_desk(tmp_path / "desk")
    (folder / "leave.csv").unlink()
    (folder / "leave.csv").symlink_to(secret)
    finding = the_one(findings_of(folder), "link_outside")
    assert "outside the folder" in finding.message("en")
    assert "文件夹之外" in finding.message("zh")


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp949", ["김민지", "이서준", "박도윤", "최하은", "정지우"]),
        ("cp1251", ["Бронислава", "Всеволод", "Светлана", "Мирослав"]),
    ],
)
def test_letters_that_make_sense_in_two_encodings_are_refused(tmp_path: Path, encoding: str, names: list[str]) -> None:
    """A Korean spreadsheet's plain CSV was read as GBK: everybody had a Chinese name that nobody bears."""
    rows = "".join(f"A{place},{name},T1,full,30\n" for place, name in enumerate(names))
    folder = make_desk(tmp_path, only=("shifts",))
    (folder / "agents.csv").write_bytes(f"agent,name,team,contract,cost_per_h\n{rows}".encode(encoding))
    finding = the_one(findings_of(folder), "two_encodings")
    assert "can't be told" in finding.message("en")
    assert "无法判断" in finding.message("zh")


def test_chinese_in_gbk_is_still_read(tmp_path: Path) -> None:
    """Few letters, or letters beyond those that are Hangul as well, are Chinese."""
    for place, names in enumerate((["李雷"], ["王芳", "赵敏", "孙悦", "周涛", "吴倩", "郑凯", "冯雪"])):
        rows = "".join(f"A{number},{name},T1,full,30\n" for number, name in enumerate(names))
        skills = "agent,queue,proficiency,home\n" + "".join(f"A{number},pre,1,1\n" for number in range(len(names)))
        folder = make_desk(tmp_path / str(place), only=("shifts",), skills=skills)
        (folder / "agents.csv").write_bytes(f"agent,name,team,contract,cost_per_h\n{rows}".encode("gbk"))
        assert load_desk(folder).table("agents")["name"].tolist() == names


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    """A folder named leave.csv holds no table."""
    folder = make_desk(tmp_path, only=("agents", "skills", "shifts"))
    (folder / "leave.csv").mkdir()
    finding = the_one(findings_of(folder), "not_a_file")
    assert "not an ordinary file" in finding.message("en")
    assert "不是普通文件" in finding.message("zh")


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit on bytes keeps a wrong file from filling the memory."""
    folder = core_desk(tmp_path)
    monkeypatch.setattr(folder_room, "LARGEST_FILE_BYTES", 1 << 20)
    (folder / "leave.csv").write_bytes(LEAVE + b"\n" * (2 << 20))
    finding = the_one(findings_of(folder), "file_too_large")
    assert "2 MB; 1 MB are allowed" in finding.message("en")
    assert "文件大小为 2 MB，上限为 1 MB" in finding.message("zh")


def test_an_unknown_file_is_a_warning_with_a_suggestion(tmp_path: Path) -> None:
    """A misspelt file would silently be left out, so it is named; a README is not."""
    folder = core_desk(tmp_path)
    (folder / "contact.csv").write_text("a\n1\n")
    (folder / "README.md").write_text("about")
    (finding,) = load_desk(folder).findings
    assert (finding.code, finding.file) == ("unknown_file", "contact.csv")
    assert "Did you mean contacts.csv?" in finding.cure("en")
    assert "是否应为 contacts.csv" in finding.cure("zh")
    rows = len(load_desk(folder).table("skills"))
    (folder / "skills.csv").rename(folder / "Skills.CSV")
    assert [own.code for own in load_desk(folder).findings] == ["unknown_file"]
    assert len(load_desk(folder).table("skills")) == rows


def test_files_unlike_any_table_are_one_finding(tmp_path: Path) -> None:
    """A folder with other things in it gave a line for each, with a list of every table."""
    folder = core_desk(tmp_path)
    for number in range(9):
        (folder / f"foto{number}.jpg").write_bytes(b"")
    (finding,) = load_desk(folder).findings
    assert (finding.code, finding.severity) == ("foreign_files", "warning")
    assert "not read (9)" in finding.message("en")
    assert "foto0.jpg, foto1.jpg, foto2.jpg, foto3.jpg, foto4.jpg …" in finding.message("zh")


def test_the_output_of_a_plan_is_no_desk(tmp_path: Path) -> None:
    """Whoever names it is told where its desk lies, and nothing of the files beside it."""
    core_desk(tmp_path / "out" / "desk")
    (tmp_path / "out" / "plan.json").write_text("{}")
    (finding,) = findings_of(tmp_path / "out")
    assert finding.code == "output_is_no_desk"
    assert "its folder “desk”" in finding.cure("en")
    assert "文件夹“desk”" in finding.cure("zh")


def test_a_sentence_that_begins_with_its_place_says_it_once() -> None:
    """It read “h: h exists and is not an empty folder”."""
    assert Finding("folder_in_use", file="h").line("en").startswith("h exists")
    assert Finding("no_settings", file="h").line("en").startswith("h: The folder has no desk.toml.")


@pytest.mark.parametrize("name", ["came.csv", "came.xlsx"])
def test_a_table_that_is_not_there_is_told_as_such(tmp_path: Path, name: str) -> None:
    """It was said to be no ordinary file, to be removed."""
    with pytest.raises(InputError) as refused:
        load_table(load_desk(core_desk(tmp_path)), "history", tmp_path / name)
    (finding,) = refused.value.findings
    assert (finding.code, finding.file) == ("no_such_file", name)
    assert "no file of this name" in finding.message("en")
    assert "没有这个文件" in finding.message("zh")


def test_a_contact_with_a_row_for_each_agent_is_told_how_to_part_them(tmp_path: Path) -> None:
    """Logs of passed on contacts have these; the cure spoke of recorded_at, which a log does not have."""
    log = tmp_path / "log.csv"
    log.write_text("contact,queue,arrived,agent\nC7,pre,2026-06-01 09:00,A1\nC7,pre,2026-06-01 09:00,A2\n")
    with pytest.raises(InputError) as refused:
        load_table(load_desk(core_desk(tmp_path)), "contacts", log)
    (finding,) = refused.value.findings
    assert (finding.code, finding.row) == ("contact_again", 3)
    assert "row 2 already" in finding.message("en")
    assert "第 2 行" in finding.message("zh")
    assert all("C7-2" in finding.cure(lang) and "transferred" in finding.cure(lang) for lang in ("en", "zh"))


def test_the_error_itself_reads_as_the_report(tmp_path: Path) -> None:
    """An InputError printed by a stranger's program still names the file and the cure."""
    with pytest.raises(InputError, match=r"leave\.csv, row 2, column date: “2026-02-30”"):
        load_desk(core_desk(tmp_path, leave="agent,date\nA1,2026-02-30\n"))
