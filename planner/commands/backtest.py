"""``peakdesk backtest``: how good the forecast would have been."""

import os
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import click
import pandas as pd

import charts
from desk.i18n import catalogue, text
from planner.backtested import candidates, measured
from planner.desk_at import desk_at
from planner.headcounts import refuse_headcounts
from planner.output.picture_file import write_picture
from planner.output.table_file import write_frame
from planner.output.write import refuse_unwritable_file, told_if_unwritable
from planner.page.layout import columns, section
from planner.page.number import share
from planner.terminal.answer import Answer
from planner.terminal.command import command, existing, option
from planner.terminal.failure import findings_page
from planner.terminal.listening import listening
from planner.terminal.session import Session
from planner.verdict import exit_code

_NAMED = ("model", "queue")
_SHOWN = ("phase", "event", "hour", "ahead")
_ALL = "all"


@command("backtest")
@existing("desk", "DESK")
@option("--horizon-days", type=click.IntRange(min=1), default=7, show_default=True, metavar="N")
@option("--origins", type=click.IntRange(min=1), default=8, show_default=True, metavar="N")
@option("--models", metavar="NAME,NAME")
@option("--drivers", type=click.Choice(["plan", "actual"]), default="plan", show_default=True)
@option("--workers", type=click.IntRange(min=1), default=os.cpu_count() or 1, metavar="N")
@option("--picture", type=click.Path(path_type=Path), metavar="HTML")
@option("--table", words="errors", type=click.Path(path_type=Path), metavar="CSV")
def backtest(
    session: Session, desk: Path | str, models: str | None, picture: Path | None, table: Path | None, **asked: Any
) -> Answer:
    """Forecast the past from weekly origins, with every model, and measure the error."""
    from forecast import backtest_findings, forecasts

    loaded = desk_at(desk)
    refuse_headcounts(loaded)
    lang = session.for_desk(loaded)
    names = _names(models)
    for file in filter(None, (picture, table)):
        refuse_unwritable_file(file)
    with listening(lang) as report:
        rows = forecasts(loaded, models=names, report=report, **asked)
    errors = measured(rows, loaded)
    with told_if_unwritable(picture or table or Path(desk)):
        if picture is not None:
            write_picture(charts.backtest(errors, lang=lang), picture, lang=lang)
        if table is not None:
            write_frame(errors, table, {})
    findings = backtest_findings(rows, loaded, origins=asked["origins"], drivers=asked["drivers"])
    record = {"asked": asked, "errors": errors[errors["cut"] == "queue"].drop(columns=["cut", "group"])}
    record |= {f"by_{cut}": own.drop(columns="cut") for cut, own in errors.groupby("cut") if cut != "queue"}
    found = findings_page(findings, lang) if findings else ""
    page = _page(errors, asked | {"origins": rows["origin"].nunique()}, found, lang)
    return Answer(page, record, exit_code(findings), findings, lang=lang)


def _names(models: str | None) -> list[str] | None:
    """The models asked for; ``all`` stands for every candidate."""
    if models is None:
        return None
    return list(candidates()) if models.strip() == _ALL else [name.strip() for name in models.split(",")]


def _page(errors: pd.DataFrame, asked: dict[str, Any], found: str, lang: str) -> str:
    head = text("planner.backtest.about", lang, days=asked["horizon_days"], origins=asked["origins"])
    if errors.empty:
        return "\n".join([head, *section(text("planner.check.findings", lang), found.splitlines())])
    known = text(f"planner.backtest.drivers_{asked['drivers']}", lang)
    lines = [head, known, "", *_whole(errors[errors["cut"] == "queue"].drop(columns=["cut", "group"]), lang)]
    for cut in _SHOWN:
        own = errors[(errors["cut"] == cut) & (errors["queue"] == _ALL)]
        if own["group"].nunique() > 1:
            lines += section(
                text(f"planner.backtest.by_{cut}", lang), columns(list(_split(own, lang)), right=range(1, 9))
            )
    return "\n".join([*lines, *section(text("planner.check.findings", lang), found.splitlines())])


def _whole(errors: pd.DataFrame, lang: str) -> list[str]:
    words = catalogue(lang)
    head = [words.get(f"planner.backtest.{name}", str(name)) for name in errors.columns]
    cells = [[_cell(name, value) for name, value in row.items()] for row in errors.to_dict("records")]
    return columns([head, *cells], right=range(len(_NAMED), len(errors.columns)))


def _cell(name: Hashable, value: Any) -> str:
    return str(value) if name in _NAMED else f"{value:.3f}" if pd.notna(value) else "–"


def _split(own: pd.DataFrame, lang: str) -> Iterator[list[str]]:
    """WAPE of every model per group, then what else is known of the first."""
    models, first = list(dict.fromkeys(own["model"])), str(own["model"].iloc[0])
    beside = ("bias", "coverage80", "floor")
    yield ["", *models, *(text(f"planner.backtest.{name}", lang) for name in beside)]
    for group, rows in own.groupby("group", sort=True):
        by_model = rows.set_index("model")
        name = str(group) or text("planner.ordinary", lang)
        wapes = by_model["wape"].reindex(models).to_numpy(dtype=float)
        others = by_model.loc[first, list(beside)].to_numpy(dtype=float)
        yield [name, *(share(float(value), 1) for value in (*wapes, *others))]
