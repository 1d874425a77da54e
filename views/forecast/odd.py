"""Days that stand out: the picture, the list, and an analyst's word on them."""

import pandas as pd
import streamlit as st

import charts
from desk import Desk, InputError
from desk.grid import local_midnights
from desk.i18n import text
from planner.page.number import whole
from planner.rows import rows
from planner.tuned import JUDGED, judged
from store import save_desk
from views.api.serve import the_store
from views.forecast.drawn import COLUMNS
from views.forecast.sight import Sight
from views.markdown import plain
from views.several import choose_several
from views.table_shown import show_plain_table
from views.told import tell, tell_refused

_BACK = "back"


def show_odd(sight: Sight, queue: str, lang: str) -> None:
    """Draw the odd days of a queue; for who may, the form that says whether they are real."""
    st.header(text("view.learned.odd", lang))
    odd = _known(sight, queue)
    figure = charts.odd_days(counted_days(sight.desk, queue), odd, lang=lang, queue=queue)
    st.plotly_chart(figure, theme=None, key="odd-chart", alt=charts.alt_text(figure))
    st.caption(plain(charts.alt_text(figure)))
    if odd.empty:
        st.info(text("view.learned.none_odd", lang))
        return
    show_plain_table(_words(odd, lang), lang, key="odd", words=COLUMNS)
    if sight.may_change:
        _form(sight, odd, lang)


def counted_days(desk: Desk, queue: str) -> pd.DataFrame:
    """Inquiries by local day as counted: day, offered; a day of which no row was counted is blank."""
    history = desk.table("history")
    own = history[(history["queue"] == queue) & history["open"].astype(bool) & history["observed"].astype(bool)]
    sums = own.groupby(local_midnights(own["start"]))["offered"].sum(min_count=1)
    days = sums.asfreq("D") if len(sums) else sums
    return pd.DataFrame({"day": days.index, "offered": days.to_numpy(dtype=float)})


def _known(sight: Sight, queue: str) -> pd.DataFrame:
    """The odd days that came with the forecast, with the verdicts of the desk as it is now."""
    found = sight.learned["odd"]
    key = ["queue", "date", "found"]
    said = sight.desk.table("verdicts").set_index(key)[["verdict", "note"]]
    bare = found.drop(columns=["verdict", "note"]).join(said, on=key)
    own: pd.DataFrame = bare[bare["queue"] == queue].sort_values("date", ascending=False, ignore_index=True)
    return own


def _words(odd: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The odd days as a person reads them."""
    waits = text("view.learned.waits", lang)
    verdicts = [waits if pd.isna(own) else text(f"view.learned.{own}", lang) for own in odd["verdict"]]
    found = [text(f"chart.odd_days.{own}", lang) for own in odd["found"]]
    days = odd["date"].dt.strftime("%Y-%m-%d")
    shown = pd.DataFrame({"date": days, "found": found, "offered": odd["offered"], "usual": odd["usual"]})
    return shown.assign(verdict=verdicts, note=odd["note"].fillna("").astype(str))


def _form(sight: Sight, odd: pd.DataFrame, lang: str) -> None:
    names = [_day_words(row, lang) for row in rows(odd)]
    stamp = f"{sight.key}-{odd['queue'].iloc[0]}-{int(odd['verdict'].notna().sum())}"
    label, each = text("view.learned.which", lang), range(len(odd))
    places = choose_several(label, each, lang, key=f"odd-which-{stamp}", words=names.__getitem__)
    said = {name: text(f"view.learned.{name}", lang) for name in (*JUDGED, _BACK)}
    verdict = st.radio(text("view.learned.say", lang), list(said), format_func=said.__getitem__, key="odd-say")
    if (odd["found"] == "shift").any():
        st.caption(text("view.learned.shift_keep", lang))
    note = st.text_input(text("view.learned.note", lang), key=f"odd-note-{stamp}")
    if st.button(text("view.learned.save", lang), key="odd-save", type="primary"):
        _save(sight, odd.iloc[places], None if verdict == _BACK else verdict, note.strip(), lang)


def _day_words(row: object, lang: str) -> str:
    found = text(f"chart.odd_days.{row.found}", lang)  # type: ignore[attr-defined]
    counted, usual = whole(row.offered), whole(row.usual)  # type: ignore[attr-defined]
    return f"{row.date:%Y-%m-%d} · {found} · {counted} / {usual}"  # type: ignore[attr-defined]


def _save(sight: Sight, odd: pd.DataFrame, verdict: str | None, note: str, lang: str) -> None:
    if odd.empty:
        st.error(text("view.learned.choose_days", lang))
        return
    try:
        changed = judged(sight.desk, odd, verdict, note)
        save_desk(the_store(), sight.principal, changed, note, seen=sight.seen)
    except InputError as error:
        tell_refused(error, lang)
    else:
        tell("success", text("view.learned.saved", lang, count=len(odd)))
    st.rerun()
