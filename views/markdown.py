"""Texts from data inside Streamlit's markdown."""

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&@/])")


def plain(words: object) -> str:
    """``words`` such that markdown shows them as they are: no image to fetch, no link, no colour, no formula."""
    return _MARKUP.sub(r"\\\1", " ".join(str(words).split()))
