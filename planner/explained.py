"""Why a forecast is what it is over some hours, a day or a phase."""

from dataclasses import dataclass

import pandas as pd

from desk import Desk, Finding, Forecast, InputError
from desk.load import moment_of
from planner.rows import rows

DAY = pd.DateOffset(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From ``start`` until before ``end``, called ``name``."""

    name: str
    start: pd.Timestamp
    end: pd.Timestamp


def factors_between(forecast: Forecast, queue: str, span: Span) -> pd.DataFrame:
    """Part, factor and inquiries (total once the part is applied) of ``queue`` over ``span``; empty where no interval
    is explained."""
    from forecast.explanation import factors_of

    own = forecast.explanation
    own = own[(own["queue"] == queue) & (own["start"] >= span.start) & (own["start"] < span.end)] if len(own) else own
    return factors_of(own) if len(own) else pd.DataFrame(columns=["part", "factor", "inquiries"])


def phase_spans(desk: Desk) -> list[tuple[str, Span]]:
    """The phases that touch the horizon, cut to it, in order of time, each with the name of its promotion before it."""
    first, until = desk.starts[0], desk.starts[-1] + pd.Timedelta(minutes=desk.settings.interval_min)
    found = [
        (f"{row.promotion}: {row.phase}", Span(str(row.phase), max(row.start, first), min(row.end, until)))
        for row in rows(desk.table("promotions").sort_values("start", kind="stable"))
    ]
    return [(name, span) for name, span in found if span.start < span.end]


def asked_span(desk: Desk, words: str, until: str | None) -> Span:
    """The span that ``words`` ask for: a phase of the horizon (with ``promotion:`` before it where several promotions
    have one of the name), a day, or a moment; until ``until`` where given.

    Raises
    ------
    InputError : no phase and no time, several phases, a span that ends before it begins, or one before the history.
    """
    alike = [(name, span) for name, span in phase_spans(desk) if words in (name, span.name)]
    if len(alike) > 1:
        named = ", ".join(f"{name} ({span.start:%Y-%m-%d})" for name, span in alike)
        raise InputError([Finding("span_ambiguous", value=words, facts={"named": named})])
    phase = alike[0][1] if alike else None
    start = phase.start if phase else _moment(desk, words)
    each = DAY if len(words.strip()) <= len("2026-06-16") else pd.Timedelta(minutes=desk.settings.interval_min)
    end = _moment(desk, until) if until else phase.end if phase else start + each
    if end <= start:
        raise InputError([Finding("span_unknown", value=str(until))])
    _refuse_unknown(desk, words, start)
    return Span(f"{words} – {until}" if until else words, start, end)


def _refuse_unknown(desk: Desk, words: str, start: pd.Timestamp) -> None:
    from forecast.series import first_day

    if len(desk.table("history")) and start.tz_localize(None) < (since := first_day(desk)):
        raise InputError([Finding("span_before_history", value=words, facts={"since": f"{since:%Y-%m-%d}"})])


def _moment(desk: Desk, words: str) -> pd.Timestamp:
    found = moment_of(words)
    if found is None:
        raise InputError([Finding("span_unknown", value=words)])
    zone = desk.settings.timezone
    if found.tzinfo is not None:
        return found.tz_convert(zone)
    return found.tz_localize(zone, ambiguous=True, nonexistent="shift_forward")
