"""Hard rules that a plan breaks, as errors that somebody must settle before anybody signs."""

from collections.abc import Callable, Sequence
from functools import partial

from desk.i18n import LANGUAGES
from planner.output.finding_record import unpacked
from planner.sign_off.lay_down import check_words
from store import Check, Principal, Store, list_faults, report_fault


def report_errors(store: Store, principal: Principal, plan: str, checks: Sequence[Check], lang: str) -> int:
    """Report each check of the severity ``error`` as an error of the plan, once while one of its words is open.

    Returns
    -------
    How many errors of the list are open.

    Raises
    ------
    NotYoursError : the principal may not report errors.
    """
    open_ = [fault.words for fault in list_faults(store, principal, plan) if fault.settled_at is None]
    wrong = [check for check in checks if check.severity == "error"]
    for check in wrong:
        if not is_known(open_, partial(breach_words, check)):
            words = breach_words(check, lang)
            report_fault(store, principal, plan, words, check=check.id, agent=check.agent)
            open_.append(words)
    return len(wrong)


def breach_words(check: Check, lang: str) -> str:
    """What is broken, without its place and cure."""
    return unpacked(check.facts["finding"]).message(lang) if check.code == "audit" else check_words(check, lang)


def is_known(open_: Sequence[str], words: Callable[[str], str]) -> bool:
    """Whether an open error says so already, in any language."""
    told = tuple(words(spoken) for spoken in LANGUAGES)
    return any(known.startswith(told) for known in open_)
