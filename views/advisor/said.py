"""Advice as sentences, each with the way to try it."""

from collections.abc import Sequence

import streamlit as st

from charts.theme import day_words
from desk.i18n import text
from planner.advice import Advice, Kind
from planner.page.number import whole
from views.link import go, may_open
from views.markdown import plain
from views.supposing import prepare

_MOST = 3
_KINDS: tuple[Kind, ...] = ("agent", "trained", "overtime_h")


def show_advice(found: Sequence[Advice], currency: str, lang: str) -> None:
    """Draw what is worth its price, the best of each kind first; and how much is not."""
    worth = [own for own in found if own.pays]
    for kind in _KINDS:
        own = [one for one in worth if one.kind == kind][:_MOST]
        if own:
            st.subheader(text(f"view.advisor.kind.{kind}", lang))
        for place, one in enumerate(own):
            _one(one, f"advice-{kind}-{place}", currency, lang)
    if not worth:
        st.info(text("view.advisor.nothing", lang))
    elif len(found) > len(worth):
        st.caption(plain(text("view.advisor.rest", lang, count=len(found) - len(worth))))


def _one(own: Advice, key: str, currency: str, lang: str) -> None:
    words, button = st.columns([5, 1], vertical_alignment="center")
    words.markdown(plain(sentence(own, currency, lang)))
    if may_open("whatif") and button.button(text("view.advisor.try", lang), key=key, help=plain(own.supposition)):
        prepare([own.supposition])
        go("whatif")


def sentence(own: Advice, currency: str, lang: str) -> str:
    """What it is, what it saves, what it is paid, and from which price on it is not worth it."""
    money = {name: f"{whole(getattr(own, name))} {currency}" for name in ("saves", "paid", "gain")}
    change = f"{'−' if own.paid < 0 else '+'}{whole(abs(own.paid))} {currency}"
    named = {"change": change, "contract": own.contract, "skills": own.skills.replace("|", ", "), "queue": own.queue}
    day = "" if own.date is None else day_words(own.date, lang)
    return text(f"view.advisor.say.{own.kind}", lang, **money, **named, day=day)
