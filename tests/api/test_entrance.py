"""How often anybody may ask."""

from pathlib import Path

import pytest
from starlette.requests import Request

import views.api.entrance as room
from store import Principal, add_principal, make_token, open_store, owner
from views.api.entrance import NoTokenError, Rate, TooOftenError, principal_behind


def test_a_good_token_is_slowed_down_whatever_it_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also a calendar's: working one out is dear. Bad ones are counted apart, by where they come from."""
    store = open_store(f"sqlite:///{tmp_path / 'peakdesk.db'}")
    ann = add_principal(store, owner(), Principal("ann@example.com", "agent", agent="A1"))
    token = make_token(store, ann, "calendar")
    monkeypatch.setattr(room, "KNOWN", Rate(per_s=0.0, burst=2))
    request = Request({"type": "http", "headers": [], "client": ("10.0.0.9", 1)})
    for _ in range(2):
        assert principal_behind(store, request, token, "calendar") == ann
    with pytest.raises(TooOftenError):
        principal_behind(store, request, token, "calendar")
    with pytest.raises(NoTokenError):
        principal_behind(store, request, "wrong", "calendar")
