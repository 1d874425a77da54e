"""What the rules say of a swap, before it is approved."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from desk import Finding
from desk.i18n import text
from planner.exchange import SwapVerdict
from planner.page.number import term
from views.markdown import plain
from views.own.words import person
from views.table_shown import show_plain_table

_SIDES = ("roster_", "duty_")
_MOST = 20


def show_verdict(found: SwapVerdict, names: Mapping[str, str], lang: str, *, key: str) -> None:
    """Draw the sentences that forbid the swap, those that make it dearer, and what it costs in all."""
    if found.hard:
        st.error(_listed("view.team.forbidden", found.hard, found, names, lang))
        return
    if found.priced:
        st.warning(_listed("view.team.dearer", found.priced, found, names, lang))
    else:
        st.success(text("view.team.free", lang))
    more = "more" if found.cost > 0 else "less"
    st.markdown(plain(text(f"view.team.{more}", lang, cost=abs(found.cost), currency=found.currency)))
    if found.costs:
        with st.expander(text("view.team.terms", lang)):
            rows = [(term(name, lang), amount) for name, amount in found.costs.items()]
            show_plain_table(pd.DataFrame(rows, columns=["part", "cost"]), lang, key=key, words="view.team.column")


def _listed(head: str, findings: Sequence[Finding], found: SwapVerdict, names: Mapping[str, str], lang: str) -> str:
    shown = findings[:_MOST]
    lines = [f"- {plain(_named(one, names).message(lang) + _money(one, found, lang))}" for one in shown]
    return "\n".join([text(head, lang), "", *lines])


def _named(finding: Finding, names: Mapping[str, str]) -> Finding:
    """The finding with the person's name beside the code."""
    agent = finding.facts.get("agent")
    return replace(finding, facts={**finding.facts, "agent": person(str(agent), names)}) if agent else finding


def _money(finding: Finding, found: SwapVerdict, lang: str) -> str:
    """What the rule's term of the account has more, where it has any."""
    code = finding.code
    for side in _SIDES:
        code = code.removeprefix(side)
    cost = found.costs.get(code, 0.0)
    return text("view.team.money", lang, cost=cost, currency=found.currency) if abs(cost) > 0 else ""
