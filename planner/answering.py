"""An answer to a request with all that follows from it: a desk with the leave, a plan with the swap."""

from desk import Finding, InputError
from planner.requests import approve
from planner.swap import approve_swap
from store import Principal, Request, Store, answer_request, read_request


def answered(store: Store, principal: Principal, number: int, answer: str, words: str = "") -> Request:
    """Answer a request. Leave and wishes that are approved go into the desk, a swap into the published plan; an appeal
    is approved with a corrected record, on its page.

    Raises
    ------
    NotYoursError : the answer is not the principal's to give.
    InputError : there is no such request, it is answered already, or what it asks for can't be done.
    """
    request = read_request(store, principal, number)
    if answer != "approve":
        return answer_request(store, principal, number, answer, words)
    if request.kind == "appeal":
        raise InputError([Finding("appeal_needs_record", value=str(number))])
    (approve_swap if request.kind == "swap" else approve)(store, principal, number, words)
    return read_request(store, principal, number)
