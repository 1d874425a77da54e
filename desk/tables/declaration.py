"""Reads the declarations of the tables."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Kind = Literal["id", "text", "int", "float", "bool", "time", "date", "clock", "choice", "list"]

INPUT_TABLES = (
    "history",
    "superseded",
    "drivers",
    "superseded_drivers",
    "promotions",
    "overrides",
    "verdicts",
    "agents",
    "skills",
    "shifts",
    "leave",
    "requests",
    "pinned",
    "published",
    "worked",
    "cover",
    "activities",
    "contacts",
)
OUTPUT_TABLES = (
    "forecast",
    "curves",
    "work",
    "roster",
    "duty",
    "service",
    "costs",
    "findings",
    "scores",
    "estimates",
    "marginals",
    "offers",
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Parameters
    ----------
    name : as it stands in the file's header.
    kind : what its cells hold. ``clock`` is HH:MM of a day, held in a frame as minutes since midnight;
        ``list`` is ids separated by ``|``, held as a tuple; ``time`` is zone-aware; ``date`` is a naive midnight.
    unit : unit of a number, empty where it has none.
    optional : the column may be absent.
    empty : a cell may be blank (``"unless_open"``: only where the row is closed or not observed).
    default : taken where the column is absent or the cell blank.
    ref : the table or settings section its values must stand in.
    example : a cell as it may be written.
    """

    name: str
    kind: Kind
    unit: str = ""
    min: float | None = None
    max: float | None = None
    choices: tuple[str, ...] = ()
    ref: str = ""
    optional: bool = False
    empty: bool | str = False
    default: Any = None
    example: str = ""
    title_en: str = ""
    title_zh: str = ""
    help_en: str = ""
    help_zh: str = ""

    def title(self, lang: str) -> str:
        """Title in ``lang`` (``en`` or ``zh``)."""
        return self.title_zh if lang == "zh" else self.title_en

    def help(self, lang: str) -> str:
        """One sentence on what the column holds."""
        return self.help_zh if lang == "zh" else self.help_en


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Parameters
    ----------
    columns : the declared columns by name.
    key : columns whose cells together name a row.
    extra : kind of the undeclared columns that are welcome; empty = none are.
    extra_examples : titles of such columns, for the templates.
    may_be_empty : a header without rows says something.
    required : columns that must be there.
    """

    name: str
    columns: Mapping[str, Column]
    key: tuple[str, ...] = ()
    extra: str = ""
    extra_examples: tuple[str, ...] = ()
    may_be_empty: bool = False
    title_en: str = ""
    title_zh: str = ""
    help_en: str = ""
    help_zh: str = ""
    required: tuple[str, ...] = field(default=())

    def title(self, lang: str) -> str:
        """Title in ``lang`` (``en`` or ``zh``)."""
        return self.title_zh if lang == "zh" else self.title_en

    def help(self, lang: str) -> str:
        """One sentence on what the table holds."""
        return self.help_zh if lang == "zh" else self.help_en


@cache
def table(name: str) -> Table:
    """The declaration of table ``name``; KeyError where there is none."""
    if name not in INPUT_TABLES + OUTPUT_TABLES:
        raise KeyError(name)
    folder = files("desk.tables") / "outputs" if name in OUTPUT_TABLES else files("desk.tables")
    raw = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    columns = {key: _column(key, spec) for key, spec in raw.pop("columns").items()}
    required = tuple(key for key, column in columns.items() if not column.optional)
    raw |= {name: tuple(raw.get(name, ())) for name in ("key", "extra_examples")}
    return Table(name=name, columns=columns, required=required, **raw)


def _column(name: str, spec: dict[str, Any]) -> Column:
    return Column(name=name, **{**spec, "choices": tuple(spec.get("choices", ()))})
