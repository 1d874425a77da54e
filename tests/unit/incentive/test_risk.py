"""What contacts are compared within."""

import numpy as np

from incentive.log import read_log
from incentive.risk import cells
from tests.unit.incentive.small import frame, small_desk


def test_equal_loads_are_of_one_level_however_they_were_added_up() -> None:
    """0.1 + 0.2 and 0.3 are the same load: the last bit of a sum, which ids would decide, moves nobody's yardstick."""
    log = "\n".join(f"K{n},sale,Ann,2025-06-16T10:00:00" for n in range(4))
    desk = small_desk(incentive={"risk_factors": ["load"], "load_levels": 2})
    contacts = read_log(desk, frame("contacts", f"contact,queue,agent,arrived\n{log}"))
    assert len(set(cells(desk, contacts, np.array([0.3, 0.3, 0.1 + 0.2, 0.1 + 0.2]))[0])) == 1
