"""The facts of an appeal: what was claimed, the record, what was expected in those hours and why."""

import pandas as pd
import streamlit as st

from desk.i18n import catalogue, text
from desk.moment_words import moment_words
from desk.tables import table
from desk.write.folder import safe_texts
from incentive import measure_title
from planner.pay.appeal import contested, corrections_of
from planner.pay.run import newest_of
from store import Principal, Request, ScoreRun
from views.api.serve import the_store
from views.clock import zone_here
from views.incentive.runs import currency_of, names_of, run_words, runs_of, scheme_of, scores_of
from views.incentive.statement_shown import lines_of, show_statement
from views.markdown import plain
from views.table_shown import show_plain_table, show_table


def base_of(principal: Principal, request: Request) -> ScoreRun | None:
    """The last scoring in the line of the one that is appealed against; None where it can't be seen any more."""
    runs = {run.id: run for run in runs_of(principal)}
    return runs.get(newest_of(tuple(runs.values()), int(request.detail["run"])))


def show_claim(principal: Principal, request: Request, run: ScoreRun | None, lang: str) -> None:
    """Draw who says what about which measure of which scoring."""
    names = {} if run is None else names_of(principal, run, (request.agent,))
    facts = {"name": names.get(request.agent, request.agent), "agent": request.agent, "team": request.team}
    facts |= {"measure": measure_title(str(request.detail["measure"]), lang), "run": request.detail["run"]}
    st.markdown(plain(text("view.appeals.who", lang, **facts, at=moment_words(request.created_at, zone_here()))))
    said = dict.fromkeys(words for words in (request.detail.get("claim"), request.words) if words)
    st.markdown("\n\n".join(f"> {plain(words)}" for words in said) or "> —")


def show_facts(principal: Principal, request: Request, run: ScoreRun, contact: str, lang: str) -> pd.DataFrame:
    """Draw the agent's measure, the record and what it counted for.

    Returns
    -------
    The record, one row of table ``contacts``; none where the log has no such contact.
    """
    st.caption(plain(run_words(run, lang)))
    _measure(principal, request, run, lang)
    record = contested(the_store(), principal, run, contact) if contact else pd.DataFrame()
    if contact and record.empty:
        st.warning(plain(text("finding.appeal_no_record", lang, value=contact)))
    elif contact:
        _record(record, run, contact, lang)
        _expected(principal, request, run, contact, lang)
    with st.expander(text("view.appeals.statement", lang)):
        show_statement(principal, run, request.agent, lang)
    return record


def _measure(principal: Principal, request: Request, run: ScoreRun, lang: str) -> None:
    """The row of scores that is appealed against."""
    scores = scores_of(principal, run.id)
    own = scores[(scores["agent"] == request.agent) & (scores["measure"] == request.detail["measure"])]
    if not own.empty:
        columns = [name for name in table("scores").columns if name in own and name != "measure"]
        show_table(own[columns], "scores", lang, key=f"appeal-{request.id}-measure")


def _record(record: pd.DataFrame, run: ScoreRun, contact: str, lang: str) -> None:
    """The record, a line a column that holds something."""
    st.markdown(f"**{plain(text('view.appeals.record', lang, contact=contact))}**")
    if any(own.contact == contact for own in corrections_of(run)):
        st.caption(text("view.appeals.corrected_before", lang))
    declared = table("contacts").columns
    row = safe_texts(record[[name for name in record if name in declared]], "contacts").iloc[0]
    cells = [(declared[str(name)].title(lang), value) for name, value in row.items() if value]
    show_plain_table(pd.DataFrame(cells, columns=["title", "value"]), lang, key="record", words="view.appeals.column")


def _expected(principal: Principal, request: Request, run: ScoreRun, contact: str, lang: str) -> None:
    """What others' contacts of that kind led to expect, and what this one came to."""
    lines = lines_of(principal, run, request.agent)
    own = lines[lines["contact"] == contact] if lines is not None else None
    if own is None or own.empty:
        st.info(text("view.appeals.no_line", lang))
        return
    factors = text("view.pay.join", lang).join(
        text(f"view.scheme.factor.{name}", lang) for name in scheme_of(run).risk_factors
    )
    said = []
    for line in own.to_dict("records"):
        if line["left_out"]:
            guard = catalogue(lang).get(f"view.pay.guard.{line['left_out']}", str(line["left_out"]))
            said.append(text("view.appeals.left_out", lang, guard=guard))
            continue
        facts = {"measure": measure_title(str(line["measure"]), lang), "hour": str(line["start"])[11:16]}
        facts |= {name: line[name] for name in ("queue", "load", "expected", "result", "units", "amount")}
        said.append(text("view.appeals.expected", lang, **facts, currency=currency_of(run), factors=factors))
    st.markdown("\n".join(f"- {plain(words)}" for words in said))
