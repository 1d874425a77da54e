"""Files of other systems as tables of a desk: read as they are, columns matched, judged like ours."""

from planner.foreign.columns import Given, hours_to_ask
from planner.foreign.convert import converted, whole_table
from planner.foreign.count import counted
from planner.foreign.fresh import fresh_desk
from planner.foreign.hours_across import unfolded
from planner.foreign.meant import meant
from planner.foreign.moments import ORDERS, latest_day, orders_of
from planner.foreign.read import Foreign, read_foreign

__all__ = [
    "ORDERS",
    "Foreign",
    "Given",
    "converted",
    "counted",
    "fresh_desk",
    "hours_to_ask",
    "latest_day",
    "meant",
    "orders_of",
    "read_foreign",
    "unfolded",
    "whole_table",
]
