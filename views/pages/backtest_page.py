"""How good the forecast would have been: a back-test as a job, and the results of those before."""

import pandas as pd
import streamlit as st

import charts
from charts.theme import label
from desk.i18n import text
from desk.moment_words import moment_words
from planner.backtested import candidates, unpacked
from store import Job, allowed, list_desks, list_jobs
from views.api.serve import the_store
from views.by_headcounts import show_nothing_forecast
from views.desk_chosen import OpenDesk
from views.findings import show_findings
from views.forecast.drawn import as_share, show_drawn
from views.job_shown import begin_job, follow_begun
from views.markdown import plain
from views.page import show_desk
from views.several import choose_several
from views.table_shown import show_plain_table
from views.who import whoever

_FIRST_CHOSEN = 4
_CUTS = ("queue", "phase", "event", "hour", "ahead")
_SHARES = ("wape", "bias", "coverage80", "coverage95", "floor")
_ALL = "all"


def _draw(own: OpenDesk, lang: str) -> None:
    if show_nothing_forecast(own.desk, lang):
        return
    st.markdown(text("view.backtest.intro", lang))
    principal = whoever(lang)
    if allowed(principal, "forecast.write"):
        _form(own, lang)
        follow_begun("backtest", lang)
    else:
        role = text(f"view.forecast.role.{principal.role}", lang)
        st.caption(plain(text("view.forecast.read_only", lang, role=role)))
    versions = {version.hash for version in list_desks(the_store(), principal, own.version.name)}
    done = [
        job
        for job in list_jobs(the_store(), principal)
        if job.kind == "backtest" and job.status == "done" and job.request.get("desk") in versions
    ]
    if not done:
        st.info(text("view.backtest.none", lang))
        return
    _result(_chosen(done, own.desk.settings.timezone, lang), lang)


def _form(own: OpenDesk, lang: str) -> None:
    names = {name: label(f"chart.backtest.model.{name}", name, lang) for name in candidates()}
    left, middle, right = st.columns(3)
    days = left.number_input(text("view.backtest.horizon", lang), 1, 60, 7, key="backtest-days")
    origins = middle.number_input(text("view.backtest.origins", lang), 1, 60, 8, key="backtest-origins")
    basis = {name: text(f"view.backtest.{name}", lang) for name in ("plan", "actual")}
    drivers = right.selectbox(
        text("view.backtest.drivers", lang), list(basis), format_func=basis.__getitem__, key="backtest-drivers"
    )
    title, first = text("view.backtest.models", lang), list(names)[:_FIRST_CHOSEN]
    models = choose_several(title, list(names), lang, key="backtest-models", words=names.__getitem__, first=first)
    if st.button(text("view.backtest.start", lang), key="backtest-start", type="primary", disabled=not models):
        asked = {"horizon_days": int(days), "origins": int(origins), "drivers": drivers, "models": models}
        begin_job("backtest", {"desk": own.version.hash} | asked, lang)


def _chosen(done: list[Job], zone: str, lang: str) -> Job:
    def words(job: Job) -> str:
        made = moment_words(job.created_at, zone)
        facts = {"origins": job.request["origins"], "days": job.request["horizon_days"], "who": job.created_by}
        return f"{job.id}: {text('view.backtest.one', lang, time=made, **facts)}"

    place = st.selectbox(
        text("view.backtest.which", lang),
        range(len(done)),
        format_func=lambda place: words(done[place]),
        key=f"backtest-which-{done[0].id}",
    )
    return done[place]


def _result(job: Job, lang: str) -> None:
    errors, findings = unpacked(job.result or {})
    if errors.empty:
        st.warning(text("view.backtest.empty", lang))
        return
    show_drawn(charts.backtest(errors, lang=lang), errors.iloc[:0], lang, key="backtest")
    cuts = [cut for cut in _CUTS if errors.loc[errors["cut"] == cut, "group"].nunique() > 1 or cut == "queue"]
    words = {cut: text(f"view.backtest.{cut}", lang) for cut in cuts}
    cut = st.radio(
        text("view.backtest.by", lang), cuts, format_func=words.__getitem__, horizontal=True, key="backtest-cut"
    )
    show_plain_table(_table(errors, cut, lang), lang, key="backtest-errors", words="planner.backtest")
    st.caption(plain(text("view.backtest.legend", lang)))
    if findings:
        show_findings(findings, lang, key="backtest-findings")


def _table(errors: pd.DataFrame, cut: str, lang: str) -> pd.DataFrame:
    own = errors[errors["cut"] == cut].drop(columns="cut")
    own = own.assign(model=[label(f"chart.backtest.model.{name}", name, lang) for name in own["model"]])
    every = text("chart.backtest.everything", lang)
    own = own.assign(queue=[every if name == _ALL else name for name in own["queue"]])
    if cut == "queue":
        own = own.drop(columns="group")
    else:
        ordinary = text("chart.backtest.ordinary", lang)
        own = own.assign(group=[ordinary if name == "" else str(name) for name in own["group"]])
    return as_share(own, *_SHARES).round(3)


show_desk("backtest", _draw)
