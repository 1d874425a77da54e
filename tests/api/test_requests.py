"""What is sent wrongly, or with bad intent, is refused in words; nothing personal leaks."""

import json

import httpx
import pytest

from desk.i18n import LANGUAGES, text
from tests.api.conftest import Served
from tests.unit.store.world import BY_ROLE, NAMES
from views.api.asked import LARGEST_BODY_BYTES

NOWHERE = "0" * 64


@pytest.mark.parametrize(
    "head",
    [{}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp4"}, {"Authorization": "Bearer " + "x" * 5000}],
)
def test_without_a_good_token_nothing_is_told(served: Served, head: dict[str, str]) -> None:
    """Also not whether an address exists."""
    answers = [served.open(path, **head) for path in ("/api/v1/plans", "/api/v1/nothing")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json() == answers[1].json()
    assert answers[0].headers["www-authenticate"] == "Bearer"


def test_a_token_is_good_for_its_kind_only(served: Served) -> None:
    """A calendar's address opens no data, a token for data no calendar; a token in an address of the API nothing."""
    assert served.open("/api/v1/me", Authorization=f"Bearer {served.calendars['agent']}").status_code == 401
    assert served.open(f"/calendar/{served.tokens['agent']}.ics").status_code == 401
    assert served.open(f"/api/v1/me?token={served.tokens['manager']}").status_code == 401


def test_what_is_not_yours_looks_like_what_is_not_there(served: Served) -> None:
    """The same answer to an agent for a plan that is not published and for none."""
    there, nowhere = (served.ask("agent", f"/plans/{key}") for key in (served.world.draft, NOWHERE))
    assert (there.status_code, there.json()) == (403, nowhere.json())


def test_what_is_not_there_is_said_to_who_may_see_all(served: Served) -> None:
    """With its code, a sentence and a cure."""
    for path in (
        f"/plans/{NOWHERE}",
        f"/desks/{NOWHERE}",
        "/scores/999",
        f"/desks/{served.world.desk}/tables/x",
        "/nothing",
        "/scores/x",
    ):
        answer = served.ask("manager", path)
        assert answer.status_code == 404, path
        assert all(finding["cure"] for finding in answer.json()["findings"])


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "limit=x", "after=-1", "after=1e9", "limit=" + "9" * 400, "after=٣"]
)
def test_pages_are_bounded(served: Served, query: str) -> None:
    """A number that is none is refused."""
    assert served.ask("manager", f"/plans?{query}").status_code == 400


def test_pages_follow_one_another(served: Served) -> None:
    """Nothing twice, nothing left out."""
    path, found, after = f"/plans/{served.world.plan}/duty", [], 0
    while after is not None:
        page = served.ask("manager", f"{path}?limit=4&after={after}").json()
        found += page["rows"]
        after = page["next"]
    assert found == served.ask("manager", path).json()["rows"]
    assert len(found) == page["total"] == 6


CELL = '{"agent": "A1", "start": "2025-06-17T16:00:00+00:00"'
BODIES = (
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b"[" * 100_000,
    b'{"edits": []}',
    b'{"edits": [1]}',
    b'{"edits": "x", "why": 3}',
    b'{"edits": [{"agent": 1, "start": 2}]}',
    b'{"edits": [{"agent": "A1", "start": "x"}]}',
    b'{"edits": [{"agent": "A1", "start": "2025-06-18"}]}',
    f'{{"edits": [{CELL}, "version": 1e99}}]}}'.encode(),
    f'{{"edits": [{CELL.replace("A1", "x")}, "other": 1}}]}}'.encode(),
    f'{{"edits": [{CELL.replace("A1", chr(92) + "ud800")}}}]}}'.encode(),
)


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body[:40].decode("latin-1"))
def test_a_body_that_is_none_is_refused(served: Served, body: bytes) -> None:
    """In words, whatever it is."""
    answer = served.ask("manager", f"/plans/{served.world.draft}/duty", "POST", content=body)
    assert answer.status_code == 400
    assert answer.json()["findings"]


@pytest.mark.parametrize(
    "body",
    [{}, [], {"kind": "leave"}, {"kind": "leave", "detail": 3}, {"kind": 1, "detail": {}}, {"kind": "x", "detail": {}},
     {"kind": "leave", "detail": {"date_from": "\ud800"}}, {"kind": "wish", "detail": {"date": "2026-01-01"}, "by": 1},
     {"kind": "wish", "detail": {"date": [], "wish": {}, "weight": "x"}}, {"kind": "leave", "detail": {}, "words": 3}],
)  # fmt: skip
def test_a_request_that_is_none_is_refused(served: Served, body: object) -> None:
    """In words, whatever it is."""
    answer = served.ask("agent", "/requests", "POST", content=json.dumps(body).encode())
    assert answer.status_code == 400, answer.text
    assert answer.json()["findings"]


def test_a_body_without_end_is_cut_off(served: Served) -> None:
    """Also one that does not say how long it is."""
    parts = (b" " * 2**16 for _ in range(2 * LARGEST_BODY_BYTES // 2**16))
    assert served.ask("manager", f"/plans/{served.world.draft}/duty", "POST", content=parts).status_code == 413


def test_two_who_edit_one_cell_are_told_of_each_other(served: Served) -> None:
    """The later one gets both values."""
    cell = {"agent": "A2", "start": "2025-06-17T17:00:00+00:00", "activity": "break", "version": 0}
    path = f"/plans/{served.world.draft}/duty"
    assert served.ask("lead", path, "POST", json={"edits": [cell], "why": "ill"}).status_code == 200
    late = served.ask("manager", path, "POST", json={"edits": [cell | {"activity": None}]})
    assert late.status_code == 409
    assert BY_ROLE["lead"].who in late.json()["findings"][0]["message"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/../../etc/passwd",
        "/api/v1/plans/..%2f..%2fx",
        "/api/v1/plans/%00",
        "/calendar/%2e%2e.ics",
        "/api/v1/desks/x/tables/__class__",
    ],
)
def test_odd_addresses_are_refused(served: Served, path: str) -> None:
    """Never a file, never a traceback."""
    answer = served.open(path, Authorization=f"Bearer {served.tokens['manager']}")
    assert "root:" not in answer.text
    assert "Traceback" not in answer.text


def test_findings_are_told_in_the_clients_language(served: Served) -> None:
    """English where it asks for neither."""
    for lang in LANGUAGES:
        answer = served.open("/api/v1/me", **{"Accept-Language": lang})
        assert answer.json()["findings"][0]["message"] == text("finding.api_token", lang)


def test_nothing_of_it_is_kept(served: Served) -> None:
    """No cache keeps an answer, no page may frame it, and the server's log names neither people nor tokens."""
    answer = served.ask("manager", f"/desks/{served.world.desk}/tables/agents")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    log = served.log.read_text(encoding="utf-8", errors="replace")
    secrets = [
        *served.tokens.values(),
        *served.calendars.values(),
        *NAMES.values(),
        *(own.who for own in BY_ROLE.values()),
    ]
    assert [secret for secret in secrets if secret in log and secret != "owner"] == []


def test_who_asks_without_end_is_slowed_down(served: Served) -> None:
    """One client's haste is not the others' wait."""
    head, codes = {"Authorization": "Bearer wrong"}, {401}
    with httpx.Client(base_url=served.address, headers=head, trust_env=False, timeout=30) as client:
        for _ in range(600):
            if 429 not in codes:
                codes.add(client.get("/api/v1/me").status_code)
    assert codes == {401, 429}
    assert served.ask("auditor", "/me").status_code == 200
