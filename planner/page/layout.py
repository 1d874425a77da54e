"""Columns and paragraphs for a terminal, Chinese characters counted as two columns wide."""

import unicodedata
from collections.abc import Iterable, Sequence

WIDTH = 100
_GAP = "  "


def display_width(words: str) -> int:
    """Terminal columns that ``words`` takes."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in words)
    return len(words) + wide - sum(unicodedata.combining(sign) > 0 for sign in words)


def columns(rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> list[str]:
    """Lines in which the cells of ``rows`` stand under each other.

    Parameters
    ----------
    rows : cells; every row equally long.
    right : the columns to be flush right.
    """
    if not rows:
        return []
    flush = set(right)
    widths = [max(display_width(row[index]) for row in rows) for index in range(len(rows[0]))]
    return [_GAP.join(_padded(cell, widths[at], at in flush) for at, cell in enumerate(row)).rstrip() for row in rows]


def paragraph(words: str, width: int = WIDTH, first: str = "", rest: str = "") -> list[str]:
    """``words`` broken into lines of at most ``width`` columns, after ``first`` or ``rest``."""
    lines, line = [], first
    for piece in _pieces(words):
        if display_width(line + piece.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line = rest
        line += piece
    return [*lines, line.rstrip()]


def section(title: str, lines: Sequence[str]) -> list[str]:
    """A title and its lines, indented; nothing where there are no lines."""
    return ["", title, *(f"  {line}" for line in lines)] if lines else []


def _padded(cell: str, width: int, flush_right: bool) -> str:
    space = " " * (width - display_width(cell))
    return space + cell if flush_right else cell + space


def _pieces(words: str) -> list[str]:
    """Where a line may break: after a space, and around a Chinese character but not before its punctuation."""
    pieces: list[str] = []
    for sign in words:
        wide = unicodedata.east_asian_width(sign) in "WF"
        joins = pieces and (unicodedata.category(sign)[0] == "P" or not (wide or pieces[-1].endswith(" ")))
        if joins and not (not wide and display_width(pieces[-1][-1]) == 2):
            pieces[-1] += sign
        else:
            pieces.append(sign)
    return pieces
