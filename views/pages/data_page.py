"""Everything that a desk is made of: check and keep your own, bring in what other systems write, take a template or a
sample, look a column up.
"""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from data import SAMPLES, sample_path
from desk import Desk, Finding, InputError, write_workbook
from desk.i18n import text
from desk.moment_words import moment_words
from store import NotYoursError, Principal, list_desks, save_desk
from views.api.serve import the_store
from views.desk_chosen import OpenDesk, chosen_desk, look_at, open_desk
from views.desk_upload import offer_templates, uploaded_desk, zipped
from views.dictionary import show_dictionary
from views.findings import show_findings
from views.foreign.bring import bring_in
from views.page import own_page
from views.replacing import choose_place
from views.told import tell, tell_refused
from views.understood import show_understood


def _draw(principal: Principal, lang: str) -> None:
    own, unread = _opened(principal)
    names = ("check", "foreign", "present", "begin", "dictionary")
    check, foreign, present, begin, dictionary = st.tabs([text(f"view.data.{name}", lang) for name in names])
    with check:
        _check(principal, lang)
    with foreign:
        st.markdown(text("view.foreign.words", lang))
        bring_in(principal, own, lang)
    with present:
        if unread:
            show_findings(unread, lang, key="present-unread")
        else:
            _present(principal, own, lang)
    with begin:
        offer_templates(lang)
        _samples(lang)
    with dictionary:
        show_dictionary(lang)


def _opened(principal: Principal) -> tuple[OpenDesk | None, tuple[Finding, ...]]:
    """The chosen desk, or why it can't be read: another may be put in its place all the same."""
    version = chosen_desk(principal)
    try:
        return None if version is None else open_desk(principal, version), ()
    except NotYoursError:
        raise
    except InputError as error:
        return None, error.findings


def _check(principal: Principal, lang: str) -> None:
    desk = uploaded_desk(lang, key="data")
    if desk is not None:
        show_understood(desk, lang, key="understood")
        place = choose_place(principal, desk, lang, key="data")
        st.button(
            text("view.start.keep", lang), key="data-keep", type="primary", disabled=not place.free,
            on_click=_keep, args=(principal, desk, place.seen, lang),
        )  # fmt: skip


def _keep(principal: Principal, desk: Desk, seen: str | None, lang: str) -> None:
    try:
        save_desk(the_store(), principal, desk, seen=seen)
    except InputError as error:
        tell_refused(error, lang)
        return
    look_at(desk.settings.name)
    tell("success", text("view.start.kept", lang, name=desk.settings.name))


def _present(principal: Principal, own: OpenDesk | None, lang: str) -> None:
    """The desk as it is kept: what it holds, to take away and change, and its versions."""
    if own is None:
        st.info(text("view.data.no_desk", lang))
        return
    show_understood(own.desk, lang, key="present")
    words = text("view.data.take", lang)
    st.download_button(words, partial(_book, own.desk), file_name="desk.xlsx", on_click="ignore", key="data-take")
    versions = list_desks(the_store(), principal, own.version.name)
    st.markdown(text("view.data.versions", lang, count=len(versions)))
    zone = own.desk.settings.timezone
    lines = [f"- {moment_words(kept.created_at, zone)} · {kept.hash[:8]}" for kept in versions[:20]]
    st.markdown("\n".join(lines))


def _book(desk: Desk) -> bytes:
    with TemporaryDirectory(prefix="peakdesk-") as folder:
        write_workbook(desk, Path(folder) / "desk.xlsx")
        return (Path(folder) / "desk.xlsx").read_bytes()


def _samples(lang: str) -> None:
    st.markdown(text("view.data.samples", lang))
    for name in SAMPLES:
        folder = sample_path(name)
        if folder.is_dir():
            label = text("view.data.sample", lang, name=name)
            st.download_button(label, partial(zipped, folder), file_name=f"{name}.zip", on_click="ignore")


own_page("data", _draw)
