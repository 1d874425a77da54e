"""What was understood of a desk, before it is kept: its event, its queues, its people, its tables."""

from typing import Any

import pandas as pd
import streamlit as st

from desk import Desk
from desk.i18n import text
from desk.tables import table
from planner.page.number import period
from planner.rows import rows
from views.markdown import plain
from views.table_shown import show_plain_table


def show_understood(desk: Desk, lang: str, *, key: str) -> None:
    """Draw the desk as Peakdesk reads it."""
    facts = {"name": desk.settings.name, "queues": ", ".join(desk.settings.queues)}
    facts = {name: plain(words) for name, words in facts.items()} | {"period": period(desk, lang)}
    st.markdown(text("view.data.understood", lang, **facts))
    st.markdown("\n".join(f"- {plain(words)}" for words in understood(desk, lang)))
    told = [{"table": table(name).title(lang), "rows": len(frame)} for name, frame in desk.tables.items()]
    with st.expander(text("view.data.tables", lang)):
        show_plain_table(pd.DataFrame(told), lang, key=key)


def understood(desk: Desk, lang: str) -> list[str]:
    """The desk in sentences: each queue with its past, the people, the promotion."""
    lines = [_queue(desk, name, lang) for name in desk.settings.queues]
    agents = desk.table("agents")
    if len(agents):
        people: dict[str, Any] = {"people": len(agents), "teams": agents["team"].nunique()}
        lines.append(text("view.understood.people", lang, **people, shifts=len(desk.table("shifts"))))
    for row in rows(desk.table("promotions").sort_values("start")):
        facts = {"phase": row.phase, "start": row.start, "end": row.end}
        inside = row.end > desk.starts[0] if len(desk.starts) else True
        lines += [text("view.understood.promotion", lang, **facts)] if inside else []
    return lines


def _queue(desk: Desk, name: str, lang: str) -> str:
    history = desk.table("history")
    own = history[history["queue"] == name]
    if own.empty:
        return text("view.understood.no_history", lang, queue=name)
    facts = {"first": own["start"].min(), "last": own["start"].max(), "offered": own["offered"].sum()}
    return text("view.understood.queue", lang, queue=name, **facts)
