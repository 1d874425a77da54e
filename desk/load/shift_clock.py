"""Clock columns of the shifts, laid on one axis: minutes since midnight of the day on which the shift starts."""

import pandas as pd

BREAK_MARGIN_MIN = 120
_DAY_MIN = 1440


def normalised_shifts(frame: pd.DataFrame) -> pd.DataFrame:
    """Shifts whose end lies after their start (the next day where it crosses midnight), break windows filled."""
    start, end = frame["start"], _not_before(frame["end"], frame["start"] + 1)
    break_from = _not_before(frame["break_from"], start).fillna(start + BREAK_MARGIN_MIN)
    break_to = _not_before(frame["break_to"], break_from.where(frame["break_from"].notna(), start))
    has_break = frame["break_min"] > 0
    return frame.assign(
        end=end,
        break_from=break_from.where(has_break),
        break_to=break_to.fillna(end - BREAK_MARGIN_MIN).where(has_break),
    )


def _not_before(clock: "pd.Series[float]", earliest: "pd.Series[float]") -> "pd.Series[float]":
    """The clock time, on the next day where it stands before ``earliest``."""
    return clock.where(~(clock < earliest), clock + _DAY_MIN)
