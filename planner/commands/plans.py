"""``peakdesk plans``: the plans of the store: kept, shown, published, put away, written back."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pandas as pd

from desk.i18n import text
from planner.commands.acting import Acting, acting
from planner.commands.replaced import newest_desks, replaced
from planner.page.layout import columns
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, language_option, option
from planner.terminal.session import Session
from planner.terminal.wording import WordedGroup, show_help_alone

if TYPE_CHECKING:
    from store import PlanVersion

SHORT = 12
"""Characters of a hash that are shown."""


@click.group(
    cls=WordedGroup,
    name="plans",
    help="planner.cli.command.plans",
    invoke_without_command=True,
    params=[language_option()],
)
@click.pass_context
def plans(context: click.Context) -> None:
    """Plans of the store; without a command it says what can be done."""
    show_help_alone(context)


@command("list", of=plans)
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def listed(session: Session, who: str | None, store: str | None) -> Answer:
    """All plans, newest first."""
    from store import list_plans

    own, lang = acting(store, who), session.lang()
    found = list_plans(own.store, own.principal)
    page = columns([_cells(one, lang) for one in found]) if found else [text("planner.plans.none", lang)]
    return Answer("\n".join(page), {"plans": [record_of(one) for one in found]})


@command("keep", of=plans)
@existing("out", "OUT")
@option("--why", default="", metavar="WORDS")
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def keep(session: Session, out: Path, why: str, who: str | None, store: str | None) -> Answer:
    """Put the plan of an output folder into the store, as a draft."""
    from planner.kept import keep as keep_plan

    own = acting(store, who, why)
    before = newest_desks(own.store, own.principal)
    version = keep_plan(own.store, own.principal, out, why)
    zone, lang = str(version.summary["desk"]["timezone"]), session.lang()
    found = replaced(before, newest_desks(own.store, own.principal), zone)
    page = [text("planner.plans.kept", lang, plan=version.hash), *(one.line(lang) for one in found)]
    return Answer("\n".join(page), record_of(version), findings=found)


@command("show", of=plans)
@click.argument("plan", metavar="PLAN")
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def show(session: Session, plan: str, who: str | None, store: str | None) -> Answer:
    """How far a plan has come: edits, checks, errors, signatures."""
    own, lang = acting(store, who), session.lang()
    version = own.plan(plan)
    record = record_of(version) | _progress(own, version.hash)
    lines = [text("planner.plans.head", lang, **head(version, lang))]
    lines += [
        text("planner.plans.signed", lang, step=text(f"planner.plans.step.{one.step}", lang), who=one.who, at=one.at)
        for one in record["signatures"]
        if not one.void
    ]
    lines += [text("planner.plans.fault", lang, id=one.id, who=one.finder, words=one.words) for one in record["open"]]
    due = record["next_step"]
    told = {"edits": record["edits"], "checks": record["checks"]}
    lines += [text("planner.plans.counts", lang, **told)]
    lines += [text("planner.plans.due", lang, step=text(f"planner.plans.step.{due}", lang))] if due else []
    return Answer("\n".join(lines), record)


@command("out", of=plans)
@click.argument("plan", metavar="PLAN")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@option("who", "--as", metavar="WHO")
@option("--store", metavar="URL")
def out(session: Session, plan: str, folder: Path, who: str | None, store: str | None) -> Answer:
    """Write a plan's files back; where it was edited, as it stands now."""
    from planner.write_back import write_back

    own = acting(store, who)
    version = own.plan(plan)
    edits = write_back(own.store, own.principal, version.hash, folder)
    page = text("planner.plans.written", session.lang(), plan=version.hash[:SHORT], out=folder, edits=edits)
    return Answer(page, record_of(version) | {"out": str(folder), "edits": edits})


def _progress(own: Acting, plan: str) -> dict[str, Any]:
    from store import list_faults, list_signatures, next_step, read_checks, read_edits

    faults = list_faults(own.store, own.principal, plan)
    return {
        "edits": len(read_edits(own.store, own.principal, plan)),
        "checks": len(read_checks(own.store, own.principal, plan)),
        "open": [one for one in faults if one.settled_at is None],
        "signatures": list_signatures(own.store, own.principal, plan),
        "next_step": next_step(own.store, own.principal, plan),
    }


def _cells(version: "PlanVersion", lang: str) -> list[str]:
    told = head(version, lang)
    return [told["plan"], told["status"], told["made"], told["who"], told["desk"]]


def head(version: "PlanVersion", lang: str) -> dict[str, str]:
    """What a line about a plan names."""
    status = text(f"planner.plans.status.{version.status}", lang)
    made = f"{version.created_at.astimezone():%Y-%m-%d %H:%M}"
    told = {"plan": version.hash[:SHORT], "status": status, "made": made, "who": version.created_by}
    return told | {"desk": _desk(version, lang)}


def _desk(version: "PlanVersion", lang: str) -> str:
    """The desk's name and the days planned; empty for who may see only some people's rows."""
    own = version.summary.get("desk")
    if not own:
        return ""
    days = pd.date_range(own["start"], own["end"], inclusive="left")
    return f"{own['name']} · {text('planner.format.period', lang, first=days[0], last=days[-1], days=len(days))}"


def record_of(version: "PlanVersion") -> dict[str, Any]:
    """A plan for machines."""
    told = {"plan": version.hash, "desk": version.desk, "status": version.status}
    return told | {"created_at": version.created_at, "created_by": version.created_by}
