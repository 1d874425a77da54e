"""One day of the desk: who does what when."""

from collections.abc import Iterator, Sequence

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.coverage_strip import STRIP_PX, add_coverage_strip
from charts.theme import COLOURS, day_words, finish, label, moment, nothing, pattern, shorts, wall
from desk.i18n import text

_ROW_PX, _HEAD_PX = 24, 170


def day_gantt(
    duty: pd.DataFrame,
    agents: pd.DataFrame,
    *,
    lang: str,
    date: pd.Timestamp,
    queues: Sequence[str] = (),
    service: pd.DataFrame | None = None,
) -> go.Figure:
    """Shifts that begin on ``date``, one row per agent, one bar per unbroken activity.

    Parameters
    ----------
    duty : table ``duty``.
    agents : table ``agents``; only these are drawn, in this order.
    date : naive midnight; the date on which the shift starts.
    queues : in the order in which other pictures colour them.
    service : rows of table ``service`` of one queue, or summed over several, in the order of time; where given, agents
        planned and required stand in a strip below, on the same time axis.
    """
    own = duty[(duty["date"] == pd.Timestamp(date)) & duty["agent"].isin(agents["agent"])]
    if own.empty:
        return nothing(lang)
    blocks = _blocks(own, _interval(duty))
    order = _order(own, agents)
    strip = service is not None and len(service) > 0
    figure = _frame(_ROW_PX * len(order), strip)
    for bar in _bars(blocks, dict(order), [*queues, *sorted(set(duty["activity"]) - set(queues))], lang):
        figure.add_trace(bar, row=1, col=1)
    if service is not None and strip:
        add_coverage_strip(figure, service, lang=lang, row=2)
    figure.update_yaxes(
        categoryorder="array", categoryarray=list(dict(order).values()), autorange="reversed", dtick=1, row=1, col=1
    )
    figure.update_xaxes(type="date", tickformat="%H:%M")
    figure.update_xaxes(side="top", showticklabels=True, row=1, col=1)
    return _dressed(figure, own, blocks, date, lang, _HEAD_PX + _ROW_PX * len(order) + strip * STRIP_PX)


def _order(own: pd.DataFrame, agents: pd.DataFrame) -> list[tuple[str, str]]:
    """Agent and label of each row, from the top."""
    here = agents[agents["agent"].isin(own["agent"])].drop_duplicates("agent")
    return list(zip(here["agent"], shorts(here["agent"] + " " + here["name"]), strict=True))


def _frame(rows_px: int, strip: bool) -> go.Figure:
    if not strip:
        return make_subplots(rows=1, cols=1)
    heights = [rows_px, STRIP_PX]
    return make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=heights, vertical_spacing=16 / sum(heights))


def _bars(blocks: pd.DataFrame, labels: dict[str, str], activities: Sequence[str], lang: str) -> Iterator[go.Bar]:
    for place, activity in enumerate(activities):
        rows = blocks[blocks["activity"] == activity]
        yield go.Bar(
            base=rows["from"],
            x=(rows["to"] - rows["from"]).dt.total_seconds() * 1000,
            y=rows["agent"].map(labels).tolist(),
            name=label(f"chart.activity.{activity}", activity, lang),
            marker={"color": COLOURS[place % len(COLOURS)], "pattern": pattern(place)},
            customdata=_clock(rows),
            hovertemplate="%{y}<br>%{customdata}",
            orientation="h",
        )


def _dressed(
    figure: go.Figure, own: pd.DataFrame, blocks: pd.DataFrame, date: pd.Timestamp, lang: str, height_px: int
) -> go.Figure:
    day = day_words(pd.Timestamp(date), lang)
    alt = text("chart.day_gantt.alt", lang, day=day, agents=own["agent"].nunique(), **_ends(blocks, lang))
    finish(figure, text("chart.day_gantt.title", lang, day=day), alt, height_px)
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
