"""How many people the inquiries keep busy."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from desk import Desk

FloatArray = npt.NDArray[np.float64]
_HOUR_S = 3600.0


def kept_busy(desk: Desk, queue: str, per_h: npt.ArrayLike, starts: pd.DatetimeIndex) -> FloatArray:
    """Effective agents on duty whom ``per_h`` inquiries an hour keep fully busy, in the intervals that begin at
    ``starts`` (local clock).

    With the hour's handle times, and as many more as are away then or miss their shift: over those on duty it is the
    load of table service.
    """
    from staffing.hour import on_duty

    own = desk.settings.queues[queue]
    hours = on_duty(desk, own, starts)
    each_s = own.aht_s[-1] / len(own.aht_s) * hours.effort / (1.0 - hours.away)
    return np.asarray(np.asarray(per_h, dtype=np.float64) * each_s / _HOUR_S)
