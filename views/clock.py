"""Whose clock a page goes by: that of the desk that it is about, always named."""

from datetime import datetime
from functools import lru_cache

import streamlit as st

from desk.moment_words import moment_words
from store import owner, zone_of_desk
from views.api.serve import the_store

_KEY, _UNKNOWN = "zone", "UTC"


def zone_of(version: str) -> str:
    """The time zone of a desk version by its hash; it tells nobody anything else of the desk."""
    return _zone(str(the_store().engine.url), version)


def at_desk(at: datetime, version: str) -> str:
    """A moment on the clock of a desk, by the hash of one of its versions."""
    return moment_words(at, zone_of(version))


@lru_cache(maxsize=512)
def _zone(address: str, version: str) -> str:
    return zone_of_desk(the_store(), owner(), version)


def remember_zone(zone: str | None) -> None:
    """Keep the time zone of the desk that this session looks at; None where it looks at none."""
    st.session_state[_KEY] = zone or _UNKNOWN


def zone_here() -> str:
    """The time zone of the desk that this session looks at, for what belongs to no desk."""
    return str(st.session_state.get(_KEY, _UNKNOWN))
