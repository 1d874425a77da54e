"""Days, shifts and roles in words."""

from collections.abc import Mapping
from math import isfinite

import pandas as pd

from charts.theme import day_words
from desk.i18n import text
from planner.output.calendar_file import activity_title
from planner.own_shifts import OwnShift


def shift_words(shift: OwnShift, lang: str) -> str:
    """Code, hours and what is paid."""
    told = text("view.mine.shift", lang, shift=shift.shift, start=shift.start, end=shift.end)
    paid = text("view.mine.paid", lang, hours=shift.paid_h) if isfinite(shift.paid_h) else ""
    return text("view.mine.and", lang).join(filter(None, (told, paid)))


def role_words(shift: OwnShift, lang: str) -> str:
    """The roles hour by hour."""
    parts = [
        text("view.mine.role", lang, start=own.start, end=own.end, role=activity_title(own.activity, lang))
        for own in shift.blocks
    ]
    return text("view.mine.roles", lang).join(parts)


def near_day(day: pd.Timestamp, today: pd.Timestamp, lang: str) -> str:
    """The day in words, said as today or tomorrow where it is."""
    near = {0: "today", 1: "tomorrow"}.get((day - today).days)
    words = day_words(day, lang)
    return words if near is None else text(f"view.mine.{near}", lang, day=words)


def person(code: str | None, names: Mapping[str, str]) -> str:
    """Name and code; the code alone where the name is not the reader's to know."""
    name = names.get(code or "", "")
    return f"{name} ({code})" if name and name != code else str(code or "")
