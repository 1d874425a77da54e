"""Texts from data inside Streamlit's markdown."""

import re

_MARKUP = re.compile(r"(?<=[^\W_])[_-](?=[^\W_])|([\\`*_{}\[\]()#+\-.!|<>$:~&@/])")
"""What could be markup; a dash or an underscore between two letters can't, and a label is read out as it is written."""
_ADDRESS = re.compile(r"@(?=\w)|:(?=//)|(?<=www)\.", re.IGNORECASE)
_JOINER = "\u2060"
"""A letter without width at which no line breaks: markdown makes links of addresses even where they are escaped."""


def plain(words: object) -> str:
    """``words`` such that markdown shows them as they are: no image to fetch, no link, no colour, no formula."""
    one_line = " ".join(str(words).split())
    return _MARKUP.sub(_escaped, _ADDRESS.sub(_JOINER + r"\g<0>", one_line))


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}" if found[1] else found[0]
