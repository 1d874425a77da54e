"""A table as it was written: every cell a text, every row with the number a spreadsheet gives it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table before its cells are understood.

    Parameters
    ----------
    name : the table's name.
    file : the file, or workbook and sheet, for messages.
    cells : header -> texts, one per row; a blank cell is the empty text.
    rows : spreadsheet row number of each row (the header is row 1).
    as_text : header -> whether the cell was a text cell of a workbook; empty for CSV, where all cells are text.
    """

    name: str
    file: str
    cells: "Mapping[str, pd.Series[str]]"
    rows: npt.NDArray[np.int64]
    as_text: Mapping[str, npt.NDArray[np.bool_]] = field(default_factory=dict)
