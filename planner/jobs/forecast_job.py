"""The job ``forecast``: from a saved desk to a saved forecast with its reasons."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desk import Progress, require
from desk.nouns import Report
from planner.headcounts import refuse_headcounts
from planner.tuned.learned import learned_of
from store import Job, Principal, Store, load_desk_version, save_forecast

LEARN, PREDICT, KEEP = (f"planner.jobs.forecasting.{name}" for name in ("learn", "predict", "keep"))


def forecast_job(store: Store, principal: Principal, job: Job, report: Report) -> Mapping[str, Any]:
    """Forecast the saved desk ``request["desk"]`` and keep the forecast with what was learned; nothing where it was
    stopped before it was whole.
    """
    from forecast import fit

    desk = load_desk_version(store, principal, job.request["desk"])
    refuse_headcounts(desk)
    require(desk, "history")
    if not report(Progress(LEARN, 0.1)):
        return {"stopped": True}
    model = fit(desk)
    if not report(Progress(PREDICT, 0.6)):
        return {"stopped": True}
    made = replace(model.predict(), analogues=model.precedents())
    learned = learned_of(model)
    if not report(Progress(KEEP, 0.9)):
        return {"stopped": True}
    why = str(job.request.get("why", ""))
    return {"forecast": save_forecast(store, principal, made, job.request["desk"], why, learned=learned).hash}
