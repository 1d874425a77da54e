"""Drivers, other models and promotions: what was tried, what was learned, on what evidence."""

import pandas as pd
import streamlit as st

import charts
from desk.i18n import text
from planner.tuned import verdicts_of
from views.forecast.drawn import as_share, show_drawn
from views.forecast.sight import Sight
from views.markdown import plain


def show_tried(sight: Sight, queue: str, lang: str) -> None:
    """Draw the trials of drivers and models of a queue, and a sentence for each."""
    st.header(text("view.learned.drivers", lang))
    verdicts = verdicts_of(sight.forecast.evidence, queue, lang)
    if not verdicts:
        st.info(text("view.learned.no_trials", lang))
        return
    columns = ["name", "without", "having", "admitted", "words"]
    table = pd.DataFrame([[getattr(own, name) for name in columns] for own in verdicts], columns=columns)
    figure = charts.trials(table, lang=lang, queue=queue)
    show_drawn(figure, as_share(table.drop(columns="words"), "without", "having"), lang, key="trials")
    st.markdown("\n".join(f"- {plain(own.words)}" for own in verdicts))


def show_lags(sight: Sight, queue: str, lang: str) -> None:
    """Draw how the queue follows each driver that it admitted."""
    lags = sight.learned["lags"]
    own = lags[lags["queue"] == queue]
    if own.empty:
        return
    st.header(text("view.learned.lags", lang))
    for place, (driver, rows) in enumerate(own.groupby("driver", sort=True)):
        figure = charts.lags(rows, lang=lang, queue=queue, driver=str(driver))
        show_drawn(figure, rows.drop(columns="queue"), lang, key=f"lags-{place}")


def show_kernels(sight: Sight, queue: str, lang: str) -> None:
    """Draw what a kind of phase does to the queue, chosen among those that were seen."""
    st.header(text("view.learned.kernels", lang))
    kernels = sight.learned["kernels"]
    own = kernels[kernels["queue"] == queue]
    if own.empty:
        st.info(text("view.learned.no_kernels", lang))
        return
    phases = list(dict.fromkeys(own["phase"].astype(str)))
    phase = st.selectbox(text("view.learned.kernel", lang), phases, format_func=str, key=f"kernel-{queue}")
    lags = sight.learned["lags"]
    drivers = ", ".join(dict.fromkeys(lags.loc[lags["queue"] == queue, "driver"].astype(str)))
    figure = charts.event_kernel(own, lang=lang, queue=queue, phase=phase, drivers=drivers)
    behind = own[(own["phase"] == phase) & (own["promotion"] == "")]
    show_drawn(figure, behind[["cut", "since", "log_lift", "low", "high"]], lang, key="kernel")
