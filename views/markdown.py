"""Texts from data inside Streamlit's markdown."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&@/])")
_ADDRESS = re.compile(r"@(?=\w)|:(?=//)|(?<=www)\.", re.IGNORECASE)
_JOINER = "\u2060"
"""A letter without width at which no line breaks: markdown makes links of addresses even where they are escaped."""


def plain(words: object) -> str:
    """``words`` such that markdown shows them as they are: no image to fetch, no link, no colour, no formula."""
    one_line = " ".join(str(words).split())
    return _MARKUP.sub(r"\\\1", _ADDRESS.sub(_JOINER + r"\g<0>", one_line))
