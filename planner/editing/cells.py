"""What somebody wants, as cells of the duty: the hours of a shift with its roles and break, or a few hours' role."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isnan
from typing import Any

import pandas as pd

from desk import Desk, Finding, InputError
from desk.grid import at_clock
from planner.editing.wanted import OFF, ON_BREAK, Cell, DayShift, Standing, Stretch, Wanted
from planner.rows import rows
from store import CellEdit


def cells_of(desk: Desk, standing: Standing, wanted: Sequence[Wanted], service: pd.DataFrame) -> tuple[CellEdit, ...]:
    """The edits that bring about what is wanted, one after the other; of a cell wanted twice the last one.

    A new shift is spent on the home queue, with its break where, by table ``service``, the queue misses the person
    least; briefings that fall into it stay.

    Raises
    ------
    InputError : a person, shift or hour that can't be had in a duty plan; the finding says why.
    """
    found: dict[Cell, CellEdit] = {}
    for agent in dict.fromkeys(one.agent for one in wanted):
        theirs = standing.of(agent)
        for own in (one for one in wanted if one.agent == agent):
            told = _shift(desk, theirs, own, service) if isinstance(own, DayShift) else _stretch(desk, theirs, own)
            fresh = {(edit.agent, pd.Timestamp(edit.start)): edit for edit in told}
            theirs = with_cells(theirs, tuple(fresh.values()))
            found |= fresh
    return tuple(found.values())


def differing(standing: Standing, edits: Sequence[CellEdit]) -> tuple[CellEdit, ...]:
    """The edits whose cell does not hold that already."""
    duty = standing.duty[standing.duty["agent"].isin({one.agent for one in edits})]
    held = {(row.agent, row.start): (row.activity, row.shift) for row in rows(duty)}
    return tuple(one for one in edits if _differs(held.get((one.agent, pd.Timestamp(one.start))), one))


def _differs(held: tuple[str, str] | None, edit: CellEdit) -> bool:
    if held is None:
        return edit.activity is not None
    return held[0] != edit.activity or edit.shift not in (None, held[1])


def with_cells(standing: Standing, edits: Sequence[CellEdit]) -> Standing:
    """Roster and duty once the cells are edited, as the store reads them: a day has the shift that most of its cells
    carry, what it had where they carry none, and no shift without cells."""
    duty = standing.duty
    touched = pd.DataFrame([(one.agent, pd.Timestamp(one.start)) for one in edits], columns=["agent", "start"])
    if touched.empty:
        return standing
    hit = _hit(duty, touched)
    kept = duty[~hit]
    belongs = {(one.agent, one.start): (one.date, one.shift) for one in rows(duty[hit])}
    new = _rows(edits, belongs, duty)
    both = pd.concat([kept, new], ignore_index=True).sort_values(["agent", "start"], ignore_index=True)
    days = pd.concat([duty.loc[hit, ["agent", "date"]], new[["agent", "date"]]]).drop_duplicates()
    return replace(standing, roster=_roster(standing.roster, both, days), duty=both)


def _hit(duty: pd.DataFrame, touched: pd.DataFrame) -> "pd.Series[bool]":
    cells = set(zip(touched["agent"], touched["start"], strict=True))
    own = duty[duty["agent"].isin(touched["agent"].unique())]
    hit = own.index[[cell in cells for cell in zip(own["agent"], own["start"], strict=True)]]
    return pd.Series(duty.index.isin(hit), index=duty.index)


def _rows(edits: Sequence[CellEdit], belongs: dict[Any, Any], duty: pd.DataFrame) -> pd.DataFrame:
    told = []
    for one in edits:
        if one.activity is not None:
            start = pd.Timestamp(one.start)
            day, shift = belongs.get((one.agent, start), (_local_day(start, duty), None))
            day, shift = day if one.date is None else pd.Timestamp(one.date), one.shift or shift
            told.append((one.agent, start, one.activity, day, shift))
    names = ["agent", "start", "activity", "date", "shift"]
    return pd.DataFrame(told, columns=names).astype(duty.dtypes[names].to_dict())


def _local_day(start: pd.Timestamp, duty: pd.DataFrame) -> pd.Timestamp:
    return start.tz_convert(duty["start"].dt.tz).tz_localize(None).normalize()


def _roster(roster: pd.DataFrame, duty: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    key = ["agent", "date"]
    cells = duty.loc[duty["agent"].isin(days["agent"]), [*key, "shift"]].merge(days, on=key)
    named = cells.dropna().groupby(key, sort=False)["shift"].agg(lambda own: Counter(own).most_common(1)[0][0])
    nameless = {*_keys(cells)} - {*named.index}
    changed = {*_keys(days)} - nameless
    kept = roster[[day not in changed for day in _keys(roster)]]
    new = named.reset_index().astype(roster.dtypes[[*key, "shift"]].to_dict())
    return pd.concat([kept, new], ignore_index=True).sort_values(key, ignore_index=True)


def _keys(frame: pd.DataFrame) -> list[tuple[str, pd.Timestamp]]:
    return list(zip(frame["agent"], frame["date"], strict=True))


def _shift(desk: Desk, standing: Standing, wanted: DayShift, service: pd.DataFrame) -> Iterator[CellEdit]:
    old, now = standing.day(wanted.agent, wanted.date), standing.shift(wanted.agent, wanted.date)
    if wanted.shift == now:
        return
    seats = dict(_seats(desk, standing, wanted, service)) if wanted.shift != OFF else {}
    if old.empty and now != OFF:
        raise _impossible("edit_no_hours", wanted, shift=now)
    for start in old["start"]:
        if start not in seats:
            yield CellEdit(wanted.agent, start.to_pydatetime(), None, _version(standing, wanted.agent, start))
    day = wanted.date.date()
    for start, role in seats.items():
        version = _version(standing, wanted.agent, start)
        yield CellEdit(wanted.agent, start.to_pydatetime(), role, version, day, wanted.shift)


def _seats(
    desk: Desk, standing: Standing, wanted: DayShift, service: pd.DataFrame
) -> Iterator[tuple[pd.Timestamp, str]]:
    """The intervals of a shift with their roles."""
    home = _home(desk, wanted.agent)
    known = desk.table("shifts").set_index("shift")
    if wanted.shift not in known.index:
        raise _impossible("edit_unknown_shift", wanted)
    shift: Any = known.loc[wanted.shift]
    if home is None or shift["kind"] == "on_call":
        raise _impossible("edit_no_hours", wanted)
    step, zone = desk.settings.interval_min, desk.settings.timezone
    minutes = range(int(shift["start"]), int(shift["end"]), step)
    starts = [at_clock(wanted.date, minute, zone) for minute in minutes]
    _refuse_overlap(standing, wanted, starts)
    rest_from = _rest_from(shift, _need(service, home), dict(zip(minutes, starts, strict=True)), step)
    held = standing.duty[(standing.duty["agent"] == wanted.agent) & standing.duty["start"].isin(starts)]
    attends = {row.start: row.activity for row in rows(held) if row.activity not in (*desk.settings.queues, ON_BREAK)}
    for minute, start in zip(minutes, starts, strict=True):
        resting = rest_from is not None and rest_from <= minute < rest_from + shift["break_min"]
        yield start, attends.get(start, ON_BREAK if resting else home)


def _rest_from(shift: Any, need: "pd.Series[float]", starts: dict[int, pd.Timestamp], step: int) -> int | None:
    """The minute of the break: of all that its window allows the one where the queue misses fewest agents."""
    if isnan(shift["break_min"]) or shift["break_min"] <= 0:
        return None
    length, first = int(shift["break_min"]), int(shift["break_from"])
    begins = range(first, max(first, int(shift["break_to"]) - length) + 1, step)
    missed = {at: sum(need.get(starts[m], 0.0) for m in range(at, at + length, step) if m in starts) for at in begins}
    return min(missed, key=lambda at: (missed[at], at))


def _need(service: pd.DataFrame, queue: str) -> "pd.Series[float]":
    """How many agents more than there are a queue needs, by interval; negative where there are more."""
    own = service[service["queue"] == queue].set_index("start")
    return (own["required"] - own["effective_agents"]).astype("float64").fillna(0.0)


def _home(desk: Desk, agent: str) -> str | None:
    skills = desk.table("skills")
    own = skills[skills["agent"] == agent].sort_values(["home", "proficiency"], ascending=False, kind="stable")
    return None if own.empty else str(own["queue"].iloc[0])


def _refuse_overlap(standing: Standing, wanted: DayShift, starts: Sequence[pd.Timestamp]) -> None:
    own = standing.duty[(standing.duty["agent"] == wanted.agent) & (standing.duty["date"] != wanted.date)]
    other = own[own["start"].isin(list(starts))]
    if len(other):
        first = other.iloc[0]
        raise _impossible("edit_overlaps", wanted, other=str(first["shift"]), other_date=f"{first['date']:%Y-%m-%d}")


def _stretch(desk: Desk, standing: Standing, wanted: Stretch) -> Iterator[CellEdit]:
    own = standing.duty[standing.duty["agent"] == wanted.agent]
    inside = own[(own["start"] >= wanted.start) & (own["start"] < wanted.end)]
    minutes = (wanted.end - wanted.start) / pd.Timedelta(minutes=1)
    if minutes <= 0 or len(inside) * desk.settings.interval_min != minutes:
        facts = {"agent": wanted.agent, "start": f"{wanted.start:%m-%d %H:%M}", "end": f"{wanted.end:%m-%d %H:%M}"}
        raise InputError([Finding("edit_outside_shift", value=wanted.activity or OFF, facts=facts)])
    for start in inside["start"]:
        version = _version(standing, wanted.agent, start)
        yield CellEdit(wanted.agent, start.to_pydatetime(), wanted.activity, version)


def _version(standing: Standing, agent: str, start: pd.Timestamp) -> int:
    return standing.versions.get((agent, start), 0)


def _impossible(code: str, wanted: DayShift, **facts: str) -> InputError:
    told = {"agent": wanted.agent, "date": f"{wanted.date:%Y-%m-%d}", "shift": wanted.shift}
    return InputError([Finding(code, value=wanted.shift, facts=told | facts)])
