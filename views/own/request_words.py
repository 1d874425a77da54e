"""A request in words: what is asked, how it stands, who answered what."""

from collections.abc import Mapping

import pandas as pd

from charts.theme import day_words
from desk.i18n import catalogue, text
from desk.moment_words import moment_words
from incentive import measure_title
from planner.requests import WEIGHTS
from store import Reply, Request
from views.clock import zone_here
from views.own.words import person

_MOST_LITTLE, _MOST_NORMAL = ((WEIGHTS["little"] + WEIGHTS["normal"]) / 2, (WEIGHTS["normal"] + WEIGHTS["much"]) / 2)


def request_words(request: Request, names: Mapping[str, str], lang: str) -> str:
    """What is asked for, in one sentence."""
    detail = request.detail
    match request.kind:
        case "leave":
            days = [_day(detail[name], lang) for name in ("date_from", "date_to")]
            key = "view.requests.told.leave" if days[0] != days[1] else "view.requests.told.leave_day"
            return text(key, lang, first=days[0], last=days[1], kind=leave_words(detail["kind"], lang))
        case "wish":
            key = f"view.requests.told.{detail['wish']}" + ("_shift" if detail.get("shift") else "")
            told = {"day": _day(detail["date"], lang), "shift": detail.get("shift") or ""}
            return text(key, lang, **told, matters=matter_words(float(detail["weight"]), lang))
        case "swap":
            who = {"agent": person(request.agent, names), "partner": person(request.partner, names)}
            days = [_day(detail[name], lang) for name in ("date", "partner_date")]
            key = "view.requests.told.swap" if days[0] != days[1] else "view.requests.told.swap_day"
            return text(key, lang, **who, day=days[0], other=days[1])
        case _:
            measure = measure_title(str(detail["measure"]), lang)
            key = "view.requests.told.appeal_record" if detail.get("record") else "view.requests.told.appeal"
            return text(key, lang, run=detail["run"], measure=measure, record=detail.get("record") or "")


def leave_words(kind: str, lang: str) -> str:
    """Kind of a leave; a free word stays as it is."""
    return catalogue(lang).get(f"view.requests.leave_kind.{kind}", kind)


def matter_words(weight: float, lang: str) -> str:
    """How much a wish matters."""
    level = "little" if weight < _MOST_LITTLE else "normal" if weight < _MOST_NORMAL else "much"
    return text(f"view.requests.matters.{level}", lang)


def status_words(request: Request, lang: str, status: str | None = None) -> str:
    """How the request stands; ``status`` says it from somebody's own view."""
    own = "asked_partner" if request.kind == "swap" and request.status == "asked" else request.status
    return text(f"view.requests.status.{status or own}", lang)


def reply_words(reply: Reply, lang: str) -> str:
    """Who answered what, when and why."""
    key = "view.requests.reply_why" if reply.words.strip() else "view.requests.reply"
    answer = text(f"view.requests.answer.{reply.answer}", lang)
    at = moment_words(reply.at, zone_here())
    return text(key, lang, who=reply.who, answer=answer, at=at, words=reply.words.strip())


def _day(day: str, lang: str) -> str:
    return day_words(pd.Timestamp(day), lang)
