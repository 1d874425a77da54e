"""Row by row through a frame."""

from collections.abc import Iterator
from typing import Any

import pandas as pd


def rows(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples, the index left out; cells have the type of their column."""
    return iter(frame.itertuples(index=False))
