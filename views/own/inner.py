"""What the program reads for people who may not read it themselves, kept once for all of them."""

from datetime import UTC, datetime

import streamlit as st

from planner.swap import Ground, Judged, SwapVerdict, judged_plan, swap_ground, swap_verdict
from store import Principal, Request, Store, owner, read_edits
from views.api.serve import the_store
from views.kept_desk import kept_desk

_GROUNDS, _VERDICTS = 2, 64


@st.cache_resource(max_entries=_GROUNDS, show_spinner=False)
def kept_ground(plan: str) -> Ground:
    """Desk and curves of a stored plan by its hash; likewise."""
    return swap_ground(the_store(), plan, kept_desk)


def kept_verdict(principal: Principal, request: Request) -> SwapVerdict:
    """What the rules say of a swap, worked out anew only after somebody edited the plan.

    Raises
    ------
    NotYoursError : the principal is not to answer the request.
    """
    edits = read_edits(the_store(), owner(), request.plan or "")
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return _verdict(the_store(), request.id, request.plan or "", edits[-1].id if edits else 0, principal, hour)


@st.cache_resource(max_entries=_VERDICTS, show_spinner=False)
def _verdict(_store: Store, number: int, plan: str, last: int, principal: Principal, hour: datetime) -> SwapVerdict:
    """``last`` entry of the plan's journal and ``hour`` belong to the key."""
    return swap_verdict(_store, principal, number, kept_ground(plan), judged=_judged(_store, plan, last))


@st.cache_resource(max_entries=_GROUNDS, show_spinner=False)
def _judged(_store: Store, plan: str, last: int) -> Judged:
    """The plan as it stands after the ``last`` entry of its journal."""
    return judged_plan(_store, plan, kept_ground(plan))
