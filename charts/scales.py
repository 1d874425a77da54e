"""Colours of cells that carry words: Plotly writes dark grey on light ones and white on dark ones, so each scale leaps
over the shades between, on which neither can be read.
"""

from typing import Final

Scale = tuple[tuple[float, str], ...]

CLOCK: Final[Scale] = ((0.0, "#FEE838"), (0.5, "#C8B765"), (0.5, "#6F7174"), (1.0, "#00224E"))
"""From early to late, after Cividis."""
OVER: Final[Scale] = ((0.0, "#F4F6F8"), (0.001, "#FBE3CF"), (0.4, "#EAAC24"), (0.4, "#AF5B00"), (1.0, "#8A2B00"))
LOAD: Final[Scale] = (
    (0.0, "#F4F6F8"), (0.5, "#8FC1E3"), (0.62, "#F7D9A0"), (0.8, "#EAAC24"), (0.8, "#AF5B00"), (1.0, "#8A2B00")
)  # fmt: skip
"""Blue up to the limit of load, from pale orange to brown beyond it: told apart by every kind of eye."""
LOAD_LIMIT_AT = 0.62
WORTH: Final[Scale] = ((0.0, "#FFFFFF"), (0.25, "#CFE3F2"), (0.6, "#8CBFE0"), (0.6, "#37789F"), (1.0, "#0B3C5D"))
