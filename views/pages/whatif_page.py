"""What if: other traffic, other people, other settings; scenarios side by side."""

from functools import lru_cache
from shlex import quote

import pandas as pd
import streamlit as st

import charts
from desk import InputError
from desk.i18n import text
from forecast import Model, fit
from planner.page.whatif import cell, change_words, measure_words
from planner.rows import rows
from planner.whatif import Beside, WhatIf, answer, beside, read_suppositions
from views.findings import show_findings
from views.markdown import plain
from views.opened import OpenPlan
from views.page import show
from views.paging import queue_choice
from views.picture import show_picture
from views.supposing import suppose
from views.table_shown import show_plain_table

_SAVED = "whatif-saved"


def _draw(plan: OpenPlan, lang: str) -> None:
    st.markdown(plain(text("view.whatif.intro", lang)))
    levers, shown = st.columns([1, 2], gap="large")
    with levers:
        written = suppose(plan.planned.desk, lang)
    with shown:
        if not written:
            st.info(text("view.whatif.none", lang))
        else:
            _answered(plan, written, lang)
        _side_by_side(plan, lang)


def _answered(plan: OpenPlan, written: list[str], lang: str) -> None:
    try:
        suppositions = read_suppositions(written)
        with st.spinner(text("view.whatif.working", lang), show_time=True):
            found = answer(plan.planned, suppositions, _model(plan), _before(plan))
    except InputError as error:
        show_findings(error.findings, lang, key="whatif-refused")
        return
    st.markdown(plain(text("planner.whatif.supposed", lang, all="; ".join(written))))
    show_plain_table(_table(found, lang), lang, key="whatif-measures", words="view.whatif.column")
    for finding in found.findings:
        st.caption(plain(finding.line(lang)))
    _load(found, lang)
    _next(plan, found, written, lang)


def _table(found: WhatIf, lang: str) -> pd.DataFrame:
    currency = found.before.desk.settings.currency
    told = [
        {
            "measure": measure_words(row, lang),
            "before": cell(row.measure, row.before, currency),
            "after": cell(row.measure, row.after, currency),
            "change": change_words(row),
        }
        for row in rows(found.frame())
    ]
    return pd.DataFrame(told)


def _load(found: WhatIf, lang: str) -> None:
    before, after = found.before.plan.service, found.after.plan.service
    queue = queue_choice(list(before["queue"].unique()), lang, key="whatif-queue")
    limit = found.after.desk.settings.rules.overload_limit
    behind = after.loc[after["queue"] == queue, ["start", "queue", "offered", "effective_agents", "required", "load"]]
    figure = charts.load_beside(before, after, lang=lang, queue=queue, limit=limit)
    show_picture(figure, behind, "service", lang, key="whatif-load")


def _next(plan: OpenPlan, found: WhatIf, written: list[str], lang: str) -> None:
    name = st.text_input(text("view.whatif.name", lang), value="; ".join(written), key="whatif-name")
    if st.button(text("view.whatif.save", lang), key="whatif-save"):
        st.session_state.setdefault(_SAVED, {}).setdefault(plan.key, {})[name] = found.frame()
    st.markdown(text("view.whatif.replan", lang))
    given = " ".join(f"--set {quote(own)}" for own in written)
    st.code(f"peakdesk whatif {quote(str(plan.path))} {given} --replan {quote(f'{plan.path}-new')}", language="bash")


def _side_by_side(plan: OpenPlan, lang: str) -> None:
    saved: dict[str, pd.DataFrame] = st.session_state.get(_SAVED, {}).get(plan.key, {})
    if not saved:
        return
    st.header(text("view.whatif.saved", lang))
    currency = plan.planned.desk.settings.currency
    first = next(iter(saved.values()))
    table = pd.DataFrame({"measure": [measure_words(row, lang) for row in rows(first)]})
    table["before"] = [cell(row.measure, row.before, currency) for row in rows(first)]
    for name, frame in saved.items():
        table[name] = [f"{cell(row.measure, row.after, currency)} ({change_words(row)})" for row in rows(frame)]
    show_plain_table(table, lang, key="whatif-saved-table", words="view.whatif.column")
    if st.button(text("view.whatif.forget", lang), key="whatif-forget"):
        del st.session_state[_SAVED][plan.key]
        st.rerun()


@lru_cache(maxsize=2)
def _model(plan: OpenPlan) -> Model:
    return fit(plan.planned.desk)


@lru_cache(maxsize=4)
def _before(plan: OpenPlan) -> Beside:
    planned = plan.planned
    return beside(planned.desk, planned.forecast, planned.plan)


show("whatif", _draw)
