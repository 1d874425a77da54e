"""Phases to come that are under way together as none of their kinds ever were: that their lifts multiply is a guess."""

from collections.abc import Iterator

import pandas as pd

from desk import Desk, Finding

STAMP = "%Y-%m-%d %H:%M"
Span = tuple[pd.Timestamp, pd.Timestamp, str, str]
"""Start, end, promotion and phase."""


def told_of_overlaps(desk: Desk) -> Iterator[Finding]:
    """Pairs of phases of two promotions that overlap from now on, where phases so named never did."""
    begins = pd.Timestamp(desk.settings.horizon.start, tz=desk.settings.timezone)
    pairs = list(_overlapping(desk))
    known = {_kinds(one, other) for one, other in pairs if other[0] < begins}
    for one, other in pairs:
        if _kinds(one, other) not in known:
            facts = {"promotion": other[2], "beside": one[2], "other": one[3]}
            facts |= {"start": f"{other[0]:{STAMP}}", "end": f"{min(one[1], other[1]):{STAMP}}"}
            yield Finding("phases_overlap", "warning", "promotions", column="start", value=other[3], facts=facts)


def _overlapping(desk: Desk) -> Iterator[tuple[Span, Span]]:
    """Phases of two promotions that are under way together, the one that begins first first."""
    table = desk.table("promotions").sort_values("start", kind="stable")
    table = table[table["intensity"].fillna(1.0) > 0]
    columns = (table["start"], table["end"], table["promotion"].astype(str), table["phase"].astype(str))
    spans: list[Span] = list(zip(*columns, strict=True))
    for place, one in enumerate(spans):
        for other in spans[place + 1 :]:
            if other[0] >= one[1]:
                break
            if other[2] != one[2]:
                yield one, other


def _kinds(one: Span, other: Span) -> frozenset[str]:
    return frozenset((one[3], other[3]))
