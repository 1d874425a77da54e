"""Empty templates of a desk: CSV files with their headers, a commented desk.toml, and one workbook."""

from pathlib import Path
from typing import Any

from desk.errors import Finding, InputError
from desk.i18n import LANGUAGES, text
from desk.load.folder import TEMPLATE_BOOK
from desk.load.workbook import HELP_SHEET
from desk.tables import INPUT_TABLES, table
from desk.write.book import WITH_TIMES, add_settings_sheet, add_table_sheet, new_book
from desk.write.folder import ENCODING
from desk.write.toml_template import template_toml


def write_templates(folder: str | Path, lang: str = LANGUAGES[0]) -> None:
    """Write a header-only CSV per table, desk.toml with every setting explained, and ``template.xlsx``.

    Parameters
    ----------
    folder : made where it does not exist.
    lang : the desk's language, in which its reports are written.

    Raises
    ------
    InputError : where a file of that name is there already; nothing is written then.
    """
    place = Path(folder)
    names = ["desk.toml", TEMPLATE_BOOK, *(f"{name}.csv" for name in INPUT_TABLES)]
    present = [name for name in names if (place / name).exists()]
    if present:
        raise InputError(Finding("file_exists", file=name) for name in present)
    place.mkdir(parents=True, exist_ok=True)
    (place / "desk.toml").write_text(template_toml(lang), encoding="utf-8")
    for name in INPUT_TABLES:
        header = ",".join([*table(name).columns, *table(name).extra_examples])
        (place / f"{name}.csv").write_text(header + "\n", encoding=ENCODING)
    write_template_book(place / TEMPLATE_BOOK, lang)


def write_template_book(path: str | Path, lang: str = LANGUAGES[0]) -> None:
    """Write the workbook template: a help sheet, the settings, and one sheet per table; ``lang`` as above."""
    with new_book(Path(path), **WITH_TIMES) as book:
        _add_help(book)
        add_settings_sheet(book, template_toml(lang))
        for name in INPUT_TABLES:
            add_table_sheet(book, table(name), table(name).extra_examples)


def _add_help(book: Any) -> None:
    """What each column of each table holds, with an example, in both languages."""
    sheet = book.add_worksheet(HELP_SHEET)
    head, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    titles = ["reference.table", "reference.column", "reference.example"]
    shown = [" / ".join(text(title, lang) for lang in LANGUAGES) for title in titles]
    shown += [f"{text('reference.help', lang)} ({lang})" for lang in LANGUAGES]
    sheet.write_row(0, 0, shown, head)
    row = 1
    for name in INPUT_TABLES:
        for column in table(name).columns.values():
            cells = [name, column.name, column.example, column.help("en"), column.help("zh")]
            for place, cell in enumerate(cells):
                sheet.write_string(row, place, cell, wrap)
            row += 1
    sheet.set_column(0, 2, 18)
    sheet.set_column(3, 4, 60)
    sheet.freeze_panes(1, 0)
