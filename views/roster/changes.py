"""What changed from one plan of a desk to another: people, days, roles, money, service."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from desk.i18n import text
from planner.editing.beside import Beside, beside, broken_pins
from planner.editing.pin import Keeping
from planner.page.number import money
from planner.page.reason import signed
from store import list_desks, list_plans
from views.api.serve import the_store
from views.clock import at_desk
from views.figure import Figure, show_figures
from views.kept_choice import say_anew
from views.markdown import plain
from views.opened import OpenPlan, open_stored
from views.roster.may import Stored
from views.roster.verdict_shown import cost_rows
from views.summary import with_names
from views.table_shown import show_plain_table


def show_changes(plan: OpenPlan, own: Stored) -> None:
    """Draw where this plan comes from, and what differs from another one of the same desk."""
    st.markdown(plain(text("view.roster.changes.intro", own.lang)))
    before = _origin(own)
    others = _others(own)
    if not others:
        st.info(text("view.roster.changes.none", own.lang))
        return
    keys = list(others)
    place = keys.index(before) if before in others else 0
    label = text("view.roster.changes.with", own.lang)
    key = f"changes-with-{plan.key[:12]}"
    say_anew(key, others, others.__getitem__)
    chosen = st.selectbox(label, keys, place, format_func=others.__getitem__, key=key)
    older = open_stored(own.principal, chosen)
    found = _beside(older, plan)
    _figures(found, plan, own.lang)
    if chosen == before:
        _held(older, plan, own)
    _tables(found, plan, own.lang)


def _meta(own: Stored, name: str) -> Mapping[str, Any]:
    told = own.version.summary.get("meta", {}).get(name)
    return told if isinstance(told, dict) else {}


def _origin(own: Stored) -> str | None:
    """The plan that this one was made from, told in a sentence."""
    again, carried = _meta(own, "replanned"), _meta(own, "carried")
    if again:
        told = {"hash": str(again["plan"])[:6], "days": again["kept_days"]}
        st.caption(plain(text("view.roster.changes.from", own.lang, **told)))
    elif carried:
        told = {"hash": str(carried["plan"])[:6], "who": carried["who"], "steps": carried["steps"]}
        st.caption(plain(text("view.roster.changes.carried", own.lang, **told, why=carried["why"])))
    found = (again or carried).get("plan")
    return None if found is None else str(found)


def _others(own: Stored) -> dict[str, str]:
    names = {version.hash: version.name for version in list_desks(the_store(), own.principal)}
    status = {name: text(f"view.plan.status.{name}", own.lang) for name in _STATUSES}
    return {
        one.hash: f"{at_desk(one.created_at, one.desk)} · {status[one.status]} · {one.hash[:6]}"
        for one in list_plans(the_store(), own.principal)
        if one.hash != own.version.hash and names.get(one.desk) == names.get(own.version.desk)
    }


_STATUSES = ("draft", "checked", "signed", "published", "archived")


@lru_cache(maxsize=4)
def _beside(before: OpenPlan, after: OpenPlan) -> Beside:
    return beside(before.planned, after.planned)


def _figures(found: Beside, plan: OpenPlan, lang: str) -> None:
    currency = plan.planned.desk.settings.currency
    change = signed(found.total_after - found.total_before, currency)
    figures = [
        Figure("roster.changes.people", str(found.people)),
        Figure("roster.changes.days", str(len(found.days))),
        Figure("roster.changes.roles", str(len(found.roles))),
        Figure("roster.changes.cost", money(found.total_after, currency), change),
    ]
    show_figures(figures, lang)


def _held(older: OpenPlan, plan: OpenPlan, own: Stored) -> None:
    """Whether what was to stay stayed."""
    again = _meta(own, "replanned")
    if not again:
        return
    desk = plan.planned.desk
    number = broken_pins(desk, older.planned.plan.roster, plan.planned.plan.roster, Keeping.read(again))
    if number:
        st.warning(text("view.roster.changes.broken", own.lang, count=number))
    else:
        st.success(text("view.roster.changes.held", own.lang))


def _tables(found: Beside, plan: OpenPlan, lang: str) -> None:
    desk, words = plan.planned.desk, "view.roster.changes.column"
    parts = {
        "days_table": with_names(found.days, desk).assign(date=found.days["date"].dt.strftime("%Y-%m-%d")),
        "roles_table": with_names(found.roles, desk).assign(date=found.roles["date"].dt.strftime("%Y-%m-%d")),
        "costs": cost_rows(found.costs, lang),
        "service": _service(found.service, lang),
    }
    for name, frame in parts.items():
        if len(frame):
            st.subheader(text(f"view.roster.changes.{name}", lang))
            show_plain_table(frame, lang, key=f"changes-{name}", words=words)


def _service(service: pd.DataFrame, lang: str) -> pd.DataFrame:
    measures = [text(f"view.roster.changes.measure.{name}", lang) for name in service["measure"]]
    sides = {
        side: [
            f"{value:.1%}" if name == "share" else f"{value:,.1f}"
            for name, value in zip(service["measure"], service[side], strict=True)
        ]
        for side in ("before", "after")
    }
    return service.assign(measure=measures, **sides)
