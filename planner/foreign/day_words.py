"""Days with words in them, months by name and days of the week, in figures."""

import re

_ENGLISH = "january february march april may june july august september october november december"
_GERMAN = "januar februar märz april mai juni juli august september oktober november dezember"
_NAME = r"(?P<month>[A-Za-zä]{3,9})\.?"
_YEAR = r"(?P<year>\d{4}|\d{2}(?!\d))"
_DAY_FIRST = re.compile(rf"^\s*(?P<day>\d{{1,2}})\.?[-/ ]?\s*{_NAME}[-/, ]?\s*{_YEAR}")
_MONTH_FIRST = re.compile(rf"^\s*{_NAME}[-/ ]?\s*(?P<day>\d{{1,2}})\s*,?\s*(?P<year>\d{{4}})")
_WEEKDAY = re.compile(
    r"[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?"
    r"|^\s*(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)[a-z]*\.?,?\s+(?=\S*\d)",
    re.I,
)


def in_figures(words: str) -> str:
    """``Mon, 1 Jun 2026 8:00`` as ``2026-06-01 8:00``; what has no such words as it is."""
    bare = _WEEKDAY.sub("", words)
    found = _DAY_FIRST.match(bare) or _MONTH_FIRST.match(bare)
    month = _month(found["month"]) if found else 0
    if found is None or not month:
        return bare
    year = found["year"] if len(found["year"]) > len("26") else f"20{found['year']}"
    return f"{year}-{month:02d}-{int(found['day']):02d}{bare[found.end() :]}"


def _month(name: str) -> int:
    """1 to 12 of a month's name, or the beginning of one; 0 where it is none."""
    pairs = enumerate(zip(_ENGLISH.split(), _GERMAN.split(), strict=True), start=1)
    return next((number for number, names in pairs if any(own.startswith(name.lower()) for own in names)), 0)
