"""Why somebody has this shift and not another: what each choice of the day would cost, and what forbids it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from desk import Curves, Desk, Finding, InputError, Plan
from scheduler.explain.ask import asks_of
from scheduler.explain.joint_ask import with_table
from scheduler.explain.personal import forbids, mended
from scheduler.explain.scene import Answer, Scene
from scheduler.facts import OFF, Agent, Facts, day_of
from scheduler.judge import line_breaches
from scheduler.roster import Roster

_NOTHING = 0.005


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to spend the day.

    Parameters
    ----------
    shift : its code, or OFF.
    cost : currency by which the whole plan gets dearer (cheaper where negative) if it is forced, after the person's
        other days and a few colleagues reacted as well as they can; 0 for what is rostered.
    terms : term of the cost account -> change in currency, the large ones first.
    forbidden : the demands that it clashes with; empty where it is allowed. It costs what is said if they give.
    at_once : what it breaks if nothing else of the person's line changes.
    changes : (agent, date, shift before, shift after) of everybody whose roster would change.
    """

    shift: str
    cost: float
    terms: Mapping[str, float]
    forbidden: tuple[Finding, ...]
    at_once: tuple[Finding, ...]
    changes: tuple[tuple[str, dt.date, str, str], ...]


@dataclass(frozen=True, slots=True)
class Why:
    """The answer about one person and day: what is rostered, and the alternatives, the cheapest first, those that are
    forbidden last."""

    agent: str
    date: dt.date
    rostered: str
    alternatives: tuple[Alternative, ...]


def why(
    desk: Desk,
    plan: Plan,
    agent: str,
    date: dt.date | str,
    shift: str | None = None,
    *,
    curves: Curves | None = None,
    colleagues: int = 4,
) -> Why:
    """What it would cost to give ``agent`` something else on ``date``.

    Each alternative is solved again: the person's best line with the day forced, then the best lines of so many
    ``colleagues``; all others stay. So the cost is what can be reached at least, not a proof.

    Parameters
    ----------
    plan : roster and duty are read.
    shift : the one alternative asked about, OFF for a day off; None: all of them.
    curves : those that the plan was made with; without them only headcounts, wages and rules count.

    Raises
    ------
    InputError : a person, day or shift that the desk does not know.
    """
    scene = Scene(desk, plan, curves)
    day = _known_day(scene.facts, agent, date, shift)
    rostered = scene.roster.lines.get(agent, {}).get(day, OFF)
    wanted, alone = [*scene.facts.shifts, OFF] if shift is None else [shift], mended(desk, agent)
    found = [_alternative(scene, alone, agent, day, own, colleagues) for own in wanted if own != rostered]
    found.sort(key=lambda own: (bool(own.forbidden), own.cost))
    return Why(agent, scene.facts.date(day), rostered, tuple(found))


def _known_day(facts: Facts, agent: str, date: dt.date | str, shift: str | None) -> int:
    day = day_of(date, facts.first)
    if agent not in facts.agents:
        raise InputError([Finding("why_unknown_agent", file="agents", value=agent)])
    if not 0 <= day < facts.n_days:
        raise InputError([Finding("why_outside_horizon", file="desk.toml", value=str(date))])
    if shift is not None and shift != OFF and shift not in facts.shifts:
        raise InputError([Finding("why_unknown_shift", file="shifts", value=shift)])
    return day


def _alternative(scene: Scene, alone: Desk, code: str, day: int, shift: str, colleagues: int) -> Alternative:
    agent = scene.facts.agents[code]
    pinned = replace(agent, pinned={**agent.pinned, day: shift})
    answer = scene.forced(pinned, _near(scene, agent, day, shift)[:colleagues])
    return Alternative(
        shift=shift,
        cost=answer.total - scene.now.total,
        terms=_difference(answer, scene.now),
        forbidden=_forbidden(scene, alone, code, day, shift) or tuple(_on_duty(scene, answer)),
        at_once=tuple(_at_once(scene, agent, day, shift)),
        changes=tuple(_changes(scene.facts, scene.roster, answer.roster)),
    )


def _forbidden(scene: Scene, alone: Desk, code: str, day: int, shift: str) -> tuple[Finding, ...]:
    """The demands that clash with the shift, by the desk of the person ``alone`` whose demands clash no more."""
    pinned, when = scene.facts.agents[code].pinned.get(day), pd.Timestamp(scene.facts.date(day))
    told = {"agent": code, "date": when.date().isoformat(), "value": ""}
    if pinned is not None:
        name = "explain_pinned_off" if pinned == OFF else "explain_pinned"
        return (Finding(name, "note", "pinned", facts=told | {"shift": pinned}),)
    frame = alone.table("pinned")
    row = pd.DataFrame({"agent": [code], "date": [when], "shift": [shift]}).astype(frame.dtypes.to_dict())
    forced = with_table(alone, "pinned", pd.concat([frame, row], ignore_index=True) if len(frame) else row)
    clash = forbids(forced, code) if not forbids(alone, code) else ()
    found = (finding for finding in clash if not _is_forced(finding, told["date"]))
    limits = {f"explain_{ask.code}": ask.told for ask in asks_of(scene.facts, scene.facts.agents[code]) if ask.limit}
    return tuple(replace(own, facts={**own.facts, **limits.get(own.code, {})}) for own in found)


def _on_duty(scene: Scene, answer: Answer) -> Iterable[Finding]:
    """Hard rules on duty that the plan breaks with the shift only, as where nobody could sit but untrained."""
    before = set(map(str, scene.now.hard))
    return (own.finding(scene.facts) for own in answer.hard if str(own) not in before)


def _is_forced(finding: Finding, when: str) -> bool:
    return finding.code in ("explain_pinned", "explain_pinned_off") and finding.facts["date"] == when


def _at_once(scene: Scene, agent: Agent, day: int, shift: str) -> Iterable[Finding]:
    line = dict(scene.roster.lines.get(agent.code, {}))
    swapped = {own: code for own, code in {**line, day: shift}.items() if code != OFF}
    before = set(map(str, line_breaches(scene.facts, agent, Roster(scene.facts, {agent.code: line}))))
    for breach in line_breaches(scene.facts, agent, Roster(scene.facts, {agent.code: swapped})):
        if breach.price is None and str(breach) not in before:
            yield breach.finding(scene.facts)


def _near(scene: Scene, agent: Agent, day: int, shift: str) -> list[str]:
    """Colleagues, those who share a queue before all others: first who is on the shift in question, then who is off
    that day."""
    rank = {shift: 0, OFF: 1}
    off = {code: scene.roster.lines.get(code, {}).get(day, OFF) for code in scene.facts.agents if code != agent.code}
    sharing = {code for code in off if not agent.skills or agent.skills.keys() & scene.facts.agents[code].skills.keys()}
    return sorted(off, key=lambda code: (code not in sharing, rank.get(off[code], 2), code))


def _difference(after: Answer, before: Answer) -> dict[str, float]:
    terms = dict.fromkeys([*before.costs, *after.costs])
    change = {term: after.costs.get(term, 0.0) - before.costs.get(term, 0.0) for term in terms}
    large = sorted(change.items(), key=lambda item: -abs(item[1]))
    return {term: amount for term, amount in large if abs(amount) >= _NOTHING}


def _changes(facts: Facts, before: Roster, after: Roster) -> Iterable[tuple[str, dt.date, str, str]]:
    for code in facts.agents:
        was, now = before.lines.get(code, {}), after.lines.get(code, {})
        for day in sorted({*was, *now}):
            if was.get(day, OFF) != now.get(day, OFF):
                yield code, facts.date(day), was.get(day, OFF), now.get(day, OFF)
