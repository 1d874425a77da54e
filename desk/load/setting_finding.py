"""One complaint of pydantic about desk.toml as a finding."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, get_args, get_origin

from desk.i18n import catalogue
from desk.load.header import closest
from desk.load.ledger import Ledger
from desk.settings import Settings
from desk.settings.tree import bare_type, is_model

_LIMITS = ("ge", "gt", "le", "lt")
_LENGTHS = ("min_length", "max_length")
_HEADER = re.compile(r"\s*\[+([^\]]+)\]")
_KEY = re.compile(r"\s*([\w\"'.\-]+)\s*=")
_LISTS = {"text": '["presale", "aftersale"]', "number": "[240, 300]"}
_EXPECTED = {
    "int": "whole_number",
    "float": "number",
    "string": "text",
    "bool": "yes_no",
    "date": "date",
    "list": "list",
    "tuple": "list",
    "dict": "section",
    "model": "section",
}


def note_setting(one: Mapping[str, Any], raw: str, file: str, ledger: Ledger) -> None:
    """Note the complaint ``one`` at its line of the TOML text ``raw``."""
    path = [str(part) for part in one["loc"] if part != "[key]"]
    facts: dict[str, Any] = {"setting": ".".join(path), "reason": one["msg"]} | dict(one.get("ctx", {}))
    code, own = _meaning(one, path)
    if code == "setting_not_list":
        own = own | {"example": _example(path)}
    value = one.get("input")
    shown = "" if isinstance(value, Mapping) else value
    ledger.add(code, file, row=line_of(raw, path), column=".".join(path), value=shown, **(facts | own))


def _meaning(one: Mapping[str, Any], path: list[str]) -> tuple[str, dict[str, Any]]:
    """Code of the finding and what its sentence needs."""
    kind, context = str(one["type"]), one.get("ctx", {})
    if kind == "extra_forbidden":
        return "unknown_setting", {"known": closest(path[-1], _siblings(path))}
    if kind == "missing":
        return "missing_setting", {}
    if kind == "literal_error":
        return "setting_choice", {"choices": str(context["expected"]).replace("'", "")}
    if kind == "finite_number":
        return "setting_not_finite", {}
    for name in _LIMITS:
        if name in context:
            return f"setting_{name}", {"limit": f"{context[name]:g}"}
    for name in _LENGTHS:
        if name in context:
            return f"setting_{name}", {"limit": context[name]}
    return _of_type(kind)


def _of_type(kind: str) -> tuple[str, dict[str, Any]]:
    stem = re.sub(r"_(?:type|parsing|from_float|from_date_parsing|from_datetime_inexact|attributes_type)$", "", kind)
    if stem in _EXPECTED:
        return f"setting_not_{_EXPECTED[stem]}", {}
    return (kind if f"finding.{kind}" in catalogue("en") else "wrong_setting"), {}


def _example(path: list[str]) -> str:
    """A list of what the setting at ``path`` holds."""
    kind: Any = Settings
    for part in path:
        kind = _below(kind, part)
    items = get_args(kind) if get_origin(kind) is list else ()
    return _LISTS["text"] if items and bare_type(items[0]) is str else _LISTS["number"]


def _siblings(path: list[str]) -> list[str]:
    """The keys that may stand where the last part of ``path`` stands."""
    kind: Any = Settings
    for part in path[:-1]:
        kind = _below(kind, part)
    return list(kind.model_fields) if is_model(kind) else []


def _below(kind: Any, part: str) -> Any:
    """What stands under key ``part`` of a settings class or a mapping, or at a place of a list."""
    if is_model(kind):
        field = kind.model_fields.get(part)
        return None if field is None else bare_type(field.annotation)
    place = {dict: 1, list: 0}.get(get_origin(kind))
    return None if place is None else bare_type(get_args(kind)[place])


def line_of(raw: str, path: list[str]) -> int | None:
    """The line on which the deepest part of ``path`` that is written down stands, 1-based."""
    written = _written(raw)
    deepest = (tuple(path[:depth]) for depth in range(len(path), 0, -1))
    return next((written[part] for part in deepest if part in written), None)


@lru_cache(maxsize=2)
def _written(raw: str) -> dict[tuple[str, ...], int]:
    """Path of each section and key -> the first line on which it stands."""
    section: list[str] = []
    found: dict[tuple[str, ...], int] = {}
    for number, line in enumerate(raw.splitlines(), start=1):
        header = _HEADER.match(line)
        section = _parts(header.group(1)) if header else section
        key = None if header else _KEY.match(line)
        found.setdefault(tuple(section + _parts(key.group(1)) if key else section), number)
    return found


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]
