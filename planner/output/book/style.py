"""Colours and cell formats of the workbook."""

from collections.abc import Mapping
from colorsys import hls_to_rgb
from typing import Any

import pandas as pd

_GOLDEN_TURN = 0.381966
_FONT = {"font_name": "Arial", "font_size": 10}
_HEAD = {"bold": True, "font_color": "#FFFFFF", "align": "center", "text_wrap": True}
_DAY = {"num_format": "#,##0.0", "align": "center", "top": 1}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "head": _HEAD | {"bg_color": "#1F3864"},
    "weekend": _HEAD | {"bg_color": "#7F6000"},
    "phase": {"italic": True, "font_color": "#C00000", "align": "center", "text_wrap": True, "font_size": 9},
    "words": {},
    "wrapped": {"text_wrap": True, "valign": "top"},
    "off": {"align": "center", "font_color": "#A6A6A6", "border": 1, "border_color": "#E0E0E0"},
    "leave": {"align": "center", "font_color": "#7F7F7F", "pattern": 14, "fg_color": "#D9D9D9", "border": 1},
    "hours": {"num_format": "#,##0.0", "align": "right"},
    "total": _DAY,
    "short": _DAY | {"bold": True, "font_color": "#C00000"},
    "label": {"bold": True, "top": 1},
}


def shift_colours(shifts: pd.DataFrame) -> dict[str, str]:
    """A pastel colour for each shift, neighbours by start time far apart in hue."""
    ordered = shifts.sort_values(["start", "end", "shift"])["shift"]
    return {code: _pastel(index * _GOLDEN_TURN) for index, code in enumerate(ordered)}


def _pastel(turn: float) -> str:
    red, green, blue = (round(255 * part) for part in hls_to_rgb(turn % 1, 0.82, 0.65))
    return f"#{red:02X}{green:02X}{blue:02X}"


class Styles:
    """The formats of one workbook, made when first asked for.

    Parameters
    ----------
    book : an XlsxWriter workbook.
    colours : the colour of each shift code.
    """

    def __init__(self, book: Any, colours: Mapping[str, str]) -> None:
        self._book = book
        self._looks = dict(_LOOKS)
        for code, colour in colours.items():
            self._looks[f"shift {code}"] = {
                "bg_color": colour,
                "align": "center",
                "border": 1,
                "border_color": "#BFBFBF",
            }
        self._made: dict[str, Any] = {}

    def __getitem__(self, look: str) -> Any:
        """The format ``look``; ``shift <code>`` is a cell of that shift."""
        if look not in self._made:
            self._made[look] = self._book.add_format({**_FONT, **self._looks[look]})
        return self._made[look]
