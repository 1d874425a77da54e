"""desk.toml to settings; what pydantic finds is told as findings, with the line where it stands."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from desk.load.ledger import Ledger
from desk.load.sane import DEEPEST, LARGEST_SETTINGS_BYTES, endless_line, refuse_insane
from desk.load.setting_finding import line_of, note_setting
from desk.load.zone import is_zone, meant_zone
from desk.settings import Settings

_AT_LINE = re.compile(r"\(at line (\d+)")
_PRUNINGS = 3
_MOST_NOTED = 50


@dataclass(frozen=True, slots=True)
class Reading:
    """What could be understood of desk.toml.

    Parameters
    ----------
    tree : the TOML as it stands; empty where it could not be parsed.
    settings : usable for further checks; where there were errors, without the keys that were wrong; None where
        that leaves nothing usable.
    """

    tree: Mapping[str, Any]
    settings: Settings | None


def read_settings(raw: str | None, file: str, ledger: Ledger) -> Reading:
    """The settings of a TOML text; findings go to the ledger."""
    if raw is None:
        return Reading({}, None)
    tree = _tree(raw, file, ledger)
    if tree is None or refuse_insane(tree, raw, file, ledger):
        return Reading({}, None)
    _check_zone(tree, raw, file, ledger)
    try:
        return Reading(tree, Settings.model_validate(tree))
    except ValidationError as error:
        wrong = error.errors(include_url=False)
        for one in wrong[:_MOST_NOTED]:
            note_setting(dict(one), raw, file, ledger)
        if len(wrong) > _MOST_NOTED:
            ledger.add("and_more", file, more=len(wrong) - _MOST_NOTED)
        return Reading(tree, _pruned(tree, error))


def _tree(raw: str, file: str, ledger: Ledger) -> dict[str, Any] | None:
    """The TOML as it stands; None, with a finding, where it can't be parsed."""
    if len(raw) > LARGEST_SETTINGS_BYTES:
        size, limit = (f"{count // 2**10:,} kB" for count in (len(raw), LARGEST_SETTINGS_BYTES))
        ledger.add("file_too_large", file, value=size, limit=limit)
        return None
    if row := endless_line(raw):
        ledger.add("setting_too_deep", file, row=row, deepest=DEEPEST)
        return None
    try:
        return tomllib.loads(raw.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        _note_broken(raw, error, file, ledger)
        return None


def _note_broken(raw: str, error: Exception, file: str, ledger: Ledger) -> None:
    found = _AT_LINE.search(str(error))
    lines = raw.splitlines()
    row = int(found.group(1)) if found else len(lines)
    value = lines[row - 1] if 0 < row <= len(lines) else ""
    ledger.add("broken_toml", file, row=row or None, value=value, reason=str(error).partition(" (at")[0])


def _check_zone(tree: Mapping[str, Any], raw: str, file: str, ledger: Ledger) -> None:
    name = tree.get("timezone")
    if isinstance(name, str) and not is_zone(name):
        row = line_of(raw, ["timezone"])
        ledger.add("unknown_timezone", file, row=row, column="timezone", value=name, known=meant_zone(name))


def _pruned(tree: Mapping[str, Any], error: ValidationError) -> Settings | None:
    """Settings without the wrong keys, so that the tables can be checked all the same."""
    rest = _copy(tree)
    for _ in range(_PRUNINGS):
        for one in error.errors(include_url=False):
            _drop(rest, one["loc"])
        try:
            return Settings.model_validate(rest)
        except ValidationError as next_error:
            error = next_error
    return None


def _copy(tree: Any) -> Any:
    return {key: _copy(value) for key, value in tree.items()} if isinstance(tree, Mapping) else tree


def _drop(tree: dict[str, Any], path: tuple[int | str, ...]) -> None:
    """Take the key at ``path`` out, but never a whole queue or contract: other tables name them."""
    if len(path) == 2 and path[0] in ("queues", "contracts"):
        return
    for part in path[:-1]:
        below = tree.get(part) if isinstance(part, str) else None
        if not isinstance(below, dict):
            break
        tree, path = below, path[1:]
    tree.pop(str(path[0]), None)
