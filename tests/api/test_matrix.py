"""The access matrix through the API: role by route by own, own team's and other team's agent, on the running server."""

from typing import Any

import pytest

from store import MATRIX, make_token
from tests.api.conftest import ROLES, Served
from tests.unit.store.world import BY_ROLE, START, TEAMS
from views.api.route import ROUTES, ApiRoute

pytestmark = pytest.mark.xdist_group("api")
READS = [route for route in ROUTES if route.method == "GET" and route.action]
OF_PEOPLE = ("roster", "duty", "scores")
REACH = {"all": {"A1", "A2", "A3"}, "teams": {"A1", "A2"}, "own": {"A1"}, "none": set()}


def address(route: ApiRoute, served: Served) -> str:
    """The route's address in the small world."""
    world = served.world
    return route.path.format(desk=world.desk, plan=world.plan, table="agents", run=world.run, token=1)


@pytest.mark.parametrize("route", READS, ids=lambda route: route.name)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_reads_what_is_theirs(served: Served, role: str, route: ApiRoute) -> None:
    """Denied unless the matrix says otherwise; of people, exactly the rows within reach."""
    scope = MATRIX[route.action][role]
    answer = served.ask(role, address(route, served))
    assert answer.status_code == (403 if scope == "none" else 200), answer.text
    body = answer.json()
    if scope == "none":
        assert [finding["code"] for finding in body["findings"]] == ["not_yours"]
    elif route.name in OF_PEOPLE:
        assert {row["agent"] for row in body["rows"]} == REACH[scope]
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


def test_one_answers_me(served: Served) -> None:
    """Everybody is told who they are."""
    said: dict[str, Any] = served.ask("lead", "/me").json()
    assert said == {"who": "lee@example.com", "role": "lead", "teams": ["T1"], "agent": "A1"}
