"""Everything that a desk is made of: check your own, take a template or a sample, look a column up."""

from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd
import streamlit as st

from data import SAMPLES, sample_path
from desk import Desk
from desk.i18n import text
from desk.tables import table
from desk.template import write_template_book, write_templates
from views.dictionary import show_dictionary
from views.findings import show_findings
from views.language import language
from views.markdown import plain
from views.table_shown import show_plain_table
from views.upload.check import Verdict, check
from views.upload.unpack import MAX_UPLOAD_MB, Upload

_TYPES = ("xlsx", "zip", "csv", "toml")
_CHECKED = "upload-checked"


def _draw(lang: str) -> None:
    st.title(text("view.data.title", lang))
    st.header(text("view.data.check", lang))
    _upload(lang)
    st.header(text("view.data.begin", lang))
    _begin(lang)
    st.header(text("view.data.dictionary", lang))
    show_dictionary(lang)


def _upload(lang: str) -> None:
    files = st.file_uploader(
        text("view.data.upload", lang, limit=MAX_UPLOAD_MB), type=_TYPES, accept_multiple_files=True,
        max_upload_size=MAX_UPLOAD_MB, key="upload",
    )  # fmt: skip
    if not files:
        return
    verdict = _verdict(files, lang)
    show_findings(verdict.findings, lang, key="upload-findings")
    if verdict.desk is not None:
        _understood(verdict.desk, lang)


def _verdict(files: Sequence[Any], lang: str) -> Verdict:
    """Checked once for each upload, whatever else is clicked on the page."""
    ids = tuple(file.file_id for file in files)
    if st.session_state.get(_CHECKED, (None, None))[0] != ids:
        with st.spinner(text("view.data.checking", lang)):
            verdict = check([Upload(file.name, file.getvalue()) for file in files])
        st.session_state[_CHECKED] = (ids, verdict)
    found: Verdict = st.session_state[_CHECKED][1]
    return found


def _understood(desk: Desk, lang: str) -> None:
    horizon, queues = desk.settings.horizon, ", ".join(desk.settings.queues)
    facts = {"name": plain(desk.settings.name), "first": horizon.start, "end": horizon.end, "queues": plain(queues)}
    st.markdown(text("view.data.understood", lang, **facts))
    rows = [{"table": table(name).title(lang), "rows": len(frame)} for name, frame in desk.tables.items()]
    show_plain_table(pd.DataFrame(rows), lang, key="understood")
    st.markdown(text("view.data.next", lang))
    st.code("peakdesk plan DESK --out out/DESK", language="bash")


def _begin(lang: str) -> None:
    st.markdown(text("view.data.templates", lang))
    words = {"book": text("view.data.template_book", lang), "folder": text("view.data.template_folder", lang)}
    st.download_button(words["book"], _template_book, file_name="template.xlsx", on_click="ignore")
    st.download_button(words["folder"], _template_folder, file_name="template.zip", on_click="ignore")
    st.markdown(text("view.data.samples", lang))
    for name in SAMPLES:
        folder = sample_path(name)
        if folder.is_dir():
            label = text("view.data.sample", lang, name=name)
            st.download_button(label, partial(_zipped, folder), file_name=f"{name}.zip", on_click="ignore")


def _template_book() -> bytes:
    with TemporaryDirectory(prefix="peakdesk-") as folder:
        write_template_book(Path(folder) / "template.xlsx")
        return (Path(folder) / "template.xlsx").read_bytes()


def _template_folder() -> bytes:
    with TemporaryDirectory(prefix="peakdesk-") as folder:
        write_templates(folder)
        return _zipped(Path(folder))


def _zipped(folder: Path) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            if file.is_file():
                archive.write(file, file.name)
    return buffer.getvalue()


_draw(language())
