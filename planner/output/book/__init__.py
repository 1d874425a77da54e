"""The roster as a workbook: one coloured sheet a week, totals, the legend of shifts, the findings."""

from planner.output.book.write import write_book

__all__ = ["write_book"]
