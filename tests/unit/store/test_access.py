"""The access matrix: every role, every query, one's own rows, those of a team mate and those of a stranger."""

import datetime as dt
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import store as room
from desk import Finding, InputError
from store import (
    MATRIX,
    Check,
    NotYoursError,
    Principal,
    Store,
    allowed,
    open_store,
    owner,
    scope,
)
from store.access import DOORS, GUARDED
from store.cell_edit import CellEdit
from store.principal import ROLES, STORED_ROLES
from store.schema import tokens
from tests.unit.store.world import (
    BY_ROLE,
    OWNER,
    START,
    TEAMS,
    World,
    build,
    contacts,
    files,
    forecast,
    new_plan,
    scores,
    signed,
)

WHOSE = {"own": "A1", "mate": "A2", "stranger": "A3"}
NUMBERS = count(1)
Rows = Callable[[World, Principal], Any]
ROWS: dict[str, Rows] = {
    "read_roster": lambda w, p: set(room.read_roster(w.store, p, w.plan)["agent"]),
    "read_duty": lambda w, p: set(room.read_duty(w.store, p, w.plan)["agent"]),
    "read_edits": lambda w, p: {edit.agent for edit in room.read_edits(w.store, p, w.plan)},
    "read_checks": lambda w, p: {check.agent for check in room.read_checks(w.store, p, w.plan)},
    "list_faults": lambda w, p: {fault.agent for fault in room.list_faults(w.store, p, w.plan)},
    "read_contacts": lambda w, p: set(room.read_contacts(w.store, p, w.log, "UTC")["agent"]),
    "read_scores": lambda w, p: set(room.read_scores(w.store, p, w.run)["agent"]),
    "list_requests": lambda w, p: {one.agent for one in room.list_requests(w.store, p, kind="wish")},
    "read_attendance": lambda w, p: {one.agent for one in room.read_attendance(w.store, p, "small")},
}
"""Queries that give rows of agents: the agents that they give."""
BY_AGENT: dict[str, Callable[[World, Principal, str], Any]] = {
    "read_statement": lambda w, p, agent: room.read_statement(w.store, p, w.run, agent),
    "export_person": lambda w, p, agent: room.export_person(w.store, p, agent),
    "edit_duty": lambda w, p, agent: room.edit_duty(
        w.store, p, new_plan(w.store, w.desk), [CellEdit(agent, START, None)]
    ),
    "report_fault": lambda w, p, agent: room.report_fault(w.store, p, w.draft, "late", agent=agent),
    "make_request": lambda w, p, agent: room.make_request(w.store, p, "wish", new_wish(), agent=agent),
    "read_request": lambda w, p, agent: room.read_request(w.store, p, w.requests[agent]),
    "answer_request": lambda w, p, agent: room.answer_request(
        w.store, p, wished(w, agent), "withdraw" if agent == p.agent else "refuse"
    ),
    "put_attendance": lambda w, p, agent: room.put_attendance(
        w.store, p, "small", [room.Attended(agent, "rules", attended=True)]
    ),
}
"""Queries that are asked about one agent."""
ACCOUNTS: dict[str, Callable[[World, Principal], set[str]]] = {
    "list_principals": lambda w, p: {one.principal.who for one in room.list_principals(w.store, p)},
    "list_tokens": lambda w, p: {token.who for token in room.list_tokens(w.store, p)},
    "read_trail": lambda w, p: {entry.who for entry in room.read_trail(w.store, p)},
    "list_jobs": lambda w, p: {job.created_by for job in room.list_jobs(w.store, p)},
}
"""Queries that give what belongs to accounts: the accounts that they give."""


def new_wish() -> dict[str, Any]:
    """A wish for a day for which nobody wished before."""
    return {"date": dt.date(2026, 1, 1) + dt.timedelta(days=next(NUMBERS)), "wish": "off", "weight": 50}


def wished(w: World, agent: str) -> int:
    """A request that waits for an answer."""
    return room.make_request(w.store, OWNER, "wish", new_wish(), agent=agent).id


def scenario(w: World) -> int:
    return room.save_scenario(w.store, OWNER, w.plan, f"s{next(NUMBERS)}", [], {}).id


def stranger() -> Principal:
    """Somebody who can be let in."""
    return Principal(f"new{next(NUMBERS)}@example.com", "auditor")


def known_stranger(w: World) -> Principal:
    return room.add_principal(w.store, OWNER, stranger())


def signable(w: World) -> str:
    """A plan that waits for its second person."""
    plan = new_plan(w.store, w.desk)
    room.put_checks(w.store, OWNER, plan, [Check("price")])
    room.sign_plan(w.store, Principal("first@example.com", "manager"), plan, "setter")
    return plan


def signed_plan(w: World) -> str:
    plan = new_plan(w.store, w.desk)
    signed(w.store, plan)
    return plan


def undone(w: World, p: Principal) -> Any:
    plan = new_plan(w.store, w.desk)
    with_rights = replace(p, role="owner")
    room.edit_duty(w.store, with_rights, plan, [CellEdit("A1", START, None)])
    return room.undo_edit(w.store, p, plan)


def own_token(w: World, p: Principal) -> int:
    return next(token.id for token in room.list_tokens(w.store, OWNER) if token.who == p.who)


def taken(w: World) -> int:
    number = room.submit_job(w.store, OWNER, "plan", {}).id
    while (job := room.take_job(w.store, OWNER, "w")) is not None and job.id != number:
        pass
    return number


WHOLE: dict[str, Callable[[World, Principal], Any]] = {
    "list_desks": lambda w, p: room.list_desks(w.store, p),
    "load_desk_version": lambda w, p: room.load_desk_version(w.store, p, w.desk),
    "currency_of_desk": lambda w, p: room.currency_of_desk(w.store, p, w.desk),
    "zone_of_desk": lambda w, p: room.zone_of_desk(w.store, p, w.desk),
    "save_desk": lambda w, p: room.save_desk(w.store, p, room.load_desk_version(w.store, OWNER, w.desk)),
    "list_forecasts": lambda w, p: room.list_forecasts(w.store, p),
    "save_forecast": lambda w, p: room.save_forecast(w.store, p, forecast(), w.desk),
    "load_forecast": lambda w, p: room.load_forecast(
        w.store, p, room.save_forecast(w.store, OWNER, forecast(), w.desk).hash
    ),
    "load_learned": lambda w, p: room.load_learned(
        w.store, p, room.save_forecast(w.store, OWNER, forecast(), w.desk, learned={}).hash
    ),
    "list_plans": lambda w, p: room.list_plans(w.store, p),
    "read_plan": lambda w, p: room.read_plan(w.store, p, w.plan),
    "load_plan": lambda w, p: room.load_plan(w.store, p, w.plan),
    "plan_digests": lambda w, p: room.plan_digests(w.store, p, w.plan),
    "read_plan_file": lambda w, p: room.read_plan_file(w.store, p, w.plan, "plan.json"),
    "save_plan": lambda w, p: room.save_plan(w.store, p, files(str(next(NUMBERS))), w.desk),
    "archive_plan": lambda w, p: room.archive_plan(w.store, p, new_plan(w.store, w.desk)),
    "put_checks": lambda w, p: room.put_checks(w.store, p, new_plan(w.store, w.desk), []),
    "settle_fault": lambda w, p: room.settle_fault(w.store, p, w.faults["A1"]),
    "list_signatures": lambda w, p: room.list_signatures(w.store, p, w.plan),
    "next_step": lambda w, p: room.next_step(w.store, p, w.plan),
    "why_not_sign": lambda w, p: room.why_not_sign(w.store, p, w.plan, "setter"),
    "sign_plan": lambda w, p: room.sign_plan(w.store, replace(p, who=stranger().who), signable(w), "second"),
    "publish_plan": lambda w, p: room.publish_plan(w.store, p, signed_plan(w)),
    "undo_edit": undone,
    "import_contacts": lambda w, p: room.import_contacts(w.store, p, "more", contacts(), w.desk),
    "filled_columns": lambda w, p: room.filled_columns(w.store, p, w.log),
    "shared_contacts": lambda w, p: room.shared_contacts(w.store, p, w.log, [w.log]),
    "list_contact_logs": lambda w, p: room.list_contact_logs(w.store, p),
    "save_scores": lambda w, p: room.save_scores(w.store, p, "more", scores(), w.desk),
    "list_score_runs": lambda w, p: room.list_score_runs(w.store, p),
    "submit_job": lambda w, p: room.submit_job(w.store, p, "plan", {}),
    "read_job": lambda w, p: room.read_job(w.store, p, room.submit_job(w.store, owner(p.who), "plan", {}).id),
    "stop_job": lambda w, p: room.stop_job(w.store, p, room.submit_job(w.store, owner(p.who), "plan", {}).id),
    "take_job": lambda w, p: room.take_job(w.store, p, "w"),
    "beat": lambda w, p: room.beat(w.store, p, taken(w), "w"),
    "deaths_of": lambda w, p: room.deaths_of(w.store, p, w.job),
    "end_job": lambda w, p: room.end_job(w.store, p, taken(w), "w", "done", {}),
    "add_principal": lambda w, p: room.add_principal(w.store, p, stranger()),
    "change_principal": lambda w, p: room.change_principal(w.store, p, known_stranger(w)),
    "remove_principal": lambda w, p: room.remove_principal(w.store, p, known_stranger(w).who),
    "act_as": lambda w, p: room.act_as(w.store, p, known_stranger(w).who),
    "make_token": lambda w, p: room.make_token(w.store, p if p.role != "owner" else BY_ROLE["manager"], "calendar"),
    "revoke_token": lambda w, p: room.revoke_token(
        w.store, p, own_token(w, p if p.role != "owner" else BY_ROLE["agent"])
    ),
    "save_scenario": lambda w, p: room.save_scenario(w.store, p, w.plan, f"s{next(NUMBERS)}", ["visits*2"], {}),
    "list_scenarios": lambda w, p: room.list_scenarios(w.store, p, w.plan),
    "remove_scenario": lambda w, p: room.remove_scenario(w.store, p, scenario(w)),
    "backup": lambda w, p: room.backup(w.store, p, Path("copy.db")),
    "restore": lambda w, p: (room.backup(w.store, p, Path("o.db")), room.restore(w.store, p, Path("o.db"))),
    "verify": lambda w, p: room.verify(w.store, p),
    "erase_person": lambda w, p: erased(w, p),
}
"""Queries about things as a whole: they are refused, or answer."""


def erased(w: World, p: Principal) -> Any:
    """Erase somebody who is only in a contact log of their own."""
    agent = f"Z{next(NUMBERS)}"
    room.import_contacts(w.store, OWNER, "theirs", contacts(1).assign(agent=agent).astype({"agent": "str"}), w.desk)
    return room.erase_person(w.store, p, agent)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A filled store of either kind; the working folder takes the backups."""
    folder = tmp_path_factory.mktemp("world")
    if request.param == "sqlite":
        address = f"sqlite:///{folder / 'peakdesk.db'}"
    else:
        address = request.getfixturevalue("module_database")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield build(open_store(address), request.getfixturevalue("small_desk"))


def refused(attempt: Callable[[], Any]) -> bool:
    """Whether it is refused, in the words that tell nothing."""
    findings = []
    try:
        attempt()
    except NotYoursError as error:
        findings = list(error.findings)
    assert findings in ([], [Finding("not_yours")])
    return bool(findings)


@pytest.mark.parametrize("query", sorted(ROWS))
@pytest.mark.parametrize("role", ROLES)
def test_rows(world: World, role: str, query: str) -> None:
    """One's own, a team mate's and a stranger's row: each is given exactly where the matrix says so."""
    principal, action = BY_ROLE[role], GUARDED[query]
    reached: set[str] = set()
    blind = refused(lambda: reached.update(ROWS[query](world, principal)))
    for agent in WHOSE.values():
        assert (agent in reached) == allowed(principal, action, team=TEAMS[agent], agent=agent)
    assert blind == (scope(principal, action) == "none")


@pytest.mark.parametrize("query", sorted(BY_AGENT))
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("whose", WHOSE)
def test_about_an_agent(world: World, role: str, query: str, whose: str) -> None:
    """What is asked about one agent is answered exactly where the matrix says so."""
    principal, agent = BY_ROLE[role], WHOSE[whose]
    may = allowed(principal, GUARDED[query], team=TEAMS[agent], agent=agent)
    assert refused(lambda: BY_AGENT[query](world, principal, agent)) == (not may)


@pytest.mark.parametrize("query", sorted(ACCOUNTS))
@pytest.mark.parametrize("role", ROLES)
def test_accounts(world: World, role: str, query: str) -> None:
    """Tokens, trail, jobs and accounts of others are seen only by who may see all."""
    principal, reach = BY_ROLE[role], scope(BY_ROLE[role], GUARDED[query])
    found: set[str] = set()
    assert refused(lambda: found.update(ACCOUNTS[query](world, principal))) == (reach == "none")
    assert reach == "all" or found <= {principal.who}
    assert reach != "all" or len(found) >= 1


@pytest.mark.parametrize("query", sorted(WHOLE))
@pytest.mark.parametrize("role", ROLES)
def test_whole(world: World, role: str, query: str) -> None:
    """What is one thing for all is answered by role, or refused before it looks at what it is asked."""
    principal = BY_ROLE[role]
    if scope(principal, GUARDED[query]) == "none":
        assert refused(lambda: getattr(room, query)(world.store, principal))
    else:
        assert not refused(lambda: WHOLE[query](world, principal))


@pytest.mark.parametrize("asker", TEAMS)
@pytest.mark.parametrize("role", ROLES)
def test_swaps(world: World, role: str, asker: str) -> None:
    """A swap is granted by who may answer the asker's requests, and never by one of the two."""
    principal, partner = BY_ROLE[role], {"A1": "A2", "A2": "A3", "A3": "A2"}[asker]
    days = {"date": "2025-06-18", "partner_date": "2025-06-18"}
    number = room.make_request(world.store, OWNER, "swap", days, agent=asker, partner=partner).id
    room.answer_request(world.store, Principal("partner", "agent", agent=partner), number, "accept")
    duty = room.read_duty(world.store, OWNER, world.plan).query("agent == @asker").iloc[0]
    wanted = "sale" if duty["activity"] == "break" else "break"
    edit = CellEdit(asker, duty["start"].to_pydatetime(), wanted, int(duty["version"]))
    reach = scope(principal, "request.answer")
    may = reach == "all" or (reach == "teams" and TEAMS[asker] in principal.teams and principal.agent != asker)
    assert refused(lambda: room.grant_swap(world.store, principal, number, [edit])) == (not may)
    if not may:
        room.answer_request(world.store, OWNER, number, "withdraw")


@pytest.mark.parametrize("asker", TEAMS)
@pytest.mark.parametrize("role", ROLES)
def test_absences(world: World, role: str, asker: str) -> None:
    """A leave is granted, with the desks that it changes, by who may answer the asker's requests."""
    principal = BY_ROLE[role]
    detail = {"date_from": "2025-06-19", "date_to": "2025-06-19", "kind": "annual"}
    number = room.make_request(world.store, OWNER, "leave", detail, agent=asker).id
    reach = scope(principal, "request.answer")
    may = reach == "all" or (reach == "teams" and TEAMS[asker] in principal.teams and principal.agent != asker)
    assert refused(lambda: room.grant_absence(world.store, principal, number, [])) == (not may)
    if not may:
        room.answer_request(world.store, OWNER, number, "withdraw")


def test_every_query_has_its_cells() -> None:
    """A query can't be added without a scope, nor without being tested here."""
    tested = {*ROWS, *BY_AGENT, *ACCOUNTS, *WHOLE, "grant_swap", "grant_absence"}
    assert tested == set(GUARDED)
    public = {name for name in room.__all__ if inspect.isfunction(getattr(room, name))}
    assert public - set(GUARDED) - DOORS == {"allowed", "owner", "read_folder", "scope"}


def test_nothing_in_the_room_takes_a_store_unguarded() -> None:
    """Whatever takes a store from outside stands behind the matrix, or is one of the few doors."""
    bare = []
    for module in pkgutil.iter_modules(room.__path__, "store."):
        for name, one in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            first = next(iter(inspect.signature(one).parameters.values()), None)
            if not name.startswith("_") and first is not None and first.annotation in (Store, "Store"):
                bare += [] if name in GUARDED or name in DOORS else [name]
    assert bare == []


def test_the_matrix_is_whole() -> None:
    """Every action says something of every role, and what it does not know it denies."""
    assert {tuple(row) for row in MATRIX.values()} == {ROLES}
    assert {cell for row in MATRIX.values() for cell in row.values()} == {"all", "teams", "own", "none"}
    assert set(GUARDED.values()) == set(MATRIX)
    assert not allowed(Principal("x", "king"), "desk.read")
    assert not allowed(OWNER, "desk.burn")


def test_the_page_shows_the_matrix_that_holds() -> None:
    """docs/explanation/store.md tells the rights as they are."""
    page = (Path(__file__).parents[3] / "docs" / "explanation" / "store.md").read_text(encoding="utf-8")
    shown = {words[0]: words[1:] for line in page.splitlines() if (words := line.split())}
    assert {action: shown.get(action) for action in MATRIX} == {
        action: list(row.values()) for action, row in MATRIX.items()
    }


def test_unpublished_plans_are_hidden_from_agents_and_look_like_none(world: World) -> None:
    """An agent can't tell a draft from a plan that does not exist."""
    agent = BY_ROLE["agent"]
    shown = {plan.hash: plan.status for plan in room.list_plans(world.store, agent)}
    assert world.plan in shown
    assert set(shown.values()) <= {"published", "archived"}
    for key in (world.draft, "0" * 64):
        with pytest.raises(NotYoursError) as error:
            room.read_duty(world.store, agent, key)
        assert str(error.value) == str(NotYoursError())
    assert all(plan.summary == {} for plan in room.list_plans(world.store, BY_ROLE["lead"]))
    with pytest.raises(InputError) as known:
        room.read_duty(world.store, BY_ROLE["auditor"], "0" * 64)
    assert not isinstance(known.value, NotYoursError)


def test_a_lead_of_another_team_sees_nothing_of_this_one(world: World) -> None:
    """Teams are looked up in the row, not in what somebody asks for."""
    other = Principal("x@example.com", "lead", ("T2",))
    assert set(room.read_duty(world.store, other, world.plan)["agent"]) == {"A3"}
    assert set(room.read_scores(world.store, other, world.run)["agent"]) == {"A3"}
    nobody = Principal("y@example.com", "lead")
    assert room.list_plans(world.store, nobody) == ()


@pytest.mark.parametrize("role", STORED_ROLES)
def test_tokens_stand_for_their_principal(world: World, role: str) -> None:
    """A token gives the rights that its principal has now, for its kind only, until it is revoked."""
    principal = BY_ROLE[role]
    plain = room.make_token(world.store, principal, "api")
    assert room.principal_of_token(world.store, plain, "api") == room.principal_of(world.store, principal.who)
    number = max(token.id for token in room.list_tokens(world.store, principal) if token.who == principal.who)
    attempts = [(plain, "calendar"), (plain + "x", "api"), ("", "api")]
    assert all(refused(lambda own=own: room.principal_of_token(world.store, *own)) for own in attempts)
    room.revoke_token(world.store, principal, number)
    assert refused(lambda: room.principal_of_token(world.store, plain, "api"))


def test_principals_are_checked_and_removal_ends_their_tokens(world: World) -> None:
    """No owner can be made, no agent without a code, nobody twice; who is removed is out at once."""
    for bad in (Principal("o@example.com", "owner"), Principal("a@example.com", "agent"), Principal(" ", "auditor")):
        with pytest.raises(InputError) as error:
            room.add_principal(world.store, OWNER, bad)
        assert error.value.report("en") != error.value.report("zh")
    known = known_stranger(world)
    with pytest.raises(InputError):
        room.add_principal(world.store, OWNER, known)
    plain = room.make_token(world.store, known, "api")
    room.remove_principal(world.store, OWNER, known.who)
    assert refused(lambda: room.principal_of_token(world.store, plain, "api"))
    assert refused(lambda: room.principal_of(world.store, known.who))


def test_capitals_of_an_address_do_not_matter(world: World) -> None:
    """Who was let in as Lee.May@Example.com is proved as lee.may@example.com; nobody is let in twice by capitals."""
    kept = room.add_principal(world.store, OWNER, Principal("Lee.May@Example.com", "auditor"))
    assert room.principal_of(world.store, "lee.may@example.com") == kept
    assert room.principal_of(world.store, kept.who) == kept
    with pytest.raises(InputError, match=re.escape(kept.who)):
        room.add_principal(world.store, OWNER, Principal("lee.may@example.com", "manager"))
    room.remove_principal(world.store, OWNER, kept.who)
    assert refused(lambda: room.principal_of(world.store, "lee.may@example.com"))


def test_tokens_are_kept_as_hashes_only(world: World) -> None:
    """Who reads the database can't act for anybody."""
    plain = room.make_token(world.store, BY_ROLE["agent"], "calendar")
    with world.store.reading() as connection:
        rows = connection.execute(select(tokens)).all()
    assert rows
    assert not any(plain in str(row) for row in rows)
