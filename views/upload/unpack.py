"""Uploaded files to a desk's own folder, by known names only."""

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile, ZipInfo

from desk import Finding
from desk.tables import INPUT_TABLES

MAX_UPLOAD_MB = 50
MAX_UNPACKED_MB = 400
MAX_MEMBERS = 200
_MB = 1024 * 1024
_DESK_FILES = frozenset(("desk.toml", *(f"{name}.csv" for name in INPUT_TABLES)))
_ZIP_MAGIC, _WORKBOOK_MARK, _WORKBOOK = b"PK\x03\x04", "[Content_Types].xml", "desk.xlsx"
_ENCRYPTED = 0x1


class Upload(NamedTuple):
    """One file as it came: the sender's name for it, and its bytes."""

    name: str
    content: bytes


@dataclass(slots=True)
class _Folder:
    """What is written so far, and what was refused."""

    path: Path
    room_bytes: int
    findings: list[Finding] = field(default_factory=list)
    written: set[str] = field(default_factory=set)

    def refuse(self, code: str, name: str, **facts: int) -> None:
        self.findings.append(Finding(code, file=one_line(name), facts=facts))

    def write(self, name: str, content: bytes) -> None:
        own = _last(name).casefold()
        if own not in _DESK_FILES:
            self.findings.append(Finding("upload_unknown_file", severity="warning", file=one_line(name)))
        elif own in self.written:
            self.refuse("upload_twice", own)
        else:
            self.written.add(own)
            (self.path / own).write_bytes(content)


def unpack(uploads: Sequence[Upload], folder: Path) -> tuple[Path, tuple[Finding, ...]]:
    """Write a workbook, an archive of CSV files, or CSV files with desk.toml into ``folder``.

    No name of the sender's becomes a path: only the names of a desk's files are ever written. Capitals do not
    matter, as in a folder.

    Returns
    -------
    What ``load_desk`` is to read, and what was refused.
    """
    own = _Folder(folder, MAX_UNPACKED_MB * _MB)
    if sum(len(upload.content) for upload in uploads) > MAX_UPLOAD_MB * _MB:
        own.refuse("upload_too_large", uploads[0].name, limit=MAX_UPLOAD_MB)
        return folder, tuple(own.findings)
    for upload in uploads:
        if _is_workbook(upload):
            return _workbook(uploads, upload, own)
        if upload.content.startswith(_ZIP_MAGIC) or upload.name.lower().endswith(".zip"):
            _archive(upload, own)
        else:
            own.write(upload.name, upload.content)
    return folder, tuple(own.findings)


def _workbook(uploads: Sequence[Upload], upload: Upload, own: _Folder) -> tuple[Path, tuple[Finding, ...]]:
    if len(uploads) > 1:
        own.refuse("upload_workbook_alone", upload.name)
    (own.path / _WORKBOOK).write_bytes(upload.content)
    return own.path / _WORKBOOK, tuple(own.findings)


def _is_workbook(upload: Upload) -> bool:
    if upload.name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        return True
    if not upload.content.startswith(_ZIP_MAGIC):
        return False
    try:
        with ZipFile(BytesIO(upload.content)) as archive:
            return _WORKBOOK_MARK in archive.namelist()
    except Exception:
        return False


def _archive(upload: Upload, own: _Folder) -> None:
    try:
        with ZipFile(BytesIO(upload.content)) as archive:
            members = list(_members(archive))
            if len(members) > MAX_MEMBERS:
                own.refuse("upload_too_many", upload.name, limit=MAX_MEMBERS)
                return
            for member in members:
                _member(archive, member, own)
    except Exception:
        own.refuse("upload_broken_zip", upload.name)


def _members(archive: ZipFile) -> Iterator[ZipInfo]:
    """Files; what an operating system leaves beside them is passed over."""
    for member in archive.infolist():
        if not member.is_dir() and "__MACOSX" not in member.filename and not _last(member.filename).startswith("."):
            yield member


def _member(archive: ZipFile, member: ZipInfo, own: _Folder) -> None:
    if _is_unsafe(member):
        own.refuse("upload_unsafe_member", member.filename)
        return
    with archive.open(member) as stream:
        content = stream.read(own.room_bytes + 1)
    own.room_bytes -= len(content)
    if own.room_bytes < 0:
        own.room_bytes = 0
        own.refuse("upload_too_large", member.filename, limit=MAX_UNPACKED_MB)
        return
    own.write(member.filename, content)


def _is_unsafe(member: ZipInfo) -> bool:
    parts = member.filename.replace("\\", "/").split("/")
    climbs = ".." in parts or parts[0] == "" or ":" in parts[0]
    return climbs or stat.S_ISLNK(member.external_attr >> 16) or bool(member.flag_bits & _ENCRYPTED)


def _last(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]


def one_line(name: str) -> str:
    """A file name as one short, printable line."""
    shown = name if name.isprintable() else name.encode("unicode_escape").decode()
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
