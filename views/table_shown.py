"""Tables as people read them: titles in their language, numbers in their form, a file to take away."""

from typing import Any

import pandas as pd
import streamlit as st

from desk.formula import guarded
from desk.i18n import catalogue, text
from desk.tables import Column, table

_MOMENT = "YYYY-MM-DD HH:mm"
_LARGE, _THOUSANDS, _MOST_DIGITS, _PERCENT_DIGITS = 100, 1000, 3, 2
_OWN_SHARES = ("target",)


def show_table(frame: pd.DataFrame, name: str, lang: str, *, key: str) -> None:
    """Draw ``frame`` with the titles of table ``name`` and, below it, a download as CSV.

    Columns that the table does not declare take their title from ``view.column``.
    """
    shown = rounded(frame)
    shares = {str(column): (100 * own).round(4) for column, own in shown.items() if _is_share(str(column), own, name)}
    shown = shown.assign(**shares)
    titles = {str(column): _config(own, str(column), name, lang) for column, own in shown.items()}
    _draw(frame, shown, titles, lang, key)


def show_plain_table(frame: pd.DataFrame, lang: str, *, key: str, words: str = "view.column") -> None:
    """Draw a frame that is no declared table; its titles stand in the catalogue below ``words``."""
    _draw(frame, rounded(frame), plain_titles(frame, lang, words), lang, key)


def plain_titles(frame: pd.DataFrame, lang: str, words: str) -> dict[str, Any]:
    """Title and form of each column of such a frame: thousands stand apart, but in counts and numbers of records."""
    known = catalogue(lang)
    return {str(name): _plain_config(own, known.get(f"{words}.{name}", str(name))) for name, own in frame.items()}


def _plain_config(own: "pd.Series[Any]", label: str) -> Any:
    if pd.api.types.is_datetime64_any_dtype(own.dtype):
        return st.column_config.DatetimeColumn(label, format=_MOMENT)
    is_large = pd.api.types.is_float_dtype(own.dtype) and own.abs().max() >= _THOUSANDS
    return st.column_config.NumberColumn(label, format=number_form(own)) if is_large else st.column_config.Column(label)


def number_form(own: "pd.Series[Any]", most: int = _MOST_DIGITS) -> str:
    """Numbers as sentences and pictures have them, 1,234.5, and all of a column with as many digits: what Streamlit
    calls localized, and its percentages, are 1.234,5 beside them in a German browser.
    """
    if pd.api.types.is_float_dtype(own.dtype):
        digits = (digits for digits in range(most) if not (own.round(digits) - own.round(most)).any())
        return f"%,.{next(digits, most)}f"
    return "%,.0f"


def _draw(frame: pd.DataFrame, shown: pd.DataFrame, titles: dict[str, Any], lang: str, key: str) -> None:
    local = wall_clock(frame)
    st.dataframe(harmless(wall_clock(shown)), hide_index=True, column_config=titles, key=f"{key}-table", placeholder="")
    st.download_button(
        text("view.app.download_csv", lang),
        lambda: csv_bytes(local),
        file_name=f"{key}.csv",
        mime="text/csv",
        key=f"{key}-download",
        on_click="ignore",
    )


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """``frame`` as CSV that a spreadsheet opens in the right encoding and takes nothing in it for a formula."""
    return harmless(frame).to_csv(index=False).encode("utf-8-sig")


def harmless(frame: pd.DataFrame) -> pd.DataFrame:
    """No text a formula: the table on the page has a download of its own, which writes what the page shows."""
    return frame.assign(**{str(column): guarded(own.astype("str")) for column, own in frame.items() if _is_text(own)})


def rounded(frame: pd.DataFrame) -> pd.DataFrame:
    """Large numbers without the decimals that nobody reads; the download keeps them."""
    numbers = frame.select_dtypes("float64")
    large = [column for column in numbers if numbers[column].abs().max() >= _LARGE]
    return frame.assign(**{str(column): frame[column].round(1) for column in large})


def wall_clock(frame: pd.DataFrame) -> pd.DataFrame:
    """``frame`` with its times as the desk's wall clock shows them."""
    zoned = frame.select_dtypes("datetimetz").columns
    return frame.assign(**{str(column): frame[column].dt.tz_localize(None) for column in zoned})


def _own_title(column: str, lang: str) -> str:
    return text(f"view.column.{column}", lang)


def _config(own: "pd.Series[Any]", column: str, name: str, lang: str) -> Any:
    declared = table(name).columns.get(column, Column(column, "float"))
    label = declared.title(lang) or _own_title(column, lang)
    match declared.kind:
        case "time":
            return st.column_config.DatetimeColumn(label, format=_MOMENT)
        case "date":
            return st.column_config.DateColumn(label, format="YYYY-MM-DD")
        case "int" | "float" if _is_share(column, own, name):
            return st.column_config.NumberColumn(label, format=number_form(own, _PERCENT_DIGITS) + "%%")
        case "int" | "float" if declared.title_en:
            return st.column_config.NumberColumn(label, format=number_form(own))
        case _:
            return st.column_config.Column(label)


def _is_share(column: str, own: "pd.Series[Any]", name: str) -> bool:
    """Whether it is shown in percent: the frame on the page then has a hundred times the share."""
    declared = table(name).columns.get(column)
    if not pd.api.types.is_numeric_dtype(own.dtype):
        return False
    return column in _OWN_SHARES or (declared is not None and declared.unit in ("share", "ratio"))


def _is_text(own: "pd.Series[Any]") -> bool:
    return not (pd.api.types.is_numeric_dtype(own.dtype) or pd.api.types.is_datetime64_any_dtype(own.dtype))
