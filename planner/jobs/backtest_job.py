"""The job ``backtest``: how good the forecast of a saved desk would have been."""

import os
from collections.abc import Mapping
from typing import Any

from desk.nouns import Report
from planner.backtested import measured, packed
from planner.headcounts import refuse_headcounts
from store import Job, Principal, Store, load_desk_version

ALONE_ROWS = 200_000
"""Rows of history, times origins, below which starting processes costs more than they save."""


def backtest_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """Judge ``request["models"]`` on the saved desk ``request["desk"]`` at ``origins`` weekly origins,
    ``horizon_days`` ahead, ``drivers`` as planned or as they came. Stopped, it keeps the origins that are done.

    Returns
    -------
    What was asked, ``errors`` (by column) and ``findings``; read by ``planner.backtested.unpacked``.
    """
    from forecast import backtest_findings, forecasts

    asked = {name: job.request[name] for name in ("horizon_days", "origins", "drivers")}
    desk = load_desk_version(store, principal, job.request["desk"])
    refuse_headcounts(desk)
    workers = 1 if len(desk.table("history")) * asked["origins"] < ALONE_ROWS else os.cpu_count() or 1
    rows = forecasts(desk, models=job.request["models"], report=report, workers=workers, **asked)
    findings = backtest_findings(rows, desk, origins=asked["origins"], drivers=asked["drivers"])
    return asked | {"models": list(job.request["models"])} | packed(measured(rows, desk), findings)
