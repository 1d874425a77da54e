"""``peakdesk review``: the plan after the event."""

from collections.abc import Iterator
from pathlib import Path

import click
import pandas as pd

from desk.i18n import text
from desk.load import load_table
from planner.headcounts import refuse_headcounts
from planner.output.read import read_output
from planner.page.layout import columns, section
from planner.page.number import period, share, signed, whole
from planner.rows import rows
from planner.served import service_beside
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.failure import findings_page
from planner.terminal.session import Session
from planner.verdict import exit_code

_ERRORS = ("offered", "forecast", "bias", "wape", "wape_model", "inside80")
_SERVICE = ("abandoned", "predicted", "simulated", "handled", "planned_handled")


@command("review")
@existing("out", "OUT")
@option("--actuals", type=click.Path(path_type=Path), metavar="FILE", required=True)
def review(session: Session, out: Path, actuals: Path) -> Answer:
    """Judge the plan in ``out`` by what came: forecast, overrides, service."""
    from forecast import review as judge

    planned = read_output(out)
    refuse_headcounts(planned.desk)
    lang = session.for_desk(planned.desk)
    came = load_table(planned.desk, "history", actuals)
    found = judge(planned.desk, planned.forecast, came)
    service = service_beside(planned, came)
    lines = [planned.desk.settings.name + " · " + period(planned.desk, lang)]
    lines += section(text("planner.review.queue", lang), _errors(found.errors, "queue", lang))
    lines += section(text("planner.review.phase", lang), _errors(found.errors, "phase", lang))
    lines += section(text("planner.review.day", lang), _errors(found.errors, "day", lang))
    lines += section(text("planner.review.overrides", lang), list(_hands(found.overrides, lang)))
    lines += section(text("planner.review.service", lang), _service(service, lang))
    told = findings_page(found.findings, lang).splitlines() if found.findings else []
    record = {"errors": found.errors, "overrides": found.overrides, "service": service}
    page = "\n".join([*lines, *section(text("planner.check.findings", lang), told)])
    return Answer(page, record, exit_code(found.findings), found.findings)


def _errors(errors: pd.DataFrame, cut: str, lang: str) -> list[str]:
    """A line per group and queue; nothing where there is one group only and it is not the queue itself."""
    own = errors[errors["cut"] == cut]
    if cut != "queue" and own["group"].nunique() < 2:
        return []
    first = [] if cut == "queue" else [text(f"planner.review.{cut}_head", lang)]
    head = [*first, *(text(f"planner.review.{name}", lang) for name in ("queue_head", *_ERRORS))]
    lines = [head]
    for row in rows(own):
        numbers = [whole(row.offered), whole(row.forecast), signed(row.bias)]
        shares = [share(row.wape, 1), share(row.wape_model, 1), share(row.inside80)]
        lines.append([*([_group(row.group, lang)] if first else []), row.queue, *numbers, *shares])
    return columns(lines, right=range(len(first) + 1, len(head)))


def _group(group: object, lang: str) -> str:
    if isinstance(group, pd.Timestamp):
        return f"{group:%Y-%m-%d}"
    return str(group) or text("planner.ordinary", lang)


def _hands(overrides: pd.DataFrame, lang: str) -> Iterator[str]:
    """Each override with owner, reason, error with and without it, and the verdict."""
    for row in rows(overrides):
        made = text(f"planner.review.kind_{row.kind}", lang, value=row.value)
        facts = {"queue": row.queue, "start": f"{row.start:%Y-%m-%d %H:%M}", "end": f"{row.end:%Y-%m-%d %H:%M}"}
        yield text("planner.review.hand", lang, made=made, **facts)
        yield "  " + text("planner.review.who", lang, owner=_words(row.owner), reason=_words(row.reason))
        facts = {"offered": whole(row.offered), "forecast": whole(row.forecast), "without": whole(row.without)}
        facts |= {"wape": share(row.wape, 1), "wape_without": share(row.wape_without, 1)}
        yield "  " + text(f"planner.review.verdict_{row.verdict}", lang, **facts)


def _words(value: object) -> str:
    return "–" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _service(service: pd.DataFrame, lang: str) -> list[str]:
    if service.empty:
        return []
    head = [text(f"planner.review.{name}", lang) for name in ("queue_head", "offered", *_SERVICE)]
    cells = [
        [row.queue, whole(row.offered), *(whole(getattr(row, name)) for name in _SERVICE)] for row in rows(service)
    ]
    return columns([head, *cells], right=range(1, len(head)))
