"""An empty desk.toml with every setting explained, made from the settings classes and the catalogues."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from desk.i18n import LANGUAGES, catalogue, text
from desk.settings.tree import ANY_NAME, SettingKey, setting_keys
from desk.write.toml_text import toml_value

_EXAMPLES: dict[str, Any] = {
    "name": "My desk",
    "timezone": "Asia/Shanghai",
    "interval_min": 30,
    "horizon.start": date(2026, 6, 9),
    "horizon.end": date(2026, 6, 23),
    "queues.*.aht_s": [240.0, 280.0, 330.0],
    "queues.*.patience_s": 180.0,
}
_NAMES = {"queues": "presale", "contracts": "fulltime"}


def template_toml(lang: str = LANGUAGES[0]) -> str:
    """desk.toml that is ready to be filled in: what must be given has an example, the rest is commented out.

    Parameters
    ----------
    lang : of its reports; the comments speak every language.
    """
    given = _EXAMPLES if lang == LANGUAGES[0] else _EXAMPLES | {"language": lang}
    return "\n".join(_lines(given)) + "\n"


def _lines(given: Mapping[str, Any]) -> Iterator[str]:
    yield from _comment("template.toml_head")
    section: tuple[str, ...] = ()
    for key in setting_keys():
        above = key.path[:2] if key.path[0] in _NAMES else key.path[:1] if len(key.path) > 1 else ()
        if above != section:
            section = above
            yield from _head(section)
        yield ""
        yield from _comment(key.help_key)
        yield _line(key, ".".join(key.path[len(section) :]), given)


def _head(section: tuple[str, ...]) -> Iterator[str]:
    yield ""
    yield ""
    yield from _comment(f"section.{section[0]}")
    yield "[" + ".".join(_NAMES[section[0]] if part == ANY_NAME else part for part in section) + "]"


def _comment(key: str) -> Iterator[str]:
    return (f"# {text(key, lang)}" for lang in LANGUAGES if key in catalogue(lang))


def _line(key: SettingKey, name: str, given: Mapping[str, Any]) -> str:
    choices = f"  # {' | '.join(key.choices)}" if key.choices else ""
    if key.name in given:
        return f"{name} = {toml_value(given[key.name])}{choices}"
    if key.default is None:
        return f"# {name} ="
    return f"# {name} = {toml_value(_plain(key.default))}{choices}"


def _plain(default: Any) -> Any:
    return default.model_dump(exclude_none=True) if hasattr(default, "model_dump") else default
