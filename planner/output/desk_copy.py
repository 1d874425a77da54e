"""The desk that a plan was made from, kept inside its output."""

import shutil
from dataclasses import replace
from pathlib import Path

from desk import Desk, Finding, InputError
from desk.load import load_desk
from desk.tables import INPUT_TABLES

_FILES = ("desk.toml", *(f"{name}.csv" for name in INPUT_TABLES))
_WORKBOOK = "desk.xlsx"


def copy_desk(desk: Desk, folder: Path) -> None:
    """Copy the files of ``desk`` to ``folder``, and make sure that they still hold the tables that were planned.

    Raises
    ------
    InputError : the files changed since they were read.
    """
    source = Path(desk.source)
    folder.mkdir()
    if source.is_file():
        shutil.copyfile(source, folder / _WORKBOOK)
    for name in _FILES if source.is_dir() else ():
        if (source / name).is_file():
            shutil.copyfile(source / name, folder / name)
    if not _same_tables(desk, folder):
        raise InputError([Finding("desk_changed", file=desk.source)])


def desk_in(folder: Path) -> Path:
    """Where the desk of ``folder`` is to be read: the workbook where there is one, else the folder."""
    return folder / _WORKBOOK if (folder / _WORKBOOK).exists() else folder


def _same_tables(desk: Desk, folder: Path) -> bool:
    try:
        copy = load_desk(desk_in(folder))
    except (InputError, OSError):
        return False
    return replace(copy, settings=desk.settings).content_hash == desk.content_hash
