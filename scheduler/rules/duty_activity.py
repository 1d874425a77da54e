"""Activities: everybody of ``who`` who works in the window attends once, in one piece, in one of a few sessions; a
queue that an activity trains for is taken only afterwards."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from scheduler.activity import Activity, read_activities
from scheduler.duty import Duty
from scheduler.facts import Facts
from scheduler.rules.duty_parts import DutyRule
from scheduler.rules.parts import Breach


def joint_check(facts: Facts, duty: Duty) -> Iterator[Breach]:
    """Who missed an activity, attended in part, outside the window or more than once; too many sessions; a queue
    taken untrained."""
    for activity in read_activities(facts, duty.grid):
        attended = _attended(duty, activity.name)
        ends = {code: own[-1] + 1 for code, own in attended.items()}
        yield from _wrong_times(activity, attended)
        yield from _missed(activity, duty, attended)
        yield from _untrained(activity, duty, ends)


def _attended(duty: Duty, name: str) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for turn in duty.turns:
        for at, own in enumerate(turn.activities, turn.span.first):
            if own == name:
                found[turn.agent.code].append(at)
    return found


def _wrong_times(activity: Activity, attended: Mapping[str, list[int]]) -> Iterator[Breach]:
    for code, at in attended.items():
        in_piece = at == list(range(at[0], at[0] + activity.length))
        if code not in activity.who or not in_piece or at[0] < activity.first or at[-1] >= activity.stop:
            yield Breach("activity_time", code, None, 1.0, None, {"activity": activity.name}, table="duty")
    sessions = {at[0] for at in attended.values()}
    if len(sessions) > activity.sessions_max:
        told = {"activity": activity.name, "value": len(sessions), "limit": activity.sessions_max}
        over = float(len(sessions) - activity.sessions_max)
        yield Breach("activity_sessions", "", None, over, None, told, table="duty")


def _missed(activity: Activity, duty: Duty, attended: Mapping[str, list[int]]) -> Iterator[Breach]:
    for code in activity.who - attended.keys():
        if any(turn.is_whole and activity.meets(turn.span) for turn in duty.of(code)):
            price = duty.facts.desk.settings.rules.attendance_price
            yield Breach("activity_missed", code, None, 1.0, price, {"activity": activity.name}, table="duty")


def _untrained(activity: Activity, duty: Duty, ends: Mapping[str, int]) -> Iterator[Breach]:
    for code in activity.who if activity.grants else ():
        trained_at = ends.get(code, duty.grid.n)
        for turn in duty.of(code):
            early = turn.activities[: max(0, trained_at - turn.span.first)].count(activity.grants)
            if early:
                told = {"activity": activity.name, "queue": activity.grants}
                yield Breach("untrained", code, turn.day, float(early), None, told, table="duty")


RULE = DutyRule("activity", joint_check=joint_check)
