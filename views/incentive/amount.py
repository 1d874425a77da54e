"""Money as people read it, to the smallest unit of its currency."""

from typing import Any

import pandas as pd
import streamlit as st

from desk.currency import digits
from desk.i18n import text
from views.table_shown import csv_bytes, harmless

NAME_PX = 130
"""Width of a column of names: the longest must not push the money off a phone."""


def money_format(currency: str) -> str:
    """How a table shows amounts of a currency."""
    return f"%,.{digits(currency)}f"


def show_money_table(frame: pd.DataFrame, currency: str, lang: str, *, key: str) -> None:
    """Draw a table of people and amounts, titled by ``view.pay.column``, and its download."""
    titled = frame.set_axis([text(f"view.pay.column.{name}", lang) for name in frame], axis="columns")
    numbers = titled.select_dtypes("number").columns
    config: dict[str, Any] = {
        str(name): st.column_config.NumberColumn(format=money_format(currency)) for name in numbers
    }
    config |= {text("view.pay.column.name", lang): st.column_config.Column(width=NAME_PX)}
    st.dataframe(harmless(titled), hide_index=True, column_config=config, key=f"{key}-table")
    st.download_button(
        text("view.app.download_csv", lang), lambda: csv_bytes(titled), file_name=f"{key}.csv", mime="text/csv",
        key=f"{key}-download", on_click="ignore",
    )  # fmt: skip
