"""Pictures in a file of their own, that opens anywhere and asks nothing of any network."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from charts import alt_text
from desk.i18n import text
from desk.write.whole import write_whole

Drawn = tuple[go.Figure, pd.DataFrame | None]
"""A picture, and the table behind it."""

_CONFIG = {"displaylogo": False, "responsive": True, "showSendToCloud": False, "plotlyServerURL": ""}
_PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>figure {{ margin: 0 0 2em }} figcaption, details {{ font: 14px sans-serif }}
td, th {{ padding: 0 .6em; text-align: right }}</style></head>
<body>{figures}</body></html>
"""
_FIGURE = "<figure>{picture}\n<figcaption>{alt}</figcaption>{table}</figure>\n"
_NOTHING = "<p>{words}</p>"
_TABLE = "<details><summary>{words}</summary>{rows}</details>"


def write_picture(figure: go.Figure, path: Path, *, lang: str) -> None:
    """Write ``figure`` with the words that say what it shows to the HTML file ``path``."""
    write_pictures([(figure, None)], path, lang=lang)


def write_pictures(drawn: Sequence[Drawn], path: Path, *, lang: str) -> None:
    """Write pictures, one below the other, each with its words and the table behind it where there is one.

    Without any, it says that there is none.
    """
    from plotly.io import to_html

    parts = []
    for place, (figure, table) in enumerate(drawn):
        picture = to_html(figure, full_html=False, include_plotlyjs=place == 0, config=_CONFIG)
        rows = "" if table is None else _table(table, lang)
        parts.append(_FIGURE.format(picture=picture, alt=escape(alt_text(figure)), table=rows))
    title = escape(str((drawn[0][0].layout.title.text if drawn else "") or "Peakdesk"))
    figures = "".join(parts) or _NOTHING.format(words=escape(text("planner.page.no_picture", lang)))
    page = _PAGE.format(lang="zh-CN" if lang == "zh" else "en", title=title, figures=figures)
    write_whole(path, page.encode())


def _table(frame: pd.DataFrame, lang: str) -> str:
    rows = frame.to_html(index=False, border=0, na_rep="", float_format="{:,.4g}".format, escape=True)
    return _TABLE.format(words=escape(text("planner.page.table", lang)), rows=rows)
