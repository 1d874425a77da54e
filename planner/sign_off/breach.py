"""Hard rules that a plan breaks, as errors that somebody must settle before anybody signs."""

from collections.abc import Callable, Sequence
from functools import partial

from desk.i18n import LANGUAGES, text
from planner.output.finding_record import unpacked
from planner.sign_off.lay_down import check_words
from store import Check, Principal, Store, list_faults, report_fault


def report_errors(store: Store, principal: Principal, plan: str, checks: Sequence[Check], lang: str) -> int:
    """Report the checks of the severity ``error`` as errors of the plan, one for each rule that is broken, unless one
    that names it is open.

    Returns
    -------
    How many errors of the list are open.

    Raises
    ------
    NotYoursError : the principal may not report errors.
    """
    open_ = [fault.words for fault in list_faults(store, principal, plan) if fault.settled_at is None]
    alike: dict[str, list[Check]] = {}
    for check in checks:
        if check.severity == "error":
            alike.setdefault(_rule(check), []).append(check)
    for own in alike.values():
        if not any(is_known(open_, partial(breach_words, check)) for check in own):
            more = text("view.findings.more", lang, count=len(own) - 1) if len(own) > 1 else ""
            words = f"{breach_words(own[0], lang)} {more}".strip()
            report_fault(store, principal, plan, words, check=own[0].id, agent=own[0].agent)
    return len(alike)


def _rule(check: Check) -> str:
    return str(check.facts["finding"]["code"]) if check.code == "audit" else check.code


def breach_words(check: Check, lang: str) -> str:
    """What is broken, without its place and cure."""
    return unpacked(check.facts["finding"]).message(lang) if check.code == "audit" else check_words(check, lang)


def is_known(open_: Sequence[str], words: Callable[[str], str]) -> bool:
    """Whether an open error says so already, in any language."""
    told = tuple(words(spoken) for spoken in LANGUAGES)
    return any(known.startswith(told) for known in open_)
