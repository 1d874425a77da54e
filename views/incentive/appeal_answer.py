"""Answers an appeal: refused with a reason, or approved with a corrected record or one taken out."""

from typing import Any

import pandas as pd
import streamlit as st

from desk import InputError
from desk.i18n import text
from desk.tables import Column, table
from desk.write.folder import safe_texts
from planner.pay.appeal import approve, order_again
from planner.pay.correction import CORRECTABLE, Correction
from store import Principal, Request, answer_request
from views.api.serve import the_store
from views.findings import show_findings
from views.several import choose_several
from views.told import tell

CORRECT, EXCLUDE, REFUSE = "correct", "exclude", "refuse"
_LONGEST = 2000
_YES_NO = {"": "view.appeals.blank", "1": "view.appeals.yes", "0": "view.appeals.no"}
_OF_MEASURE = {"speed": "first_reply", "rating": "rating", "conversion": "converted", "overtime": "closed"}


def show_answer(principal: Principal, request: Request, record: pd.DataFrame, lang: str) -> None:
    """Draw the form; an approved appeal whose scoring failed can be ordered again by it."""
    st.subheader(text("view.appeals.answer", lang))
    open_still = request.status == "asked"
    ways = [*([] if record.empty else [CORRECT, EXCLUDE]), *([REFUSE] if open_still else [])]
    if record.empty:
        st.caption(text("view.appeals.needs_record", lang))
    if not ways:
        return
    words = {way: text(f"view.appeals.way.{way}", lang) for way in ways}
    label, key = text("view.appeals.way_label", lang), f"appeal-{request.id}"
    way = st.radio(label, ways, format_func=words.__getitem__, key=f"{key}-way", horizontal=True)
    values = _corrections(request, record, lang) if way == CORRECT else {}
    said = st.text_area(text("view.appeals.words", lang), key=f"{key}-words", max_chars=_LONGEST)
    ready = bool(said.strip()) and (way != CORRECT or bool(values))
    if not said.strip():
        st.caption(text("view.appeals.words_needed", lang))
    button = text("view.appeals.refuse" if way == REFUSE else "view.appeals.approve", lang)
    if st.button(button, key=send_key(request), type="primary", disabled=not ready):
        _send(principal, request, way, record, values, said.strip(), lang)


def send_key(request: Request) -> str:
    """Key of the button that answers an appeal: who presses it too late finds it gone."""
    return f"appeal-{request.id}-send"


def _send(
    principal: Principal, request: Request, way: str, record: pd.DataFrame, values: dict[str, str], said: str, lang: str
) -> None:
    store = the_store()
    try:
        if way == REFUSE:
            answer_request(store, principal, request.id, "refuse", said)
            tell("success", text("view.appeals.refused", lang, number=request.id))
        else:
            correction = Correction(str(record["contact"].iloc[0]), values, way == EXCLUDE)
            if request.status == "asked":
                approve(store, principal, request.id, correction, said)
            else:
                order_again(store, principal, request.id, correction)
            tell("success", text("view.appeals.approved", lang, number=request.id))
    except InputError as error:
        show_findings(error.findings, lang, key=f"appeal-{request.id}-wrong")
        return
    st.rerun()


def _corrections(request: Request, record: pd.DataFrame, lang: str) -> dict[str, str]:
    """The columns that are corrected, each with the value put in; what stands as it was is not among them."""
    declared = table("contacts").columns
    titles = {name: declared[name].title(lang) for name in CORRECTABLE}
    likely = _OF_MEASURE.get(str(request.detail["measure"]))
    label, key, first = text("view.appeals.columns", lang), f"appeal-{request.id}-columns", [likely] if likely else []
    chosen = choose_several(label, CORRECTABLE, lang, key=key, words=titles.__getitem__, first=first)
    known = safe_texts(record[[name for name in record if name in declared]], "contacts").iloc[0]
    put_in = {name: _field(request, declared[name], str(known.get(name, "")), lang) for name in chosen}
    return {name: value for name, value in put_in.items() if value != str(known.get(name, ""))}


def _field(request: Request, column: Column, known: str, lang: str) -> str:
    key, title = f"appeal-{request.id}-{column.name}", column.title(lang)
    if column.kind == "bool":
        words: dict[str, str] = {value: text(name, lang) for value, name in _YES_NO.items()}
        return str(st.selectbox(title, list(words), _at(words, known), format_func=words.__getitem__, key=key))
    if column.kind == "choice":
        options: dict[str, Any] = {"": text("view.appeals.blank", lang)} | {one: one for one in column.choices}
        return str(st.selectbox(title, list(options), _at(options, known), format_func=options.__getitem__, key=key))
    return st.text_input(title, known, key=key, help=column.help(lang) or None).strip()


def _at(options: dict[str, Any], known: str) -> int:
    return list(options).index(known) if known in options else 0
