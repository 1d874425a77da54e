"""What strangers upload: refused or shown as text, never believed, never written where they say."""

import stat
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from desk.i18n import LANGUAGES
from tests.views.tiny_plan import write_desk
from views.upload import unpack as room
from views.upload.check import check
from views.upload.unpack import Upload, unpack


def _zip(**files: bytes) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def _codes(uploads: list[Upload], folder: Path) -> list[str]:
    return [finding.code for finding in unpack(uploads, folder)[1]]


@pytest.fixture
def files(tmp_path: Path) -> list[Upload]:
    """A good desk as single files."""
    return [Upload(file.name, file.read_bytes()) for file in write_desk(tmp_path / "desk").iterdir()]


def test_single_files_and_an_archive_in_a_folder_are_the_same_desk(files: list[Upload]) -> None:
    """However a desk is packed, it is read as the same."""
    packed = _zip(**{f"my desk__{upload.name}": upload.content for upload in files})
    alone, archived = check(files), check([Upload("desk.zip", packed)])
    assert alone.desk is not None
    assert archived.desk is not None
    assert alone.desk.content_hash == archived.desk.content_hash


def test_what_is_wrong_is_told_by_file_and_row(files: list[Upload]) -> None:
    """Findings name the sender's file, never our temporary folder."""
    broken = [Upload("skills.csv", b"agent,queue,proficiency,home\nX9,pre_sale,1,1\n")]
    verdict = check([upload for upload in files if upload.name != "skills.csv"] + broken)
    assert verdict.desk is None
    wrong = next(finding for finding in verdict.findings if finding.value == "X9")
    assert (wrong.file, wrong.row, wrong.column) == ("skills.csv", 2, "agent")
    assert not any("peakdesk-" in finding.line(lang) for finding in verdict.findings for lang in LANGUAGES)


def test_without_settings_it_is_no_desk() -> None:
    """A lone table is told what is missing."""
    verdict = check([Upload("agents.csv", b"agent\n")])
    assert verdict.desk is None
    assert verdict.findings
    assert not any("peakdesk-" in finding.line() for finding in verdict.findings)


@pytest.mark.parametrize(
    "name", ["../agents.csv", "/etc/agents.csv", "a/../../agents.csv", "C:\\agents.csv", "..\\agents.csv"]
)
def test_an_archive_never_writes_outside(tmp_path: Path, name: str) -> None:
    """A path that climbs is refused, and nothing appears anywhere."""
    inner = tmp_path / "inner"
    inner.mkdir()
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr(ZipInfo(name), b"agent\n")
    assert _codes([Upload("x.zip", buffer.getvalue())], inner) == ["upload_unsafe_member"]
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    """A link would make us read a file of the server's."""
    link = ZipInfo("agents.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr(link, b"/etc/passwd")
    assert _codes([Upload("x.zip", buffer.getvalue())], tmp_path) == ["upload_unsafe_member"]


def test_a_bomb_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A megabyte of zeros packs to a thousand bytes; what counts is what comes out."""
    monkeypatch.setattr(room, "_MB", 1000)
    bomb = _zip(**{"history.csv": bytes(room.MAX_UNPACKED_MB * 1000 + 1), "agents.csv": b"agent\n"})
    assert len(bomb) < room.MAX_UPLOAD_MB * 1000
    assert "upload_too_large" in _codes([Upload("x.zip", bomb)], tmp_path)
    assert not (tmp_path / "history.csv").exists()


def test_an_upload_above_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser's limit can be walked around; ours can't."""
    monkeypatch.setattr(room, "_MB", 1)
    assert _codes([Upload("agents.csv", bytes(room.MAX_UPLOAD_MB + 1))], tmp_path) == ["upload_too_large"]


@pytest.mark.parametrize(
    ("uploads", "code"),
    [
        ([Upload("x.zip", b"PK\x03\x04 not an archive")], "upload_broken_zip"),
        ([Upload("x.zip", b"hello")], "upload_broken_zip"),
        (
            [Upload("x.zip", _zip(**{f"{number}.csv": b"" for number in range(room.MAX_MEMBERS + 1)}))],
            "upload_too_many",
        ),
        ([Upload("agents.csv", b"agent\n"), Upload("agents.csv", b"agent\n")], "upload_twice"),
        ([Upload("Agents.CSV", b"agent\n"), Upload("agents.csv", b"agent\n")], "upload_twice"),
        ([Upload("desk.xlsx", b"PK\x03\x04"), Upload("agents.csv", b"agent\n")], "upload_workbook_alone"),
        ([Upload("<script>.csv", b"a\n")], "upload_unknown_file"),
        ([Upload("x.zip", _zip(**{"run.exe": b"MZ"}))], "upload_unknown_file"),
    ],
)
def test_each_refusal_has_its_words(tmp_path: Path, uploads: list[Upload], code: str) -> None:
    """What is refused is said, with a cure, in both languages."""
    findings = unpack(uploads, tmp_path)[1]
    assert code in [finding.code for finding in findings]
    assert all(finding.line(lang) for finding in findings for lang in LANGUAGES)


def test_what_systems_leave_in_archives_is_passed_over(tmp_path: Path) -> None:
    """An archive made on a Mac is as good as any."""
    packed = _zip(**{"agents.csv": b"agent\n", "__MACOSX__._agents.csv": b"x", ".DS_Store": b"x"})
    assert _codes([Upload("x.zip", packed)], tmp_path) == []


def test_a_workbook_is_told_by_its_owners_name() -> None:
    """Whoever gave “六月.xlsx” looks for no other file."""
    assert [own.file for own in check([Upload("六月.xlsx", b"PK\x03\x04")]).findings] == ["六月.xlsx"]
