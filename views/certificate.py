"""How good the plan provably is, in words and numbers."""

import streamlit as st

from desk.i18n import text
from planner.page.certificate import certificate_sentences
from planner.page.number import share, whole
from planner.planned import Planned
from views.figure import Figure, show_figures
from views.markdown import plain


def show_certificate(planned: Planned, lang: str) -> None:
    """Draw how the optimisation ended: objective, bound, gap, time, the audit's verdict."""
    outcome, currency = planned.plan.outcome, planned.desk.settings.currency
    figures = [
        Figure("certificate.objective", whole(outcome.objective), currency),
        Figure("certificate.bound", whole(outcome.bound), currency),
        Figure("certificate.gap", share(outcome.gap, 2)),
        Figure("certificate.seconds", text("view.certificate.in_seconds", lang, value=outcome.seconds)),
    ]
    show_figures(figures, lang)
    st.markdown("\n".join(f"- {plain(words)}" for words in certificate_sentences(planned, lang)))
