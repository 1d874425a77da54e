"""The duty and the service of the plans by which a log was worked: a month may have several."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from desk import Finding, InputError
from desk.load.spans import day_spans
from planner.planned import Planned


@dataclass(frozen=True)
class Worked:
    """Tables ``duty`` and ``service`` of all plans."""

    duty: pd.DataFrame
    service: pd.DataFrame


def worked(plans: Sequence[Planned]) -> Worked | None:
    """What the plans say together, None without any. Of a day that several know, such as the eve of the next one with
    its night shifts, the plan of that day counts.

    Raises
    ------
    InputError : two plans are of the same days.
    """
    if len(plans) < 2:
        return next((Worked(own.plan.duty, own.plan.service) for own in plans), None)
    dates = pd.concat([own.desk.dates.to_series() for own in plans])
    if dates.duplicated().any():
        twice = pd.DatetimeIndex(dates[dates.duplicated()].unique())
        raise InputError([Finding("plans_overlap", file="--plan", value=day_spans(twice))])
    zone = plans[0].desk.settings.timezone
    duty = [own.plan.duty[own.plan.duty["date"].isin(own.desk.dates)] for own in plans]
    eves = [own.plan.duty[~own.plan.duty["date"].isin(dates)] for own in plans]
    whole = _on_one_clock([*duty, *eves], zone).drop_duplicates(["agent", "start"], ignore_index=True)
    return Worked(whole, _on_one_clock([own.plan.service for own in plans], zone))


def _on_one_clock(frames: Sequence[pd.DataFrame], zone: str) -> pd.DataFrame:
    moved = [own.assign(start=own["start"].dt.tz_convert(zone)) for own in frames if len(own)]
    return pd.concat(moved, ignore_index=True) if moved else frames[0]
