"""Answers an appeal: with a corrected record the whole period is scored again, into a run that names the one before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from desk import Desk, Finding, InputError
from desk.nouns import Report
from planner.pay.correction import Correction, corrected_log, corrected_row, correction_of
from planner.pay.ground import ground
from planner.pay.run import APPEALED, newest_of, run_of_appeal
from planner.pay.settle import go_on, save_settled
from store import (
    Job,
    NotYoursError,
    Principal,
    Request,
    ScoredMeanwhileError,
    ScoreRun,
    Store,
    answer_request,
    filled_columns,
    list_jobs,
    list_score_runs,
    load_desk_version,
    owner,
    read_contacts,
    read_request,
    read_scores,
    submit_job,
)
from store.request import may_decide

KIND = "appeal"
RESCORE = "rescore"
_GOING = ("queued", "running")
_SAME = 1e-6


def corrections_of(run: ScoreRun) -> tuple[Correction, ...]:
    """The corrections that a scoring rests on, the earliest first."""
    return tuple(map(correction_of, run.summary.get("corrections", ())))


def scored_run(runs: Sequence[ScoreRun], number: int) -> ScoreRun:
    """A scoring among those that somebody may see.

    Raises
    ------
    InputError : it is not there, or what it was scored from is not known.
    """
    found = next((run for run in runs if run.id == number), None)
    if found is None:
        raise InputError([Finding("score_run_unknown", value=str(number))])
    if found.summary.get("log") is None:
        raise InputError([Finding("appeal_no_log", value=found.name)])
    return found


def contested(store: Store, principal: Principal, run: ScoreRun, contact: str) -> pd.DataFrame:
    """The record of a contact as the scoring had it: one row of table ``contacts``, or none."""
    zone, log = str(run.summary["timezone"]), int(run.summary["log"])
    rows = read_contacts(store, principal, log, zone, contact=contact)
    mine = [own for own in corrections_of(run) if own.contact == contact]
    if rows.empty or not mine:
        return rows
    return corrected_log(_desk(store, principal, run), rows, mine)


def approve(store: Store, principal: Principal, number: int, correction: Correction, words: str = "") -> Job:
    """Check the correction, approve the appeal, and order the scoring anew.

    The answer is the principal's, by what they may do; the scoring that follows from it is the server's work, in
    their name: a lead may answer and can't score by themselves.

    Raises
    ------
    InputError : the correction can't be made; nothing was answered then.
    NotYoursError : the principal may not answer it.
    """
    request = read_request(store, principal, number)
    refuse_unless_answering(principal, request)
    check_correction(store, principal, request, correction)
    answer_request(store, principal, number, "approve", words)
    return _order(store, principal, number, correction)


def order_again(store: Store, principal: Principal, number: int, correction: Correction) -> Job:
    """Order the scoring of an approved appeal whose job failed.

    Raises
    ------
    InputError : it is not approved, or was scored; NotYoursError : the principal may not answer it.
    """
    request = read_request(store, principal, number)
    refuse_unless_answering(principal, request)
    scored = run_of_appeal(list_score_runs(store, owner(principal.who)), number)
    last = job_of(store, number)
    if request.status != "approved" or scored or (last is not None and last.status in _GOING):
        raise InputError([Finding("appeal_over", value=str(number))])
    check_correction(store, principal, request, correction)
    return _order(store, principal, number, correction)


def job_of(store: Store, number: int) -> Job | None:
    """The last job that scored an appeal."""
    jobs = [own for own in list_jobs(store, owner()) if own.kind == RESCORE]
    return next((own for own in jobs if own.request.get("request") == number), None)


def refuse_unless_answering(principal: Principal, request: Request) -> None:
    """Raise :class:`NotYoursError` unless the principal may answer the appeal, which nobody may who made it."""
    if request.kind != KIND or not may_decide(principal, request):
        raise NotYoursError


def check_correction(store: Store, principal: Principal, request: Request, correction: Correction) -> None:
    """Make the correction of the one record to see whether it can be made.

    Raises
    ------
    InputError : it can't; NotYoursError : the record is not of the agent who appealed.
    """
    from incentive.appeal import refuse_new_columns

    runs = list_score_runs(store, principal)
    run = scored_run(runs, newest_of(runs, int(request.detail["run"])))
    record = contested(store, principal, run, correction.contact)
    if not record.empty and (record["agent"] != request.agent).any():
        raise InputError([Finding("appeal_foreign_record", value=correction.contact)])
    corrected_row(_desk(store, principal, run), record, correction)
    known = filled_columns(store, owner(principal.who), int(run.summary["log"]))
    refuse_new_columns(known, (name for name, value in correction.values.items() if value))


def rescored(
    store: Store, principal: Principal, number: int, correction: Correction, report: Report, job: int
) -> ScoreRun:
    """Score the period of an appeal anew with its correction, on top of what was corrected before.

    Where another appeal was scored meanwhile it is done again on top of that one, so that neither is lost.

    Raises
    ------
    InputError : the appeal was not approved, or the correction can't be made.
    """
    while True:
        try:
            return _scored_once(store, principal, number, correction, report, job)
        except ScoredMeanwhileError:
            continue


def _scored_once(
    store: Store, principal: Principal, number: int, correction: Correction, report: Report, job: int
) -> ScoreRun:
    from incentive import assess
    from incentive.appeal import appeal

    runs = list_score_runs(store, principal)
    if done := run_of_appeal(runs, number):
        return done
    request = read_request(store, principal, number)
    if request.status != "approved":
        raise InputError([Finding("appeal_not_approved", value=str(number))])
    base = scored_run(runs, newest_of(runs, int(request.detail["run"])))
    earlier = corrections_of(base)
    own = ground(
        store, principal, base.desk, int(base.summary["log"]), base.summary.get("plan"), base.summary.get("edits")
    )
    contacts = corrected_log(own.desk, own.contacts, earlier)
    go_on(report, 0.2)
    before = assess(own.desk, contacts, own.duty, own.service)
    go_on(report, 0.5)
    change, out = _change(own.desk, contacts, correction)
    found = appeal(own.desk, before, contacts, change, own.duty, own.service, excluded=out)
    go_on(report, 0.8)
    after = replace(found.after, findings=(*_moved(store, principal, base, before.scores), *found.after.findings))
    more = {"kind": APPEALED, "job": job, "before": base.id, "appeal": number}
    more["corrections"] = [one.record() for one in (*earlier, correction)]
    return save_settled(store, principal, replace(own, contacts=found.contacts), after, base.name, more)


def _moved(store: Store, principal: Principal, base: ScoreRun, before: pd.DataFrame) -> Iterator[Finding]:
    """A warning where the scoring appealed against, made again without the correction, pays other amounts: by another
    version of the program, or by edits of a plan that an old scoring does not tell.
    """
    stored, again = (_paid(frame) for frame in (read_scores(store, principal, base.id), before))
    change = again.sub(stored, fill_value=0.0).abs()
    if (moved := change[change > _SAME]).size:
        facts = {"agents": len(moved), "most": float(moved.max()), "currency": str(base.summary.get("currency", ""))}
        yield Finding("appeal_basis_moved", "warning", value=base.name, facts=facts)


def _paid(scores: pd.DataFrame) -> "pd.Series[float]":
    own = scores[scores["measure"] == "composite"].set_index("agent")["payout"]
    return own.astype("float64").fillna(0.0)


def _change(desk: Desk, contacts: pd.DataFrame, own: Correction) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Corrected records and contacts that are taken out."""
    row = contacts[contacts["contact"] == own.contact]
    if own.excluded:
        return row.iloc[:0][["contact"]], (own.contact,)
    return corrected_row(desk, row, own)[["contact", *own.values]], ()


def _order(store: Store, principal: Principal, number: int, correction: Correction) -> Job:
    request: Mapping[str, Any] = {"request": number, "correction": correction.record()}
    return submit_job(store, owner(principal.who), RESCORE, request)


def _desk(store: Store, principal: Principal, run: ScoreRun) -> Desk:
    """The run's desk, read by the server: who answers an appeal may see the desk's rules at work, if not the desk."""
    return load_desk_version(store, owner(principal.who), run.desk)
