"""Everything that a desk is made of: check your own, take a template or a sample, look a column up."""

from functools import partial
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd
import streamlit as st

from data import SAMPLES, sample_path
from desk import Desk
from desk.i18n import text
from desk.tables import INPUT_TABLES, OUTPUT_TABLES, table
from views.findings import show_findings
from views.language import language
from views.markdown import plain
from views.table_shown import show_plain_table
from views.upload.check import check
from views.upload.unpack import MAX_UPLOAD_MB, Upload

_TYPES = ("xlsx", "zip", "csv", "toml")


def _draw(lang: str) -> None:
    st.title(text("view.data.title", lang))
    st.header(text("view.data.check", lang))
    _upload(lang)
    st.header(text("view.data.begin", lang))
    _samples(lang)
    st.header(text("view.data.dictionary", lang))
    _dictionary(lang)


def _upload(lang: str) -> None:
    files = st.file_uploader(
        text("view.data.upload", lang, limit=MAX_UPLOAD_MB), type=_TYPES, accept_multiple_files=True,
        max_upload_size=MAX_UPLOAD_MB, key="upload",
    )  # fmt: skip
    if not files:
        return
    with st.spinner(text("view.data.checking", lang)):
        verdict = check([Upload(file.name, file.getvalue()) for file in files])
    show_findings(verdict.findings, lang, key="upload-findings")
    if verdict.desk is not None:
        _understood(verdict.desk, lang)


def _understood(desk: Desk, lang: str) -> None:
    horizon, queues = desk.settings.horizon, ", ".join(desk.settings.queues)
    facts = {"name": plain(desk.settings.name), "first": horizon.start, "end": horizon.end, "queues": plain(queues)}
    st.markdown(text("view.data.understood", lang, **facts))
    rows = [{"table": table(name).title(lang), "rows": len(frame)} for name, frame in desk.tables.items()]
    show_plain_table(pd.DataFrame(rows), lang, key="understood")
    st.markdown(text("view.data.next", lang))
    st.code("peakdesk plan DESK --out out/DESK", language="bash")


def _samples(lang: str) -> None:
    st.markdown(text("view.data.samples", lang))
    for name in SAMPLES:
        folder = sample_path(name)
        if folder.is_dir():
            words = text("view.data.sample", lang, name=name)
            st.download_button(words, partial(_zipped, name), file_name=f"{name}.zip", on_click="ignore")


def _zipped(name: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for file in sorted(sample_path(name).iterdir()):
            if file.is_file():
                archive.write(file, file.name)
    return buffer.getvalue()


def _dictionary(lang: str) -> None:
    names = (*INPUT_TABLES, *OUTPUT_TABLES)
    chosen = st.selectbox(
        text("view.data.table", lang),
        names,
        key="dictionary",
        format_func=lambda name: f"{table(name).title(lang)} ({name})",
    )
    st.markdown(table(chosen).help(lang))
    rows = [
        {
            "column": column.name, "title": column.title(lang), "kind": text(f"view.kind.{column.kind}", lang),
            "unit": column.unit, "needed": text(f"view.needed.{_need(column.optional, column.empty)}", lang),
            "help": column.help(lang),
        }
        for column in table(chosen).columns.values()
    ]  # fmt: skip
    show_plain_table(pd.DataFrame(rows), lang, key="dictionary")


def _need(optional: bool, empty: bool | str) -> str:
    return "optional" if optional else "may_be_blank" if empty else "always"


_draw(language())
