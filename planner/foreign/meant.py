"""Which column of a foreign file is meant by each of ours: by its name, its title, or what other systems call it."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from desk.load.other_name import bare, other_names
from desk.tables import table
from planner.foreign.title_zone import without_zone

DATE, CLOCK = "date", "clock"
"""Not columns of ours: a day and an hour that stand apart, where another system has no moment in one cell."""
_ALIKE = 0.85
_BRACKETS = re.compile(r"[（(\[].*?[)）\]]", re.DOTALL)


def meant(titles: Sequence[str], name: str) -> dict[str, str | None]:
    """For each column that table ``name`` may have, the title that means it; None where none does for sure.

    A title is given away once. Where a table has a moment ``start``, a day and an hour apart are looked for as well:
    beside a day, what may be a moment is the hour.
    """
    left = {bare(without_zone(title)): title for title in reversed(titles)}
    known = _words(name)
    found: dict[str, str | None] = dict.fromkeys(known)
    for look in (_same, _without_brackets, _closest):
        for column, words in known.items():
            word = look(words, left)
            if found[column] is None and word is not None:
                found[column] = left.pop(word)
    if CLOCK in found and found.get("start") is None and found.get(DATE) is None:
        found |= {"start": found[CLOCK], CLOCK: None}
    if found.get("start") is not None and found.get(DATE) is None:
        found.pop(DATE, None)
    elif found.get("start") is not None and found.get(CLOCK, "") is None:
        found |= {CLOCK: found["start"], "start": None}
    return found


def _same(words: Sequence[str], left: Mapping[str, str]) -> str | None:
    return next((word for word in words if word in left), None)


def _without_brackets(words: Sequence[str], left: Mapping[str, str]) -> str | None:
    """The one title that is a word but for its unit or remark in brackets."""
    short = {own: bare(_BRACKETS.sub("", title)) for own, title in left.items() if _BRACKETS.search(title)}
    found = [own for own, title in short.items() if title in words]
    return found[0] if len(found) == 1 else None


def _closest(words: Sequence[str], left: Mapping[str, str]) -> str | None:
    long = [word for word in words if len(word) > len("name")]
    alike = (get_close_matches(word, list(left), n=1, cutoff=_ALIKE) for word in long)
    return next((own[0] for own in alike if own), None)


def _words(name: str) -> dict[str, list[str]]:
    """Column -> how it may be titled, the surest first."""
    declared, others = table(name), other_names().get(name, {})
    own = {
        column.name: [column.name, column.title_en, column.title_zh, *others.get(column.name, ())]
        for column in declared.columns.values()
    }
    more = {column: [column, *words] for column, words in others.items() if column not in own}
    return {column: [bare(word) for word in words if word] for column, words in (own | more).items()}
