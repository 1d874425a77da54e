"""One picture in a file of its own, that opens anywhere and asks nothing of any network."""

from html import escape
from pathlib import Path

import plotly.graph_objects as go

from charts import alt_text

_CONFIG = {"displaylogo": False, "responsive": True, "showSendToCloud": False, "plotlyServerURL": ""}
_PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title></head>
<body><figure style="margin:0">{picture}
<figcaption style="font:14px sans-serif">{alt}</figcaption></figure></body></html>
"""


def write_picture(figure: go.Figure, path: Path, *, lang: str) -> None:
    """Write ``figure`` with the words that say what it shows to the HTML file ``path``."""
    from plotly.io import to_html

    picture = to_html(figure, full_html=False, include_plotlyjs=True, config=_CONFIG)
    title = escape(str(figure.layout.title.text or "Peakdesk"))
    page = _PAGE.format(
        lang="zh-CN" if lang == "zh" else "en", title=title, picture=picture, alt=escape(alt_text(figure))
    )
    path.write_text(page, encoding="utf-8")
