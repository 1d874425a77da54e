"""Words in English and Chinese: one catalogue a language, split into one TOML file a room.

A count brings its words along where they hang on it: ``{count:|day is|days are} left``, with a form of the number
``{lost:,.0f|inquiry|inquiries}``, and without the number ``{count:?|it|they}``.
"""

import string
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "zh")
_FOLDER = {"en": "en", "zh": "zh_CN"}
_OR, _WORD_ALONE = "|", "?"


class _Counting(string.Formatter):
    """Fills a place with a number and the words for one or for several, as the number reads."""

    def format_field(self, value: Any, format_spec: str) -> str:
        form, *words = format_spec.split(_OR)
        if not words:
            return format(value, form)
        number = format(value, form.removesuffix(_WORD_ALONE))
        word = words[0] if number == "1" else words[1]
        return word if form.endswith(_WORD_ALONE) else f"{number} {word}"


_COUNTING = _Counting()


def text(key: str, lang: str = "en", **values: Any) -> str:
    """The sentence ``key`` in ``lang`` with its ``{name}`` places filled; KeyError where the key is unknown."""
    template = catalogue(lang)[key]
    if values and _OR in template:
        return _COUNTING.vformat(template, (), values)
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
