"""Settings with some of them replaced, checked like those of desk.toml."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from desk.errors import InputError
from desk.load.ledger import Ledger
from desk.load.setting_finding import note_setting
from desk.settings import Settings


def changed_settings(settings: Settings, given: Mapping[tuple[str, ...], Any], source: str = "desk.toml") -> Settings:
    """The settings with the values at some paths replaced.

    Parameters
    ----------
    given : path, such as ``("queues", "presale", "patience_s")``, -> new value; None takes the setting away.
    source : what the findings name as their place.

    Raises
    ------
    InputError : a value or a name that desk.toml would be refused for.
    """
    tree = settings.model_dump(exclude_none=True)
    for path, value in given.items():
        _put(tree, path, value)
    try:
        return Settings.model_validate(tree)
    except ValidationError as error:
        ledger = Ledger()
        for one in error.errors(include_url=False):
            note_setting(dict(one), "", source, ledger)
        raise InputError(ledger.findings) from error


def _put(tree: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for part in path[:-1]:
        below = tree.get(part)
        if not isinstance(below, dict):
            tree[part] = below = {}
        tree = below
    if value is None:
        tree.pop(path[-1], None)
    else:
        tree[path[-1]] = value
