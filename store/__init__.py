"""What is kept: versions of desks, plans with their files, and the trail of who did what."""

from store.backup import backup, restore, verify
from store.desk_version import DeskVersion, list_desks, load_desk_version, save_desk
from store.engine import Store, open_store, upgrade
from store.plan_version import (
    PlanVersion,
    StoredPlan,
    list_plans,
    load_plan,
    read_folder,
    save_plan,
    set_status,
)
from store.trail import Entry, Hand, read_trail

__all__ = [
    "DeskVersion",
    "Entry",
    "Hand",
    "PlanVersion",
    "Store",
    "StoredPlan",
    "backup",
    "list_desks",
    "list_plans",
    "load_desk_version",
    "load_plan",
    "open_store",
    "read_folder",
    "read_trail",
    "restore",
    "save_desk",
    "save_plan",
    "set_status",
    "upgrade",
    "verify",
]
