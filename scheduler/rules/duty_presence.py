"""Minimum presence: so many people at a queue while it is open, priced per person short and interval."""

from collections.abc import Iterator

import numpy as np

from scheduler.demand import read_demand
from scheduler.duty import Duty, sitting
from scheduler.facts import Facts
from scheduler.rules.duty_parts import DutyRule
from scheduler.rules.parts import Breach, number


def joint_check(facts: Facts, duty: Duty) -> Iterator[Breach]:
    """Each queue and day on which too few sat there at some time."""
    wanted = read_demand(facts.desk, None).presence
    _, heads = sitting(duty)
    day_of = (facts.desk.starts.tz_localize(None).normalize() - facts.desk.dates[0]).days.to_numpy()
    for queue, own in wanted.items():
        short = np.maximum(0.0, own.required - heads[queue])
        for day in sorted(set(day_of[short > 0].tolist())):
            units = float(short[day_of == day].sum())
            told = {"queue": queue, "value": number(units)}
            yield Breach("presence", "", day, units, facts.desk.settings.rules.presence_price, told, table="duty")


RULE = DutyRule("presence", joint_check=joint_check)
