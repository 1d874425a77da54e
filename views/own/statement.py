"""A person's statement: on the page, and to take away."""

from contextlib import suppress

import streamlit as st

from desk import InputError
from desk.i18n import text
from store import Principal, ScoreRun, read_statement
from views.api.serve import the_store

_FILES = {"json": ("application/json", "json"), "lines": ("text/csv", "csv")}


def show_statement(principal: Principal, run: ScoreRun, lang: str) -> None:
    """Draw the statement of a scoring under a fold, and its downloads."""
    page = _form(principal, run, lang)
    if page is None:
        st.info(text("view.score.no_statement", lang))
        return
    with st.expander(text("view.score.statement", lang)):
        st.iframe(page.decode("utf-8"), height=640, alt=text("view.score.statement", lang))
    files = {lang: (page, "text/html", "html")}
    for form, (kind, ending) in _FILES.items():
        if (content := _form(principal, run, form)) is not None:
            files[form] = (content, kind, ending)
    for place, (form, (content, kind, ending)) in zip(st.columns(len(files)), files.items(), strict=True):
        place.download_button(
            text(f"view.score.download.{ending}", lang),
            content,
            file_name=f"statement-{run.id}.{ending}",
            mime=kind,
            key=f"statement-{form}",
            on_click="ignore",
            width="stretch",
        )


def _form(principal: Principal, run: ScoreRun, form: str) -> bytes | None:
    with suppress(InputError):
        return read_statement(the_store(), principal, run.id, principal.agent or "", form)
    return None
