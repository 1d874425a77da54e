"""report.html: one file with every picture inside, that opens anywhere and asks nothing of any network."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from desk.i18n import text
from desk.natural import natural_rank
from planner.headcounts import is_by_headcounts
from planner.output.headcount_table import headcount_grid
from planner.output.marginal_table import marginal_grids
from planner.output.report_table import (
    Grid,
    agreement_grid,
    certificate_grid,
    cost_grid,
    evidence_grid,
    finding_grid,
    overload_grid,
    score_grid,
    volume_grid,
)
from planner.page.number import period
from planner.planned import Planned
from planner.tuned.span import phases_of

_CONFIG = {"displaylogo": False, "responsive": True, "showSendToCloud": False, "plotlyServerURL": ""}


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the report.

    Parameters
    ----------
    key : of its title and its introduction in the catalogue.
    grids : tables. figures : pairs of HTML and alternative text.
    """

    key: str
    grids: tuple[Grid, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()


def write_report(planned: Planned, path: Path, *, lang: str) -> None:
    """Write the report in ``lang``."""
    path.write_text(report(planned, lang=lang), encoding="utf-8")


def report(planned: Planned, *, lang: str) -> str:
    """The report as HTML, self-contained."""
    from jinja2 import Environment
    from plotly.offline import get_plotlyjs

    source = (files("planner.output") / "report.html").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    return template.render(
        lang="zh-CN" if lang == "zh" else "en",
        title=planned.desk.settings.name,
        period=period(planned.desk, lang),
        made_at=text("planner.report.made_at", lang, time=planned.made_at, plan=planned.desk.content_hash[:12]),
        parts=list(_parts(planned, lang)),
        words=partial(text, lang=lang),
        plotly=get_plotlyjs(),
    )


def _parts(planned: Planned, lang: str) -> Iterator[Part]:
    import charts

    desk, forecast = planned.desk, planned.forecast
    yield Part("certificate", (certificate_grid(planned, lang),))
    yield Part("decisions", (finding_grid(planned, lang),))
    if not is_by_headcounts(forecast):
        yield from _demand(planned, lang)
    if desk.has("cover"):
        yield Part("headcounts", (headcount_grid(planned, lang),))
    people = desk.table("agents").sort_values("agent", key=natural_rank)
    shifts, leave = desk.table("shifts"), desk.table("leave")
    heat = charts.roster_heat(planned.plan.roster, people, lang=lang, shifts=shifts, leave=leave)
    yield Part("roster", (), drawn("roster", heat.update_layout(title_text="")))
    yield Part("costs", (cost_grid(planned, lang),), drawn("costs", charts.costs(planned.plan.costs, lang=lang)))
    if len(planned.marginals):
        yield Part("marginals", tuple(marginal_grids(planned, lang)))
    if is_by_headcounts(forecast):
        return
    checks = tuple(_each(charts.service_check, "check", planned.plan.service, forecast.queues, lang))
    yield Part("service", (agreement_grid(planned, lang),), checks)
    yield Part("scores", (score_grid(planned, lang),))


def _demand(planned: Planned, lang: str) -> Iterator[Part]:
    """What comes, and how far the roster covers it."""
    import charts

    service, queues = planned.plan.service, planned.forecast.queues
    fan = charts.forecast_fan(planned.forecast.frame(), lang=lang)
    yield Part("forecast", (volume_grid(planned, lang), *evidence_grid(planned, lang)), drawn("forecast", fan))
    learned = tuple(_promotions(planned, lang))
    if learned:
        yield Part("promotions", (), learned)
    yield Part("coverage", (), tuple(_each(charts.coverage, "coverage", service, queues, lang)))
    overload = charts.overload(service, lang=lang)
    yield Part("overload", (overload_grid(planned, lang),), drawn("overload", overload))


def _promotions(planned: Planned, lang: str) -> Iterator[tuple[str, str]]:
    """What is learned of each kind of phase that comes, queue by queue."""
    import charts

    kernels = planned.forecast.kernels
    if kernels.empty:
        return
    coming = {span.phase for span in phases_of(planned.desk, planned.forecast)}
    known = kernels[kernels["phase"].isin(coming)].groupby(["queue", "phase"], sort=False)
    for number, ((queue, phase), own) in enumerate(known):
        told = {"queue": str(queue), "phase": str(phase), "drivers": _followed(planned.forecast.evidence, str(queue))}
        yield from drawn(f"kernel-{number}", charts.event_kernel(own, lang=lang, **told))


def _followed(evidence: pd.DataFrame, queue: str) -> str:
    """The drivers that a queue follows, whose plans tell of a promotion beforehand."""
    if not {"queue", "driver", "admitted"} <= set(evidence):
        return ""
    own = evidence[(evidence["queue"] == queue) & evidence["driver"].notna() & evidence["admitted"].eq(True)]
    return ", ".join(dict.fromkeys(own["driver"].astype("str")))


def _each(
    chart: Any, name: str, service: pd.DataFrame, queues: tuple[str, ...], lang: str
) -> Iterator[tuple[str, str]]:
    for number, queue in enumerate(queues):
        yield from drawn(f"{name}-{number}", chart(service, lang=lang, queue=queue))


def drawn(name: str, figure: Any) -> tuple[tuple[str, str], ...]:
    """The figure as HTML that expects Plotly in its page, and its alternative text."""
    from plotly.io import to_html

    from charts import alt_text

    content = to_html(figure, full_html=False, include_plotlyjs=False, div_id=f"chart-{name}", config=_CONFIG)
    return ((content, alt_text(figure)),)
