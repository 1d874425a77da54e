"""What somebody is about to change, kept in their session until it is saved or forgotten."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from desk import Finding
from planner.editing.verdict import Verdict, appraised, verdict
from planner.editing.wanted import Standing, Wanted, versions_seen
from store import read_edits
from views.api.serve import the_store
from views.opened import OpenPlan
from views.roster.may import Stored

if TYPE_CHECKING:
    from scheduler import Appraisal

_BASKET, _SEEN, _CONFLICT, _JUDGED = "edit-basket", "edit-seen", "edit-conflict", "edit-judged"


@dataclass(frozen=True)
class Draft:
    """What is wanted together, the newest entry of the journal that its author had seen, and the reason; once another
    edit was met, what the store found.
    """

    plan: str
    wanted: tuple[Wanted, ...]
    seen: int
    why: str = ""
    findings: tuple[Finding, ...] = ()


def basket(plan: OpenPlan) -> list[Wanted]:
    """What was put aside to be changed together with the next choice."""
    kept: list[Wanted] = st.session_state.setdefault(_BASKET, {}).setdefault(plan.key, [])
    return kept


def remember_seen(plan: OpenPlan, wanted: tuple[Wanted, ...]) -> None:
    """Keep what is on the screen now: the choice, and how far the journal is that it was judged by."""
    st.session_state[_SEEN] = Draft(plan.key, wanted, plan.newest)


def seen(plan_key: str) -> Draft | None:
    """The choice that was on the screen last."""
    draft: Draft | None = st.session_state.get(_SEEN)
    return draft if draft is not None and draft.plan == plan_key else None


def judged(plan: OpenPlan, own: Stored, wanted: tuple[Wanted, ...]) -> Verdict:
    """What the plan would be; worked out once for a choice on a state of the plan.

    Raises
    ------
    InputError : it can't be had at all.
    """
    key = (plan.stamp, wanted)
    kept = st.session_state.get(_JUDGED)
    if kept is None or kept[0] != key:
        kept = (key, verdict(plan.planned, standing_seen(plan, own, plan.newest), wanted, appraisal(plan)))
        st.session_state[_JUDGED] = kept
    found: Verdict = kept[1]
    return found


def standing_seen(plan: OpenPlan, own: Stored, entry: int) -> Standing:
    """The plan's rows as opened, its cells with the versions that they had at an entry of the journal."""
    made = plan.planned.plan
    edits = read_edits(the_store(), own.principal, own.version.hash)
    return Standing(made.roster, made.duty, versions_seen(edits, entry))


@lru_cache(maxsize=3)
def appraisal(plan: OpenPlan) -> "Appraisal":
    """Findings and costs of the plan as it stands, worked out once for each state of it."""
    return appraised(plan.planned)


def hold_conflict(draft: Draft | None) -> None:
    """Keep, or forget, an edit that met another one."""
    st.session_state[_CONFLICT] = draft


def conflict(plan_key: str) -> Draft | None:
    """The edit of this session that met another one and waits for a decision."""
    draft: Draft | None = st.session_state.get(_CONFLICT)
    return draft if draft is not None and draft.plan == plan_key else None
