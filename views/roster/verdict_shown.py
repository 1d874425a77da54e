"""What an edit would do, drawn before it is saved."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from desk import Desk, Finding
from desk.i18n import text
from planner.editing.verdict import Verdict
from planner.page.number import money, term
from views.figure import Figure, show_figures
from views.markdown import plain
from views.table_shown import show_plain_table

_MOST = 12


def show_verdict(found: Verdict, desk: Desk, lang: str) -> None:
    """Draw rules broken and mended in sentences, money and coverage in numbers, with the rows behind them."""
    st.subheader(text("view.roster.verdict.title", lang))
    if found.new:
        grave = any(one.severity == "error" for one in found.new)
        (st.error if grave else st.warning)(_sentences("new", found.new, lang))
    else:
        st.success(text("view.roster.verdict.good", lang))
    if found.gone:
        st.success(_sentences("gone", found.gone, lang))
    show_figures(_figures(found, desk, lang), lang)
    if len(found.costs):
        with st.expander(text("view.roster.verdict.terms", lang)):
            show_plain_table(cost_rows(found.costs, lang), lang, key="edit-costs", words="view.roster.verdict.column")
    if len(found.cover):
        with st.expander(text("view.roster.verdict.cover", lang)):
            rows = found.cover.assign(start=found.cover["start"].dt.strftime("%m-%d %H:%M"))
            show_plain_table(rows.round(2), lang, key="edit-cover", words="view.roster.verdict.column")


def cost_rows(costs: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Terms of the cost account in words, both sides and the change."""
    named = costs.assign(term=[term(name, lang) for name in costs["term"]])
    return named.assign(before=costs["before"].round(0), after=costs["after"].round(0))


def _sentences(key: str, found: Sequence[Finding], lang: str) -> str:
    ordered = sorted(found, key=lambda one: ("error", "warning", "note").index(one.severity))
    severity = {name: text(f"view.findings.severity.{name}", lang) for name in ("error", "warning", "note")}
    lines = [f"- {severity[one.severity]}: {plain(one.message(lang))}" for one in ordered[:_MOST]]
    if len(ordered) > _MOST:
        lines.append("- " + plain(text("view.findings.more", lang, count=len(ordered) - _MOST)))
    return "\n".join([text(f"view.roster.verdict.{key}", lang) + ":", "", *lines])


def _figures(found: Verdict, desk: Desk, lang: str) -> list[Figure]:
    currency, each_h = desk.settings.currency, desk.settings.interval_min / 60
    before, after = (each_h * value for value in found.short)
    key = "money" if found.dearer >= 0 else "money_less"
    hours = text("view.overview.hours", lang, hours=after)
    return [
        Figure(f"roster.verdict.{key}", money(abs(found.dearer), currency)),
        Figure("roster.verdict.short", hours, text("view.roster.verdict.was", lang, value=before)),
    ]
