"""The look of a table's sheet in a workbook: header with help, drop-downs, formats."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from desk.i18n import LANGUAGES, text
from desk.tables import Column, Table
from desk.write.whole import write_whole

LAST_ROW = 1_048_575
_FORMAT = {"date": "yyyy-mm-dd", "time": "yyyy-mm-dd hh:mm", "int": "0", "float": "General", "bool": "0"}
_TEXT = "@"
_TEXT_STAYS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WITH_TIMES = {"default_date_format": "yyyy-mm-dd hh:mm"}
_COMMENT = {"x_scale": 2.5, "y_scale": 1.6}


@contextmanager
def new_book(path: Path, **settings: Any) -> Iterator[Any]:
    """A workbook that takes texts as texts, so that none can act as a formula or a link; written to ``path`` at the end
    of the block.

    Raises
    ------
    OSError : ``path`` can't be written.
    """
    content = BytesIO()
    with book_in(content, **settings) as book:
        yield book
    write_whole(path, content.getvalue())


@contextmanager
def book_in(target: BytesIO, **settings: Any) -> Iterator[Any]:
    """Such a workbook in memory: its maker's own files would be left where the disk is full."""
    from xlsxwriter import Workbook

    book = Workbook(target, _TEXT_STAYS_TEXT | {"in_memory": True} | settings)
    yield book
    book.close()


def add_table_sheet(book: Any, declared: Table, extra: tuple[str, ...] = ()) -> Any:
    """A sheet with the header of a table and nothing below it."""
    sheet = book.add_worksheet(declared.name)
    head = book.add_format({"bold": True, "bg_color": "#DDE7F3", "border": 1})
    for place, column in enumerate(declared.columns.values()):
        form = book.add_format({"num_format": _FORMAT.get(column.kind, _TEXT)})
        sheet.set_column(place, place, max(12, len(column.example) + 2), form)
        sheet.write_string(0, place, column.name, head)
        sheet.write_comment(0, place, column_note(column), _COMMENT)
        if options := _options(column):
            sheet.data_validation(1, place, LAST_ROW, place, {"validate": "list", "source": options})
    for place, name in enumerate(extra, start=len(declared.columns)):
        sheet.write_string(0, place, name, head)
    sheet.freeze_panes(1, 0)
    return sheet


def column_note(column: Column) -> str:
    """Title, help and example of a column in both languages."""
    lines = [f"{column.title(lang)}: {column.help(lang)}" for lang in LANGUAGES]
    example = [text("template.example", lang, example=column.example) for lang in LANGUAGES if column.example]
    return "\n".join([*lines, " / ".join(example)]).strip()


def add_settings_sheet(book: Any, toml: str) -> None:
    """The sheet ``desk.toml``: one line of the settings per row, in column A."""
    sheet = book.add_worksheet("desk.toml")
    sheet.set_column(0, 0, 110, book.add_format({"num_format": _TEXT}))
    for row, line in enumerate(toml.splitlines()):
        sheet.write_string(row, 0, line)


def _options(column: Column) -> list[str] | list[int]:
    return [1, 0] if column.kind == "bool" else list(column.choices)
