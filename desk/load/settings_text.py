"""desk.toml to settings; what pydantic finds is told as findings."""

import tomllib
from typing import Any

from pydantic import ValidationError

from desk.load.ledger import Ledger
from desk.settings import Settings


def read_settings(raw: str, file: str, ledger: Ledger) -> Settings | None:
    """The settings of a TOML text; None, with findings, where they can't be used."""
    try:
        tree = tomllib.loads(raw)
    except tomllib.TOMLDecodeError as error:
        ledger.add("broken_toml", file, reason=str(error))
        return None
    try:
        return Settings.model_validate(tree)
    except ValidationError as error:
        for one in error.errors():
            _note(dict(one), file, ledger)
        return None


def _note(one: dict[str, Any], file: str, ledger: Ledger) -> None:
    path = ".".join(str(part) for part in one["loc"])
    ledger.add("wrong_setting", file, column=path, value=one.get("input"), reason=one["msg"])
