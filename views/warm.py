"""What the first visitor would wait for, done while their browser still loads: the newest plan is read, and what its
first page shows is worked out."""

import threading
import time
from contextlib import suppress

from store import owner
from views.desk_chosen import desk_versions, newest_plan, open_desk
from views.opened import OpenPlan, open_folder, open_stored

_DRAWN_S = 2.0
"""Until the first page of whoever came at once is drawn, seconds; only then the others' turn comes."""


def warm_up() -> threading.Thread:
    """Begin it beside the server."""
    thread = threading.Thread(target=_warm, name="peakdesk-warm", daemon=True)
    thread.start()
    return thread


def _warm() -> None:
    # Whatever is wrong with the store or the plan is told to whoever opens it.
    with suppress(Exception):
        plan = _newest()
        if plan is not None:
            _first_page(plan)
            time.sleep(_DRAWN_S)
            _later_pages(plan)


def _newest() -> OpenPlan | None:
    choice = newest_plan(owner())
    if choice is None:
        return None
    return open_stored(owner(), choice.key) if choice.folder is None else open_folder(choice.folder)


def _first_page(plan: OpenPlan) -> None:
    from views.overview.calendar import hours_of
    from views.overview.people import worth_of_people

    hours_of(plan)
    worth_of_people(plan)


def _later_pages(plan: OpenPlan) -> None:
    from views.assessed import circumstances

    newest = desk_versions(owner()).get(plan.planned.desk.settings.name)
    if newest is not None:
        open_desk(owner(), newest)
    circumstances(plan)
