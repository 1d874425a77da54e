"""``peakdesk demo``: plans a sample desk."""

from pathlib import Path

import click

from data import SAMPLES, sample_path
from planner.commands.plan import planning
from planner.terminal.answer import Answer
from planner.terminal.command import command, option
from planner.terminal.session import Session


@command("demo")
@option("--sample", type=click.Choice(SAMPLES), default=SAMPLES[0], show_default=True)
@option("--out", type=click.Path(path_type=Path), metavar="OUT")
@option("--time-limit", type=click.FloatRange(min=0, min_open=True), metavar="S")
def demo(session: Session, sample: str, out: Path | None, time_limit: float | None) -> Answer:
    """Plan the sample desk into ``out``, by default ``out/<sample>``."""
    return planning(session, sample_path(sample), out or Path("out") / sample, time_limit_s=time_limit)
