"""The event in money: a waterfall, and each part with the way to its source."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from charts.cost_words import cost_words
from charts.event_account import event_account as waterfall
from desk.i18n import text
from planner.event import Entry, EventAccount
from planner.event.account import Side
from planner.page.number import whole
from views.markdown import plain
from views.picture import show_picture
from views.source import Source, show_source

_SIDES: dict[Side, Source] = {
    "value": Source("staffing", "service"),
    "service": Source("staffing", "service"),
    "paid": Source("roster", "roster"),
    "rewards": Source("incentives", "scores"),
    "priced": Source("roster"),
}


def show_account(account: EventAccount, currency: str, lang: str) -> None:
    """Draw what the event brings and costs, part by part."""
    if account.valued:
        left, right = st.columns([3, 2], gap="large")
        with left:
            frame = account_frame(account, lang)
            show_picture(waterfall(frame, lang=lang), frame, "costs", lang, key="account")
    else:
        right = st.container()
        if any(entry.side == "service" for entry in account.entries):
            right.info(text("view.overview.no_value", lang))
    with right:
        for side, source in _SIDES.items():
            own = [entry for entry in account.entries if entry.side == side and entry.amount]
            if own:
                _part(side, own, source, currency, lang)


def account_frame(account: EventAccount, lang: str) -> pd.DataFrame:
    """``words, amount`` of everything that is money, in its order; prices of wishes are none."""
    shown = [own for own in account.entries if own.side != "priced"]
    rows = [(entry_words(own, lang), own.amount if own.side == "value" else 0.0 - own.amount) for own in shown]
    return pd.DataFrame(rows, columns=["words", "amount"]).astype({"amount": "float64"})


def entry_words(entry: Entry, lang: str) -> str:
    """What a term is called."""
    if entry.side == "value":
        return text("view.overview.value_of", lang, queue=entry.term.partition(".")[2])
    return text("view.overview.rewards", lang) if entry.side == "rewards" else cost_words(entry.term, lang)


def _part(side: Side, own: list[Entry], source: Source, currency: str, lang: str) -> None:
    sign = "+" if side == "value" else "−"
    total = whole(sum(entry.amount for entry in own))
    facts = {"side": text(f"view.overview.side.{side}", lang), "amount": f"{sign}{total} {currency}"}
    head, parts = plain(text("view.overview.side_head", lang, **facts)), text("view.app.list_join", lang)
    st.markdown(f"**{head}**  \n{parts.join(_named(own, lang))}")
    show_source(source, lang)


def _named(own: list[Entry], lang: str) -> Iterator[str]:
    return (f"{plain(entry_words(entry, lang))} {plain(whole(entry.amount))}" for entry in own)
