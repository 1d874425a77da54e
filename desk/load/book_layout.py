"""What of a workbook's looks changes what its cells say: merged cells, of which one holds a value, and hidden rows."""

import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from desk.load.archive import sheet_parts
from desk.load.excel_cell import letters, place_of, written
from desk.load.ledger import Ledger

Grid = Sequence[tuple[Any, ...]]
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
_NUMBER, _HIDDEN = re.compile(rb'\sr="(\d{1,7})"'), re.compile(rb'\shidden="(?:1|true)"')
_BLOCK_BYTES = 2**20


@dataclass
class Layout:
    """Merged areas (first row, first column, last row, last column; 1 = the first) and hidden rows of one sheet."""

    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)


def check_layouts(path: Path, grids: dict[str, Grid], ledger: Ledger) -> None:
    """Refuse merged cells that leave others of the table blank; tell how many rows are hidden, for they are read."""
    for title, found in layouts(path, grids.keys()).items():
        file, grid = f"{path.name}/{title}", grids[title]
        ledger.several("merged_cells", file, list(_merged(grid, found)))
        hidden = [row for row in found.hidden if 1 < row <= len(grid) and _filled(grid[row - 1])]
        if hidden:
            ledger.add("hidden_rows", file, severity="note", count=len(hidden), first=min(hidden))


def layouts(path: Path, titles: Collection[str]) -> dict[str, Layout]:
    """Of the sheets with these titles, how they are laid out."""
    with zipfile.ZipFile(path) as archive:
        parts = {title: part for title, part in sheet_parts(archive).items() if title in titles}
        return {title: _layout(archive, part) for title, part in parts.items()}


def _layout(archive: zipfile.ZipFile, part: str) -> Layout:
    found = Layout()
    for text in _whole_tags(archive, part):
        for left, top, right, bottom in _MERGED.findall(text):
            found.merged.append((int(top), place_of(left), int(bottom), place_of(right)))
        rows = [tag for tag in _ROW.findall(text) if _HIDDEN.search(tag)]
        found.hidden.update(int(own[1]) for own in map(_NUMBER.search, rows) if own)
    return found


def _whole_tags(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces, none of which ends inside a tag."""
    tail = b""
    with archive.open(part) as file:
        while block := file.read(_BLOCK_BYTES):
            text = tail + block
            cut = max(text.rfind(b"<"), 0)
            yield text[:cut]
            tail = text[cut:]
    yield tail


def _merged(grid: Grid, found: Layout) -> Iterator[dict[str, Any]]:
    """Merged areas below the header that cover more cells of the table than the one with the value."""
    rows = np.cumsum([0, *map(_filled, grid)])
    columns = np.cumsum([0, *(cell is not None for cell in (grid[0] if grid else ()))])
    for top, left, bottom, right in found.merged:
        if 1 < top <= len(grid) and left <= len(grid[top - 1]) and grid[top - 1][left - 1] is not None:
            tall = rows[min(bottom, len(grid))] - rows[top - 1]
            wide = columns[min(right, len(columns) - 1)] - columns[min(left, len(columns)) - 1]
            if tall * wide > 1:
                area = f"{letters(left)}{top}:{letters(right)}{bottom}"
                title = written(grid[0][left - 1]) if left <= len(grid[0]) else ""
                yield {"row": top, "column": title or letters(left), "value": area}


def _filled(row: tuple[Any, ...]) -> bool:
    return any(cell is not None for cell in row)
