"""An agent's statement as the agent sees it, and the lines from each contact to the cent."""

import re
from io import BytesIO

import pandas as pd
import streamlit as st

from desk import InputError
from desk.formula import unguarded
from desk.i18n import catalogue, text
from incentive import measure_title
from planner.pay.run import LINES
from store import Principal, ScoreRun, read_statement
from views.api.serve import the_store
from views.incentive.runs import scheme_of
from views.table_shown import csv_bytes, show_plain_table

_BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)
_STYLE = """<style>.statement table { border-collapse: collapse; width: 100%; max-width: 46rem; }
.statement td { border-top: 1px solid #d9dee4; padding: .4rem .5rem .4rem 0; vertical-align: top; }
.statement td:first-child { font-weight: 600; min-width: 4.6em; }
.statement td:nth-child(3) { text-align: right; white-space: nowrap; }
.statement tr.total td { border-top: 2px solid #1f2933; font-weight: 600; } .statement code { overflow-wrap: anywhere; }
.statement { max-width: 46rem; }</style>"""
_MOST_ROWS = 2_000


def show_statement(principal: Principal, run: ScoreRun, agent: str, lang: str) -> None:
    """Draw a person's statement of a scoring, its downloads, and its lines.

    Raises
    ------
    InputError : there is none that the principal may see.
    """
    page = read_statement(the_store(), principal, run.id, agent, lang)
    body = _BODY.search(page.decode())
    words = body.group(1) if body else ""
    st.html(f'{_STYLE}<div class="statement">{words.replace("<h1", "<h2").replace("</h1", "</h2")}</div>')
    key = f"statement-{run.id}-{agent}"
    with st.container(horizontal=True):
        st.download_button(
            text("view.pay.download_statement", lang), page, file_name=f"{key}.{lang}.html", mime="text/html",
            key=f"{key}-html", on_click="ignore",
        )  # fmt: skip
        st.download_button(
            text("view.pay.download_data", lang), lambda: read_statement(the_store(), principal, run.id, agent),
            file_name=f"{key}.json", mime="application/json", key=f"{key}-json", on_click="ignore",
        )  # fmt: skip
    show_lines(principal, run, agent, lang)


def show_lines(principal: Principal, run: ScoreRun, agent: str, lang: str) -> None:
    """Draw the lines from contact to cent, of one measure at a time; all of them are in the download."""
    lines = lines_of(principal, run, agent)
    if lines is None or lines.empty:
        return
    key = f"lines-{run.id}-{agent}"
    st.subheader(text("view.pay.lines", lang))
    st.caption(text("view.pay.lines_words", lang))
    paid = [name for name in scheme_of(run).weights if (lines["measure"] == name).any()]
    names = [*paid, *([""] if (lines["measure"] == "").any() else [])]
    chosen = st.selectbox(
        text("view.app.measure", lang), names, key=f"{key}-measure",
        format_func=lambda name: measure_title(name, lang) if name else text("view.pay.left_out", lang),
    )  # fmt: skip
    own = lines[lines["measure"] == chosen]
    show_plain_table(shown_lines(own.head(_MOST_ROWS), lang), lang, key=key, words="view.pay.line")
    whole = text("view.pay.lines_all", lang, count=len(lines))
    st.download_button(
        whole, lambda: csv_bytes(shown_lines(lines, lang)), file_name=f"{key}.csv", mime="text/csv", key=f"{key}-all",
        on_click="ignore",
    )  # fmt: skip


def lines_of(principal: Principal, run: ScoreRun, agent: str) -> pd.DataFrame | None:
    """The lines of a statement; None where it has none."""
    try:
        content = read_statement(the_store(), principal, run.id, agent, LINES)
    except InputError:
        return None
    texts = dict.fromkeys(("measure", "contact", "queue", "left_out", "start"), "str")
    read = pd.read_csv(BytesIO(content), dtype=texts, keep_default_na=False, na_values=[""])
    read = read.fillna(dict.fromkeys(texts, ""))
    return read.assign(contact=unguarded(read["contact"]), queue=unguarded(read["queue"]))


def shown_lines(lines: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Lines in the reader's words, without the columns that hold nothing."""
    known = catalogue(lang)
    titles = lines["measure"].map(lambda name: measure_title(name, lang) if name else "")
    reasons = lines["left_out"].map(lambda name: known.get(f"view.pay.guard.{name}", name))
    own = lines.assign(measure=titles, left_out=reasons).replace({"": pd.NA})
    return own.dropna(axis="columns", how="all").round({"load": 2, "expected": 4, "units": 4, "amount": 4})
