"""A foreign file: uploaded, its sheet and the row of its titles chosen, its first rows shown."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from desk import InputError
from desk.i18n import text
from planner.foreign import Foreign, read_foreign
from views.findings import show_findings
from views.table_shown import show_plain_table
from views.upload.unpack import MAX_UPLOAD_MB, one_line

_SHOWN, _LAST_HEADER = 8, 50
_KEY = "foreign-read"


def pick_file(lang: str) -> Foreign | None:
    """Draw the place for the file and what it holds; the file where it can be read."""
    file = st.file_uploader(
        text("view.foreign.file", lang, limit=MAX_UPLOAD_MB), type=("csv", "xlsx", "txt", "tsv"),
        max_upload_size=MAX_UPLOAD_MB, key="foreign-file",
    )  # fmt: skip
    if file is None:
        return None
    try:
        first = _read(file, None, None)
        found = _chosen(file, first, lang)
    except InputError as error:
        show_findings(error.findings, lang, key="foreign-unreadable")
        return None
    st.caption(text("view.foreign.rows", lang, rows=len(found.frame), columns=len(found.frame.columns)))
    show_plain_table(found.frame.head(_SHOWN), lang, key="foreign-first")
    return found


def _chosen(file: Any, first: Foreign, lang: str) -> Foreign:
    """The sheet and header row that the user wants, where the first guess is not it."""
    left, right = st.columns(2)
    sheet = first.sheet
    if len(first.sheets) > 1:
        place = first.sheets.index(first.sheet)
        sheet = left.selectbox(
            text("view.foreign.sheet", lang), first.sheets, place, key=f"foreign-sheet-{file.file_id}"
        )
    own = first if sheet == first.sheet else _read(file, sheet, None)
    row = right.number_input(
        text("view.foreign.header", lang), 1, _LAST_HEADER, own.header_row, key=f"foreign-header-{file.file_id}-{sheet}"
    )
    return own if row == own.header_row else _read(file, sheet, int(row))


def _read(file: Any, sheet: str | None, row: int | None) -> Foreign:
    """Read once for each choice, whatever else is clicked on the page."""
    key = (file.file_id, sheet, row)
    if st.session_state.get(_KEY, (None, None))[0] != key:
        with tempfile.TemporaryDirectory(prefix="peakdesk-") as folder:
            path = Path(folder) / f"upload{Path(file.name).suffix.lower()}"
            path.write_bytes(file.getvalue())
            found = _named(path, one_line(file.name), sheet, row)
        st.session_state[_KEY] = (key, found)
    kept: Foreign | InputError = st.session_state[_KEY][1]
    if isinstance(kept, InputError):
        raise kept
    return kept


def _named(path: Path, name: str, sheet: str | None, row: int | None) -> Foreign | InputError:
    """What a file holds, or what is wrong with it, under the name that its owner knows."""
    try:
        return replace(read_foreign(path, sheet=sheet, header_row=row), file=name)
    except InputError as error:
        return InputError(replace(own, file=own.file.replace(path.name, name)) for own in error.findings)
