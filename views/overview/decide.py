"""What needs a decision, the gravest first, each with the page where it is decided."""

import re
from collections.abc import Sequence

import streamlit as st

from desk import Finding
from desk.i18n import text
from planner.verdict import grave_first
from views.findings import kinds_of, show_findings
from views.link import may_open, show_link
from views.markdown import plain

_MOST = 4
_WHERE = (
    (r"duty_activity|duty_untrained", "briefings"),
    (r"overload_expected|headcounts_|occupancy_expected|nobody_|target_missed|duty_presence|duty_over", "advisor"),
    (r"roster_|duty_|explain_|stopped_|no_bound|import_|edited_|solver_|gap_", "roster"),
    (r"service_differs|log_|patience_|handling_|learn_", "staffing"),
    (r"contact_|measure_|scheme_|part_unpaid|budget_|weights_|guard|reward_|overtime_|gate_|appeal_|template_|"
     r"response_|refunds_|presence_from|overload_from|little_evidence|no_measurable|attribution_|customers_|"
     r"guarantee_|unpaid_|cap_|factor_twice|exempt_", "incentives"),
    (r"history_|queue_|level_|phases_|phase_|lift_|driver_|unknown_model|outlying_|simple_model|horizon_past|"
     r"actuals_|backtest_|review_", "forecast"),
)  # fmt: skip
_ELSE = "data"


def decided_on(code: str) -> str:
    """The page on which what a finding says is decided."""
    return next((page for pattern, page in _WHERE if re.match(pattern, code)), _ELSE)


def show_decisions(findings: Sequence[Finding], lang: str) -> None:
    """Draw one sentence for each kind of finding that asks something, with a link; all findings in a table below."""
    asking = [own for own in grave_first(findings) if own.severity != "note"]
    if not asking:
        st.success(text("view.findings.none", lang))
    for alike in kinds_of(asking)[:_MOST]:
        with st.container(border=True):
            st.markdown(_said(alike, lang))
            page = decided_on(alike[0].code)
            if may_open(page):
                title = text(f"view.{page}.title", lang)
                show_link(page, lang, label=text("view.overview.decide_on", lang, page=title))
    if findings:
        with st.expander(text("view.overview.all_findings", lang, count=len(findings))):
            show_findings(findings, lang, key="findings")


def _said(alike: Sequence[Finding], lang: str) -> str:
    """What was found, without its cure: that stands in the table of all."""
    first = alike[0]
    severity = text(f"view.findings.severity.{first.severity}", lang)
    more = text("view.findings.more", lang, count=len(alike) - 1) if len(alike) > 1 else ""
    return f"**{severity}** {plain(first.message(lang))} {plain(more)}"
