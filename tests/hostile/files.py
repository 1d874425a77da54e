"""Hostile files and folders: encodings, junk, torn and endless tables, links, pipes and devices."""

import os
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from tests.hostile.entry import Hostile
from tests.hostile.fields import FEW
from tests.unit.desk.small import TABLES, make_desk

AGENTS = TABLES["agents"].lstrip()
HEAD = AGENTS.split("\n")[0]
RAW: dict[str, tuple[bytes, tuple[str, ...]]] = {
    "utf16-le": (AGENTS.encode("utf-16"), ("utf16",)),
    "utf16-be": (b"\xfe\xff" + AGENTS.encode("utf-16-be"), ("utf16",)),
    "utf16-without-bom": (AGENTS.encode("utf-16-le"), ("binary_file",)),
    "utf32": (AGENTS.encode("utf-32"), ("utf16", "binary_file")),
    "utf7": (b"agent,name,team,contract,cost_per_h\nA1,+2D3cqQ-,T1,full,30\n", ("unknown_agent",)),
    "gbk": (AGENTS.encode("gbk"), ()),
    "gb18030": (AGENTS.encode("gb18030"), ()),
    "utf8-bom": (AGENTS.encode("utf-8-sig"), ()),
    "two-boms": (b"\xef\xbb\xbf" + AGENTS.encode("utf-8-sig"), ()),
    "gbk-in-utf8": (AGENTS.encode() + "A9,王芳,T1,full,30\n".encode("gbk"), ("wrong_encoding",)),
    "latin1": (AGENTS.replace("Zoe", "Zoë").replace("王芳", "é").replace("李雷", "ü").encode("latin-1"), ("wrong_encoding",)),
    "big5": (AGENTS.replace("李雷", "龍龜").encode("big5", "ignore"), ("wrong_encoding",)),
    "big5-codes": (AGENTS.replace("王芳", "早").replace("李雷", "中").replace("Zoe", "晚").encode("big5"), ("wrong_encoding",)),
    "surrogate": (AGENTS.encode() + b"A9,\xed\xa0\x80,T1,full,30\n", ("wrong_encoding",)),
    "overlong": (AGENTS.encode() + b"A9,\xc0\xaf,T1,full,30\n", ("wrong_encoding",)),
    "nul": (AGENTS.encode() + b"A9,\x00,T1,full,30\n", ("binary_file",)),
    "only-nul": (bytes(4096), ("binary_file",)),
    "empty": (b"", ("empty_file",)),
    "blank": (b" \n \n", ("empty_file",)),
    "only-bom": (b"\xef\xbb\xbf", ("empty_file",)),
    "header-only": (HEAD.encode() + b"\n", ("empty_table",)),
    "header-twice": (f"{HEAD},agent\n".encode() + b"A1,x,T1,full,30,A1\n", ("duplicate_column",)),
    "ragged": (AGENTS.encode() + b"A9,x\n", ("ragged_row",)),
    "wide-row": (AGENTS.encode() + b"A9" + b"," * 5000 + b"\n", ("ragged_row",)),
    "open-quote": (AGENTS.encode() + b'A9,"x,T1,full,30\n', ("open_quote", "unreadable_csv", "ragged_row")),
    "only-quotes": (b'"' * 9999, ("open_quote", "unreadable_csv", "blank_header", "missing_column")),
    "semicolons": (AGENTS.replace(",", ";").encode(), ("wrong_delimiter",)),
    "carriage-returns": (AGENTS.replace("\n", "\r").encode(), ()),
    "long-cell": (AGENTS.replace("Zoe", "x" * 3_000_000).encode(), ("text_too_long",)),
    "long-header": (b"x" * 3_000_000 + b"\n1\n", ("unknown_column", "missing_column")),
    "many-columns": (b",".join(b"c%d" % n for n in range(3000)) + b"\n", ("too_many_columns",)),
    "million-columns": (b"," * 1_000_000 + b"\n", ("too_many_columns",)),
    "million-columns-in-quotes": (b'"a\n"' + b",x" * 1_000_000 + b"\n", ("too_many_columns",)),
    "many-rows": (HEAD.encode() + b"\n" + b"\n" * 20_000_001, ("too_many_lines",)),
    "many-cells": (b",".join(b"c%d" % n for n in range(2000)) + b"\n" + (b"," * 1999 + b"\n") * 60_000, ("too_many_lines",)),
    "elf": (b"\x7fELF\x02\x01\x01" + random.Random(1).randbytes(4000), ("binary_file",)),
    "png": (b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(4000), ("binary_file",)),
    "random-no-nul": (random.Random(3).randbytes(4000).replace(b"\x00", b"\x01"), ("wrong_encoding",)),
    "zip-as-csv": (b"PK\x03\x04" + random.Random(4).randbytes(4000), ("binary_file",)),
    "pickle-as-csv": (b"\x80\x04\x95\x1a\x00cos\nsystem\n(S'x'\ntR.", ("binary_file",)),
    "html-as-csv": (b"<html><script>alert(1)</script></html>", ("unreadable_csv", "unknown_column", "missing_column")),
    "json-as-csv": (b'[{"agent": "A1"}]', ("unreadable_csv", "unknown_column", "missing_column")),
    "same-row": (AGENTS.encode() + b"A1,x,T1,full,30\n", ("duplicate_key",)),
    "deep-quotes": (HEAD.encode() + b"\n" + b'"' * 100_001 + b",,,,\n", ("open_quote", "unreadable_csv", "text_too_long", "blank_cell", "ragged_row")),
    "control-z": (AGENTS.encode() + b"\x1a", ("ragged_row", "unsafe_text")),
    "vertical-tabs": (AGENTS.replace("\n", "\x0b\n").encode(), ("unsafe_text", "number_as_text")),
}  # fmt: skip


def hostile_files() -> Iterator[Hostile]:
    """Everything in place of agents.csv; then what stands in a folder, and what is given instead of one."""
    for name, (raw, codes) in RAW.items():
        yield Hostile(f"csv-{name}", partial(_raw, raw), codes)
    places: dict[str, tuple[Callable[[Path], Path], tuple[str, ...]]] = {
        "link-outside": (partial(_linked, "agents.csv", "/etc/passwd"), ("link_outside",)),
        "link-to-zero": (partial(_linked, "agents.csv", "/dev/zero"), ("link_outside",)),
        "link-to-itself": (partial(_linked, "agents.csv", "agents.csv"), ("unreadable_path", "link_outside", "not_a_file")),
        "link-to-nothing": (partial(_linked, "agents.csv", "nothing.csv"), ("not_a_file",)),
        "settings-link": (partial(_linked, "desk.toml", "/etc/passwd"), ("link_outside",)),
        "settings-zero": (partial(_linked, "desk.toml", "/dev/zero"), ("link_outside",)),
        "pipe": (partial(_pipe, "agents.csv"), ("not_a_file",)),
        "settings-pipe": (partial(_pipe, "desk.toml"), ("not_a_file",)),
        "folder-as-table": (partial(_folder, "agents.csv"), ("not_a_file",)),
        "folder-as-settings": (partial(_folder, "desk.toml"), ("not_a_file",)),
        "sparse-giant": (_sparse, ("file_too_large",)),
        "sparse-settings": (_sparse_settings, ("file_too_large",)),
        "nothing-there": (lambda folder: folder / "nowhere", ("no_such_path",)),
        "long-path": (lambda folder: folder / ("x" * 5000), ("unreadable_path", "no_such_path")),
        "nul-path": (lambda folder: folder / "a\x00b", ("unreadable_path", "no_such_path")),
        "device": (lambda _: Path("/dev/zero"), ("not_a_desk",)),
        "pipe-as-book": (_pipe_book, ("not_a_file", "not_a_desk")),
        "device-as-book": (_device_book, ("not_a_file", "not_a_desk")),
        "empty-folder": (_empty, ("no_settings",)),
        "name-like-option": (partial(_beside, "--help.csv"), ()),
        "name-with-escape": (partial(_beside, "\x1b[2J.csv"), ()),
        "name-not-utf8": (_undecodable, ()),
    }  # fmt: skip
    for name, (make, codes) in places.items():
        yield Hostile(f"place-{name}", make, codes)


def _raw(raw: bytes, folder: Path) -> Path:
    make_desk(folder, only=FEW)
    (folder / "agents.csv").write_bytes(raw)
    return folder


def _without(name: str, folder: Path) -> Path:
    make_desk(folder, only=FEW)
    (folder / name).unlink()
    return folder / name


def _linked(name: str, target: str, folder: Path) -> Path:
    _without(name, folder).symlink_to(target)
    return folder


def _pipe(name: str, folder: Path) -> Path:
    os.mkfifo(_without(name, folder))
    return folder


def _folder(name: str, folder: Path) -> Path:
    _without(name, folder).mkdir()
    return folder


def _sparse(folder: Path) -> Path:
    os.truncate(_raw(b"x", folder) / "agents.csv", 2**40)
    return folder


def _sparse_settings(folder: Path) -> Path:
    os.truncate(_raw(AGENTS.encode(), folder) / "desk.toml", 2**30)
    return folder


def _pipe_book(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    os.mkfifo(folder / "desk.xlsx")
    return folder / "desk.xlsx"


def _device_book(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "desk.xlsx").symlink_to("/dev/zero")
    return folder / "desk.xlsx"


def _empty(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _beside(name: str, folder: Path) -> Path:
    (make_desk(folder, only=FEW) / name).write_text("x", encoding="utf-8")
    return folder


def _undecodable(folder: Path) -> Path:
    make_desk(folder, only=FEW)
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff\xfe.csv")).write_text("x", encoding="utf-8")
    return folder
