"""The words of the field in both languages: for the page Help, and as ``docs/glossary.md`` by ``python -m``."""

import sys
from pathlib import Path
from typing import NamedTuple

from desk.i18n import catalogue

_BELOW, _BETWEEN = "view.glossary.", " | "


class Term(NamedTuple):
    """A word and its meaning."""

    term: str
    meaning: str


def glossary(lang: str) -> dict[str, Term]:
    """Every word by its key, in the order of the English ones."""
    found = {key.removeprefix(_BELOW): words for key, words in catalogue(lang).items() if key.startswith(_BELOW)}
    return {key: Term(*words.split(_BETWEEN, 1)) for key, words in found.items()}


def page() -> str:
    """The glossary as a document."""
    english, chinese = glossary("en"), glossary("zh")
    lines = [
        f"| {own.term} | {chinese[key].term} | {own.meaning} | {chinese[key].meaning} |" for key, own in english.items()
    ]
    head = ["# Glossary · 术语表", "", "| English | 中文 | Meaning | 含义 |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *lines, ""])


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
