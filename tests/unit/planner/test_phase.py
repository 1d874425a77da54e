"""Of phases that are under way together the one that began last counts, in every room."""

from dataclasses import replace

import numpy as np
import pandas as pd

from desk import Desk
from desk.grid import epoch_s
from forecast.cut import phase
from incentive.risk import promotion_code
from planner.phase import phase_of_intervals, phases_by_day


def fasting(desk: Desk) -> Desk:
    """A month of fasting, which comes later in the alphabet than the sale that begins within it."""
    first = pd.Timestamp(desk.settings.horizon.start, tz=desk.settings.timezone)
    start, end = (first + pd.to_timedelta(days, unit="D") for days in ([2, -9], [4, 6]))
    table = pd.DataFrame({"promotion": ["Eid", "Ramadan"], "phase": ["sale", "fasting"], "start": start, "end": end})
    table["intensity"] = np.nan
    return replace(desk, tables={**desk.tables, "promotions": table})


def test_a_sale_within_a_month_of_fasting_has_its_own_row(desk: Desk) -> None:
    """Protects a manager of the Gulf from a plan without the Eid sale, which was told as days of Ramadan."""
    of = fasting(desk)
    rows = pd.DataFrame({"start": of.starts, "queue": "presale"})
    labels = list(phase_of_intervals(of, ""))
    assert [name.partition(": ")[2] for name in labels] == list(phase(rows, of))
    assert list(dict.fromkeys(labels)) == ["Ramadan: fasting", "Eid: sale", ""]
    code, words = promotion_code(of, epoch_s(of.starts).astype(np.int64), "phase")
    assert [("", *words)[own] for own in code] == list(phase(rows, of))
    days = list(phases_by_day(of).values())
    assert days == [("Ramadan: fasting",)] * 2 + [("Ramadan: fasting", "Eid: sale")] * 2 + [("Ramadan: fasting",)] * 2
