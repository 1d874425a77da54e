"""Skill: a person takes only queues that the person is trained for."""

from collections.abc import Iterator

from scheduler.duty import ON_BREAK, Turn
from scheduler.facts import Facts
from scheduler.rules.duty_parts import DutyRule, duty_breach
from scheduler.rules.parts import Breach


def check(facts: Facts, turn: Turn) -> Iterator[Breach]:
    """Each activity of a turn that is neither a skill of the person, nor a break, nor an activity of the desk."""
    fine = {*turn.agent.skills, ON_BREAK, *facts.activities, None}
    for activity in sorted({own for own in turn.activities if own not in fine and own is not None}):
        times = turn.activities.count(activity)
        code = "skill" if activity in facts.desk.settings.queues else "unknown_activity"
        yield duty_breach(code, turn, float(times), None, activity=activity, value=times)


RULE = DutyRule("skill", check=check)
