"""The form for another briefing."""

import streamlit as st

from desk.i18n import text
from desk.natural import natural
from planner.briefing import invited, uninvited
from store import Principal, allowed
from views.briefing.following import keep_desk, window
from views.briefing.ground import Ground
from views.markdown import plain
from views.several import choose_several

_NONE = ""
_MOST_MIN = 480


def may_add(principal: Principal, own: Ground) -> bool:
    """Whether the desk is one of the store, and the principal may change it."""
    return own.version is not None and allowed(principal, "desk.write")


def show_adding(principal: Principal, own: Ground, lang: str) -> None:
    """Draw what a briefing needs to be planned; saved, it is a new version of the desk."""
    if not may_add(principal, own):
        return
    st.header(text("view.briefings.add", lang))
    with st.form("briefing-add", border=True):
        name = st.text_input(text("view.briefings.name", lang), key="add-name").strip()
        left, right = st.columns(2)
        step = own.desk.settings.interval_min
        minutes = left.number_input(
            text("view.briefings.minutes", lang), step, max(step, _MOST_MIN), step, step, key="add-minutes"
        )  # fmt: skip
        most = right.number_input(text("view.briefings.sessions_max", lang), 1, 200, 3, key="add-sessions")
        start, end = window(own, lang, key="add")
        teams = sorted(own.desk.table("agents")["team"].dropna().unique(), key=natural)
        who = choose_several(text("view.briefings.who", lang), teams, lang, key="add-who", first=teams)
        queues = [_NONE, *own.desk.settings.queues]
        words = {_NONE: text("view.briefings.no_queue", lang)} | {queue: queue for queue in own.desk.settings.queues}
        queue = st.selectbox(
            text("view.briefings.grants", lang), queues, format_func=words.__getitem__, key="add-queue"
        )  # fmt: skip
        everybody = st.checkbox(text("view.briefings.invite_all", lang), value=True, key="add-everybody")
        sent = st.form_submit_button(text("view.briefings.add_it", lang), type="primary")
    if not sent:
        return
    if not name or not who:
        st.error(text("view.briefings.incomplete", lang))
        return
    going = [*who, *(_holders(own, queue, who) if queue and everybody else [])]
    row = {"activity": name, "minutes": float(minutes), "window_start": start, "window_end": end}
    row |= {"who": tuple(going), "sessions_max": float(most), "grants_skill": queue or None}
    keep_desk(principal, own, invited(own.desk, row), text("view.briefings.why_added", lang, activity=name), lang)


def _holders(own: Ground, queue: str, teams: list[str]) -> list[str]:
    """Who takes the queue and is in none of the teams."""
    agents, skills = own.desk.table("agents"), own.desk.table("skills")
    able = set(skills.loc[skills["queue"] == queue, "agent"])
    return agents.loc[agents["agent"].isin(able) & ~agents["team"].isin(teams), "agent"].tolist()


def show_uninvited(own: Ground, activity: str, lang: str) -> None:
    """Draw a warning where somebody can take the queue of an activity without being invited to it."""
    free = uninvited(own.desk, activity) if own.version is not None else []
    if free:
        names = ", ".join(free[:8]) + ("…" if len(free) > 8 else "")
        st.warning(plain(text("view.briefings.uninvited", lang, count=len(free), names=names)))
