"""An agent's numbers in sentences."""

from math import floor, isnan, log10
from typing import Any

from desk.currency import money_words, smallest
from desk.i18n import text
from desk.settings import IncentiveSettings
from incentive.measure import Measure, measure_title, measures
from incentive.pay import Part, cents_of

Line = tuple[str, str, str]
"""Title, sentence, amount."""


def money(cents: int, currency: str) -> str:
    """An amount of whole cents."""
    return money_words(cents / smallest(currency), currency)


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
            return title, text(f"statement.reward.{measure.name}", lang, **facts), ""
        case _:
            key = "statement.plain" if isnan(row["low"]) else "statement.plain_between"
            return title, text(key, lang, **facts), ""


def money_sentence(
    settings: IncentiveSettings,
    part: Part,
    place: int,
    unit: float,
    currency: str,
    lang: str,
    *,
    room: int | None = None,
) -> Line:
    """Title, how a part of the money came about and what one more good result would add, and the amount.

    ``room`` : cents that the agent is below what one agent gets in all at most; None = there is no such limit.
    """
    told = [_shared(settings, part, place, currency, lang), _left(settings, part, place, currency, lang)]
    if min(_room(settings, part, place, currency, None), default=1) <= 0:
        told.append(text("statement.pay.capped", lang))
    if room is not None and room <= 0:
        told.append(text("statement.pay.capped_in_all", lang))
    told.append(_one_more(settings, part, place, unit, currency, lang, room))
    return measure_title(part.measure, lang), " ".join(filter(None, told)), money(int(part.paid[place]), currency)


def _shared(settings: IncentiveSettings, part: Part, place: int, currency: str, lang: str) -> str:
    """Whose part it is: shared, paid by the piece, or nobody's."""
    whole = sum(part.claims)
    places = _places(_worth(settings, part, currency))
    own, everybody = (round(units, places) for units in (part.claims[place], whole))
    facts: dict[str, Any] = {"claim": own, "all": everybody, "part": money(part.cents, currency)}
    if _by_piece(settings, part, whole, currency):
        price = f"{settings.prices[part.measure]:,.12g} {currency}"
        return text("statement.pay.piece", lang, **facts, price=price)
    return text("statement.pay.share" if whole else "statement.pay.none", lang, **facts)


def _left(settings: IncentiveSettings, part: Part, place: int, currency: str, lang: str) -> str:
    """How the units came out of those counted, so that a calculator finds them; blank where all of them count."""
    quota, gate = settings.quotas.get(part.measure, 0.0), float(part.gates[place])
    how = "_and_".join([*(["quota"] if quota else []), *(["gate"] if gate < 1 else [])])
    if not how:
        return ""
    counted = round(part.counted[place], _places(_worth(settings, part, currency)))
    by = ", ".join(measure_title(own.by, lang) for own in settings.gates if own.measure == part.measure)
    return text(f"statement.pay.{how}", lang, counted=counted, quota=quota, gate=gate, by=by)


def _worth(settings: IncentiveSettings, part: Part, currency: str) -> float:
    """Cents that a unit is paid with."""
    whole = sum(part.claims)
    if _by_piece(settings, part, whole, currency):
        return settings.prices[part.measure] * smallest(currency)
    return part.cents / whole if whole else 0.0


def _places(each: float) -> int:
    """Decimals of units worth ``each`` cents with which a calculator comes to the cent."""
    return min(max(2, floor(log10(2 * each)) + 1), 9) if each > 0 else 2


def _by_piece(settings: IncentiveSettings, part: Part, units: float, currency: str) -> bool:
    """Whether the part lasts for all units at its price."""
    price = settings.prices.get(part.measure)
    return bool(units) and price is not None and price * smallest(currency) * units < part.cents


def _one_more(
    settings: IncentiveSettings, part: Part, place: int, unit: float, currency: str, lang: str, room: int | None
) -> str:
    """What would change the amount; never by more than the caps leave room for, blank where they leave none."""
    below = _room(settings, part, place, currency, room)
    if (
        min(below, default=1) <= 0
        or isnan(unit)
        or (settings.quotas.get(part.measure, 0.0) and part.claims[place] == 0)
    ):
        return ""
    more = unit * float(part.gates[place])
    before, after = (_cents(settings, part, place, extra, currency) for extra in (0.0, more))
    gained = min([after - before, *below])
    gain = money_words(gained / smallest(currency), currency)
    reward = measures()[part.measure].kind == "reward"
    return text(f"statement.pay.{'more_minute' if reward else 'more'}", lang, unit=more, gain=gain)


def _room(settings: IncentiveSettings, part: Part, place: int, currency: str, room: int | None) -> list[int]:
    """Cents below the cap of the part, where it has one, and below that of all."""
    cap = settings.caps.get(part.measure)
    below = [] if cap is None else [cents_of(cap, smallest(currency)) - int(part.paid[place])]
    return [*below, *([] if room is None else [room])]


def _cents(settings: IncentiveSettings, part: Part, place: int, extra: float, currency: str) -> float:
    """Exact cents of an agent with so much more claim."""
    whole = sum(part.claims) + extra
    pot = float(part.cents)
    if part.measure in settings.prices:
        pot = min(pot, settings.prices[part.measure] * smallest(currency) * whole)
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
