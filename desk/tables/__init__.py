"""Every table, declared once in a TOML file of this folder: validation, dictionary, templates and titles use it."""

from desk.tables.declaration import INPUT_TABLES, OUTPUT_TABLES, Column, Table, table

__all__ = ["INPUT_TABLES", "OUTPUT_TABLES", "Column", "Table", "table"]
