"""``peakdesk backtest``: how good the forecast would have been."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import click
import pandas as pd

from desk.i18n import catalogue, text
from desk.load import load_desk
from planner.page.layout import columns
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.listening import listening
from planner.terminal.session import Session

_NAMED = ("model", "queue")


@command("backtest")
@existing("desk", "DESK")
@option("--horizon-days", type=click.IntRange(min=1), default=7, show_default=True, metavar="N")
@option("--origins", type=click.IntRange(min=1), default=8, show_default=True, metavar="N")
@option("--models", metavar="NAME,NAME")
def backtest(session: Session, desk: Path, horizon_days: int, origins: int, models: str | None) -> Answer:
    """Forecast the past from weekly origins, with every model, and measure the error."""
    from forecast import backtest as measure

    lang = session.lang(desk)
    names = [name.strip() for name in models.split(",")] if models else None
    with listening(lang) as report:
        errors = measure(load_desk(desk), horizon_days=horizon_days, origins=origins, models=names, report=report)
    head = text("planner.backtest.about", lang, days=horizon_days, origins=origins)
    return Answer("\n".join([head, "", *_lines(errors, lang)]), {"errors": errors})


def _lines(errors: pd.DataFrame, lang: str) -> list[str]:
    words = catalogue(lang)
    head = [words.get(f"planner.backtest.{name}", str(name)) for name in errors.columns]
    cells = [[_cell(name, value) for name, value in row.items()] for row in errors.to_dict("records")]
    return columns([head, *cells], right=range(len(_NAMED), len(errors.columns)))


def _cell(name: Hashable, value: Any) -> str:
    return str(value) if name in _NAMED else f"{value:.3f}" if pd.notna(value) else "–"
