"""One look for every picture: colours that colour-blind people tell apart, and never colour alone."""

import re
from collections.abc import Iterable
from html import escape, unescape
from itertools import accumulate, chain, count
from math import ceil
from typing import Any
from unicodedata import east_asian_width

import pandas as pd
import plotly.graph_objects as go

from desk.i18n import catalogue, text

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#6B6B6B")
"""The palette of Okabe and Ito (2008), with grey in the place of black."""
PLANNED, WANTED, ALARM, QUIET = COLOURS[0], COLOURS[1], COLOURS[5], COLOURS[7]
_TOP_LEFT = {"x": 0, "xanchor": "left", "xref": "container", "y": 1, "yanchor": "top", "yref": "container"}
_PAD_PX, _LINES_PAD_PX = 14, 26
"""Above a title, and above one of several lines: Plotly draws these higher."""
PATTERNS = ("", "/", "x", ".", "\\", "+", "-", "|")
LONGEST_NAME, LONGEST_TITLE = 24, 40
_LINE, _LINE_PX = 44, 21
"""Letters of a title that stand in a line on a phone, and the height of a line."""
_CLOSING = "，。；：、！？）】》”’"
_PARTS = re.compile(rf"(?:(?:&\w+;|[^\W\u2e80-\uffef]|['’.,:;%()+–-])+\s*|\s+|.)[{_CLOSING}]*", re.DOTALL)
_PHONE_PX, _NAMES_PX, _DAY_PX, _WEEKDAY_PX = 358, 85, 19.5, 34
"""Of a phone: room for a picture, of it for short names of rows, and for a column's head of two digits or a weekday."""
INFINITE, _LONGEST_WEEKS_MS = float("inf"), 2_419_200_000
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
INK, LINE, PAPER = "#1F2933", "#D9DEE4", "#FFFFFF"
FONTS = "'Source Sans', system-ui, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"


def finish(figure: go.Figure, title: str, alt: str, height_px: int = 360) -> go.Figure:
    """Dress a figure in the house's theme and keep its alternative text with it.

    Parameters
    ----------
    title : shown above the picture.
    alt : what the picture says, in a sentence; read it back with ``alt_text``.
    height_px : of the whole picture, px.
    """
    lines = _lines(title)
    more_px = _LINE_PX * (len(lines) - 1)
    figure.update_layout(
        template="none",
        title={
            "text": "<br>".join(lines),
            "font": {"size": 16},
            "pad": {"t": _LINES_PAD_PX if more_px else _PAD_PX, "l": 4},
        }
        | _TOP_LEFT,
        font={"family": FONTS, "size": 13, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        hovermode="x unified",
        hoverlabel={"bgcolor": PAPER, "font": {"family": FONTS}},
        legend={"orientation": "h", "x": 0, "yref": "container", "y": 0, "yanchor": "bottom", "traceorder": "normal"},
        margin={"l": 8, "r": 8, "t": 56 + more_px, "b": 8},
        height=height_px + more_px,
        meta={"alt": alt},
    )
    figure.update_xaxes(automargin=True, gridcolor=LINE, linecolor=LINE, zeroline=False, ticks="outside")
    figure.update_yaxes(automargin=True, gridcolor=LINE, linecolor=LINE, zeroline=False)
    return figure


def _lines(title: str) -> list[str]:
    """A title in lines that a phone has room for; none breaks within a word of letters or a sign written as markup,
    and none begins with what closes the one before it.
    """
    lines = [""]
    for part in _PARTS.findall(title):
        if lines[-1] and letters(unescape(lines[-1] + part.rstrip())) > _LINE:
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
    return lines


def nothing(lang: str) -> go.Figure:
    """A figure that says in words that there is nothing to draw."""
    words = text("chart.nothing", lang)
    figure = go.Figure().add_annotation(text=words, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    return finish(figure, "", words, height_px=160)


def alt_text(figure: go.Figure) -> str:
    """The sentence that says what a figure of this room shows, made from the numbers it draws."""
    return str(figure.layout.meta["alt"])


def pattern(place: int) -> dict[str, Any]:
    """The hatching of the ``place``-th of several bars: another one where the colours begin anew."""
    own = PATTERNS[(place + place // len(COLOURS)) % len(PATTERNS)]
    return {"shape": own, "size": 6, "fgcolor": PAPER, "fillmode": "overlay"}


def plain(name: Any) -> str:
    """A name from the user's data as text, with nothing in it that Plotly takes for markup."""
    return escape(str(name), quote=False)


def short(name: Any, longest: int = LONGEST_NAME) -> str:
    """A name cut in its middle to ``longest`` letters' width, as ``plain`` text: names often differ at their end."""
    words, after = str(name), longest // 3
    if letters(words) <= longest:
        return plain(words)
    return plain(f"{_begin(words, longest - after - 1)}…{_begin(words[::-1], after)[::-1]}")


def letters(words: str) -> int:
    """How wide a text is, in letters of the Latin alphabet: one of Chinese is two."""
    return sum(map(_wide, words))


def _begin(words: str, most: int) -> str:
    """As much of the beginning as is so many letters wide."""
    return "".join(own for own, wide in zip(words, accumulate(map(_wide, words)), strict=True) if wide <= most)


def _wide(letter: str) -> int:
    return 2 if east_asian_width(letter) in "WF" else 1


def shorts(names: Iterable[Any], longest: int = LONGEST_NAME) -> list[str]:
    """Names cut as by ``short``, and ``apart``."""
    return apart(short(name, longest) for name in names)


def titled(name: Any) -> str:
    """A name cut to what a title or a legend can bear."""
    return short(name, LONGEST_TITLE)


def apart(labels: Iterable[str]) -> list[str]:
    """Labels of which each is another: a number tells apart those that a cut made equal."""
    found: dict[str, None] = {}
    for label in labels:
        others = (f"{label} ({number})" for number in count(2))
        found[next(own for own in chain([label], others) if own not in found)] = None
    return list(found)


def wall(times: "pd.Series[pd.Timestamp]") -> "pd.Series[pd.Timestamp]":
    """Wall-clock times of the desk: Plotly would otherwise move them to the reader's time zone."""
    naive: pd.Series[pd.Timestamp] = times.dt.tz_localize(None)
    return naive


def with_end(own: pd.DataFrame) -> pd.DataFrame:
    """``own`` with its last row repeated at the end of its interval, so that steps reach to where they hold."""
    length = own["start"].diff().min()
    return own if pd.isna(length) else pd.concat([own, own.tail(1).assign(start=own["start"].iloc[-1] + length)])


def time_axis(figure: go.Figure, lang: str) -> None:
    """Dates, clock times when zoomed in, and months with their year over years, in the reader's form."""
    day, clock = text("chart.format.day", lang), "%H:%M"
    stops = [
        {"dtickrange": [None, 43_200_000], "value": f"{clock}\n{day}"},
        {"dtickrange": [43_200_001, _LONGEST_WEEKS_MS], "value": day},
        {"dtickrange": ["M1", None], "value": text("chart.format.month_of_year", lang)},
    ]
    figure.update_xaxes(tickformatstops=stops, hoverformat=f"{day} {clock}", nticks=8)


def moment(time: pd.Timestamp, lang: str) -> str:
    """A time in words for alternative texts."""
    return text("chart.format.moment", lang, time=time)


def day_words(day: pd.Timestamp, lang: str) -> str:
    """A date with its weekday, in the reader's form."""
    return text("chart.format.weekday", lang, day=day, name=text(f"chart.weekday.d{day.weekday()}", lang))


def percent(value: float) -> str:
    """A ratio as a percentage; infinite where there is work and nobody to do it."""
    return f"{value:.0%}" if value < INFINITE else "∞"


def ceiling(values: "pd.Series[float]", line: float = 1.0) -> "pd.Series[float]":
    """``values`` with the infinite ones drawn at the top of the picture, above the ``line`` that is drawn in it."""
    finite = values[values < INFINITE]
    return values.clip(upper=1.1 * max(line, float(finite.max()) if len(finite) else line))


def column_words(days: pd.DatetimeIndex, lang: str, beside: Iterable[str] = ()) -> list[str]:
    """Heads of narrow columns: month where it begins, day, weekday, one under the other; of more columns than a phone
    has room for beside the names of the rows only some have one, and of many the weekday is one letter.
    """
    room = _PHONE_PX - max([_NAMES_PX, *map(_wide_px, beside)])
    every = ceil(len(days) * _DAY_PX / room)
    names = "weekday" if len(days) * _WEEKDAY_PX <= room else "weekday_initial"
    heads, before = [""] * len(days), 0
    for place in range(0, len(days), every):
        day = days[place]
        month = text("chart.format.month", lang, day=day) if day.month != before else ""
        heads[place] = f"{month}<br>{day.day}<br>" + text(f"chart.{names}.d{day.weekday()}", lang)
        before = day.month
    return heads


def _wide_px(words: str) -> int:
    """Roughly how wide a ``plain`` name on an axis is."""
    return sum((7, 13)[_wide(letter) - 1] for letter in unescape(words))


def label(key: str, name: str, lang: str) -> str:
    """The catalogue's word under ``key``; ``name`` itself, as plain text, where the catalogue has none."""
    return catalogue(lang).get(key) or titled(name)
