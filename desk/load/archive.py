"""A workbook is a zip archive of XML: refuses bombs, entities and other formats before anything is parsed."""

import posixpath
import re
import zipfile
from os import SEEK_END
from pathlib import Path
from typing import BinaryIO

from desk.load.ledger import Ledger

LARGEST_BOOK_BYTES = 200 * 2**20
LARGEST_UNPACKED_BYTES = 1024 * 2**20
MOST_ENTRIES = 2000
LARGEST_RATIO = 200
LARGEST_DIRECTORY_BYTES = 2**20
_SMALL_BYTES = 16 * 2**20
_ENTRY_BYTES = 46
_END, _END_64, _TAIL_BYTES = b"PK\x05\x06", b"PK\x06\x06", 2**16 + 200
_UNSAID = 2**32 - 1
_OLD_FORMAT = b"\xd0\xcf\x11\xe0"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def refuse_archive(path: Path, ledger: Ledger) -> bool:
    """Note why the workbook must not be opened; True where there is such a reason."""
    if path.stat().st_size > LARGEST_BOOK_BYTES:
        size, limit = (f"{count // 2**20} MB" for count in (path.stat().st_size, LARGEST_BOOK_BYTES))
        ledger.add("file_too_large", path.name, value=size, limit=limit)
        return True
    with path.open("rb") as file:
        if file.read(4) == _OLD_FORMAT:
            ledger.add("old_workbook", path.name)
            return True
        if (listed := _directory_bytes(file)) > LARGEST_DIRECTORY_BYTES:
            size, entries = f"{path.stat().st_size // 2**20} MB", listed // _ENTRY_BYTES
            ledger.add("zip_bomb", path.name, size=size, entries=entries)
            return True
    try:
        with zipfile.ZipFile(path) as archive:
            return _refuse_entries(path.name, archive, ledger)
    except Exception as error:
        ledger.add("broken_workbook", path.name, reason=str(error))
        return True


def _directory_bytes(file: BinaryIO) -> int:
    """How long the archive says that its list of entries is; 0 where it says nothing."""
    length = file.seek(0, SEEK_END)
    file.seek(max(length - _TAIL_BYTES, 0))
    tail = file.read()
    end, end_64 = tail.rfind(_END), tail.rfind(_END_64)
    stated = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if stated == _UNSAID and end_64 >= 0:
        return int.from_bytes(tail[end_64 + 40 : end_64 + 48], "little")
    return 0 if stated >= length else stated


def _refuse_entries(name: str, archive: zipfile.ZipFile, ledger: Ledger) -> bool:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(sum(entry.compress_size for entry in entries), 1)
    bomb = unpacked > LARGEST_UNPACKED_BYTES or (unpacked > _SMALL_BYTES and unpacked > LARGEST_RATIO * packed)
    if bomb or len(entries) > MOST_ENTRIES:
        ledger.add("zip_bomb", name, size=f"{unpacked // 2**20} MB", entries=len(entries))
        return True
    declared = [entry.filename for entry in entries if _declares_entities(archive, entry)]
    if declared:
        ledger.add("xml_entities", name, value=declared[0])
    return bool(declared)


def _declares_entities(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """A document type declaration stands before the root element, so the beginning tells."""
    if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
        return False
    with archive.open(entry) as file:
        return bool(_DECLARES.search(file.read(64 * 1024).replace(b"\x00", b"")))


def sheets_with_formulas(path: Path) -> set[str]:
    """Titles of the sheets that hold a formula; KeyError where a sheet is named but not there."""
    with zipfile.ZipFile(path) as archive:
        parts, present = sheet_parts(archive), set(archive.namelist())
        if missing := [title for title, part in parts.items() if part not in present]:
            raise KeyError(missing[0])
        return {title for title, part in parts.items() if _has_formula(archive, part)}


def _has_formula(archive: zipfile.ZipFile, part: str) -> bool:
    tail = b""
    with archive.open(part) as file:
        while block := file.read(2**20):
            if _FORMULA.search(tail + block):
                return True
            tail = block[-8:]
    return False


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Title -> name of the sheet's part in the archive."""
    from defusedxml.ElementTree import fromstring

    relations = {
        node.attrib["Id"]: posixpath.normpath(posixpath.join("/xl", node.attrib["Target"])).lstrip("/")
        for node in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    book = fromstring(archive.read("xl/workbook.xml"))
    sheets = [node for node in book.iter() if node.tag.endswith("}sheet")]
    return {node.attrib["name"]: relations.get(_relation(node.attrib), "") for node in sheets}


def _relation(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.endswith("}id")), "")
