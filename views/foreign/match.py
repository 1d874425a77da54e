"""What the columns of a foreign file mean: matched as far as it is sure, the rest asked."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from desk.i18n import catalogue, text
from desk.tables import table
from planner.foreign import ORDERS, Foreign, Given, hours_to_ask, meant, orders_of, unfolded
from planner.foreign.hours_said import Hours
from views.markdown import plain

_NONE = ""
_MOST_NAMES = 50
_APART = ("date", "clock")


def match_columns(foreign: Foreign, name: str, known: Mapping[str, Sequence[str]], lang: str) -> Given | None:
    """Draw what each column of table ``name`` is in the file; None while something that is needed is not said.

    Parameters
    ----------
    known : column -> the names that the desk has for it, such as its queues.
    """
    titles = list(unfolded(foreign.frame).columns)
    guessed = meant(titles, name)
    needed = [column for column in table(name).required if column != "start"]
    first = [*(["start", *_APART] if "start" in guessed else []), *needed]
    columns: dict[str, str | None] = {}
    places = st.columns(2)
    for place, column in enumerate(first):
        with places[place % 2]:
            columns[column] = _choose(name, column, titles, guessed.get(column), lang)
    with st.expander(text("view.foreign.more", lang)):
        for column in (own for own in guessed if own not in first):
            columns[column] = _choose(name, column, titles, guessed[column], lang)
    _tell_unused(titles, columns, lang)
    fixed = {column: value for column in needed if not columns[column] and (value := _fixed(name, column, lang))}
    order = _order(foreign, columns, lang)
    hours = _hours(foreign, columns, order, lang) if "start" in guessed and order else ""
    missing = [column for column in needed if not columns[column] and column not in fixed]
    timeless = "start" in guessed and not columns.get("start") and not columns.get("date")
    said = {column: _names(foreign, column, columns.get(column), names, lang) for column, names in known.items()}
    meaning = {column: names for column, names in said.items() if names is not None}
    if missing or timeless or order is None or hours is None or len(meaning) < len(said):
        st.info(text("view.foreign.missing", lang))
        return None
    return Given(columns, fixed, order, meaning, hours)


def _choose(name: str, column: str, titles: list[str], guess: str | None, lang: str) -> str | None:
    options, key = [_NONE, *titles], f"foreign-{name}-{column}-{len(titles)}"
    first = options.index(guess) if guess in options else 0
    none, label = text("view.foreign.none", lang), _title(name, column, lang)
    return st.selectbox(label, options, first, format_func=lambda title: title or none, key=key) or None


def _title(name: str, column: str, lang: str) -> str:
    declared = table(name).columns.get(column)
    if declared is not None:
        return declared.title(lang)
    return catalogue(lang).get(f"view.foreign.column.{column}", column)


def _tell_unused(titles: Sequence[str], columns: Mapping[str, str | None], lang: str) -> None:
    unused = [title for title in titles if title not in columns.values()]
    if unused:
        st.caption(text("view.foreign.unused", lang, titles=plain(", ".join(unused))))


def _fixed(name: str, column: str, lang: str) -> str:
    label = text("view.foreign.fixed", lang, column=_title(name, column, lang))
    return st.text_input(label, key=f"foreign-fixed-{name}-{column}").strip()


def _order(foreign: Foreign, columns: Mapping[str, str | None], lang: str) -> str | None:
    """What stands first in a date; asked where the cells can be read in more than one way."""
    title = columns.get("start") or columns.get("date") or columns.get("arrived")
    if title is None or title not in foreign.frame.columns:
        return ORDERS[0]
    orders = orders_of(foreign.frame[title])
    if len(orders) == 1:
        return orders[0]
    words = {order: text(f"view.foreign.order_{order}", lang) for order in orders}
    example = foreign.frame[title].iloc[0]
    return st.selectbox(
        text("view.foreign.order", lang, example=plain(example)), list(words), None, format_func=words.__getitem__,
        key="foreign-order", placeholder=text("view.app.choose", lang),
    )  # fmt: skip


def _hours(foreign: Foreign, columns: Mapping[str, str | None], order: str, lang: str) -> Hours | None:
    """What hours from 1 to 24 tell; asked, for of a desk that is closed at night both are likely."""
    if not hours_to_ask(foreign, columns, order):
        return ""
    words: dict[Hours, str] = {own: text(f"view.foreign.hours_{own}", lang) for own in ("end", "begin")}
    return st.selectbox(
        text("view.foreign.hours", lang), list(words), None, format_func=words.__getitem__, key="foreign-hours",
        placeholder=text("view.app.choose", lang),
    )  # fmt: skip


def _names(foreign: Foreign, column: str, title: str | None, names: Sequence[str], lang: str) -> dict[str, str] | None:
    """Which queue or contract is meant by what stands in the file; a name that the desk has means itself, any other is
    asked: None while one is not said.
    """
    if not title or not names:
        return {}
    strange = sorted({cell for cell in _cells(foreign.frame, title) if cell and cell not in names})
    said = {cell: _name(column, cell, names, lang) for cell in strange[:_MOST_NAMES]}
    known = {cell: own for cell, own in said.items() if own is not None}
    return known if len(known) == len(said) else None


def _name(column: str, cell: str, names: Sequence[str], lang: str) -> str | None:
    return st.selectbox(
        text(f"view.foreign.{column}", lang, value=plain(cell)), names, None if len(names) > 1 else 0,
        key=f"foreign-{column}-{cell}", placeholder=text("view.app.choose", lang),
    )  # fmt: skip


def _cells(frame: pd.DataFrame, title: str) -> list[str]:
    return list(frame[title].unique()) if title in frame.columns else []
