"""A server whose store is gone."""

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from desk.i18n import LANGUAGES
from tests.awaited import awaited
from views.api.serve import api_routes


async def ask(path: str, lang: str) -> httpx.Response:
    """What the routes answer to somebody with a token that nobody made."""
    door = httpx.ASGITransport(Starlette(routes=api_routes()))
    head = {"Accept-Language": lang, "Authorization": "Bearer nothing"}
    async with httpx.AsyncClient(transport=door, base_url="http://desk") as client:
        return await client.get(path, headers=head)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "where", ["postgresql://secretly:wrong@127.0.0.1:1/hidden", "sqlite:///{folder}", "mysql://secretly@x/y"]
)
def test_strangers_learn_that_the_store_is_gone_and_not_where_it_is(
    where: str, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """503, in words, to try again; host, account and path stand in the server's log and in no answer."""
    monkeypatch.setenv("PEAKDESK_DB", where.format(folder=tmp_path))
    for path in ("/api/v1/plans", "/calendar/anything.ics"):
        answer = awaited(ask(path, lang))
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"
        assert [finding["code"] for finding in answer.json()["findings"]] == ["api_store_unusable"]
        for hidden in ("secretly", "wrong", "hidden", "127.0.0.1", str(tmp_path)):
            assert hidden not in answer.text
    assert "wrong" not in caplog.text
    assert {"postgresql": "secretly", "sqlite": str(tmp_path)}.get(where.partition(":")[0], "") in caplog.text
