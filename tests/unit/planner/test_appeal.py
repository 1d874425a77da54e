"""An appeal from the claim to the new statement: who may answer, what is scored, and what it leaves alone."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from desk import InputError, Progress
from desk.i18n import LANGUAGES
from desk.nouns import Report
from planner.output.finding_record import unpacked
from planner.pay.appeal import approve, contested, corrections_of, job_of, order_again, rescored
from planner.pay.correction import Correction
from planner.pay.ground import ground
from planner.pay.run import newest_of, run_of_appeal
from planner.pay.settle import settle
from planner.pay.twice import settled_before
from planner.worker import work_once
from store import (
    NotYoursError,
    Principal,
    Request,
    ScoredMeanwhileError,
    list_score_runs,
    make_request,
    open_store,
    read_contacts,
    read_request,
    read_scores,
    read_statement,
    save_scores,
)
from tests.unit.planner.pay_world import OWNER, PayWorld, pay_world, slow_contact

LEAD = Principal("lee@example.com", "lead", ("A",))
OTHER = Principal("lou@example.com", "lead", ("B",), "B1")
BOB = Principal("b3@example.com", "agent", (), "B3")
ANN = Principal("ann@example.com", "agent", ("A",), "A2")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> PayWorld:
    """A settled log."""
    folder: Path = tmp_path_factory.mktemp("appeal")
    made = pay_world(open_store(f"sqlite:///{folder / 'store.db'}"), folder)
    own = ground(made.store, OWNER, made.version, made.log, None)
    settle(made.store, OWNER, own, "June 17", lambda progress: True, 1)
    return made


def logged(world: PayWorld) -> pd.DataFrame:
    return read_contacts(world.store, OWNER, world.log, "Asia/Shanghai")


def appealed(world: PayWorld, contact: str, claim: str = "I was fast", who: Principal = ANN) -> Request:
    detail: dict[str, Any] = {"run": 1, "measure": "speed", "record": contact, "claim": claim}
    return make_request(world.store, who, "appeal", detail, words=claim)


def in_time(world: PayWorld, contact: str) -> Correction:
    own = logged(world)
    at = own.loc[own["contact"] == contact, "assigned"].iloc[0] + pd.Timedelta("5s")
    return Correction(contact, {"first_reply": f"{at:%Y-%m-%d %H:%M:%S}"})


def paid(world: PayWorld, run: int) -> "pd.Series[float]":
    scores = read_scores(world.store, OWNER, run)
    return scores[scores["measure"] == "composite"].set_index("agent")["payout"]


def test_two_appeals_build_on_each_other(world: PayWorld) -> None:
    """Each new scoring names the one before, keeps earlier corrections, and leaves old statements as they were."""
    late = slow_contact(logged(world), "A2")
    statement = read_statement(world.store, OWNER, 1, "A2")
    first = appealed(world, late)
    job = approve(world.store, LEAD, first.id, in_time(world, late), "You did")
    ended = work_once(world.store)
    assert (ended.id, ended.status) == (job.id, "done"), ended.result
    assert read_request(world.store, ANN, first.id).status == "approved"
    second = appealed(world, slow_contact(logged(world), "B3"), who=BOB)
    approve(world.store, OTHER, second.id, Correction(str(second.detail["record"]), excluded=True), "Not yours")
    assert work_once(world.store).status == "done"
    runs = list_score_runs(world.store, OWNER)
    last, middle, base = (run.id for run in runs[:3])
    assert newest_of(runs, base) == last
    assert [run.summary.get("before") for run in runs[:2]] == [middle, base]
    assert [len(run.summary["corrections"]) for run in runs[:2]] == [2, 1]
    assert run_of_appeal(runs, second.id).id == last
    assert not [one for run in runs for one in run.summary["findings"] if one["code"] == "appeal_basis_moved"]
    again = settled_before(world.store, OWNER, ground(world.store, OWNER, world.version, world.log, None))
    left = {one.code: one for one in again}["corrections_left"]
    assert (left.value, left.facts["count"], late in left.facts["named"]) == ("June 17", 2, True)
    assert left.line("en") != left.line("zh")
    assert paid(world, middle)["A2"] > paid(world, base)["A2"]
    assert read_statement(world.store, OWNER, 1, "A2") == statement
    assert (
        contested(world.store, OWNER, runs[0], late)["first_reply"].iloc[0]
        < logged(world).set_index("contact").loc[late, "first_reply"]
    )


def test_only_who_leads_may_answer_and_only_once(world: PayWorld) -> None:
    """Not the agent, not another team's lead, not a lead for themselves; a second answer is refused."""
    late = slow_contact(logged(world), "A3")
    agent = Principal("a3@example.com", "agent", ("A",), "A3")
    request = appealed(world, late, who=agent)
    right = in_time(world, late)
    for nobody in (agent, OTHER, Principal("lee@example.com", "lead", ("A",), "A3"), Principal("ana", "analyst")):
        with pytest.raises(NotYoursError):
            approve(world.store, nobody, request.id, right)
    assert read_request(world.store, agent, request.id).status == "asked"
    approve(world.store, LEAD, request.id, right, "You did")
    with pytest.raises(InputError):
        approve(world.store, LEAD, request.id, right)
    with pytest.raises(InputError):
        order_again(world.store, LEAD, request.id, right)
    assert job_of(world.store, request.id).status == "queued"
    assert work_once(world.store).status == "done"


@pytest.mark.parametrize(
    ("contact", "values", "code"),
    [
        ("A1", {"rating": "5"}, "appeal_foreign_record"),
        ("A2", {"rating": "9"}, "too_large"),
        ("A2", {"converted": "1"}, "correction_new_column"),
    ],
)
def test_a_correction_that_cannot_be_leaves_the_appeal_open(
    world: PayWorld, contact: str, values: dict[str, str], code: str
) -> None:
    """What is wrong is told before anybody is answered: another's record, a value beyond its bounds."""
    own = logged(world)
    record = str(own.loc[own["agent"] == contact, "contact"].iloc[len(code)])
    request = appealed(world, record, claim=code)
    with pytest.raises(InputError) as error:
        approve(world.store, LEAD if contact == "A2" else OWNER, request.id, Correction(record, values))
    assert code in [one.code for one in error.value.findings]
    assert error.value.report("en") != error.value.report("zh")
    assert read_request(world.store, ANN, request.id).status == "asked"


def test_appeals_scored_at_the_same_time_lose_neither(world: PayWorld) -> None:
    """Two workers begin on the same scoring: the later one starts again on top of the other's, once for each job."""
    late = {str(who.agent): slow_contact(logged(world), str(who.agent), 1) for who in (ANN, BOB)}
    asked = {str(who.agent): appealed(world, late[str(who.agent)], who=who) for who in (ANN, BOB)}
    for agent, lead in (("A2", LEAD), ("B3", OTHER)):
        approve(world.store, lead, asked[agent].id, in_time(world, late[agent]))

    def score(agent: str, job: int, report: Report) -> int:
        own = asked[agent].id, in_time(world, late[agent])
        return rescored(world.store, OWNER, *own, report, job).id

    def meanwhile(progress: Progress) -> bool:
        return progress.done < 0.8 or score("B3", 902, lambda progress: True) > 0

    last = score("A2", 901, meanwhile)
    runs = {run.id: run for run in list_score_runs(world.store, OWNER)}
    assert newest_of(list(runs.values()), 1) == last
    assert {late["A2"], late["B3"]} <= {own.contact for own in corrections_of(runs[last])}
    assert score("A2", 901, lambda progress: True) == last
    again = {"job": 901, "kind": "appealed", "before": runs[last].summary["before"]}
    scores = read_scores(world.store, OWNER, last)
    assert save_scores(world.store, OWNER, "again", scores, world.version, summary=again).id == last


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_second_rerun_of_a_scoring_is_refused_in_words(world: PayWorld, lang: str) -> None:
    """Whoever saves one learns who was first."""
    scores = read_scores(world.store, OWNER, 1)
    own = world.store, OWNER, f"first {lang}", scores, world.version
    save_scores(*own, summary={"before": lang})
    with pytest.raises(ScoredMeanwhileError) as caught:
        save_scores(*own, summary={"before": lang})
    assert f"first {lang}" in caught.value.findings[0].message(lang)


def test_a_difference_that_is_not_the_corrections_is_told(world: PayWorld) -> None:
    """Where the same log makes other amounts by now, whoever compares two scorings learns that it is not the appeal."""
    scores = read_scores(world.store, OWNER, 1)
    other = scores.assign(payout=scores["payout"].where(scores["agent"] != "B2", scores["payout"] + 5.0))
    known = list_score_runs(world.store, OWNER)[-1].summary
    old = save_scores(world.store, OWNER, "old", other, world.version, summary=dict(known) | {"job": 950}).id
    late = slow_contact(logged(world), "A2", 2)
    request = make_request(world.store, ANN, "appeal", appealed(world, late).detail | {"run": old}, words="late")
    approve(world.store, LEAD, request.id, in_time(world, late))
    again = rescored(world.store, OWNER, request.id, in_time(world, late), lambda progress: True, 951)
    (told,) = [unpacked(one) for one in again.summary["findings"] if one["code"] == "appeal_basis_moved"]
    assert (told.value, told.facts["agents"], told.facts["most"]) == ("old", 1, pytest.approx(5.0))
    assert told.line("en") != told.line("zh")
