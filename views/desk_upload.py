"""A desk that somebody uploads: read, judged, told; and the templates to fill in."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import streamlit as st

from desk import Desk
from desk.i18n import text
from desk.template import write_template_book, write_templates
from views.findings import show_findings
from views.upload.check import Verdict, check
from views.upload.unpack import MAX_UPLOAD_MB, Upload

_TYPES = ("xlsx", "zip", "csv", "toml")


def uploaded_desk(lang: str, *, key: str) -> Desk | None:
    """Draw the place for files, and what was found in them; the desk where it can be used."""
    files = st.file_uploader(
        text("view.data.upload", lang, limit=MAX_UPLOAD_MB), type=_TYPES, accept_multiple_files=True,
        max_upload_size=MAX_UPLOAD_MB, key=f"{key}-upload",
    )  # fmt: skip
    if not files:
        return None
    verdict = _verdict(files, lang, f"{key}-checked")
    show_findings(verdict.findings, lang, key=f"{key}-findings")
    return verdict.desk


def _verdict(files: Sequence[Any], lang: str, key: str) -> Verdict:
    """Checked once for each upload, whatever else is clicked on the page."""
    ids = tuple(file.file_id for file in files)
    if st.session_state.get(key, (None, None))[0] != ids:
        with st.spinner(text("view.data.checking", lang)):
            verdict = check([Upload(file.name, file.getvalue()) for file in files])
        st.session_state[key] = (ids, verdict)
    found: Verdict = st.session_state[key][1]
    return found


def offer_templates(lang: str) -> None:
    """Draw the downloads of the templates."""
    st.markdown(text("view.data.templates", lang))
    words = {"book": text("view.data.template_book", lang), "folder": text("view.data.template_folder", lang)}
    st.download_button(words["book"], _template_book, file_name="template.xlsx", on_click="ignore")
    st.download_button(words["folder"], _template_folder, file_name="template.zip", on_click="ignore")


def zipped(folder: Path) -> bytes:
    """The files of a folder as an archive."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            if file.is_file():
                archive.write(file, file.name)
    return buffer.getvalue()


def _template_book() -> bytes:
    with TemporaryDirectory(prefix="peakdesk-") as folder:
        write_template_book(Path(folder) / "template.xlsx")
        return (Path(folder) / "template.xlsx").read_bytes()


def _template_folder() -> bytes:
    with TemporaryDirectory(prefix="peakdesk-") as folder:
        write_templates(folder)
        return zipped(Path(folder))
