"""The access matrix through the API: role by route by own, own team's and other team's agent, on the running server."""

import datetime as dt
from typing import Any

import pytest

from store import MATRIX, make_request, make_token
from tests.api.conftest import ROLES, Served
from tests.unit.store.world import BY_ROLE, OWNER, START, TEAMS
from views.api.route import ROUTES, ApiRoute

READS = [route for route in ROUTES if route.method == "GET" and route.action]
OF_PEOPLE = ("roster", "duty", "edits", "requests", "scores")
REACH = {"all": {"A1", "A2", "A3"}, "teams": {"A1", "A2"}, "own": {"A1"}, "none": set()}


def address(route: ApiRoute, served: Served) -> str:
    """The route's address in the small world."""
    world = served.world
    known = {"desk": world.desk, "plan": world.plan, "run": world.run, "request": world.requests["A1"]}
    return route.path.format(**known, table="agents", token=1)


def reached(role: str, action: str) -> set[str]:
    """The agents whose rows a role reaches; own rows have only those who are an agent."""
    scope = MATRIX[action][role]
    return REACH[scope] if scope != "own" else {str(BY_ROLE[role].agent)} & set(TEAMS)


@pytest.mark.parametrize("route", READS, ids=lambda route: route.name)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_what_is_theirs(served: Served, role: str, route: ApiRoute) -> None:
    """Denied unless the matrix says otherwise; of people, exactly the rows within reach."""
    scope = MATRIX[route.action][role]
    answer = served.ask(role, address(route, served))
    refused = scope == "none" or (route.name == "request" and "A1" not in reached(role, route.action))
    assert answer.status_code == (403 if refused else 200), answer.text
    body = answer.json()
    if refused:
        assert [finding["code"] for finding in body["findings"]] == ["not_yours"]
    elif route.name in OF_PEOPLE:
        assert {row["agent"] for row in body["rows"]} == reached(role, route.action)
    elif route.name == "tokens" and scope == "own":
        assert {row["who"] for row in body["rows"]} == {BY_ROLE[role].who}


@pytest.mark.parametrize("agent", TEAMS)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_edits_the_duty_of_whom_they_may(served: Served, role: str, agent: str) -> None:
    """Own, own team's, other team's: the server refuses what is not theirs to change."""
    scope = MATRIX["duty.edit"][role]
    cell = {"agent": agent, "start": START.isoformat(), "activity": "break", "version": 1}
    answer = served.ask(role, f"/plans/{served.world.draft}/duty", "POST", json={"edits": [cell]})
    assert answer.status_code == (200 if agent in REACH[scope] else 403), answer.text


@pytest.mark.parametrize("agent", TEAMS)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_asks_for_whom_they_may(served: Served, role: str, agent: str) -> None:
    """And sees, answers and withdraws what is theirs to."""
    day = dt.date(2026, 1, 1) + dt.timedelta(days=7 * ROLES.index(role) + list(TEAMS).index(agent))
    wish = {"date": day.isoformat(), "wish": "off", "weight": 5}
    sent = {"kind": "wish", "detail": wish, "agent": agent, "words": "please"}
    made = served.ask(role, "/requests", "POST", json=sent)
    assert made.status_code == (200 if agent in reached(role, "request.make") else 403), made.text
    later = wish | {"date": (day + dt.timedelta(days=365)).isoformat()}
    number = make_request(served.world.store, OWNER, "wish", later, agent=agent).id
    seen = served.ask(role, f"/requests/{number}")
    assert seen.status_code == (200 if agent in reached(role, "request.read") else 403)
    done = served.ask(role, f"/requests/{number}/answers", "POST", json={"answer": "refuse", "words": "no"})
    may = agent in reached(role, "request.answer") and agent != BY_ROLE[role].agent
    assert done.status_code == (200 if may else 403), done.text


def test_a_leave_is_asked_for_and_answered(served: Served) -> None:
    """By the agent's token, refused a second time while it waits, answered by a manager's, and then at an end."""
    leave = {"date_from": "2025-06-19", "date_to": "2025-06-19", "kind": "annual"}
    made = served.ask("agent", "/requests", "POST", json={"kind": "leave", "detail": leave}).json()
    again = served.ask("agent", "/requests", "POST", json={"kind": "leave", "detail": leave})
    assert (again.status_code, again.json()["findings"][0]["code"]) == (409, "request_pending")
    path, no = f"/requests/{made['id']}/answers", {"answer": "refuse", "words": "no"}
    assert served.ask("lead", path, "POST", json=no | {"answer": "approve"}).status_code == 403, "their own"
    assert served.ask("manager", path, "POST", json=no).json()["status"] == "refused"
    assert served.ask("manager", path, "POST", json=no).status_code == 409
    assert served.ask("agent", f"/requests/{made['id']}").json()["answers"][0]["words"] == "no"
    assert served.ask("auditor", "/requests?kind=leave&status=refused").json()["total"] == 1
    assert served.ask("manager", "/requests/999").status_code == 404


def test_edits_move_shifts_and_are_taken_back(served: Served) -> None:
    """A cell with its shift, the journal that tells it, and one undoing."""
    cell = {"agent": "A3", "start": "2025-06-17T17:00:00+00:00", "activity": "sale", "shift": "N", "date": "2025-06-18"}
    path = f"/plans/{served.world.draft}"
    made = served.ask("analyst", f"{path}/duty", "POST", json={"edits": [cell], "why": "ill"})
    assert made.status_code == 200, made.text
    (entry,) = made.json()["edits"]
    assert (entry["shift"], entry["date"], entry["why"]) == ("N", "2025-06-18", "ill")
    assert served.ask("auditor", f"{path}/edits").json()["rows"][-1] == entry
    for _ in range(2):
        (back,) = served.ask("analyst", f"{path}/undo", "POST", json={"edit": entry["id"]}).json()["edits"]
    assert (back["undoes"], back["shift"]) == (entry["id"], "M")
    assert served.ask("auditor", f"{path}/undo", "POST", json={}).status_code == 403
    assert served.ask("analyst", f"{path}/undo", "POST", json={"edit": "1"}).status_code == 400


@pytest.mark.parametrize("other", ["own", "manager"])
@pytest.mark.parametrize("role", ROLES)
def test_a_role_ends_the_tokens_that_they_may(served: Served, role: str, other: str) -> None:
    """One's own, and for who may end all, also somebody else's; what was ended opens nothing."""
    owner = BY_ROLE[role if other == "own" else other]
    plain = make_token(served.world.store, owner, "api")
    number = max(row["id"] for row in served.ask("auditor", "/tokens?limit=1000").json()["rows"])
    answer = served.ask(role, f"/tokens/{number}", "DELETE")
    may = owner.who == BY_ROLE[role].who or MATRIX["token.write"][role] == "all"
    assert answer.status_code == (200 if may else 403)
    later = served.open("/api/v1/me", Authorization=f"Bearer {plain}")
    assert later.status_code == (401 if may else 200)


@pytest.mark.parametrize("role", ROLES)
def test_a_calendar_holds_nobody_elses_shifts(served: Served, role: str) -> None:
    """Whatever the role may read besides: a calendar is one agent's, and of what is published."""
    answer = served.open(f"/calendar/{served.calendars[role]}.ics")
    assert answer.status_code == 200
    assert answer.text.count("BEGIN:VEVENT") == (1 if BY_ROLE[role].agent else 0)
    assert not any(name in answer.text for name in ("A2", "A3"))
    assert "的班次" in served.open(f"/calendar/{served.calendars[role]}.ics?lang=zh").text


def test_one_answers_me(served: Served) -> None:
    """Everybody is told who they are."""
    said: dict[str, Any] = served.ask("lead", "/me").json()
    assert said == {"who": "lee@example.com", "role": "lead", "teams": ["T1"], "agent": "A1"}
