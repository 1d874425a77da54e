"""The same contacts by agent, team and desk; in all, by day, phase and event."""

import numpy as np
import pytest

from incentive import assess
from tests.unit.incentive.small import frame, small_desk

PEOPLE = frame(
    "agents", "agent,name,team,contract,cost_per_h\nAnn,Ann,red,full,30\nBo,Bo,red,full,30\nCy,Cy,blue,full,30"
)
EVENTS = frame(
    "promotions",
    """promotion, phase, start, end
    618, opening, 2025-06-16T20:00:00, 2025-06-17T00:00:00
    618, peak, 2025-06-17T00:00:00, 2025-06-18T00:00:00""",
)
LOG = frame(
    "contacts",
    """
contact, queue, agent, arrived,             assigned,            first_reply
K1,      sale,  Ann,   2025-06-16T19:00:00, 2025-06-16T19:00:00, 2025-06-16T19:00:10
K2,      sale,  Ann,   2025-06-16T20:00:00, 2025-06-16T20:00:00, 2025-06-16T20:00:50
K3,      sale,  Bo,    2025-06-16T21:00:00, 2025-06-16T21:00:00, 2025-06-16T21:00:10
K4,      sale,  Cy,    2025-06-17T10:00:00, 2025-06-17T10:00:00, 2025-06-17T10:00:10
""",
)


def test_groups_add_up_the_same_contacts() -> None:
    """Red's opening is two of the four contacts, one of them fast; the event three; days and teams fit the whole."""
    found = assess(small_desk({"agents": PEOPLE, "promotions": EVENTS}), LOG).groups
    speed = found[found["measure"] == "speed"].set_index(["scope", "name", "span", "part"])
    assert tuple(speed.loc[("team", "red", "phase", "opening"), ["contacts", "observed"]]) == (2, 0.5)
    assert speed.loc[("desk", "small", "event", "618"), "contacts"] == 3
    assert speed.loc[("agent", "Ann", "all", ""), "observed"] == 0.5
    for scope in ("agent", "team", "desk"):
        for span in ("all", "day"):
            own = speed.loc[(scope, slice(None), span), :]
            assert own["contacts"].sum() == 4
            assert (own["contacts"] * own["observed"]).sum() == pytest.approx(3)
    assert np.isfinite(speed["expected"]).all()


@pytest.mark.parametrize("zoned", [False, True])
def test_exempt_windows_and_hours_do_not_count(zoned: bool) -> None:
    """A platform's exempt window, on the desk's clock or with an offset, and a measure's own hours, take contacts out
    of that measure only."""
    ends = {name: EVENTS[name][0].tz_convert("UTC") if zoned else EVENTS[name][0].tz_localize(None)
            for name in ("start", "end")}  # fmt: skip
    exempt = [{name: moment.to_pydatetime() for name, moment in ends.items()} | {"measures": ["speed"]}]
    desk = small_desk(incentive={"exempt": exempt, "hours": {"within_60s": "08:00-20:00"}})
    counts = assess(desk, LOG).scores.groupby("measure")["contacts"].sum()
    assert counts["speed"] == 2
    assert counts["within_60s"] == 2
    assert counts["within_30s"] == 4
