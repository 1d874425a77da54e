"""Scenarios of a plan that somebody kept, side by side."""

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from charts.scenarios import scenarios as scenarios_chart
from desk import InputError
from desk.i18n import text
from planner.page.whatif import cell, change_words, measure_words
from planner.rows import rows
from planner.whatif import WhatIf
from store import Scenario, allowed, list_scenarios, read_edits, remove_scenario, save_scenario
from views.api.serve import the_store
from views.markdown import plain
from views.opened import OpenPlan
from views.picture import show_picture
from views.table_shown import show_plain_table
from views.told import tell, tell_refused
from views.who import whoever

_LONGEST_NAME = 100
_COLUMNS = ["measure", "queue", "before", "after", "change"]


def offer_to_save(plan: OpenPlan, found: WhatIf, lang: str) -> None:
    """Draw the name of a scenario and the button that keeps it; who may not keep any sees neither."""
    if plan.stored is None:
        st.caption(plain(text("view.whatif.not_kept", lang)))
        return
    if not allowed(whoever(lang), "scenario.write"):
        return
    written = [own.text for own in found.suppositions]
    usual = "; ".join(written)[:_LONGEST_NAME]
    name = st.text_input(text("view.whatif.name", lang), placeholder=usual, key="whatif-name").strip() or usual
    st.button(text("view.whatif.save", lang), key="whatif-save", on_click=_save, args=(plan, found, name, lang))


def show_saved(plan: OpenPlan, lang: str) -> None:
    """Draw the plan's scenarios: a picture of what they cost, all measures side by side, and a way to forget one."""
    kept = () if plan.stored is None else list_scenarios(the_store(), whoever(lang), plan.key)
    known = [(own, _frame(own)) for own in kept]
    if not known:
        return
    st.header(text("view.whatif.saved", lang))
    currency = plan.planned.desk.settings.currency
    changes = pd.DataFrame([_change(own, frame) for own, frame in known])
    show_picture(scenarios_chart(changes, lang=lang), changes, "costs", lang, key="whatif-scenarios")
    show_plain_table(side_by_side(known, currency, lang), lang, key="whatif-saved-table", words="view.whatif.column")
    if older := _before_edits(plan, kept, lang):
        names = text("view.team.join", lang).join(own.name for own in older)
        st.caption(plain(text("view.whatif.before_edits", lang, names=names)))
    if allowed(whoever(lang), "scenario.write"):
        _forget([own for own, _ in known], lang)


def side_by_side(known: Sequence[tuple[Scenario, pd.DataFrame]], currency: str, lang: str) -> pd.DataFrame:
    """One row a measure, one column a scenario: the value and its difference to the plan. The plan is that of the
    newest one.
    """
    newest = known[-1][1]
    columns = {"measure": [measure_words(row, lang) for row in rows(newest)]}
    columns["before"] = [cell(row.measure, row.before, currency) for row in rows(newest)]
    for own, frame in known:
        name = f"{own.name} " if own.name in _COLUMNS else own.name
        columns[name] = [f"{cell(row.measure, row.after, currency)} ({change_words(row)})" for row in rows(frame)]
    return pd.DataFrame(columns)


def _before_edits(plan: OpenPlan, kept: Sequence[Scenario], lang: str) -> list[Scenario]:
    """Those that were compared with the plan before it was edited last."""
    edits = read_edits(the_store(), whoever(lang), plan.key)
    return [own for own in kept if edits and own.created_at < edits[-1].at]


def _change(own: Scenario, frame: pd.DataFrame) -> dict[str, Any]:
    by = frame.set_index("measure")["change"]
    return {"name": own.name, "staff": float(by["staff"]), "rest": float(by["total"] - by["staff"])}


def _frame(own: Scenario) -> pd.DataFrame:
    return pd.DataFrame(own.measures["rows"], columns=_COLUMNS)


def _save(plan: OpenPlan, found: WhatIf, name: str, lang: str) -> None:
    measures = {"rows": json.loads(found.frame().to_json(orient="values"))}
    written = [own.text for own in found.suppositions]
    try:
        save_scenario(the_store(), whoever(lang), plan.key, name, written, measures)
    except InputError as error:
        tell_refused(error, lang)
    else:
        tell("success", text("view.whatif.kept", lang, name=name))


def _forget(kept: Sequence[Scenario], lang: str) -> None:
    words = {own.id: own.name for own in kept}
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    chosen = left.selectbox(text("view.whatif.one", lang), list(words), format_func=words.__getitem__, key="whatif-one")
    right.button(text("view.whatif.forget", lang), key="whatif-forget", on_click=_remove, args=(chosen, lang))


def _remove(number: int, lang: str) -> None:
    try:
        remove_scenario(the_store(), whoever(lang), number)
    except InputError as error:
        tell_refused(error, lang)
