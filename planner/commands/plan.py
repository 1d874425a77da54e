"""``peakdesk plan``: from a desk to a roster and its proof."""

from pathlib import Path
from typing import Any

import click

from planner.output.json_text import plain
from planner.output.manifest import manifest
from planner.page import summary
from planner.planned import Planned
from planner.recipe import plan as make
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.listening import listening
from planner.terminal.session import Session

_POSITIVE = click.FloatRange(min=0, min_open=True)


@command("plan")
@existing("desk", "DESK")
@option("--out", type=click.Path(path_type=Path), metavar="OUT", required=True)
@option("--time-limit", type=_POSITIVE, metavar="S")
@option("--gap", type=click.FloatRange(0, 1, max_open=True), metavar="G")
@option("--solver", type=click.Choice(["highs", "cbc"]))
@option("--seed", type=click.IntRange(min=0), metavar="N")
@option("--runs", type=click.IntRange(min=1), default=20, show_default=True, metavar="N")
@option("--rounds", type=click.IntRange(min=0), default=1, show_default=True, metavar="N")
def plan(session: Session, desk: Path | str, out: Path, time_limit: float | None, **settings: Any) -> Answer:
    """Plan ``desk`` into ``out``."""
    return planning(session, desk, out, time_limit_s=time_limit, **settings)


def planning(session: Session, desk: Path | str, out: Path, **settings: Any) -> Answer:
    """Plan, with progress and Ctrl-C; the page and the record of what came out."""
    with listening(session.lang(desk)) as report:
        planned = make(desk, out, lang=session.explicit, report=report, **settings)
    return answered(planned, out, session.for_desk(planned.desk))


def answered(planned: Planned, out: Path, lang: str) -> Answer:
    """The answer that tells of a finished plan."""
    record = plain(manifest(planned, lang=lang)) | {"out": str(out)}
    return Answer(summary(planned, lang, out), record, planned.exit_code, planned.findings, lang=lang)
