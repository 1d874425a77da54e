"""The reference of tables and settings as Markdown, made from the declarations: ``python -m desk.dictionary DIR``."""

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from desk.i18n import LANGUAGES, catalogue, text
from desk.settings.tree import SettingKey, setting_keys
from desk.tables import INPUT_TABLES, OUTPUT_TABLES, Column, table
from desk.write.toml_text import toml_value

_ANY_COLUMN = ("column", "title", "kind", "unit", "range", "help")
_GIVEN_COLUMN = ("needed", "example")
_SUFFIX = {"en": "", "zh": ".zh"}


def pages() -> dict[str, str]:
    """File name -> Markdown of every page of the reference."""
    made = {}
    for lang in LANGUAGES:
        made[f"tables{_SUFFIX[lang]}.md"] = "\n".join(_tables(lang)) + "\n"
        made[f"settings{_SUFFIX[lang]}.md"] = "\n".join(_settings(lang)) + "\n"
    return made


def write_dictionary(folder: str | Path) -> None:
    """Write every page into ``folder``."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    for name, page in pages().items():
        (place / name).write_text(page, encoding="utf-8", newline="\n")


def _tables(lang: str) -> Iterator[str]:
    yield from (f"# {_word('title_tables', lang)}", "", _word("intro_tables", lang))
    for title, names in (("inputs", INPUT_TABLES), ("outputs", OUTPUT_TABLES)):
        yield from ("", f"## {_word(title, lang)}")
        for name in names:
            yield from _table(name, lang)


def _table(name: str, lang: str) -> Iterator[str]:
    declared, given = table(name), name in INPUT_TABLES
    yield from ("", f"### `{name}`: {declared.title(lang)}", "", declared.help(lang))
    notes = [_word(note, lang) for note in ("may_be_empty", "extra") if given and getattr(declared, note)]
    keys = ", ".join(f"`{column}`" for column in declared.key)
    if keys:
        yield from ("", " ".join([text("reference.key", lang, columns=keys), *notes]))
    yield ""
    yield from _heads([*_ANY_COLUMN, *(_GIVEN_COLUMN if given else ())], lang)
    for column in declared.columns.values():
        cells = [f"`{column.name}`", column.title(lang), _holds(column, lang), column.unit, _range(column)]
        yield _row([*cells, column.help(lang), *(_given_cells(column, lang) if given else ())])


def _given_cells(column: Column, lang: str) -> list[str]:
    return [_needed(column, lang), f"`{column.example}`"]


def _holds(column: Column, lang: str) -> str:
    if column.choices:
        return text("reference.one_of", lang, choices=", ".join(column.choices))
    if column.ref:
        key = "reference.list_of" if column.kind == "list" else "reference.names_of"
        return text(key, lang, ref=column.ref.removesuffix("_or_off")) + (
            " / OFF" if column.ref.endswith("_off") else ""
        )
    return text(f"kind.{column.kind}", lang)


def _range(column: Column) -> str:
    low = "" if column.min is None else f"≥ {column.min:g}"
    high = "" if column.max is None else f"≤ {column.max:g}"
    return ", ".join(limit for limit in (low, high) if limit)


def _needed(column: Column, lang: str) -> str:
    if column.optional:
        return _word("needed_no", lang)
    if column.empty == "unless_open":
        return _word("needed_open", lang)
    return _word("needed_column" if column.empty else "needed_yes", lang)


def _settings(lang: str) -> Iterator[str]:
    yield from (f"# {_word('title_settings', lang)}", "", _word("intro_settings", lang))
    for section, keys in groupby(setting_keys(), key=lambda key: key.path[:-1]):
        dotted = ".".join(part for part in section if part != "*")
        if section:
            yield from ("", f"## `[{'.'.join(section)}]`")
        if f"section.{dotted}" in catalogue(lang):
            yield from ("", text(f"section.{dotted}", lang))
        yield ""
        yield from _heads(["setting", "kind", "range", "default", "needed", "help"], lang)
        yield from (_row(_setting_cells(key, lang)) for key in keys)


def _setting_cells(key: SettingKey, lang: str) -> list[str]:
    holds = text(f"kind.{key.kind}", lang)
    if key.choices:
        one = text(
            "reference.one_of" if key.kind == "choice" else "reference.some_of", lang, choices=", ".join(key.choices)
        )
        holds = one if key.kind == "choice" else f"{holds}: {one}"
    default = "" if key.default is None else f"`{toml_value(key.default)}`"
    needed = _word("needed_yes" if key.required else "needed_no", lang)
    return [f"`{key.path[-1]}`", holds, key.limits, default, needed, text(key.help_key, lang)]


def _word(name: str, lang: str) -> str:
    return text(f"reference.{name}", lang)


def _heads(names: Iterable[str], lang: str) -> Iterator[str]:
    shown = [_word(name, lang) for name in names]
    yield from (_row(shown), _row(["---"] * len(shown)))


def _row(cells: Iterable[str]) -> str:
    escaped = (cell.replace("|", "\\|").replace("\n", " ") for cell in cells)
    return f"| {' | '.join(escaped)} |"


if __name__ == "__main__":
    write_dictionary(sys.argv[1] if len(sys.argv) > 1 else "docs/reference")
