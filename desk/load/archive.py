"""A workbook is a zip archive of XML: refuses bombs, entities and other formats before anything is parsed."""

import posixpath
import re
import zipfile
from pathlib import Path

from desk.load.ledger import Ledger

LARGEST_BOOK_BYTES = 200 * 2**20
LARGEST_UNPACKED_BYTES = 1024 * 2**20
MOST_ENTRIES = 2000
LARGEST_RATIO = 200
_SMALL_BYTES = 16 * 2**20
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
    try:
        with zipfile.ZipFile(path) as archive:
            return _refuse_entries(path.name, archive, ledger)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        ledger.add("broken_workbook", path.name, reason=str(error))
        return True


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
    """Titles of the sheets that hold a formula."""
    with zipfile.ZipFile(path) as archive:
        parts = _sheet_parts(archive)
        return {title for title, part in parts.items() if part in archive.namelist() and _has_formula(archive, part)}


def _has_formula(archive: zipfile.ZipFile, part: str) -> bool:
    tail = b""
    with archive.open(part) as file:
        while block := file.read(2**20):
            if _FORMULA.search(tail + block):
                return True
            tail = block[-8:]
    return False


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
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
