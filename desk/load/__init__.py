"""Reads a desk from a folder of CSV or a workbook, checks everything, and tells all that is wrong at once."""

from desk.load.recipe import load_desk

__all__ = ["load_desk"]
