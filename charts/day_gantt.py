"""One day of the desk: who does what when."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from charts.theme import COLOURS, day_words, finish, label, moment, nothing, pattern, short, wall
from desk.i18n import text

_ROW_PX = 24


def day_gantt(
    duty: pd.DataFrame, agents: pd.DataFrame, *, lang: str, date: pd.Timestamp, queues: Sequence[str] = ()
) -> go.Figure:
    """Shifts that begin on ``date``, one row per agent, one bar per unbroken activity.

    Parameters
    ----------
    duty : table ``duty``.
    agents : table ``agents``; only these are drawn, in this order.
    date : naive midnight; the date on which the shift starts.
    queues : in the order in which other pictures colour them.
    """
    own = duty[(duty["date"] == pd.Timestamp(date)) & duty["agent"].isin(agents["agent"])]
    if own.empty:
        return nothing(lang)
    named = agents.drop_duplicates("agent").set_index("agent")["name"]
    blocks = _blocks(own, _interval(duty))
    activities = [*queues, *sorted(set(duty["activity"]) - set(queues))]
    figure = go.Figure()
    for place, activity in enumerate(activities):
        rows = blocks[blocks["activity"] == activity]
        figure.add_bar(
            base=rows["from"],
            x=(rows["to"] - rows["from"]).dt.total_seconds() * 1000,
            y=[short(f"{one} {named[one]}") for one in rows["agent"]],
            name=label(f"chart.activity.{activity}", activity, lang),
            marker={"color": COLOURS[place % len(COLOURS)], "pattern": pattern(place)},
            customdata=_clock(rows),
            hovertemplate="%{y}<br>%{customdata}",
            orientation="h",
        )
    order = [short(f"{one} {named[one]}") for one in agents["agent"] if one in set(own["agent"])]
    figure.update_yaxes(categoryorder="array", categoryarray=order, autorange="reversed", dtick=1)
    figure.update_xaxes(type="date", tickformat="%H:%M", side="top")
    day = day_words(pd.Timestamp(date), lang)
    alt = text("chart.day_gantt.alt", lang, day=day, agents=own["agent"].nunique(), **_ends(blocks, lang))
    finish(figure, text("chart.day_gantt.title", lang, day=day), alt, 170 + _ROW_PX * len(order))
    return figure.update_layout(barmode="overlay", hovermode="closest", bargap=0.25, margin_t=90)


def _interval(duty: pd.DataFrame) -> pd.Timedelta:
    steps = pd.Series(duty["start"].drop_duplicates().sort_values()).diff().dropna()
    return steps.min() if len(steps) else pd.Timedelta(hours=1)


def _blocks(own: pd.DataFrame, interval: pd.Timedelta) -> pd.DataFrame:
    rows = own.sort_values(["agent", "start"])
    before = rows.groupby("agent")[["start", "activity"]].shift()
    fresh = (rows["start"] - before["start"] != interval) | (rows["activity"] != before["activity"])
    local = rows.assign(start=wall(rows["start"]), block=fresh.cumsum())
    ends = {"from": ("start", "min"), "to": ("start", "max")}
    blocks = local.groupby(["block", "agent", "activity"], as_index=False).agg(**ends)
    return blocks.assign(to=blocks["to"] + interval)


def _clock(rows: pd.DataFrame) -> list[str]:
    return [f"{start:%H:%M}-{end:%H:%M}" for start, end in zip(rows["from"], rows["to"], strict=True)]


def _ends(blocks: pd.DataFrame, lang: str) -> dict[str, str]:
    return {"first": moment(blocks["from"].min(), lang), "last": moment(blocks["to"].max(), lang)}
