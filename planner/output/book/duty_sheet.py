"""The sheet of roles: a row for each agent and interval, made to be edited and read back."""

from typing import Any

import pandas as pd

from desk import Desk, Plan
from desk.content import content_digest
from desk.i18n import LANGUAGES, text
from desk.natural import natural_rank
from desk.tables import table
from desk.write.cell_text import time_text
from planner.output.book.style import Styles

MOST_DUTY_ROWS = 60_000
DUTY_MARK = "peakdesk:duty:"
MARK_ROW, HEAD_ROW = 0, 1
COLUMNS = ("agent", "start", "activity")
_STAMP_LENGTH = 16
_OTHERS = ("break", "briefing")


def plan_stamp(plan: Plan) -> str:
    """What tells a plan's roster and duty from those of any other."""
    return content_digest("", {"roster": plan.roster, "duty": plan.duty})[:_STAMP_LENGTH]


def activities(desk: Desk) -> list[str]:
    """Everything that somebody on duty may be given: the queues, a break, a briefing."""
    return [*desk.settings.queues, *_OTHERS]


def role_words(desk: Desk, lang: str) -> dict[str, str]:
    """How the sheet shows each activity: those of ours in words, unless the desk itself uses the word."""
    own = {name: name for name in activities(desk)}
    taken = {*desk.settings.queues, *desk.table("activities")["activity"]}
    words = {name: text(f"planner.activity.{name}", lang) for name in _OTHERS}
    return own | {name: word for name, word in words.items() if not {word, name} & taken}


def role_codes(desk: Desk) -> dict[str, str]:
    """What may stand in a sheet of any language for an activity -> the activity."""
    return {word: name for lang in LANGUAGES for name, word in role_words(desk, lang).items()}


def duty_starts(duty: pd.DataFrame) -> list[str]:
    """The start of each row as the sheet shows it: the desk's wall clock, with its offset so that none comes twice."""
    return time_text(duty["start"], offsets=True)


def write_duty(sheet: Any, styles: Styles, desk: Desk, duty: pd.DataFrame, lang: str, stamp: str) -> None:
    """Fill the sheet; the roles can be chosen from a list."""
    sheet.write_string(MARK_ROW, 0, f"{DUTY_MARK}{stamp}")
    sheet.set_row(MARK_ROW, None, None, {"hidden": True})
    declared, duty = table("duty").columns, duty.sort_values(["agent", "start"], key=natural_rank)
    for place, name in enumerate(COLUMNS):
        sheet.write_string(
            HEAD_ROW, place, declared[name].title(lang) or text("planner.book.duty", lang), styles["head"]
        )
    words = role_words(desk, lang)
    roles = duty["activity"].astype("object").map(lambda role: words.get(role, role))
    cells = zip(duty["agent"], duty_starts(duty), roles, strict=True)
    for row, own in enumerate(cells, start=HEAD_ROW + 1):
        for place, cell in enumerate(own):
            sheet.write_string(row, place, "" if pd.isna(cell) else str(cell), styles["words"])
    shown = list(words.values())
    options = {"validate": "list", "source": shown, "error_type": "warning"}
    if sum(map(len, shown)) + len(shown) <= 255:
        sheet.data_validation(HEAD_ROW + 1, 2, HEAD_ROW + len(duty), 2, options)
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 24)
    sheet.set_column(2, 2, 18)
    sheet.freeze_panes(HEAD_ROW + 1, 0)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + len(duty), len(COLUMNS) - 1)
