"""Money as people read it, to the cent."""

from typing import Any

import pandas as pd
import streamlit as st

from desk.i18n import text
from views.incentive.shown import Shown
from views.table_shown import csv_bytes, harmless

NAME_PX = 130
"""Width of a column of names: the longest must not push the money off a phone."""
_MONEY = "%.2f"


def money_words(amount: float, own: Shown) -> str:
    """An amount in the currency of a scoring."""
    return f"{amount:,.2f} {own.currency}".strip()


def show_money_table(frame: pd.DataFrame, lang: str, *, key: str) -> None:
    """Draw a table of people and amounts, titled by ``view.pay.column``, and its download."""
    titled = frame.set_axis([text(f"view.pay.column.{name}", lang) for name in frame], axis="columns")
    numbers = titled.select_dtypes("number").columns
    config: dict[str, Any] = {str(name): st.column_config.NumberColumn(format=_MONEY) for name in numbers}
    config |= {text("view.pay.column.name", lang): st.column_config.Column(width=NAME_PX)}
    st.dataframe(harmless(titled), hide_index=True, column_config=config, key=f"{key}-table")
    st.download_button(
        text("view.app.download_csv", lang), lambda: csv_bytes(titled), file_name=f"{key}.csv", mime="text/csv",
        key=f"{key}-download", on_click="ignore",
    )  # fmt: skip
