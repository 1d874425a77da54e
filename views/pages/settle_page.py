"""Settles a period: a contact log, the plan that it is judged against, and a job that scores and pays. Before the
event: the same on a plan's simulated logs.
"""

from collections.abc import Mapping

import streamlit as st

from desk import Desk
from desk.currency import money_words
from desk.i18n import text
from planner.output.finding_record import unpacked
from planner.pay.project import RUNS
from planner.pay.twice import corrections_left, runs_of_log, told
from store import ContactLog, Job, PlanVersion, Principal, ScoreRun, list_desks, list_plans
from views.api.serve import the_store
from views.clock import at_desk
from views.desk_chosen import OpenDesk
from views.figure import Figure, show_figures
from views.findings import show_findings
from views.incentive.log_taken import choose_log
from views.incentive.runs import RUN, currency_of, runs_of, scheme_of
from views.job_shown import begin_job, follow_begun
from views.kept_choice import say_anew
from views.language import language
from views.link import show_link
from views.markdown import plain
from views.page import show_desk
from views.who import whoever

_NONE = ""
_LONGEST = 80


def _draw(own: OpenDesk, lang: str) -> None:
    principal = whoever(lang)
    _money(own.desk, lang)
    st.header(text("view.settle.step_log", lang))
    log = choose_log(principal, own, lang)
    st.header(text("view.settle.step_plan", lang))
    plans = _plans(principal, own)
    plan = _choose_plan(plans, lang)
    st.header(text("view.settle.step_score", lang))
    if log is None:
        st.caption(text("view.settle.needs_log", lang))
    else:
        _settle(principal, own, log, plan, lang)
    st.header(text("view.settle.project", lang))
    _project(principal, own, plans, plan, lang)


def _money(desk: Desk, lang: str) -> None:
    scheme = desk.settings.incentive
    if scheme.budget:
        facts = {
            "scheme": scheme.scheme or text("view.scheme.unnamed", lang),
            "budget": money_words(scheme.budget, desk.settings.currency),
        }
        st.markdown(plain(text("view.settle.scheme", lang, **facts)))
    else:
        st.warning(text("view.settle.no_budget", lang))
    show_link("scheme", lang)


def _plans(principal: Principal, own: OpenDesk) -> dict[str, PlanVersion]:
    """The plans of all versions of the desk, published ones first."""
    versions = {version.hash for version in list_desks(the_store(), principal, own.version.name)}
    mine = [plan for plan in list_plans(the_store(), principal) if plan.desk in versions]
    return {plan.hash: plan for plan in sorted(mine, key=lambda plan: plan.status != "published")}


def _choose_plan(plans: Mapping[str, PlanVersion], lang: str) -> str | None:
    st.caption(text("view.settle.plan_words", lang))
    words = {key: _plan_words(plan, lang) for key, plan in plans.items()} | {_NONE: text("view.settle.no_plan", lang)}
    label = text("view.app.plan", lang)
    say_anew("settle-plan", words, words.__getitem__)
    return st.selectbox(label, list(words), format_func=words.__getitem__, key="settle-plan") or None


def _plan_words(plan: PlanVersion, lang: str) -> str:
    status = text(f"view.plan.status.{plan.status}", lang)
    return f"{at_desk(plan.created_at, plan.desk)} · {status} · {plan.hash[:8]}"


def _settle(principal: Principal, own: OpenDesk, log: ContactLog, plan: str | None, lang: str) -> None:
    name = st.text_input(text("view.settle.name", lang), log.name, max_chars=_LONGEST, key=f"settle-name-{log.id}")
    runs = runs_of(principal)
    if before := runs_of_log(runs, log.id):
        st.info(plain(told(before[0], log.rows, len(before)).line(lang)))
        for left in corrections_left(runs, [run.id for run in before]):
            st.warning(plain(left.line(lang)))
    st.caption(text("view.settle.seen", lang))
    if st.button(text("view.settle.go", lang), key="settle-go", type="primary", disabled=not name.strip()):
        begin_job("score", {"desk": own.version.hash, "log": log.id, "plan": plan, "name": name.strip()}, lang)
    job = follow_begun("score", lang)
    if job is not None and job.status == "done":
        _outcome(principal, job, lang)


def _outcome(principal: Principal, job: Job, lang: str) -> None:
    """What a settlement came to, and what to be careful with."""
    number = (job.result or {}).get("run")
    run = next((one for one in runs_of(principal) if one.id == number), None)
    if run is None:
        return
    _figures(run)
    show_link("incentives", lang, label=text("view.settle.look", lang), query={RUN: str(run.id)})
    found = [unpacked(one) for one in (job.result or {}).get("found", ())]
    if found:
        show_findings(found, lang, key=f"settled-{job.id}")


def _figures(run: ScoreRun) -> None:
    paid, currency = run.summary.get("paid", run.summary.get("paid_cents", 0) / 100), currency_of(run)
    budget = scheme_of(run).budget
    lang = language()
    share = text("view.pay.of_budget", lang, share=paid / budget) if budget else ""
    figures = [
        Figure("pay.paid", money_words(paid, currency), share),
        Figure("pay.budget", money_words(budget, currency)),
        Figure("pay.contacts", f"{run.summary.get('contacts', 0):,}"),
    ]
    show_figures(figures, lang)


def _project(
    principal: Principal, own: OpenDesk, plans: Mapping[str, PlanVersion], plan: str | None, lang: str
) -> None:
    """What the plan's incentives would pay, before the event."""
    st.caption(text("view.settle.project_words", lang, runs=RUNS))
    if plan is None:
        st.info(text("view.settle.project_needs", lang))
    elif st.button(text("view.settle.project_go", lang), key="project-go"):
        name = text("view.settle.project_name", lang, plan=plans[plan].hash[:8])
        begin_job("project", {"desk": own.version.hash, "plan": plan, "name": name, "runs": RUNS}, lang)
    job = follow_begun("project", lang)
    number = (job.result or {}).get("run") if job is not None else None
    if number is not None:
        show_link("incentives", lang, label=text("view.settle.look", lang), query={RUN: str(number)})


show_desk("settle", _draw)
