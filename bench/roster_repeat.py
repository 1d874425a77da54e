"""Long instances with a known cost: a published one, repeated.

``python -m bench.roster_repeat Instance14 4 out/rosters/Instance14x4.txt`` writes the days of instance 14 four times
one after the other, with four times the limits over the horizon. Four times its best known cost can be reached, but
for the seams, where each person may work a shift less. Then ``PEAKDESK_CASES=out python -m bench.roster_cases``.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from bench.roster_cases import cases_folder, read_sections

_SEAM_MIN = 480
"""Minutes that the least of everybody's hours gives at each seam, where two runs of days meet."""


def repeated(text: str, times: int) -> str:
    """The text of an instance with its days ``times`` times."""
    own = read_sections(text)
    days = int(own["HORIZON"][0])
    rows = {
        "HORIZON": [str(days * times)],
        "SHIFTS": own["SHIFTS"],
        "STAFF": [_staff(row, times) for row in own["STAFF"]],
        "DAYS_OFF": [_days_off(row, days, times) for row in own["DAYS_OFF"]],
        "SHIFT_ON_REQUESTS": list(_later(own["SHIFT_ON_REQUESTS"], 1, days, times)),
        "SHIFT_OFF_REQUESTS": list(_later(own["SHIFT_OFF_REQUESTS"], 1, days, times)),
        "COVER": list(_later(own["COVER"], 0, days, times)),
    }
    return "\n".join(f"SECTION_{name}\n" + "\n".join(lines) + "\n" for name, lines in rows.items())


def _staff(row: str, times: int) -> str:
    code, caps, most, least, *runs, weekends = row.split(",")
    limits = [pair.split("=") for pair in caps.split("|")]
    longer = "|".join(f"{shift}={int(limit) * times}" for shift, limit in limits)
    due = int(least) * times - _SEAM_MIN * (times - 1)
    return ",".join([code, longer, str(int(most) * times), str(due), *runs, str(int(weekends) * times)])


def _days_off(row: str, days: int, times: int) -> str:
    code, *own = row.split(",")
    return ",".join([code, *(str(int(day) + days * turn) for turn in range(times) for day in own)])


def _later(rows: list[str], column: int, days: int, times: int) -> Iterator[str]:
    """The rows once a turn, with the day in ``column`` moved."""
    for turn in range(times):
        for row in rows:
            cells = row.split(",")
            yield ",".join([*cells[:column], str(int(cells[column]) + days * turn), *cells[column + 1 :]])


def main() -> None:
    """Write one instance."""
    name, times, path = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(repeated((cases_folder() / f"{name}.txt").read_text(encoding="utf-8"), times), encoding="utf-8")


if __name__ == "__main__":
    main()
