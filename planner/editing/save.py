"""An edit saved: into the journal with its reason, and each hard rule that it breaks as an error to be settled."""

from collections.abc import Iterable, Sequence

from desk import Finding
from planner.sign_off.breach import is_known
from store import (
    CellEdit,
    Edit,
    Principal,
    Store,
    edit_duty,
    list_faults,
    report_fault,
)


def save_edit(
    store: Store,
    principal: Principal,
    plan: str,
    edits: Sequence[CellEdit],
    why: str,
    hard: Iterable[Finding] = (),
    lang: str = "en",
) -> tuple[Edit, ...]:
    """Write the cells, all or none; every hard rule that they break becomes an error of the plan, reported in the
    editor's name, so that nothing is signed or published before somebody settles it.

    Parameters
    ----------
    hard : of the verdict on these cells. lang : in which the errors are put down.

    Raises
    ------
    InputError : the plan is published, or somebody edited a cell meanwhile; the findings name both values and people.
    """
    entries = edit_duty(store, principal, plan, edits, why)
    if entries:
        report_breaches(store, principal, plan, hard, why, lang)
    return entries


def report_breaches(
    store: Store, principal: Principal, plan: str, hard: Iterable[Finding], why: str = "", lang: str = "en"
) -> None:
    """Report each hard rule broken as an error of the plan, once while it is open."""
    open_ = [fault.words for fault in list_faults(store, principal, plan) if fault.settled_at is None]
    for one in hard:
        if not is_known(open_, one.message):
            words = " ".join(filter(None, (one.message(lang), why and f"({why})")))
            report_fault(store, principal, plan, words, agent=str(one.facts.get("agent") or "") or None)
            open_.append(words)
