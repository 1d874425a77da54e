"""The journal of a plan's edits: who put what instead of what, when and why; and the way back."""

from collections.abc import Iterable, Sequence
from itertools import groupby

import pandas as pd
import streamlit as st

from desk import InputError
from desk.i18n import text
from desk.moment_words import SECOND, moment_words
from store import Edit, read_edits, undo_edit
from views.api.serve import the_store
from views.opened import OpenPlan
from views.roster.may import Stored
from views.table_shown import show_plain_table
from views.told import tell, tell_refused

_MOST = 500


def show_journal(plan: OpenPlan, own: Stored) -> None:
    """Draw the newest entries, those of one call and person on one line, and the button that takes one's last back."""
    st.header(text("view.roster.journal.title", own.lang))
    edits = read_edits(the_store(), own.principal, own.version.hash)
    if not edits:
        st.info(text("view.roster.journal.none", own.lang))
        return
    if not own.refusal("edit"):
        last = last_standing(edits, own.principal.who)
        label = text("view.roster.journal.undo", own.lang)
        st.button(label, key="edit-undo", disabled=last is None, on_click=_undo, args=(own, last))
    zone = plan.planned.desk.settings.timezone
    frame = journal_rows(edits[-_MOST:], zone, plan.planned.desk.settings.interval_min)
    show_plain_table(frame, own.lang, key="journal", words="view.roster.journal.column")


def last_standing(edits: Sequence[Edit], who: str) -> int | None:
    """The newest of somebody's entries that is neither an undoing nor undone; None where there is none."""
    undone = {edit.undoes for edit in edits}
    mine = (edit.id for edit in edits if edit.who == who and edit.undoes is None and edit.id not in undone)
    return max(mine, default=None)


def journal_rows(edits: Sequence[Edit], zone: str, interval_min: int) -> pd.DataFrame:
    """Runs of cells that one call changed in the same way, the newest first: at, who, agent, when, before, after, why,
    undoes.
    """
    each = pd.Timedelta(minutes=interval_min)
    ordered = sorted(edits, key=lambda edit: (edit.at, edit.who, edit.agent, edit.start))
    told = []
    for _, own in groupby(ordered, key=lambda edit: (edit.at, edit.who, edit.agent)):
        told += [_row(run, zone, each) for run in _runs(list(own), each)]
    names = ["at", "who", "agent", "when", "before", "after", "why", "undoes"]
    return pd.DataFrame(told[::-1], columns=names)


def _runs(edits: Sequence[Edit], each: pd.Timedelta) -> Iterable[list[Edit]]:
    run: list[Edit] = []
    for edit in edits:
        alike = run and _alike(run[-1], edit) and pd.Timestamp(edit.start) - pd.Timestamp(run[-1].start) == each
        if run and not alike:
            yield run
            run = []
        run.append(edit)
    yield run


def _alike(one: Edit, other: Edit) -> bool:
    return (one.before, one.after, one.shift) == (other.before, other.after, other.shift)


def _row(run: Sequence[Edit], zone: str, each: pd.Timedelta) -> tuple[object, ...]:
    first, last = (pd.Timestamp(own.start).tz_convert(zone) for own in (run[0], run[-1]))
    edit = run[0]
    shift = f" ({edit.shift})" if edit.shift else ""
    when = f"{first:%Y-%m-%d %H:%M}–{last + each:%H:%M}"
    after = f"{edit.after or 'OFF'}{shift}"
    at = moment_words(edit.at, zone, SECOND)
    return at, edit.who, edit.agent, when, edit.before or "OFF", after, edit.why, "✓" if edit.undoes else ""


def _undo(own: Stored, last: int) -> None:
    """Take back the edit that the page showed as the last: a second click takes back no other."""
    why = text("view.roster.journal.undo_why", own.lang)
    try:
        entries = undo_edit(the_store(), own.principal, own.version.hash, why, entry=last)
    except InputError as error:
        tell_refused(error, own.lang)
        return
    tell("success", text("view.roster.journal.undone", own.lang, cells=len(entries)))
