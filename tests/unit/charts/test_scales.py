"""What stands in coloured cells can be read."""

import numpy as np
import pytest
from plotly.colors import hex_to_rgb

from charts.scales import CLOCK, LOAD, OVER, WORTH, Scale

_DARK, _WHITE = "#444444", "#FFFFFF"


@pytest.mark.parametrize("scale", [CLOCK, OVER, LOAD, WORTH])
def test_words_can_be_read_on_every_shade(scale: Scale) -> None:
    """Grey on ochre had a contrast of 2.6, where WCAG asks for 4.5: codes of shifts, and numbers of hours."""
    places, colours = [place for place, _ in scale], np.array([hex_to_rgb(colour) for _, colour in scale])
    between = [np.interp(np.linspace(0, 1, 201), places, part) for part in colours.T]
    assert min(_contrast(shade) for shade in [*np.transpose(between), *colours]) >= 4.5


def _contrast(shade: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    """With the letters that Plotly chooses: white where a colour's brightness is below a half."""
    words = _WHITE if np.dot(shade, (0.299, 0.587, 0.114)) < 128 else _DARK
    dark, light = sorted((_luminance(shade), _luminance(np.array(hex_to_rgb(words)))))
    return (light + 0.05) / (dark + 0.05)


def _luminance(shade: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    part = shade / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))
