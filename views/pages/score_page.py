"""My score: what is paid and projected, each measure in words, the statement, and how to appeal."""

from math import isfinite

import pandas as pd
import streamlit as st

from charts.own_scores import own_scores
from charts.payout_waterfall import payout_waterfall
from desk import InputError
from desk.currency import money_words
from desk.i18n import text
from incentive import measure_title
from planner.pay.run import PROJECTED, kind_of
from store import Principal, ScoreRun, make_request
from views.api.serve import the_store
from views.figure import Figure, show_figures
from views.findings import show_refusal
from views.incentive.difference import show_difference
from views.incentive.made_up import with_rows
from views.incentive.runs import scheme_of
from views.link import show_link
from views.markdown import plain
from views.own.fresh import fresh, start_afresh
from views.own.request_card import why_field
from views.own.scored import TOTAL, measure_lines, own_runs, run_words, total
from views.own.statement import show_statement
from views.page import own_page
from views.picture import show_picture
from views.told import tell

Runs = dict[int, tuple[ScoreRun, pd.DataFrame]]


def _draw(principal: Principal, lang: str) -> None:
    if principal.agent is None:
        st.info(text("view.mine.nobody", lang))
        return
    runs = own_runs(the_store(), principal)
    if not runs:
        st.info(text("view.score.none", lang))
        return
    _money(runs, lang)
    words = {number: run_words(run, lang) for number, (run, _) in runs.items()}
    paid = [place for place, (run, _) in enumerate(runs.values()) if kind_of(run) != PROJECTED]
    chosen = st.selectbox(
        text("view.score.which", lang),
        list(words),
        index=next(iter(paid), 0),
        format_func=words.__getitem__,
        key="score-run",
    )
    run, own = runs[chosen]
    st.header(text("view.score.measures", lang))
    titles = {name: measure_title(name, lang) for name in own["measure"]}
    show_picture(own_scores(own, lang=lang, titles=titles), own, "scores", lang, key="score-own")
    lines = [f"- **{plain(title)}** {plain(said)}" for title, said in measure_lines(run, own, lang)]
    st.markdown("\n".join(lines) or text("view.score.too_little", lang))
    if isfinite(total(own)) and kind_of(run) != PROJECTED:
        currency = str(run.summary.get("currency", ""))
        whole = with_rows(own, scheme_of(run), currency)
        figure = payout_waterfall(whole, lang=lang, currency=currency)
        show_picture(figure, own.iloc[:0], "scores", lang, key="score-pay")
    show_statement(principal, run, lang)
    show_difference(principal, run, lang)
    if kind_of(run) != PROJECTED:
        _appeal(principal, run, own, lang)


def _money(runs: Runs, lang: str) -> None:
    """The newest scoring of what happened beside the newest of what a plan promises."""
    figures = []
    for key, projected in (("paid", False), ("projected", True)):
        found = next((pair for pair in runs.values() if (kind_of(pair[0]) == PROJECTED) == projected), None)
        if found is not None:
            run, own = found
            figures.append(Figure(f"score.{key}", _amount(run, own, lang), run.name))
    show_figures(figures, lang)


def _amount(run: ScoreRun, own: pd.DataFrame, lang: str) -> str:
    value = total(own)
    if not isfinite(value):
        return text("view.score.nothing", lang)
    return money_words(value, str(run.summary.get("currency", "")))


def _appeal(principal: Principal, run: ScoreRun, own: pd.DataFrame, lang: str) -> None:
    st.header(text("view.score.appeal", lang))
    st.markdown(text("view.score.appeal_words", lang))
    named = [str(name) for name in own["measure"] if name != TOTAL] or [TOTAL]
    with st.form(fresh("ask-appeal")):
        measure = st.selectbox(
            text("view.score.measure", lang),
            named,
            format_func=lambda one: measure_title(one, lang),
            key=fresh("appeal-of"),
        )
        record = st.text_input(text("view.score.record", lang), key=fresh("appeal-record"), max_chars=200)
        claim = why_field(lang, key=fresh("appeal-claim"), label="view.score.claim")
        sent = st.form_submit_button(text("view.score.send", lang), type="primary")
    if sent:
        _send(principal, run, measure, record.strip(), claim.strip(), lang)
    show_link("requests", lang)


def _send(principal: Principal, run: ScoreRun, measure: str, record: str, claim: str, lang: str) -> None:
    if not claim:
        st.error(text("view.score.say", lang))
        return
    detail = {"run": run.id, "measure": measure, "record": record or None, "claim": claim}
    try:
        make_request(the_store(), principal, "appeal", detail, words=claim)
    except InputError as error:
        show_refusal(error, lang)
        return
    tell("success", text("view.score.sent", lang))
    start_afresh()
    st.rerun()


own_page("score", _draw)
