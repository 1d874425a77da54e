"""How many people the inquiries keep busy."""

import numpy as np
import numpy.typing as npt

from desk.settings import Queue

FloatArray = npt.NDArray[np.float64]
_HOURS, _HOUR_S = 24, 3600.0


def kept_busy(queue: Queue, per_h: npt.ArrayLike, hours: npt.ArrayLike) -> FloatArray:
    """Effective agents on duty whom ``per_h`` inquiries an hour keep fully busy, in these ``hours`` of the day (0-23).

    With the hour's handle times, and as many more as are away then: over those on duty it is the load of table service.
    """
    hour = np.asarray(hours, dtype=np.int64)
    effort = np.ones(_HOURS) if queue.aht_by_hour is None else np.array(queue.aht_by_hour)
    away = np.zeros(_HOURS) if queue.shrinkage_by_hour is None else np.array(queue.shrinkage_by_hour)
    each_s = queue.aht_s[-1] / len(queue.aht_s) * effort[hour] / (1.0 - away[hour])
    return np.asarray(np.asarray(per_h, dtype=np.float64) * each_s / _HOUR_S)
