"""The incentive scheme in words and numbers, and a form to change it."""

import streamlit as st

from desk.i18n import text
from desk.moment_words import moment_words
from store import Principal, scope
from views.desk_chosen import OpenDesk, chosen_desk, open_desk
from views.incentive.runs import currency_of, run_words, runs_of, scheme_of
from views.incentive.scheme_form import show_form
from views.incentive.scheme_words import show_scheme
from views.link import show_link
from views.markdown import plain
from views.page import own_page


def _draw(principal: Principal, lang: str) -> None:
    version = chosen_desk(principal)
    if version is not None:
        _of_desk(principal, open_desk(principal, version), lang)
        return
    runs = runs_of(principal)
    if not runs:
        st.info(text("view.scheme.empty", lang))
        show_link("start", lang)
        return
    st.caption(plain(text("view.scheme.of_run", lang, run=run_words(runs[0], lang))))
    show_scheme(scheme_of(runs[0]), currency_of(runs[0]), None, lang)


def _of_desk(principal: Principal, own: OpenDesk, lang: str) -> None:
    scheme, currency = own.desk.settings.incentive, own.desk.settings.currency
    facts = {
        "name": own.version.name,
        "hash": own.version.hash[:8],
        "scheme": scheme.scheme or text("view.scheme.unnamed", lang),
    }
    facts |= {"saved": moment_words(own.version.created_at, own.desk.settings.timezone), "who": own.version.created_by}
    st.caption(plain(text("view.scheme.of_desk", lang, **facts)))
    show_scheme(scheme, currency, own.desk, lang)
    if scope(principal, "desk.write") == "all" and scope(principal, "score.read") == "all":
        show_form(principal, own, lang)


own_page("scheme", _draw)
