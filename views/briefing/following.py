"""What follows for the desk: who may take the queue from now on, and another session for the others."""

from datetime import datetime, time, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from desk import Desk, InputError
from desk.i18n import text
from planner.briefing import Again, certified, pending, settled
from planner.desk_change import changed_desk
from store import Principal, allowed, list_desks, load_desk_version, save_desk
from views.api.serve import the_store
from views.briefing.ground import Ground
from views.days import DAY_FORM
from views.findings import show_findings
from views.job_shown import begin_job, follow_begun
from views.markdown import plain
from views.told import tell

_FIRST_H, _LAST_H = 9, 21
_MOST_VERSIONS = 30


def show_following(principal: Principal, own: Ground, activity: str, lang: str) -> None:
    """Draw what the records mean for the desk, and a way to make it so: a new version, and a plan of it."""
    if own.version is None or not allowed(principal, "desk.write"):
        return
    done, failed = settled(own.standing, activity)
    st.header(text("view.briefings.follows", lang))
    if not pending(own.desk, own.standing, activity):
        st.info(text("view.briefings.nothing_follows", lang))
        return
    rows = own.standing[own.standing["activity"] == activity]
    queue = next(iter(rows["queue"]), "")
    key = "follows_queue" if queue else "follows_none"
    st.markdown(plain(text(f"view.briefings.{key}", lang, done=len(done), failed=len(failed), queue=queue)))
    again = _again(own, lang) if failed else None
    if st.button(text("view.briefings.make_so", lang), key="briefing-follow", type="primary"):
        tables = certified(own.desk, own.standing, activity, again, _before(principal, own, activity))
        keep_desk(principal, own, tables, text("view.briefings.why", lang, activity=activity), lang)


def _before(principal: Principal, own: Ground, activity: str) -> Desk | None:
    """The newest version of the desk, or of the plan's, in which somebody was invited to the activity."""
    if own.planned is not None and activity in set(own.planned.table("activities")["activity"]):
        return own.planned
    versions = [version for version in list_desks(the_store(), principal) if version.name == own.name]
    for version in versions[:_MOST_VERSIONS]:
        found = load_desk_version(the_store(), principal, version.hash)
        if activity in set(found.table("activities")["activity"]):
            return found
    return None


def keep_desk(principal: Principal, own: Ground, tables: dict[str, pd.DataFrame], why: str, lang: str) -> None:
    """Save the desk with other tables as a new version, or show why it can't be had."""
    try:
        seen = None if own.version is None else own.version.hash
        version = save_desk(the_store(), principal, changed_desk(own.desk, tables), why, seen=seen)
    except InputError as error:
        show_findings(error.findings, lang, key="briefing-refused")
        return
    tell("success", text("view.briefings.version", lang, name=version.name))
    st.rerun()


def show_planning(principal: Principal, own: Ground, lang: str) -> None:
    """Draw the way to a plan that holds the sessions, where the newest desk has activities no plan has yet."""
    if own.version is None or not allowed(principal, "plan.write"):
        return
    if _unplanned(own):
        st.info(text("view.briefings.plan_needed", lang))
        if st.button(text("view.empty.plan", lang), key="briefing-plan", type="primary"):
            begin_job("plan", {"desk": own.version.hash, "lang": lang}, lang)
    follow_begun("plan", lang)


def _unplanned(own: Ground) -> bool:
    return own.planned is None or own.planned.content_hash != own.desk.content_hash


def _again(own: Ground, lang: str) -> Again | None:
    """Another session for who failed or missed it, where it is wanted."""
    if not st.toggle(text("view.briefings.again", lang), value=True, key="briefing-again"):
        st.warning(text("view.briefings.taken_away", lang))
        return None
    start, end = window(own, lang, key="again")
    most = st.number_input(text("view.briefings.sessions_max", lang), 1, 50, 1, key="again-sessions")
    return Again(start, end, int(most))


def window(own: Ground, lang: str, *, key: str) -> tuple[datetime, datetime]:
    """Draw the choice of days and hours between which sessions may be held."""
    horizon: Any = own.desk.settings.horizon
    last = horizon.end - timedelta(days=1)
    columns = st.columns(4)
    told = {name: text(f"view.briefings.{name}", lang) for name in ("from_day", "from_hour", "to_day", "to_hour")}
    first_day = columns[0].date_input(
        told["from_day"], horizon.start, horizon.start, last, key=f"{key}-from-day", format=DAY_FORM
    )
    first = columns[1].time_input(told["from_hour"], time(_FIRST_H), key=f"{key}-from")
    last_day = columns[2].date_input(told["to_day"], last, horizon.start, last, key=f"{key}-to-day", format=DAY_FORM)
    until = columns[3].time_input(told["to_hour"], time(_LAST_H), key=f"{key}-to")
    return datetime.combine(first_day, first), datetime.combine(last_day, until)
