"""An agent's numbers in sentences."""

from math import isnan
from typing import Any

from desk.i18n import text
from desk.settings import IncentiveSettings
from incentive.measure import Measure, measure_title
from incentive.pay import CENTS, Part

Line = tuple[str, str, str]
"""Title, sentence, amount."""


def money(cents: int, currency: str) -> str:
    """An amount of whole cents."""
    return f"{cents / CENTS:,.2f} {currency}"


def period_words(period: tuple[str, str], lang: str) -> str:
    """The days of a log."""
    return text("statement.period", lang, first=period[0], last=period[1])


def amount(value: float, unit: str, lang: str) -> str:
    """A value in the measure's unit."""
    if isnan(value):
        return text("statement.unknown", lang)
    if unit == "share":
        return f"{value:.1%}"
    return (
        text(f"statement.unit.{unit}", lang, value=round(value, 2))
        if unit in ("s", "min", "contacts")
        else f"{value:.2f}"
    )


def measure_sentences(measure: Measure, row: dict[str, float], middle: float, lang: str) -> Line:
    """Title, what was counted, expected and made of it, and how that stands to the desk's middle."""
    words = {key: amount(row[key], measure.unit, lang) for key in ("observed", "expected", "adjusted", "low", "high")}
    facts: dict[str, Any] = {"contacts": int(row["contacts"]), "middle": amount(middle, measure.unit, lang)} | words
    title = measure.title(lang)
    match measure.kind:
        case "share" | "level":
            told = text("statement.adjusted", lang, **facts)
            return title, f"{told} {text(f'statement.verdict.{_verdict(measure, row, middle)}', lang, **facts)}", ""
        case "reward":
            return title, text("statement.reward", lang, **facts), ""
        case _:
            key = "statement.plain" if isnan(row["low"]) else "statement.plain_between"
            return title, text(key, lang, **facts), ""


def money_sentence(settings: IncentiveSettings, part: Part, place: int, unit: float, currency: str, lang: str) -> Line:
    """Title, how a part of the money came about and what one more good result would add, and the amount."""
    whole = sum(part.claims)
    facts: dict[str, Any] = {
        "claim": round(part.claims[place], 2),
        "all": round(whole, 2),
        "part": money(part.cents, currency),
    }
    facts |= {"gate": f"{part.gates[place]:.0%}"}
    told = [text("statement.pay.none" if whole == 0 else "statement.pay.share", lang, **facts)]
    if part.gates[place] < 1:
        told.append(text("statement.pay.gate", lang, **facts))
    told.append(_one_more(settings, part, place, unit, currency, lang))
    return measure_title(part.measure, lang), " ".join(filter(None, told)), money(int(part.paid[place]), currency)


def _one_more(settings: IncentiveSettings, part: Part, place: int, unit: float, currency: str, lang: str) -> str:
    """What would change the amount."""
    cap = settings.caps.get(part.measure)
    if cap is not None and part.paid[place] >= int(cap * CENTS):
        return text("statement.pay.capped", lang)
    quota = settings.quotas.get(part.measure, 0.0)
    if quota and part.claims[place] == 0:
        return text("statement.pay.quota", lang, quota=quota)
    if isnan(unit):
        return ""
    more = unit * float(part.gates[place])
    before, after = (_cents(settings, part, place, extra) for extra in (0.0, more))
    return text("statement.pay.more", lang, unit=more, gain=f"{(after - before) / CENTS:,.2f} {currency}")


def _cents(settings: IncentiveSettings, part: Part, place: int, extra: float) -> float:
    """Exact cents of an agent with so much more claim."""
    whole = sum(part.claims) + extra
    pot = float(part.cents)
    if part.measure in settings.prices:
        pot = min(pot, settings.prices[part.measure] * CENTS * whole)
    return pot * (part.claims[place] + extra) / whole if whole else 0.0


def _verdict(measure: Measure, row: dict[str, float], middle: float) -> str:
    """Where all contacts are good, or none, the middle lies outside every interval: so the score must agree."""
    if row["contacts"] < measure.evidence:
        return "little"
    high, low = row["low"] > middle, row["high"] < middle
    good, bad = (high, low) if measure.better == "high" else (low, high)
    if good and row["score"] > 0.5:
        return "better"
    return "worse" if bad and row["score"] < 0.5 else "same"
