"""Advice as sentences, each with the way to try it."""

from collections.abc import Sequence

import streamlit as st

from charts.theme import day_words
from desk.i18n import text
from planner.advice import Advice
from planner.page.number import whole
from views.link import go, may_open
from views.markdown import plain
from views.supposing import prepare

_MOST = 8


def show_advice(found: Sequence[Advice], currency: str, lang: str) -> None:
    """Draw what is worth its price, best first; and how much is not."""
    worth = [own for own in found if own.pays]
    for place, own in enumerate(worth[:_MOST]):
        words, button = st.columns([4, 1], vertical_alignment="center")
        words.markdown(f"{place + 1}\\. {plain(sentence(own, currency, lang))}")
        if may_open("whatif"):
            tried = button.button(text("view.advisor.try", lang), key=f"advice-{place}", help=plain(own.supposition))
            if tried:
                prepare([own.supposition])
                go("whatif")
    if not worth:
        st.info(text("view.advisor.nothing", lang))
    elif len(found) > len(worth):
        st.caption(plain(text("view.advisor.rest", lang, count=len(found) - len(worth))))


def sentence(own: Advice, currency: str, lang: str) -> str:
    """What it is, what it saves, what it is paid, and from which price on it is not worth it."""
    money = {name: f"{whole(getattr(own, name))} {currency}" for name in ("saves", "paid", "gain")}
    named = {"contract": own.contract, "skills": own.skills.replace("|", ", "), "queue": own.queue}
    day = "" if own.date is None else day_words(own.date, lang)
    return text(f"view.advisor.say.{own.kind}", lang, **money, **named, day=day)
