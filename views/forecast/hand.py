"""Changes of the forecast by hand: the list of them, and the form for one more with what it would do."""

from typing import Any

import pandas as pd
import streamlit as st

import charts
from desk import InputError
from desk.i18n import text
from planner.rows import rows
from planner.tuned import KINDS, Override, overlapping, previewed, with_override, without_override
from store import save_desk
from views.api.serve import the_store
from views.forecast.drawn import COLUMNS, show_drawn
from views.forecast.reason import hand_words
from views.forecast.shown import Shown
from views.forecast.sight import Sight
from views.forecast.stretch import choose_stretch
from views.markdown import plain
from views.table_shown import show_plain_table
from views.told import tell, tell_refused

_AROUND = pd.Timedelta(hours=3)
_KEY = ["start", "end", "queue", "kind", "made_at"]


def show_hands(sight: Sight, shown: Shown, lang: str) -> None:
    """Draw the changes by hand; for who may, the form for one more and the way to take one back."""
    st.header(text("view.forecast.override.title", lang))
    _list(sight, lang)
    if sight.may_change:
        _form(sight, shown, lang)
        _removal(sight, lang)


def _list(sight: Sight, lang: str) -> None:
    table = sight.desk.table("overrides")
    if table.empty:
        st.caption(text("view.forecast.override.none", lang))
        return
    known = sight.learned.get("overrides", table)
    there = pd.MultiIndex.from_frame(table[_KEY]).isin(pd.MultiIndex.from_frame(known[_KEY]))
    told = [hand_words(row, lang) for row in rows(table)]
    shown = pd.DataFrame({name: [own[name] for own in told] for name in ("made", "start", "end", "owner", "reason")})
    shown.insert(0, "queue", table["queue"].to_numpy())
    shown["made_at"] = table["made_at"].dt.strftime("%Y-%m-%d %H:%M").to_numpy()
    shown["status"] = [text(f"view.forecast.override.{'counts' if own else 'waiting'}", lang) for own in there]
    show_plain_table(shown, lang, key="overrides", words=COLUMNS)


def _form(sight: Sight, shown: Shown, lang: str) -> None:
    start, end = choose_stretch(sight.forecast, shown, lang)
    minutes = sight.forecast.interval_min
    words = {kind: text(f"view.forecast.override.{kind}", lang, minutes=minutes) for kind in KINDS}
    left, right = st.columns(2)
    with left:
        kind = st.selectbox(
            text("view.forecast.override.kind", lang), KINDS, format_func=words.__getitem__, key="override-kind"
        )
    with right:
        first = {"multiply": 1.2, "add": 10.0, "set": 100.0}[kind]
        least = None if kind == "add" else 0.0
        value = st.number_input(
            text("view.forecast.override.value", lang), least, None, first, 0.1, key=f"override-value-{kind}"
        )
    if end <= start:
        st.error(text("view.forecast.override.backward", lang))
        return
    made_at = pd.Timestamp.now(tz=sight.desk.settings.timezone).floor("s").as_unit("us")
    own = Override(shown.queue, start, end, kind, float(value), sight.principal.who, "", made_at)
    _met(sight, own, lang)
    _preview(sight, own, lang)
    help_words = text("view.forecast.override.reason_help", lang)
    reason = st.text_input(
        text("view.forecast.override.reason", lang),
        key=f"override-reason-{len(sight.desk.table('overrides'))}",
        help=help_words,
    )
    if st.button(text("view.forecast.override.save", lang), key="override-save", type="primary"):
        _save(sight, own, reason.strip(), lang)


def _met(sight: Sight, own: Override, lang: str) -> None:
    """Say which changes there are in the same hours, and what comes of both."""
    for row in rows(overlapping(sight.desk.table("overrides"), own.queue, own.start, own.end)):
        order = "then_set" if "set" in (own.kind, row.kind) else "then_multiply"
        words = text("view.forecast.override.meets", lang, **hand_words(row, lang))
        st.warning(f"{plain(words)} {plain(text(f'view.forecast.override.{order}', lang))}")


def _preview(sight: Sight, own: Override, lang: str) -> None:
    table = sight.desk.table("overrides")
    row = own.row(table)
    after = pd.concat([table, row], ignore_index=True) if len(table) else row
    found = previewed(sight.forecast, table, after, own.queue)
    inside = found[(found["start"] >= own.start) & (found["start"] < own.end)]
    day = found[found["start"].dt.normalize() == own.start.normalize()]
    facts: dict[str, Any] = {"queue": own.queue, "span": f"{own.start:%Y-%m-%d %H:%M} – {own.end:%m-%d %H:%M}"}
    facts |= {"before": inside["before"].sum(), "after": inside["after"].sum()}
    facts |= {"change": facts["after"] - facts["before"]}
    facts |= {"day_before": day["before"].sum(), "day_after": day["after"].sum()}
    st.markdown(plain(text("view.forecast.override.effect", lang, **facts)))
    near = found[(found["start"] >= own.start - _AROUND) & (found["start"] < own.end + _AROUND)]
    figure = charts.override_preview(near, lang=lang, queue=own.queue)
    show_drawn(figure, near, lang, key="override-preview")


def _save(sight: Sight, own: Override, reason: str, lang: str) -> None:
    if not reason:
        st.error(text("view.forecast.override.no_reason", lang))
        return
    made = Override(own.queue, own.start, own.end, own.kind, own.value, own.owner, reason, own.made_at)
    try:
        save_desk(the_store(), sight.principal, with_override(sight.desk, made), reason, seen=sight.seen)
    except InputError as error:
        tell_refused(error, lang)
    else:
        tell("success", text("view.forecast.override.saved", lang))
    st.rerun()


def _removal(sight: Sight, lang: str) -> None:
    table = sight.desk.table("overrides")
    if table.empty:
        return
    with st.expander(text("view.forecast.override.remove", lang)):
        told = [hand_words(row, lang) for row in rows(table)]
        names = [f"{own['made']}, {own['start']} – {own['end']}, {own['owner']}" for own in told]
        place = st.selectbox(
            text("view.forecast.override.remove_which", lang), range(len(table)), format_func=names.__getitem__,
            key=f"override-which-{sight.seen}",
        )  # fmt: skip
        reason = st.text_input(text("view.forecast.override.remove_reason", lang), key=f"override-why-{sight.seen}")
        if st.button(text("view.forecast.override.remove", lang), key="override-remove"):
            _remove(sight, tuple(table[_KEY].iloc[place]), reason.strip(), lang)


def _remove(sight: Sight, key: tuple[object, ...], reason: str, lang: str) -> None:
    if not reason:
        st.error(text("view.forecast.override.no_reason", lang))
        return
    try:
        save_desk(the_store(), sight.principal, without_override(sight.desk, key), reason, seen=sight.seen)
    except InputError as error:
        tell_refused(error, lang)
    else:
        tell("success", text("view.forecast.override.removed", lang))
    st.rerun()
