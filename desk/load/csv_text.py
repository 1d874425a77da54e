"""CSV to a sheet of texts, strictly: every row has as many cells as the header."""

from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

from desk.load.ledger import Ledger
from desk.load.sheet import Sheet


def parse_csv(name: str, file: str, raw: bytes, ledger: Ledger) -> Sheet | None:
    """The sheet that UTF-8 bytes hold; None, with a finding, where they hold none."""
    if not raw.strip():
        ledger.add("empty_file", file)
        return None
    torn: list[Any] = []
    try:
        texts = _texts(raw, torn)
    except pa.ArrowInvalid as error:
        ledger.add("unreadable_csv", file, reason=str(error))
        return None
    header = [str(texts.column(index)[0].as_py()).strip() for index in range(texts.num_columns)]
    for row in torn:
        ledger.add("ragged_row", file, row=row.number, value=row.text, cells=row.actual_columns, wanted=len(header))
    return _sheet(name, file, header, texts.slice(1), [row.number for row in torn])


def _texts(raw: bytes, torn: list[Any]) -> Any:
    def note(row: Any) -> str:
        torn.append(row)
        return "skip"

    width = _width(raw)
    return csv.read_csv(
        BytesIO(raw),
        read_options=csv.ReadOptions(use_threads=False, block_size=len(raw) + 1, autogenerate_column_names=True),
        parse_options=csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note),
        convert_options=csv.ConvertOptions(
            column_types={f"f{index}": pa.string() for index in range(width)}, strings_can_be_null=False
        ),
    )


def _width(raw: bytes) -> int:
    """An upper bound of the header's number of columns."""
    return raw.partition(b"\n")[0].count(b",") + 1


def _sheet(name: str, file: str, header: list[str], texts: Any, torn: list[int]) -> Sheet:
    rows = np.setdiff1d(np.arange(2, 2 + texts.num_rows + len(torn)), torn)
    cells = {title: texts.column(index).to_pandas().astype("str") for index, title in enumerate(header)}
    frame = pd.DataFrame(cells)
    kept = frame.ne("").any(axis=1).to_numpy()
    return Sheet(name, file, {title: frame.loc[kept, title].reset_index(drop=True) for title in frame}, rows[kept])
