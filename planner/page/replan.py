"""A plan for the rest of a horizon as lines: what came, what is to come, whose days change, and what that is worth."""

from desk.currency import money_words
from desk.i18n import text
from planner.page.layout import columns, paragraph, section
from planner.page.number import between, day, money, whole
from planner.rest import Rest
from planner.rows import rows

_MOST_DAYS = 30


def replan_lines(found: Rest, lang: str) -> list[str]:
    """Demand by queue, the days that change, and what they cost and save."""
    told = {"now": found.came.now, "free": day(found.came.free_from, lang)}
    lines = paragraph(text("planner.replan.standing", lang, **told))
    if (moment := found.planned.desk.settings.rules.call_in_from) is not None:
        lines += paragraph(text("planner.replan.called", lang, moment=moment))
    lines += section(text("planner.replan.demand", lang), _demand(found, lang))
    lines += section(text("planner.replan.changes", lang), _days(found, lang))
    return lines + section(text("planner.replan.worth", lang), _worth(found, lang))


def _demand(found: Rest, lang: str) -> list[str]:
    names = ("queue", "passed", "came", "before", "after", "range")
    lines = [[text(f"planner.replan.{name}", lang) for name in names]]
    for row in rows(found.demand):
        numbers = [whole(value) for value in (row.passed, row.came, row.before, row.after)]
        lines.append([row.queue, *numbers, between(row.q10, row.q90)])
    return columns(lines, right=range(1, len(names)))


def _days(found: Rest, lang: str) -> list[str]:
    days, settings = found.beside.days, found.planned.desk.settings
    facts = {"days": len(days), "people": found.beside.people, "roles": len(found.beside.roles)}
    least = money_words(settings.rules.least_saved, settings.currency)
    lines = paragraph(text("planner.replan.changed", lang, **facts, least=least))
    off = text("planner.import.off", lang)
    words = {"OFF": off}
    cells = [
        [row.agent, day(row.date, lang), f"{words.get(row.before, row.before)} → {words.get(row.after, row.after)}"]
        for row in rows(days.head(_MOST_DAYS))
    ]
    more = len(days) - len(cells)
    return [*lines, *columns(cells), *([text("planner.import.more", lang, count=more)] if more else [])]


def _worth(found: Rest, lang: str) -> list[str]:
    own, currency = found.beside, found.planned.desk.settings.currency
    changes = own.costs.set_index("term")["after"].get("changes", 0.0)
    amounts = {
        "stayed": own.total_before,
        "replanned": own.total_after,
        "of_changes": changes,
        "saved": round(own.total_before) - round(own.total_after),
    }
    return columns(
        [[text(f"planner.replan.{name}", lang), money(value, currency)] for name, value in amounts.items()], right=(1,)
    )
