"""What is kept: versions of desks, plans with their rows, jobs, who may see what, and the trail of who did what."""

from store.absence import grant_absence
from store.access import MATRIX, allowed, scope
from store.attendance import Attended, put_attendance, read_attendance
from store.backup import backup, restore, verify
from store.cell_edit import CellEdit
from store.check import Check, Fault, list_faults, put_checks, read_checks, report_fault, settle_fault
from store.contact_log import (
    ContactLog,
    filled_columns,
    import_contacts,
    list_contact_logs,
    read_contacts,
    shared_contacts,
)
from store.desk_version import (
    DeskVersion,
    currency_of_desk,
    list_desks,
    load_desk_version,
    save_desk,
    zone_of_desk,
)
from store.duty import read_duty, read_roster
from store.duty_edit import edit_duty, undo_edit
from store.engine import Store, open_store, upgrade
from store.forecast_version import ForecastVersion, list_forecasts, load_forecast, load_learned, save_forecast
from store.job import Job, beat, deaths_of, end_job, list_jobs, read_job, stop_job, submit_job, take_job
from store.journal import Edit, read_edits
from store.people import Known, act_as, add_principal, change_principal, list_principals, principal_of, remove_principal
from store.person_erase import erase_person
from store.person_export import export_person
from store.plan_file import plan_digests, read_plan_file
from store.plan_status import archive_plan
from store.plan_version import PlanVersion, StoredPlan, list_plans, load_plan, read_folder, read_plan, save_plan
from store.principal import NotYoursError, Principal, owner
from store.request import Reply, Request, answer_request, list_requests, make_request, read_request
from store.scenario import Scenario, list_scenarios, remove_scenario, save_scenario
from store.score_run import ScoredMeanwhileError, ScoreRun, list_score_runs, read_scores, read_statement, save_scores
from store.sign_off import Signature, list_signatures, next_step, publish_plan, sign_plan, why_not_sign
from store.swap import grant_swap
from store.token import Token, list_tokens, make_token, principal_of_token, revoke_token
from store.trail import Entry, read_trail

__all__ = [
    "MATRIX",
    "Attended",
    "CellEdit",
    "Check",
    "ContactLog",
    "DeskVersion",
    "Edit",
    "Entry",
    "Fault",
    "ForecastVersion",
    "Job",
    "Known",
    "NotYoursError",
    "PlanVersion",
    "Principal",
    "Reply",
    "Request",
    "Scenario",
    "ScoreRun",
    "ScoredMeanwhileError",
    "Signature",
    "Store",
    "StoredPlan",
    "Token",
    "act_as",
    "add_principal",
    "allowed",
    "answer_request",
    "archive_plan",
    "backup",
    "beat",
    "change_principal",
    "currency_of_desk",
    "deaths_of",
    "edit_duty",
    "end_job",
    "erase_person",
    "export_person",
    "filled_columns",
    "grant_absence",
    "grant_swap",
    "import_contacts",
    "list_contact_logs",
    "list_desks",
    "list_faults",
    "list_forecasts",
    "list_jobs",
    "list_plans",
    "list_principals",
    "list_requests",
    "list_scenarios",
    "list_score_runs",
    "list_signatures",
    "list_tokens",
    "load_desk_version",
    "load_forecast",
    "load_learned",
    "load_plan",
    "make_request",
    "make_token",
    "next_step",
    "open_store",
    "owner",
    "plan_digests",
    "principal_of",
    "principal_of_token",
    "publish_plan",
    "put_attendance",
    "put_checks",
    "read_attendance",
    "read_checks",
    "read_contacts",
    "read_duty",
    "read_edits",
    "read_folder",
    "read_job",
    "read_plan",
    "read_plan_file",
    "read_request",
    "read_roster",
    "read_scores",
    "read_statement",
    "read_trail",
    "remove_principal",
    "remove_scenario",
    "report_fault",
    "restore",
    "revoke_token",
    "save_desk",
    "save_forecast",
    "save_plan",
    "save_scenario",
    "save_scores",
    "scope",
    "settle_fault",
    "shared_contacts",
    "sign_plan",
    "stop_job",
    "submit_job",
    "take_job",
    "undo_edit",
    "upgrade",
    "verify",
    "why_not_sign",
    "zone_of_desk",
]
