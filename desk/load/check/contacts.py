"""The contact log: what happens to a contact happens in order."""

import pandas as pd

from desk.load.draft import Draft

_ORDER = ("arrived", "assigned", "first_reply", "closed")


def check_contacts(draft: Draft) -> None:
    """Note contacts of which a later step stands before an earlier one."""
    if not draft.has("contacts", "arrived"):
        return
    frame = draft.frames["contacts"]
    latest, step = frame["arrived"], pd.Series(_ORDER[0], index=frame.index)
    for after in _ORDER[1:]:
        late = frame[after] < latest
        before = step[late].to_dict()
        draft.mark("out_of_order", "contacts", after, late, facts=lambda place, own=before: {"before": own[place]})
        known = frame[after].notna() & ~late
        latest, step = latest.mask(known, frame[after]), step.mask(known, after)
