"""The store's tables. What the migrations make must equal this; a test compares them."""

from store.schema.base import HASH, METADATA
from store.schema.measured import contact_logs, contacts, score_runs, scores, statements
from store.schema.person import principals, tokens
from store.schema.plan import (
    STATUSES,
    STEPS,
    checks,
    duty_edits,
    duty_rows,
    faults,
    plan_files,
    plan_people,
    plans,
    roster_rows,
    signatures,
)
from store.schema.shared import (
    ANSWERS,
    REQUEST_KINDS,
    REQUEST_STATUSES,
    attendance,
    request_answers,
    requests,
    scenarios,
)
from store.schema.version import blobs, desk_tables, desks, forecast_parts, forecasts, trail
from store.schema.work import JOB_STATUSES, jobs

HEAD = "0004"

__all__ = [
    "ANSWERS",
    "HASH",
    "HEAD",
    "JOB_STATUSES",
    "METADATA",
    "REQUEST_KINDS",
    "REQUEST_STATUSES",
    "STATUSES",
    "STEPS",
    "attendance",
    "blobs",
    "checks",
    "contact_logs",
    "contacts",
    "desk_tables",
    "desks",
    "duty_edits",
    "duty_rows",
    "faults",
    "forecast_parts",
    "forecasts",
    "jobs",
    "plan_files",
    "plan_people",
    "plans",
    "principals",
    "request_answers",
    "requests",
    "roster_rows",
    "scenarios",
    "score_runs",
    "scores",
    "signatures",
    "statements",
    "tokens",
    "trail",
]
