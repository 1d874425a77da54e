"""The conflicts of the desk as a whole: more wanted at once than can be there, why, and what mends it."""

from collections.abc import Iterator, Sequence

import pandas as pd

from desk import Desk, Finding
from scheduler.explain.conflict import Conflict, Cure
from scheduler.explain.core import core
from scheduler.explain.joint_ask import Reason, hired, reasons, trained, with_presence, with_table
from scheduler.explain.wanted import Want, short_of
from scheduler.facts import read_facts
from scheduler.line import workable
from scheduler.rules.parts import number
from scheduler.span import Grid

_WIDEN_H = 24


def joint_conflicts(desk: Desk) -> list[Conflict]:
    """One conflict for each queue, shift or activity that asks for more people at once than can be there."""
    worst: dict[tuple[str, str], Want] = {}
    for want in short_of(desk):
        key = (want.kind, want.name)
        if key not in worst or want.required - want.able > worst[key].required - worst[key].able:
            worst[key] = want
    return [_conflict(desk, want) for want in worst.values()]


def within_reach(desk: Desk) -> Desk:
    """The desk with every cover and presence lowered to what can be there at the time."""
    for want in {(own.kind, own.name): own for own in short_of(desk) if own.kind != "activity"}.values():
        desk = _lowered(desk, want)
    return desk


def _conflict(desk: Desk, want: Want) -> Conflict:
    found = core(reasons(desk, want.queue), lambda kept: _still(_with_only(desk, want, kept), want))
    told = _values(desk, want)
    demands = [Finding(f"explain_{want.kind}", "note", want.kind, facts=told)]
    demands += [Finding(f"explain_joint_{own.code}", "note", own.code, facts=told) for own in found]
    if not found:
        demands.append(Finding("explain_joint_headcount", "note", "agents", facts=told))
    cures = [cure for cure in _cures(desk, want, found, told) if not short_of(cure.desk, want.kind, want.name)]
    return Conflict("", tuple(demands), tuple(sorted(cures, key=lambda cure: cure.weight)))


def _with_only(desk: Desk, want: Want, kept: Sequence[Reason]) -> Desk:
    for reason in reasons(desk, want.queue):
        if all(own.code != reason.code for own in kept):
            desk = reason.without(desk)
    return desk


def _still(desk: Desk, want: Want) -> bool:
    return any(own.at == want.at for own in short_of(desk, want.kind, want.name))


def _values(desk: Desk, want: Want) -> dict[str, str]:
    facts = read_facts(desk)
    start = desk.starts[want.at] if want.kind != "cover_shift" else None
    when = facts.date(want.at).isoformat() if start is None else start.strftime("%Y-%m-%d %H:%M")
    people = [agent for agent in facts.agents.values() if not want.queue or want.queue in agent.skills]
    return {
        "name": want.name,
        "limit": number(want.required),
        "able": number(want.able),
        "missing": str(want.missing),
        "date": when,
        "people": str(len(people)),
        "value": "",
    }


def _cures(desk: Desk, want: Want, found: Sequence[Reason], told: dict[str, str]) -> Iterator[Cure]:
    """What may help; the caller solves each again. Leave and pins can be given up; nobody is trained overnight."""
    if want.kind == "activity":
        yield from _other_window(desk, want, told)
    else:
        lower = Finding(f"explain_{want.kind}", "note", facts=told | {"value": number(want.able)})
        yield Cure(lower, _lowered(desk, want), None, 20)
        yield from _more_people(desk, want, told)
    for reason in found:
        if reason.code != "skill":
            cure = Finding(f"explain_joint_{reason.code}", "note", facts=told)
            yield Cure(cure, reason.without(desk), None, 30)


def _lowered(desk: Desk, want: Want) -> Desk:
    least = min(own.able for own in short_of(desk, want.kind, want.name))
    if want.kind == "presence":
        return with_presence(desk, desk.settings.rules.min_presence | {want.name: least})
    frame = desk.table("cover").copy()
    for own in short_of(desk, want.kind, want.name):
        frame.loc[_rows(desk, frame, own), "required"] = own.able
    return with_table(desk, "cover", frame)


def _rows(desk: Desk, frame: pd.DataFrame, want: Want) -> "pd.Series[bool]":
    if want.kind == "cover_shift":
        return (frame["shift"] == want.name) & (frame["date"] == desk.dates[want.at])
    return (frame["queue"] == want.name) & (frame["start"] == desk.starts[want.at])


def _more_people(desk: Desk, want: Want, told: dict[str, str]) -> Iterator[Cure]:
    facts = read_facts(desk)
    missing = want.missing
    skilled = [own.code for own in facts.agents.values() if not want.queue or want.queue in own.skills]
    if want.queue:
        others = [own for own in facts.agents if own not in skilled and _could(desk, own, want)][:missing]
        cure = Finding("explain_train", "note", facts=told | {"value": ", ".join(others)})
        yield Cure(cure, trained(desk, want.queue, others), None, 10 * missing)
    able = [own for own in skilled if _could(desk, own, want)]
    for like in (able or skilled)[:1]:
        cure = Finding("explain_hire", "note", facts=told | {"value": like})
        yield Cure(cure, hired(desk, like, missing), None, 40 * missing)


def _could(desk: Desk, agent: str, want: Want) -> bool:
    """Whether the person could be on shift there, skill aside."""
    facts = read_facts(desk)
    grid = Grid(facts)
    for day, shift in workable(facts, facts.agents[agent]):
        span = grid.span(day, shift)
        on_shift = (day, shift.code) == (want.at, want.name)
        if on_shift if want.kind == "cover_shift" else span.first <= want.at < span.stop:
            return True
    return False


def _other_window(desk: Desk, want: Want, told: dict[str, str]) -> Iterator[Cure]:
    """The window widened on both sides, by as little as lets somebody attend."""
    frame = desk.table("activities")
    mine = frame["activity"] == want.name
    step_h = desk.settings.interval_min / 60
    for steps in range(1, int(_WIDEN_H / step_h) + 1):
        by = pd.Timedelta(hours=steps * step_h)
        wide = frame.copy()
        wide.loc[mine, "window_start"] -= by
        wide.loc[mine, "window_end"] += by
        if not short_of(with_table(desk, "activities", wide), want.kind, want.name):
            row = wide[mine].iloc[0]
            window = f"{row['window_start']:%Y-%m-%d %H:%M} - {row['window_end']:%Y-%m-%d %H:%M}"
            finding = Finding("explain_activity", "note", facts=told | {"value": window})
            yield Cure(finding, with_table(desk, "activities", wide), None, 10)
            return
