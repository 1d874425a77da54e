"""One supposition as it is written: a name, an operation, a value."""

import math
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from desk import Finding, InputError

SOURCE = "--set"
_WRITTEN = re.compile(r"(?P<name>.+?)\s*(?P<op>[*+=]|-(?=\s*[\d.]+$))\s*(?P<value>[^*+=].*)")


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed of ``name``: times, plus, minus or set to ``value``.

    Parameters
    ----------
    name : parts between dots, such as ``("offered", "presale")``.
    value : a number; for ``=`` anything that desk.toml can hold.
    text : as it was written.
    """

    name: tuple[str, ...]
    op: Literal["*", "+", "-", "="]
    value: Any
    text: str

    @property
    def head(self) -> str:
        """First part of the name: what kind of thing is changed."""
        return self.name[0]

    @property
    def rest(self) -> str:
        """The name's other parts: of whom or what."""
        return ".".join(self.name[1:])

    def of(self, before: float) -> float:
        """The supposed value of what was ``before``."""
        change = {"*": before * self.value, "+": before + self.value, "-": before - self.value, "=": self.value}
        return float(change[self.op])


def read_suppositions(written: Iterable[str]) -> tuple[Supposition, ...]:
    """``visits*1.3``, ``offered.presale*1.2``, ``agents.temp+5``, ``rules.overload_limit=1.2`` ...

    Raises
    ------
    InputError : something that can't be read so, each named.
    """
    read = [_read(own.strip()) for own in written]
    broken = [own for own in read if isinstance(own, Finding)]
    if broken:
        raise InputError(broken)
    return tuple(own for own in read if isinstance(own, Supposition))


def refused(supposition: Supposition, code: str, **facts: Any) -> InputError:
    """The error that names a supposition that can't be had."""
    return InputError([Finding(code, file=SOURCE, value=supposition.text, facts=facts)])


def _read(text: str) -> Supposition | Finding:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return Finding("whatif_unreadable", file=SOURCE, value=text)
    name, op, value = (found[part] for part in ("name", "op", "value"))
    known = _value(value)
    if op != "=" and not _is_number(known):
        return Finding("whatif_not_number", file=SOURCE, value=text)
    return Supposition(tuple(part.strip() for part in name.split(".")), op, known, text)  # type: ignore[arg-type]


def _value(text: str) -> Any:
    """A TOML value; words without quotes are a text."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text.strip()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
