"""A saved forecast against what came, and whether the changes by hand helped."""

import pandas as pd
import streamlit as st

import charts
from desk import Desk, InputError
from desk.i18n import text
from planner.page.number import share, whole
from planner.rows import rows
from store import ForecastVersion
from views.findings import show_findings
from views.forecast.drawn import COLUMNS, as_share
from views.forecast.sight import Opened, Sight, made_words, opened
from views.kept_desk import kept_desk
from views.markdown import plain
from views.paging import queue_choice
from views.picture import show_picture
from views.table_shown import show_plain_table
from views.upload.table import upload_rows
from views.upload.unpack import Upload, one_line

_SHARES = ("bias", "wape", "wape_model", "inside80")


def show_actuals(sight: Sight, versions: tuple[ForecastVersion, ...], lang: str) -> None:
    """Draw the choice of a forecast and of what came, the errors by queue, phase and day, and each change by hand."""
    st.header(text("view.versions.actuals", lang))
    st.markdown(text("view.versions.actual_intro", lang))
    version = st.selectbox(
        text("view.versions.judge", lang), versions, len(versions) - 1, format_func=lambda own: made_words(own, lang),
        key=f"actual-version-{versions[0].hash[:12]}",
    )  # fmt: skip
    judged = opened(version)
    try:
        file = st.file_uploader(text("view.versions.actual_upload", lang), type="csv", key="actual-upload")
        upload = None if file is None else Upload(file.name, file.getvalue())
        came = sight.desk.table("history") if upload is None else upload_rows(sight.desk, "history", upload)
        later = came[came["start"] >= judged.forecast.starts[0]]
        if later.empty:
            _nothing_came(came, judged, upload, lang)
            return
        _judged(_as_then(kept_desk(version.desk), judged), judged, later, lang)
    except InputError as error:
        show_findings(error.findings, lang, key="actual-refused")


def _nothing_came(came: pd.DataFrame, judged: Opened, upload: Upload | None, lang: str) -> None:
    """Say that nothing of what is there is of the days forecast, and what an uploaded file is of instead."""
    if upload is None:
        st.info(text("view.versions.actual_none", lang))
        return
    facts = {"file": one_line(upload.name), "last": came["start"].max(), "first": judged.forecast.starts[0]}
    st.warning(plain(text("view.versions.actual_before", lang, **facts)))


def _judged(then: Desk, judged: Opened, came: pd.DataFrame, lang: str) -> None:
    from forecast import review

    found = review(then, judged.forecast, came)
    queue = queue_choice(list(judged.forecast.queues), lang, key="actual-queue")
    own = judged.frame[judged.frame["start"] <= found.intervals["start"].max()]
    figure = charts.forecast_fan(own, lang=lang, queue=queue, history=_points(found.intervals, queue, judged))
    show_picture(figure, own[own["queue"] == queue], "forecast", lang, key="actual")
    st.subheader(text("view.versions.errors", lang))
    errors = found.errors[(found.errors["queue"] == queue)]
    named = errors.assign(cut=[text(f"view.backtest.{cut}", lang) for cut in errors["cut"].replace("day", "date")])
    named = named.assign(group=[_group(group, lang) for group in errors["group"]]).drop(columns="queue")
    show_plain_table(as_share(named, *_SHARES).round(1), lang, key="actual-errors", words=COLUMNS)
    _hands(found.overrides, lang)
    show_findings(found.findings, lang, key="actual-findings")


def _as_then(desk: Desk, judged: Opened) -> Desk:
    """The desk with the changes by hand that were in the forecast."""
    from dataclasses import replace

    overrides = judged.learned.get("overrides", desk.table("overrides"))
    return replace(desk, tables={**desk.tables, "overrides": overrides})


def _points(intervals: pd.DataFrame, queue: str, judged: Opened) -> pd.DataFrame:
    """Counts of a queue in inquiries per interval of the forecast, whatever rows they came in."""
    known = intervals[intervals["queue"] == queue]
    counted_min = known["start"].diff().min() / pd.Timedelta(minutes=1)
    each = judged.forecast.interval_min / counted_min if counted_min > judged.forecast.interval_min else 1.0
    return known.assign(offered=known["offered"] * each)


def _group(group: object, lang: str) -> str:
    return f"{group:%Y-%m-%d}" if isinstance(group, pd.Timestamp) else str(group) or text("planner.ordinary", lang)


def _hands(overrides: pd.DataFrame, lang: str) -> None:
    """A sentence for each change by hand: whose it is, why it was made, and whether it helped."""
    st.subheader(text("view.versions.hands", lang))
    if overrides.empty:
        st.caption(text("view.versions.no_hands", lang))
        return
    told = []
    for row in rows(overrides):
        made = text(f"planner.review.kind_{row.kind}", lang, value=row.value)
        words = {"queue": row.queue, "start": f"{row.start:%Y-%m-%d %H:%M}", "end": f"{row.end:%Y-%m-%d %H:%M}"}
        who = text("planner.review.who", lang, owner=_said(row.owner), reason=_said(row.reason))
        told.append({"made": text("planner.review.hand", lang, made=made, **words), "who": who} | _verdict(row, lang))
    st.markdown("\n".join(f"- {plain(own['made'])}. {plain(own['who'])} **{plain(own['verdict'])}**" for own in told))


def _verdict(row: object, lang: str) -> dict[str, str]:
    names = ("offered", "forecast", "without")
    facts = {name: whole(getattr(row, name)) for name in names}
    facts |= {name: share(getattr(row, name), 1) for name in ("wape", "wape_without")}
    return {"verdict": text(f"planner.review.verdict_{row.verdict}", lang, **facts)}  # type: ignore[attr-defined]


def _said(value: object) -> str:
    return "–" if pd.isna(value) else str(value)  # type: ignore[call-overload]
