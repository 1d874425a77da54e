"""The event in money: what its inquiries are worth, what they cost, what is left."""

from planner.event.account import Entry, EventAccount, event_account
from planner.event.load import load_by_hour

__all__ = ["Entry", "EventAccount", "event_account", "load_by_hour"]
