"""What other systems call the columns of our tables."""

import re
import tomllib
from functools import cache
from importlib.resources import files

_BETWEEN = re.compile(r"[\s._\-()（）\[\]/:：]+")


@cache
def other_names() -> dict[str, dict[str, list[str]]]:
    """Table -> column -> titles; a column that the table has not is one of two that make ``start``."""
    return tomllib.loads(files("desk.load").joinpath("names.toml").read_text(encoding="utf-8"))


def bare(title: str) -> str:
    """A title in lower case, without spaces, dots, dashes and brackets."""
    return _BETWEEN.sub("", title).lower()


def called(title: str, name: str) -> str:
    """The column of table ``name`` that other systems title so; empty where there is none."""
    wanted = bare(title)
    return next((column for column, own in other_names().get(name, {}).items() if wanted in map(bare, own)), "")
