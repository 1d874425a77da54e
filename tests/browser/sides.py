"""In which language and how wide a journey is walked: one way each time, all four by ``make journeys``."""

import os
from itertools import product

EVERY = "PEAKDESK_EVERY_SIDE"
LANGUAGES = ("en", "zh")
DESKTOP_PX, PHONE_PX = 1280, 390


def sides(lang: str, width_px: int) -> list[tuple[str, int]]:
    """The side that is given; all four where the variable PEAKDESK_EVERY_SIDE is set."""
    return list(product(LANGUAGES, (DESKTOP_PX, PHONE_PX))) if os.environ.get(EVERY) else [(lang, width_px)]
