"""The contact log: what happens to a contact happens in order."""

from itertools import pairwise

from desk.load.draft import Draft

_ORDER = ("arrived", "assigned", "first_reply", "closed")


def check_contacts(draft: Draft) -> None:
    """Note contacts of which a later step stands before an earlier one."""
    if not draft.has("contacts", "arrived"):
        return
    frame = draft.frames["contacts"]
    latest = frame["arrived"]
    for before, after in pairwise(_ORDER):
        late = frame[after] < latest
        draft.mark("out_of_order", "contacts", after, late, facts={"before": before})
        latest = latest.where(frame[after].isna() | late, frame[after])
