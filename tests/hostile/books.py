"""Hostile workbooks: archives, XML and cells that a spreadsheet would never write."""

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook

from desk import load_desk, write_workbook
from tests.hostile.entry import Hostile
from tests.hostile.fields import FEW
from tests.unit.desk.small import make_desk

BROKEN = ("broken_workbook",)
BOMB = ("zip_bomb",)
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
SHEET, STRINGS, BOOK = "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
Parts = dict[str, bytes]


def hostile_books() -> Iterator[Hostile]:
    """Whole files, then parts inside a good workbook, then cells."""
    raw: dict[str, tuple[Callable[[], bytes], tuple[str, ...]]] = {
        "empty": (lambda: b"", BROKEN),
        "text": (lambda: b"agent,name\n", BROKEN),
        "old-format": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), ("old_workbook",)),
        "cut": (lambda: good()[: len(good()) // 2], BROKEN),
        "tail-only": (lambda: good()[-200:], BROKEN),
        "empty-zip": (lambda: b"PK\x05\x06" + bytes(18), BROKEN),
        "directory-lies": (lambda: good()[:-22] + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 9, 9, 2**31, 2**31, 0), BROKEN),
        "big-directory": (big_directory, BOMB),
        "no-parts": (lambda: packed({"x.txt": b"x"}), BROKEN),
        "many-entries": (lambda: packed(parts() | {f"x{n}.xml": b"" for n in range(2001)}), BOMB),
        "ratio": (lambda: packed(parts() | {"xl/media/x.xml": bytes(40 * 2**20)}), BOMB),
        "ratio-sheet": (lambda: packed(parts() | {SHEET: b" " * (40 * 2**20)}), BOMB),
        "nested": (lambda: packed(parts() | {"xl/inner.zip": packed({"0": bytes(40 * 2**20)})}), ()),
        "encrypted": (encrypted, BROKEN),
        "unknown-compression": (lambda: good().replace(b"\x14\x00\x00\x00\x08\x00", b"\x14\x00\x00\x00\x63\x00"), BROKEN),
        "size-lies": (size_lies, BROKEN),
        "crc-lies": (stored_changed, BROKEN),
        "climbing-entry": (lambda: packed(parts() | {"../../../tmp/peakdesk-evil": b"x"}), ()),
        "absolute-entry": (lambda: packed(parts() | {"/etc/peakdesk-evil": b"x"}), ()),
        "entry-twice": (entry_twice, (*BROKEN, "empty_file")),
        "macro": (lambda: packed(parts() | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(99)}), ()),
    }  # fmt: skip
    for name, (make, codes) in raw.items():
        yield Hostile(f"book-{name}", partial(_book, make), codes)
    for name, (part, change, codes) in changes().items():
        yield Hostile(f"book-{name}", partial(_book, partial(changed, part, change)), codes)
    for name, (edit, codes) in edits().items():
        yield Hostile(f"book-{name}", partial(_book, partial(edited, edit)), codes)


def changes() -> dict[str, tuple[str, Callable[[bytes], bytes], tuple[str, ...]]]:
    """Part -> what becomes of it."""
    doctype = f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'.encode()
    outside = b'<!DOCTYPE x [<!ENTITY a0 SYSTEM "file:///etc/passwd">]>'
    entities, row = ("xml_entities",), b'<row r="1"'
    return {
        "laughs": (BOOK, partial(after_head, doctype), entities),
        "laughs-in-sheet": (SHEET, partial(after_head, doctype), entities),
        "laughs-in-strings": (STRINGS, partial(after_head, doctype), entities),
        "laughs-in-types": ("[Content_Types].xml", partial(after_head, doctype), entities),
        "laughs-in-relations": ("xl/_rels/workbook.xml.rels", partial(after_head, doctype), entities),
        "laughs-behind-comment": (SHEET, partial(after_head, b"<!--" + b"x" * 70_000 + b"-->" + doctype), (*entities, *BROKEN)),
        "outside-entity": (STRINGS, partial(after_head, outside), entities),
        "outside-doctype": (SHEET, partial(after_head, b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), entities),
        "doctype-utf16": (SHEET, lambda xml: after_head(doctype, xml).decode().replace("UTF-8", "UTF-16").encode("utf-16"), entities),
        "quadratic": (STRINGS, partial(after_head, b'<!DOCTYPE x [<!ENTITY a0 "' + b"a" * 50_000 + b'">]>'), entities),
        "xinclude": (SHEET, lambda xml: xml.replace(b"<sheetData>", b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/><sheetData>'), ()),
        "not-xml": (SHEET, lambda xml: b"\x00" * 99, BROKEN),
        "torn-xml": (SHEET, lambda xml: xml[: len(xml) // 2], BROKEN),
        "empty-sheet-part": (SHEET, lambda xml: b"", BROKEN),
        "deep-xml": (SHEET, lambda xml: xml.replace(b"<sheetData>", b"<a>" * 200_000 + b"</a>" * 200_000 + b"<sheetData>"), (*BROKEN, "")),
        "sheet-climbs": ("xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"worksheets/sheet2.xml", b"../../../etc/passwd"), BROKEN),
        "sheet-elsewhere": ("xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b'Target="worksheets/sheet2.xml"', b'Target="http://127.0.0.1:9/x" TargetMode="External"'), BROKEN),
        "row-far-down": (SHEET, lambda xml: xml.replace(row, b'<row r="99999999999"', 1), ("sheet_too_large",)),
        "row-negative": (SHEET, lambda xml: xml.replace(row, b'<row r="-5"', 1), (*BROKEN, "blank_header")),
        "row-no-number": (SHEET, lambda xml: xml.replace(row, b'<row r="x"', 1), BROKEN),
        "column-far": (SHEET, lambda xml: xml.replace(b'r="A1"', b'r="XFD1"', 1), ("sheet_too_large", "missing_column", "duplicate_column", "unknown_column", "blank_header")),
        "column-beyond": (SHEET, lambda xml: xml.replace(b'r="A1"', b'r="ZZZZZZ1"', 1), BROKEN),
        "far-corner": (SHEET, lambda xml: xml.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'), ("sheet_too_large",)),
        "wide-and-long": (SHEET, lambda xml: xml.replace(b"</sheetData>", b'<row r="1000000"><c r="BXX1000000"><v>1</v></c></row></sheetData>'), ("sheet_too_large",)),
        "string-index": (SHEET, lambda xml: xml.replace(b'<v>0</v>', b"<v>999999</v>", 1).replace(b'<v>1</v>', b"<v>999999</v>"), (*BROKEN, "not_a_bool")),
        "string-index-negative": (SHEET, lambda xml: xml.replace(b'<v>1</v>', b"<v>-1</v>"), (*BROKEN, "not_a_bool")),
        "number-digits": (SHEET, lambda xml: xml.replace(b"</sheetData>", b'<row r="999"><c r="A999"><v>' + b"9" * 5000 + b"</v></c></row></sheetData>"), (*BROKEN, "not_a_time")),
        "number-words": (SHEET, lambda xml: xml.replace(b"</sheetData>", b'<row r="999"><c r="A999"><v>nan</v></c></row></sheetData>'), (*BROKEN, "not_a_time", "ragged_row")),
        "date-far": (SHEET, lambda xml: xml.replace(b"</sheetData>", b'<row r="999"><c r="A999" s="2"><v>1e12</v></c></row></sheetData>'), (*BROKEN, "not_a_time", "excel_error", "blank_cell")),
        "date-negative": (SHEET, lambda xml: xml.replace(b"</sheetData>", b'<row r="999"><c r="A999" s="2"><v>-99999999</v></c></row></sheetData>'), (*BROKEN, "not_a_time", "excel_error", "blank_cell")),
        "style-index": (SHEET, lambda xml: xml.replace(b's="1"', b's="99999"'), (*BROKEN, "")),
        "no-styles": ("xl/styles.xml", lambda xml: b"", BROKEN),
        "styles-junk": ("xl/styles.xml", lambda xml: xml.replace(b"numFmtId", b"numFmtXx"), (*BROKEN, "")),
        "surrogate-escape": (STRINGS, lambda xml: xml.replace(b"\xe7\x8e\x8b\xe8\x8a\xb3", b"_xD800_"), (*BROKEN, "unsafe_text", "")),
        "nul-escape": (STRINGS, lambda xml: xml.replace(b"\xe7\x8e\x8b\xe8\x8a\xb3", b"a_x0000_b"), (*BROKEN, "unsafe_text", "")),
        "control-escape": (STRINGS, lambda xml: xml.replace(b"\xe7\x8e\x8b\xe8\x8a\xb3", b"a_x001B_b"), (*BROKEN, "unsafe_text", "")),
        "character-reference": (STRINGS, lambda xml: xml.replace(b"\xe7\x8e\x8b\xe8\x8a\xb3", b"&#x0;"), BROKEN),
    }  # fmt: skip


def edits() -> dict[str, tuple[Callable[[Workbook], None], tuple[str, ...]]]:
    """Cells and sheets as openpyxl can write them."""

    def cell(sheet: str, place: str, value: object) -> Callable[[Workbook], None]:
        def edit(book: Workbook) -> None:
            book[sheet][place] = value

        return edit

    return {
        "formula-name": (cell("agents", "B2", '=HYPERLINK("http://evil.example","x")'), ("formula_without_value",)),
        "formula-settings": (cell("desk.toml", "A1", "=1+1"), ("formula_without_value", "broken_toml", "missing_setting")),
        "formula-header": (cell("agents", "A1", "=1+1"), ("formula_without_value", "missing_column")),
        "error-cell": (cell("agents", "B2", "#REF!"), ("excel_error",)),
        "nan-text": (cell("agents", "E2", "NaN"), ("not_finite", "number_as_text")),
        "bool-as-number": (cell("agents", "E2", True), ()),
        "date-as-number": (cell("agents", "E2", "2026-01-01"), ("number_as_text",)),
        "long-text": (cell("agents", "B2", "x" * 32_000), ("text_too_long",)),
        "markup": (cell("agents", "B2", "<script>alert(1)</script>"), ()),
        "bar-in-name": (cell("agents", "A2", "A|1"), ("bar_in_name",)),
        "unknown-sheet": (lambda book: book.create_sheet("evil").append(["x"]), ()),
        "no-settings": (lambda book: book.remove(book["desk.toml"]), ("no_settings_sheet",)),
        "settings-many": (lambda book: [book["desk.toml"].append([f"k{n} = 1"]) for n in range(3000)] and None, ("unknown_setting",)),
        "header-gone": (lambda book: book["agents"].delete_rows(1), ("missing_column",)),
        "wide-header": (lambda book: book["agents"].append(["x"] * 3000), ("sheet_too_large",)),
    }  # fmt: skip


@cache
def good() -> bytes:
    """The small desk as a workbook."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "desk.xlsx"
        write_workbook(load_desk(make_desk(Path(folder) / "desk", only=("history", *FEW))), path)
        return path.read_bytes()


def parts() -> Parts:
    """Name -> content of the good workbook's parts."""
    with zipfile.ZipFile(io.BytesIO(good())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(contents: Parts) -> bytes:
    """The parts as an archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return target.getvalue()


def changed(part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The good workbook with one part changed."""
    found = parts()
    new = change(found[part])
    assert new != found[part], part
    return packed(found | {part: new})


def edited(edit: Callable[[Workbook], None]) -> bytes:
    """The good workbook after an edit."""
    book, target = load_workbook(io.BytesIO(good())), io.BytesIO()
    edit(book)
    book.save(target)
    return target.getvalue()


def after_head(words: bytes, xml: bytes) -> bytes:
    """The XML with words between its declaration and its root."""
    end = xml.index(b"?>") + 2
    return xml[:end] + words + xml[end:]


def big_directory() -> bytes:
    """Half a million entries that hold nothing."""
    entry = b"PK\x01\x02" + struct.pack("<6H3L5H2L", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 500_000
    return directory + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 65535, 65535, len(directory), 0, 0)


def encrypted() -> bytes:
    """Every entry says that it is encrypted."""
    raw = bytearray(good())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 4)
    return bytes(raw)


def size_lies() -> bytes:
    """The directory says that every entry is ten bytes long."""
    raw, at = bytearray(good()), 0
    while (at := raw.find(b"PK\x01\x02", at)) >= 0:
        raw[at + 24 : at + 28] = struct.pack("<L", 10)
        at += 4
    return bytes(raw)


def stored_changed() -> bytes:
    """A byte of a sheet is not the one that its checksum stands for."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts().items():
            archive.writestr(name, content)
    return target.getvalue().replace(b"Small desk", b"Smell desk")


def entry_twice() -> bytes:
    """Two entries of one name, of which the second says something else."""
    target = io.BytesIO(good())
    with zipfile.ZipFile(target, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(SHEET, b"<x/>")
    return target.getvalue()


def _book(make: Callable[[], bytes], folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "desk.xlsx").write_bytes(make())
    return folder / "desk.xlsx"
