"""Lists of names inside a sentence."""

from collections.abc import Iterable

_FEW = 5


def few(names: Iterable[str]) -> str:
    """The first five of ``names``; an ellipsis follows where there are more."""
    first = list(names)
    return ", ".join(first[:_FEW]) + (" …" if len(first) > _FEW else "")
