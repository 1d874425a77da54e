"""A desk under a name that the store has already: what keeping it would put aside, and the word that it may."""

from typing import NamedTuple

import streamlit as st

from desk import Desk, InputError
from desk.i18n import text
from desk.tables import table
from planner.desk_beside import TableChange, changed_settings_of, changed_tables
from store import DeskVersion, Principal
from views.clock import at_desk
from views.desk_chosen import desk_versions
from views.findings import show_findings
from views.kept_desk import kept_desk
from views.markdown import plain


class Place(NamedTuple):
    """Where a desk goes: the version that it would replace, as its reader saw it; and whether it may."""

    seen: str | None
    free: bool


class _Change(NamedTuple):
    tables: tuple[TableChange, ...]
    settings: tuple[str, ...]


def choose_place(principal: Principal, desk: Desk, lang: str, *, key: str) -> Place:
    """Draw what the newest version of the same name has otherwise, and ask before anything of it goes.

    One that can't be read, such as another Peakdesk's, may be replaced, too.
    """
    newest = desk_versions(principal).get(desk.settings.name)
    if newest is None or newest.hash == desk.content_hash:
        return Place(newest.hash if newest else None, free=True)
    facts = {"name": newest.name, "who": newest.created_by, "at": at_desk(newest.created_at, newest.hash)}
    st.warning(plain(text("view.replacing.there", lang, **facts)))
    try:
        found = _change(newest, desk, f"{key}-beside")
    except InputError as error:
        show_findings(error.findings, lang, key=f"{key}-unread")
    else:
        st.markdown("\n".join(f"- {plain(words)}" for words in _lines(found, lang)))
        if not found.settings and not any(own.gone for own in found.tables):
            return Place(newest.hash, free=True)
    sure = st.checkbox(text("view.replacing.sure", lang), key=f"{key}-sure-{newest.hash[:12]}-{desk.content_hash[:12]}")
    return Place(newest.hash, sure)


def _change(newest: DeskVersion, desk: Desk, key: str) -> _Change:
    """Worked out once for a pair of versions."""
    pair = (newest.hash, desk.content_hash)
    if st.session_state.get(key, (None, None))[0] != pair:
        there = kept_desk(newest.hash)
        st.session_state[key] = (pair, _Change(changed_tables(there, desk), changed_settings_of(there, desk)))
    found: _Change = st.session_state[key][1]
    return found


def _lines(found: _Change, lang: str) -> list[str]:
    lines = [
        text("view.replacing.table", lang, title=table(own.table).title(lang), **own._asdict()) for own in found.tables
    ]
    if found.settings:
        lines.append(text("view.replacing.settings", lang, names=", ".join(found.settings)))
    return lines
