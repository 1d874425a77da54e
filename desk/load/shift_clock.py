"""Clock columns of the shifts, laid on one axis: minutes since midnight of the day on which the shift starts."""

import pandas as pd

_DAY_MIN = 1440
_BREAK_MARGIN_MIN = 120


def normalised_shifts(frame: pd.DataFrame) -> pd.DataFrame:
    """Shifts whose end lies after their start (the next day where it crosses midnight), break windows filled."""
    end = frame["end"].where(frame["end"] > frame["start"], frame["end"] + _DAY_MIN)
    early = frame["break_from"] < frame["start"]
    break_from = frame["break_from"].where(~early, frame["break_from"] + _DAY_MIN)
    early_end = frame["break_to"] < break_from.fillna(frame["start"])
    break_to = frame["break_to"].where(~early_end, frame["break_to"] + _DAY_MIN)
    has_break = frame["break_min"] > 0
    return frame.assign(
        end=end,
        break_from=break_from.fillna(frame["start"] + _BREAK_MARGIN_MIN).where(has_break),
        break_to=break_to.fillna(end - _BREAK_MARGIN_MIN).where(has_break),
    )
