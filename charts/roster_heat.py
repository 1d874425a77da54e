"""The roster as a grid of agents and days."""

from math import ceil

import pandas as pd
import plotly.graph_objects as go

from charts.scales import CLOCK
from charts.theme import LINE, PAPER, QUIET, column_words, day_words, finish, letters, nothing, plain, short, shorts
from desk.i18n import text

_ROW_PX, _WEEK = 22, 7
_SHORT_CODE, _LONGEST_CODE = 5, 12
"""Up to so many letters a code fits into a column of a week on a phone; longer ones are written as small as they need,
and cut from so many on.
"""
LEAVE = "×"
"""As in the workbook."""
_EM, _UNSEEN = 0.65, "\u2060"
"""How wide Plotly reckons every letter where it makes them as small as they need, in parts of one of Chinese; and a
letter without width.
"""


def roster_heat(
    roster: pd.DataFrame,
    agents: pd.DataFrame,
    *,
    lang: str,
    shifts: pd.DataFrame | None = None,
    leave: pd.DataFrame | None = None,
) -> go.Figure:
    """One row per agent, one column per day, the shift's code in the cell; an empty cell is a day off, a grey one with
    a cross a day of leave.

    Parameters
    ----------
    roster : table ``roster``.
    agents : table ``agents``; only these are drawn, in this order (pass a team or a page of a large desk).
    shifts : table ``shifts``; where given, the colour is the hour at which the shift starts, else its code.
    leave : table ``leave``. Who works on such a day all the same is shown at work.
    """
    own = roster[roster["agent"].isin(agents["agent"]) & (roster["shift"] != "OFF")]
    if own.empty:
        return nothing(lang)
    codes = own.pivot_table(index="agent", columns="date", values="shift", aggfunc="+".join)
    days = pd.date_range(own["date"].min(), own["date"].max())
    codes = codes.reindex(index=agents["agent"], columns=days)
    colour = _colour_of(own, shifts)
    words = codes.map(lambda code: "" if pd.isna(code) else short(code, _LONGEST_CODE))
    figure = go.Figure(_cells(codes.map(lambda code: colour.get(code, float("nan"))), words))
    away = _away(codes, leave)
    if away.any(axis=None):
        _add_leave(figure, away, lang)
    columns = [day_words(day, lang) for day in days]
    names, whole = _names(agents, codes.index), codes.map(lambda code: "" if pd.isna(code) else plain(code))
    figure.update_traces(x=columns, y=names, customdata=whole, selector={"type": "heatmap"})
    if len(days) <= _WEEK and max(map(letters, words.to_numpy().ravel())) <= _SHORT_CODE:
        figure.update_traces(textfont_size=11, selector={"type": "heatmap"})
    else:
        figure.data[0].text = words.map(_reckoned)
    figure.update_yaxes(autorange="reversed", type="category", dtick=1, showgrid=False)
    heads = column_words(days, lang, beside=names)
    figure.update_xaxes(type="category", side="top", tickvals=columns, ticktext=heads, tickangle=0, showgrid=False)
    facts = {"agents": own["agent"].nunique(), "shifts": len(own), "days": len(days)}
    alt = text("chart.roster_heat.alt", lang, **facts, common=own["shift"].mode()[0])
    finish(figure, text("chart.roster_heat.title", lang), alt, 140 + _ROW_PX * len(codes))
    return figure.update_layout(hovermode="closest", margin_t=116)


def _reckoned(words: str) -> str:
    """With unseen letters for what the wide ones take more than Plotly reckons."""
    return words + _UNSEEN * ceil((letters(words) - len(words)) * (1 / _EM - 1))


def _away(codes: pd.DataFrame, leave: pd.DataFrame | None) -> pd.DataFrame:
    """Which cells are a day of leave on which nobody works."""
    days = set() if leave is None else set(zip(leave["agent"], leave["date"], strict=True))
    cells = [[(agent, day) in days for day in codes.columns] for agent in codes.index]
    return pd.DataFrame(cells, codes.index, codes.columns, dtype=bool) & codes.isna()


def _add_leave(figure: go.Figure, away: pd.DataFrame, lang: str) -> None:
    """Grey cells with a cross, and what they and the empty ones mean."""
    words = text("chart.roster_heat.leave", lang)
    flat = [[0.0, LINE], [1.0, LINE]]
    heat = _cells(away.astype(float).where(away), away.map(lambda own: LEAVE if own else ""))
    figure.add_trace(heat.update(colorscale=flat, hovertemplate=f"%{{y}}<br>%{{x}}<br>{words}<extra></extra>"))
    for key, colour in (("leave", LINE), ("off", PAPER)):
        mark = {"symbol": "square", "size": 13, "color": colour, "line": {"width": 1, "color": QUIET}}
        name = text(f"chart.roster_heat.{key}", lang)
        figure.add_scatter(x=[None], y=[None], mode="markers", marker=mark, name=name, showlegend=True)


def _cells(values: pd.DataFrame, words: pd.DataFrame) -> go.Heatmap:
    return go.Heatmap(
        z=values,
        text=words,
        texttemplate="%{text}",
        hovertemplate="%{y}<br>%{x}<br>%{customdata}<extra></extra>",
        hoverongaps=False,
        colorscale=CLOCK,
        showscale=False,
        xgap=1,
        ygap=1,
    )


def _colour_of(own: pd.DataFrame, shifts: pd.DataFrame | None) -> dict[str, float]:
    if shifts is not None and not shifts.empty:
        return dict(zip(shifts["shift"], shifts["start"] / 60, strict=True))
    return {code: float(index) for index, code in enumerate(sorted(own["shift"].unique()))}


def _names(agents: pd.DataFrame, ids: "pd.Index[str]") -> list[str]:
    named = agents.drop_duplicates("agent").set_index("agent")["name"]
    return shorts(f"{one} {named.get(one, '')}".strip() for one in ids)
