"""What is kept: versions of desks, plans with their files, jobs, and the trail of who did what."""

from store.backup import backup, restore, verify
from store.desk_version import DeskVersion, list_desks, load_desk_version, save_desk
from store.engine import Store, open_store, upgrade
from store.job import Job, beat, end_job, list_jobs, read_job, stop_job, submit_job, take_job
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
    "Job",
    "PlanVersion",
    "Store",
    "StoredPlan",
    "backup",
    "beat",
    "end_job",
    "list_desks",
    "list_jobs",
    "list_plans",
    "load_desk_version",
    "load_plan",
    "open_store",
    "read_folder",
    "read_job",
    "read_trail",
    "restore",
    "save_desk",
    "save_plan",
    "set_status",
    "stop_job",
    "submit_job",
    "take_job",
    "upgrade",
    "verify",
]
