"""Settings as the text of desk.toml."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from desk.settings import Settings

NAMED_SECTIONS = ("queues", "contracts")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def settings_toml(settings: Settings) -> str:
    """desk.toml with every setting written out; reading it gives equal settings."""
    tree = settings.model_dump(exclude_none=True)
    return "\n".join(_lines(tree)) + "\n"


def toml_value(value: Any) -> str:
    """A value in TOML; a limit without a price is its number."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int() | float():
            return repr(value)
        case date():
            return value.isoformat()
        case Mapping():
            return _inline(value)
        case _:
            return f"[{', '.join(toml_value(one) for one in value)}]"


def toml_key(name: str) -> str:
    """A key, quoted where it must be."""
    return name if _BARE_KEY.fullmatch(name) else toml_value(name)


def _inline(value: Mapping[str, Any]) -> str:
    if set(value) == {"limit"} and isinstance(value["limit"], float):
        return toml_value(value["limit"])
    pairs = ", ".join(f"{toml_key(name)} = {toml_value(one)}" for name, one in value.items())
    return f"{{ {pairs} }}" if pairs else "{}"


def _lines(tree: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"{name} = {toml_value(value)}" for name, value in tree.items() if not isinstance(value, Mapping))
    for name, value in tree.items():
        if name in NAMED_SECTIONS:
            for own, section in value.items():
                yield from _section(f"{name}.{toml_key(own)}", section)
        elif isinstance(value, Mapping):
            yield from _section(name, value)


def _section(title: str, section: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", f"[{title}]")
    yield from (f"{toml_key(name)} = {toml_value(value)}" for name, value in section.items())
