"""What was chosen on a page, found again by who comes back to it: Streamlit forgets what it does not draw."""

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

Value = TypeVar("Value")
_CHOSEN, _FIELDS, _PAGE = "recalled-chosen", "recalled-fields", "recalled-page"
KEYS = (
    "actual-queue", "advisor-kind", "calendar-queue", "edit-team", "forecast-cut", "forecast-queue", "forecast-span",
    "incentives-team", "measure", "paid-team", "roster-day", "roster-form", "roster-queue", "roster-team",
    "staffing-day", "staffing-queue", "versions-cut", "whatif-more", "whatif-queue",
)  # fmt: skip
"""Keys of fields that begin with nothing of their own: lists with their first entry, and so again where one holds no
longer what was chosen; a box empty.
"""


def recall(page: str) -> None:
    """Before a page is drawn: note what stands in such fields, and on another page than before put it into its own."""
    kept: dict[str, Any] = st.session_state.setdefault(_CHOSEN, {})
    kept.update({key: st.session_state[key] for key in KEYS if key in st.session_state})
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        st.session_state.update(kept)


def again(about: str, key: str, usual: Value, draw: Callable[[Value], Value]) -> Value:
    """What ``draw`` gets from somebody, beginning with what it got before; with ``usual`` the first time.

    Parameters
    ----------
    about : what all of these are of; with another one they begin anew.
    """
    kept: dict[str, Value] = _of(about)
    value = draw(kept.get(key, usual))
    if value == usual:
        kept.pop(key, None)
    else:
        kept[key] = value
    return value


def forget(about: str) -> None:
    """From now on all of these begin with the usual."""
    _of(about).clear()


def _of(about: str) -> dict[str, Any]:
    found: dict[str, Any] = st.session_state.setdefault(_FIELDS, {}).setdefault(about, {})
    return found
