"""The forecast's sample paths as a compressed array file, so that every total can be worked out again."""

from pathlib import Path
from typing import IO

import numpy as np
import pandas as pd

from desk import Forecast
from desk.grid import epoch_s


def write_paths(forecast: Forecast, path: Path) -> None:
    """Write starts (seconds since 1970 UTC), queues and paths."""
    queues = np.array(forecast.queues, dtype=np.str_)
    np.savez_compressed(path, starts=epoch_s(forecast.starts), queues=queues, paths=forecast.paths)


def read_paths(path: Path | IO[bytes], timezone: str, interval_min: int) -> Forecast:
    """Read back what :func:`write_paths` wrote; evidence and explanation are not kept there."""
    with np.load(path, allow_pickle=False) as kept:
        starts = pd.to_datetime(kept["starts"], unit="s", utc=True).tz_convert(timezone).as_unit("us")
        queues = tuple(str(name) for name in kept["queues"])
        return Forecast(starts.rename("start"), queues, kept["paths"].astype(np.float32), interval_min)
