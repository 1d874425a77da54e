"""What each column of each table holds."""

import pandas as pd
import streamlit as st

from desk.i18n import catalogue, text
from desk.tables import INPUT_TABLES, OUTPUT_TABLES, Column, table
from views.table_shown import show_plain_table


def show_dictionary(lang: str) -> None:
    """Draw the choice of a table and the declaration of its columns."""
    words = {name: f"{table(name).title(lang)} ({name})" for name in (*INPUT_TABLES, *OUTPUT_TABLES)}
    chosen = st.selectbox(text("view.data.table", lang), list(words), format_func=words.__getitem__, key="dictionary")
    st.markdown(table(chosen).help(lang))
    rows = [_row(column, lang) for column in table(chosen).columns.values()]
    show_plain_table(pd.DataFrame(rows), lang, key="dictionary")


def _row(column: Column, lang: str) -> dict[str, str]:
    return {
        "column": column.name,
        "title": column.title(lang),
        "kind": text(f"kind.{column.kind}", lang),
        "unit": catalogue(lang).get(f"view.unit.{column.unit}", column.unit),
        "needed": text(f"view.needed.{_need(column)}", lang),
        "help": column.help(lang),
    }


def _need(column: Column) -> str:
    return "optional" if column.optional else "may_be_blank" if column.empty else "always"
