"""Words in English and Chinese: one catalogue a language, split into one TOML file a room."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "zh")
_FOLDER = {"en": "en", "zh": "zh_CN"}


def text(key: str, lang: str = "en", **values: Any) -> str:
    """The sentence ``key`` in ``lang`` with its ``{name}`` places filled; KeyError where the key is unknown."""
    template = catalogue(lang)[key]
    return template.format_map(values) if values else template


@cache
def catalogue(lang: str) -> Mapping[str, str]:
    """Every key of a language; keys are dotted, the file's tables joined (``finding.empty_table``)."""
    folder = files("desk") / "locales" / _FOLDER[lang]
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir(), key=lambda item: item.name):
        if path.name.endswith(".toml"):
            found.update(_flat(tomllib.loads(path.read_text(encoding="utf-8"))))
    return found


def _flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
