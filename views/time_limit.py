"""How long the optimiser may search, chosen on a page."""

import streamlit as st

from desk import Desk

_LEAST_S, _MOST_S = 5, 3600


def choose_limit_s(label: str, desk: Desk, *, key: str) -> float:
    """Draw the choice, in seconds; at first the desk's own, whatever it is, and anew for another desk's."""
    usual = max(1, round(desk.settings.scheduler.time_limit_s))
    return float(st.number_input(label, min(_LEAST_S, usual), max(_MOST_S, usual), usual, key=f"{key}-{usual}"))
