"""Edit a roster: choose a person and a day, see at once what the rules say, save it with a reason."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charts.theme import day_words
from desk import Desk, InputError
from desk.i18n import text
from planner.editing.wanted import OFF, ON_BREAK, DayShift, Stretch, Wanted
from planner.rows import rows
from views.addressed import by_address, day_written
from views.findings import show_findings
from views.markdown import plain
from views.opened import OpenPlan
from views.roster.draft import basket, judged, remember_seen
from views.roster.grid import AGENT, DATE, show_grid
from views.roster.journal import show_journal
from views.roster.may import Stored
from views.roster.saving import show_conflict, show_saving
from views.roster.verdict_shown import show_verdict
from views.summary import names_in_order

_SHIFT, _STRETCH = "shift", "stretch"


def show_editor(plan: OpenPlan, own: Stored) -> None:
    """Draw the choice, the verdict, the way to save it, and the journal."""
    if own.may("edit"):
        show_conflict(plan, own)
        _edit(plan, own)
    show_journal(plan, own)


@st.fragment
def _edit(plan: OpenPlan, own: Stored) -> None:
    """Redrawn alone at every choice, so that the answer comes at once."""
    desk, lang = plan.planned.desk, own.lang
    st.markdown(plain(text("view.roster.edit.intro", lang)))
    show_grid(plan, lang)
    wanted = _choose(plan, desk, lang)
    together = (*basket(plan), *([wanted] if wanted is not None else []))
    _show_basket(plan, lang)
    if not together:
        return
    try:
        found = judged(plan, own, together)
    except InputError as error:
        show_findings(error.findings, lang, key="edit-impossible")
        return
    remember_seen(plan, together)
    if not found.edits:
        st.info(text("view.roster.edit.same", lang))
        return
    show_verdict(found, desk, lang)
    if wanted is not None:
        st.button(text("view.roster.edit.add", lang), key="edit-add", on_click=basket(plan).append, args=(wanted,))
    show_saving(plan, own, found)


def _choose(plan: OpenPlan, desk: Desk, lang: str) -> Wanted | None:
    """Draw who, when and what; None where there is nothing to choose."""
    who_place, day_place, kind_place = st.columns(3)
    names = names_in_order(desk)
    by_address("agent", AGENT, list(names))
    by_address("day", DATE, list(desk.dates), day_written)
    with who_place:
        label = text("view.roster.edit.who", lang)
        agent = st.selectbox(label, list(names), format_func=lambda own: str(names[own]), key=AGENT)
    with day_place:
        label = text("view.roster.edit.day", lang)
        day = st.selectbox(label, list(desk.dates), format_func=lambda own: day_words(own, lang), key=DATE)
    with kind_place:
        kinds = {kind: text(f"view.roster.edit.{kind}", lang) for kind in (_SHIFT, _STRETCH)}
        kind = st.selectbox(
            text("view.roster.edit.kind", lang), list(kinds), format_func=kinds.__getitem__, key="edit-kind"
        )
    now = _shift_now(plan, agent, day)
    told = {"name": names[agent], "day": day_words(day, lang), "shift": now}
    st.caption(plain(text("view.roster.edit.now", lang, **told)))
    if kind == _SHIFT:
        return DayShift(agent, day, _choose_shift(desk, now, f"{agent}-{day:%Y%m%d}-{plan.newest}", lang))
    return _choose_stretch(plan, agent, day, lang)


def _shift_now(plan: OpenPlan, agent: str, day: pd.Timestamp) -> str:
    roster = plan.planned.plan.roster
    own = roster[(roster["agent"] == agent) & (roster["date"] == day)]
    return str(own["shift"].iloc[0]) if len(own) else OFF


def _choose_shift(desk: Desk, now: str, about: str, lang: str) -> str:
    words = {OFF: text("view.roster.edit.off", lang)}
    for row in rows(desk.table("shifts").sort_values("start", kind="stable")):
        told = {"shift": row.shift, "start": _clock(row.start), "end": _clock(row.end), "paid_h": row.paid_h}
        words[row.shift] = text("view.roster.edit.shift_words", lang, **told)
    place = list(words).index(now) if now in words else 0
    label = text("view.roster.edit.new_shift", lang)
    return st.selectbox(label, list(words), place, format_func=words.__getitem__, key=f"edit-shift-{about}")


def _clock(minute: float) -> str:
    return f"{int(minute) // 60 % 24:02d}:{int(minute) % 60:02d}"


def _choose_stretch(plan: OpenPlan, agent: str, day: pd.Timestamp, lang: str) -> Stretch | None:
    desk, duty = plan.planned.desk, plan.planned.plan.duty
    turn = duty[(duty["agent"] == agent) & (duty["date"] == day)].sort_values("start")
    if turn.empty:
        st.info(plain(text("view.roster.edit.no_shift", lang, agent=agent)))
        return None
    each, about = pd.Timedelta(minutes=desk.settings.interval_min), f"{agent}-{day:%Y%m%d}-{plan.newest}"
    starts = list(turn["start"])
    from_place, until_place, role_place = st.columns(3)
    with from_place:
        start = _choose_time("from", starts, 0, f"{about}", lang)
    ends = [one + each for one in starts if one >= start]
    with until_place:
        end = _choose_time("until", ends, 0, f"{about}-{start:%H%M}", lang)
    with role_place:
        roles = _roles(desk)
        words = {role: text("chart.activity.break", lang) if role == ON_BREAK else role for role in roles}
        place = roles.index(str(turn.loc[turn["start"] == start, "activity"].iloc[0]))
        key = f"edit-role-{about}-{start:%H%M}"
        label = text("view.roster.edit.activity", lang)
        role = st.selectbox(label, roles, place, format_func=lambda own: str(words[own]), key=key)
    return Stretch(agent, start, end, role)


def _choose_time(key: str, times: Sequence[pd.Timestamp], place: int, about: str, lang: str) -> pd.Timestamp:
    label = text(f"view.roster.edit.{key}", lang)
    at = st.selectbox(
        label, range(len(times)), place, format_func=lambda own: f"{times[own]:%H:%M}", key=f"edit-{key}-{about}"
    )
    return times[at]


def _roles(desk: Desk) -> list[str]:
    return [*desk.settings.queues, ON_BREAK, *(str(one) for one in desk.table("activities")["activity"])]


def _show_basket(plan: OpenPlan, lang: str) -> None:
    kept = basket(plan)
    if not kept:
        return
    st.markdown(
        "\n".join([text("view.roster.edit.basket", lang), "", *(f"- {plain(line(one, lang))}" for one in kept)])
    )
    st.button(text("view.roster.edit.clear", lang), key="edit-clear", on_click=kept.clear)


def line(wanted: Wanted, lang: str) -> str:
    """What is wanted, in a line."""
    if isinstance(wanted, DayShift):
        told = {"agent": wanted.agent, "date": wanted.date, "shift": wanted.shift}
        return text("view.roster.edit.line_shift", lang, **told)
    told = {"agent": wanted.agent, "start": wanted.start, "end": wanted.end}
    told |= {"activity": wanted.activity or OFF}
    return text("view.roster.edit.line_stretch", lang, **told)
