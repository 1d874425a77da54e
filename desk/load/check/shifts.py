"""Shifts: their clock, their pay and their break must agree with each other and with the interval grid."""

import numpy as np
import pandas as pd

from desk.load.draft import Draft
from desk.load.references import OFF

LONGEST_SHIFT_MIN = 16 * 60
_DAY_MIN = 1440
_SLACK_H = 1.0


def check_shifts(draft: Draft) -> None:
    """Note shifts that can't be worked as they are written."""
    if not draft.has("shifts", "shift", "start", "end", "paid_h"):
        return
    frame = draft.frames["shifts"]
    off = frame["shift"].str.upper() == OFF
    draft.mark("off_is_reserved", "shifts", "shift", np.asarray(off, dtype=bool))
    draft.mark("start_next_day", "shifts", "start", frame["start"] >= _DAY_MIN)
    _check_length(draft, frame)
    _check_break(draft, frame)
    if draft.settings is not None:
        _check_grid(draft, frame, draft.settings.interval_min)


def _check_length(draft: Draft, frame: pd.DataFrame) -> None:
    """A shift over midnight must be paid about as long as it lasts; else its end was meant for the same day."""
    length_h = (frame["end"] - frame["start"]) / 60
    crossing = frame["end"] > _DAY_MIN
    least_h = length_h - frame["break_min"] / 60 - _SLACK_H
    underpaid = (frame["paid_h"] < least_h) & (frame["kind"] != "on_call")
    backward = crossing & (underpaid | (length_h * 60 > LONGEST_SHIFT_MIN))
    overpaid = (frame["paid_h"] > length_h) & ~backward

    def facts(place: int) -> dict[str, object]:
        return {"hours": f"{length_h.iloc[place]:g}", "paid": f"{frame['paid_h'].iloc[place]:g}"}

    draft.mark("shift_ends_before_start", "shifts", "end", backward, facts=facts)
    long = ~crossing & (length_h * 60 > LONGEST_SHIFT_MIN)
    draft.mark("shift_too_long", "shifts", "end", long, facts={"limit": LONGEST_SHIFT_MIN // 60})
    draft.mark("paid_above_length", "shifts", "paid_h", overpaid, facts=facts)


def _check_break(draft: Draft, frame: pd.DataFrame) -> None:
    has_break = frame["break_min"] > 0
    outside = has_break & ((frame["break_from"] < frame["start"]) | (frame["break_to"] > frame["end"]))
    draft.mark("break_outside_shift", "shifts", "break_from", outside)
    window = frame["break_to"] - frame["break_from"]

    def facts(place: int) -> dict[str, object]:
        return {"window": f"{max(window.iloc[place], 0):g}", "minutes": f"{frame['break_min'].iloc[place]:g}"}

    draft.mark(
        "break_window_small", "shifts", "break_min", has_break & ~outside & (window < frame["break_min"]), facts=facts
    )
    for column in ("break_from", "break_to"):
        if draft.has("shifts", column):
            idle = ~has_break & (draft.sheets["shifts"].text[column] != "")
            draft.mark("window_without_break", "shifts", column, idle, severity="warning")


def _check_grid(draft: Draft, frame: pd.DataFrame, interval_min: int) -> None:
    for column in ("start", "end", "break_min", "break_from", "break_to"):
        if draft.has("shifts", column):
            facts = {"interval": interval_min}
            given = np.asarray(draft.sheets["shifts"].text[column] != "", dtype=bool)
            draft.mark("off_interval", "shifts", column, given & (frame[column] % interval_min > 0), facts=facts)
