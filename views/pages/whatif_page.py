"""What if: other traffic, other people, other settings; scenarios side by side."""

import pandas as pd
import streamlit as st

import charts
from desk import InputError
from desk.i18n import text
from planner.page.whatif import account_words, cell, change_words, measure_words
from planner.rows import rows
from planner.whatif import WhatIf, read_suppositions
from views.findings import show_findings
from views.markdown import plain
from views.opened import OpenPlan
from views.page import show
from views.paging import queue_choice
from views.picture import show_picture
from views.supposing import suppose
from views.table_shown import show_plain_table
from views.whatif.answered import answered, prepare_answers
from views.whatif.replan import offer_replan, show_replan
from views.whatif.saved import offer_to_save, show_saved

_SUMMED = ("overloaded", "total")
_SUMMED_HEADS = ("missing", "total")


def _draw(plan: OpenPlan, lang: str) -> None:
    prepare_answers(plan)
    st.markdown(plain(text("view.whatif.intro", lang)))
    levers, shown = st.columns([1, 2], gap="large")
    with levers:
        written = suppose(plan.planned.desk, lang)
    with shown:
        if not written:
            st.info(text("view.whatif.none", lang))
        else:
            _answered(plan, written, lang)
        show_replan(lang)
        show_saved(plan, lang)


def _answered(plan: OpenPlan, written: list[str], lang: str) -> None:
    try:
        with st.spinner(text("view.whatif.working", lang), show_time=True):
            found = answered(plan, read_suppositions(written))
    except InputError as error:
        show_findings(error.findings, lang, key="whatif-refused")
        return
    st.markdown(plain(text("planner.whatif.supposed", lang, all="; ".join(written))))
    _in_brief(found, lang)
    for finding in found.findings:
        st.warning(plain(finding.line(lang)))
    show_plain_table(_table(found, lang), lang, key="whatif-measures", words="view.whatif.column")
    if words := account_words(found, lang):
        st.caption(plain(words))
    _load(found, lang)
    offer_to_save(plan, found, lang)
    offer_replan(plan, written, lang)


def _in_brief(found: WhatIf, lang: str) -> None:
    """The two changes that are looked at first."""
    told, currency = found.frame(), found.before.desk.settings.currency
    names = _SUMMED if found.before.brief.queues else _SUMMED_HEADS
    for place, row in zip(st.columns(len(names)), rows(told[told["measure"].isin(names)]), strict=True):
        words, value, change = measure_words(row, lang), cell(row.measure, row.after, currency), change_words(row)
        place.metric(words, value, change, border=True, delta_color="off", delta_arrow="off")


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
    if before.empty:
        return
    queue = queue_choice(list(before["queue"].unique()), lang, key="whatif-queue")
    limit = found.after.desk.settings.rules.overload_limit
    behind = after.loc[after["queue"] == queue, ["start", "queue", "offered", "effective_agents", "required", "load"]]
    figure = charts.load_beside(before, after, lang=lang, queue=queue, limit=limit)
    show_picture(figure, behind, "service", lang, key="whatif-load")


show("whatif", _draw)
