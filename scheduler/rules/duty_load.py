"""Limits on load and occupancy: short[q, t] >= agents at the limit - effective[q, t], priced per agent-hour; the model
has them as a part of the queue's curve."""

from collections.abc import Iterator

import numpy as np

from desk import Curves
from scheduler.duty import Duty, sitting
from scheduler.floor import read_floors
from scheduler.rules.duty_parts import DutyRule
from scheduler.rules.parts import Breach, number


def load_check(duty: Duty, curves: Curves) -> Iterator[Breach]:
    """Each queue, limit and day, with the agent-hours that were missing to the limit."""
    effective, _ = sitting(duty)
    days = np.array([duty.grid.day(at) for at in range(duty.grid.n)])
    for queue, floors in read_floors(duty.facts.desk, curves).items():
        for floor in floors:
            short_h = floor.short(effective[queue]) * duty.grid.interval_h
            for day in sorted(set(days[short_h > 1e-9].tolist())):
                units = float(short_h[days == day].sum())
                told = {"queue": queue, "value": number(units), "limit": number(floor.limit)}
                price = floor.price / duty.grid.interval_h
                yield Breach(floor.code, "", day, units, price, told, is_note=units < 1.0, table="duty")


RULE = DutyRule("load", load_check=load_check)
