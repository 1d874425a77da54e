"""Takes one person's traces out of texts and tables, and leaves every number as it was."""

import csv
import json
import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from typing import Any

CODE_COLUMNS = ("agent", "who", "owner")
"""Columns whose whole cells may be an agent's code, even one of digits only."""


@dataclass(frozen=True)
class Rewriting:
    """What is replaced by what.

    Parameters
    ----------
    code : the agent's code.
    names : names and addresses of the person.
    pseudonym : what stands there afterwards.
    """

    code: str
    names: tuple[str, ...]
    pseudonym: str

    @cached_property
    def pattern(self) -> "re.Pattern[str]":
        """Where the person stands inside a longer text; a code of digits only could be any number there."""
        parts = [_bounded(name) for name in sorted(self.names, key=len, reverse=True) if len(name) > 1]
        parts += [_bounded(self.code)] if re.search(r"[^\W\d_]", self.code) else []
        return re.compile("|".join(parts) or r"(?!)")

    def text(self, words: str) -> str:
        """A text without the person."""
        return self.pseudonym if words in self.names else self.pattern.sub(self.pseudonym, words)

    def cell(self, column: str, words: str) -> str:
        """A cell of a CSV file without the person; a number stays the number it is."""
        if column in CODE_COLUMNS:
            parts = (self.pseudonym if part == self.code else part for part in words.split("|"))
            return self.text("|".join(parts))
        return words if _number(words) else self.text(words)

    def json(self, value: Any) -> Any:
        """A JSON value without the person, keys too."""
        if isinstance(value, Mapping):
            return {self.text(key): self._field(key, own) for key, own in value.items()}
        if isinstance(value, list):
            return [self.json(own) for own in value]
        return self.text(value) if isinstance(value, str) else value

    def json_text(self, words: str | None) -> str | None:
        """The text of a JSON value without the person."""
        return None if words is None else json.dumps(self.json(json.loads(words)), ensure_ascii=False, sort_keys=True)

    def csv(self, content: bytes) -> bytes:
        """A CSV file without the person; the same bytes where they are not in it."""
        if not self._occurs(content):
            return content
        mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
        rows = list(csv.reader(StringIO(content.removeprefix(mark).decode("utf-8"), newline="")))
        head = rows[0] if rows else []
        made = [head, *([self.cell(*pair) for pair in zip(head, row, strict=False)] for row in rows[1:])]
        if made == rows:
            return content
        buffer = StringIO(newline="")
        csv.writer(buffer, lineterminator="\n").writerows(made)
        return mark + buffer.getvalue().encode()

    def _occurs(self, content: bytes) -> bool:
        """Whether they can be in it at all; a quote is doubled in a CSV file."""
        return any(words.replace('"', '""').encode() in content for words in (self.code, *self.names))

    def _field(self, key: str, value: Any) -> Any:
        return self.pseudonym if key in CODE_COLUMNS and value == self.code else self.json(value)


def _bounded(words: str) -> str:
    """Whole words only, where words have ends."""
    return rf"(?<![\w.@-]){re.escape(words)}(?![\w@-])" if words.isascii() else re.escape(words)


def _number(words: str) -> bool:
    try:
        float(words)
    except ValueError:
        return False
    return True
