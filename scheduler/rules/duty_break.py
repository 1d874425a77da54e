"""Breaks: one of ``break_min`` minutes, in one piece, inside its window, or priced per minute outside of it; none where
the shift has none. Model: a break variable (and pattern) for each start, which costs price x minutes outside."""

from collections.abc import Iterator

from scheduler.duty import ON_BREAK, Turn
from scheduler.facts import Facts
from scheduler.rules.duty_parts import DutyRule, duty_breach
from scheduler.rules.parts import Breach


def check(facts: Facts, turn: Turn) -> Iterator[Breach]:
    """A turn whose break is missing, cut, too short, too long or at the wrong time."""
    if not turn.is_whole or not turn.is_seated:
        return
    interval_min = facts.desk.settings.interval_min
    at = [place for place, own in enumerate(turn.activities, turn.span.first) if own == ON_BREAK]
    due = round(turn.shift.break_min / interval_min)
    if _may_lie_hidden(facts, turn, at, due):
        return
    told = {"value": len(at) * interval_min, "limit": round(turn.shift.break_min)}
    if len(at) != due:
        code = "break_missing" if not at else "break_length"
        yield duty_breach(code, turn, abs(len(at) - due) * interval_min, None, **told)
    elif at and at[-1] - at[0] + 1 != due:
        yield duty_breach("break_cut", turn, 1.0, None, **told)
    elif at and turn.span.outside(at[0]):
        outside_min = float(turn.span.outside(at[0]) * interval_min)
        yield duty_breach("break_window", turn, outside_min, facts.desk.settings.rules.break_window_price, **told)


def _may_lie_hidden(facts: Facts, turn: Turn, at: list[int], due: int) -> bool:
    """Whether the break is right as far as the plan tells: it may say nothing of what lies beyond the horizon."""
    n = len(facts.desk.starts)
    told = {place for place, own in enumerate(turn.activities, turn.span.first) if own is not None or place < n}
    possible = ({*range(start, start + due)} for start in turn.span.breaks)
    return len(told) < len(turn.activities) and any(own & told == set(at) for own in possible)


RULE = DutyRule("break", check=check)
