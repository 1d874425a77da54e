"""A store with some of everything: a plan signed and published, a forecast, a settled log, requests, briefings."""

import datetime as dt
from pathlib import Path

from planner.jobs import ask
from planner.kept import keep
from planner.pay.ground import ground
from planner.pay.settle import settle
from planner.requests import ask_leave, ask_wish
from planner.worker import work_once
from store import (
    Attended,
    Check,
    Principal,
    Store,
    add_principal,
    import_contacts,
    list_score_runs,
    make_request,
    owner,
    publish_plan,
    put_attendance,
    put_checks,
    sign_plan,
)
from tests.unit.planner.pay_world import many_contacts, scheme_of_tiny
from tests.views.tiny_plan import AGENTS

PEOPLE = {
    "manager": Principal("mia@example.com", "manager"),
    "analyst": Principal("ana@example.com", "analyst"),
    "lead": Principal("lee@example.com", "lead", ("A",)),
    "agent": Principal("a2@example.com", "agent", ("A",), "A2"),
    "auditor": Principal("aud@example.com", "auditor"),
}
"""One of each role."""
SIGNERS = (
    PEOPLE["manager"],
    Principal("two@example.com", "analyst", ("T9",)),
    Principal("max@example.com", "manager"),
    Principal("lou@example.com", "lead", ("T8",)),
)
WRITTEN = {one: f"only-for-the-lead-of-{one}" for one in AGENTS}
"""What an agent wrote to who answers their requests."""


def publish(store: Store, output: Path) -> str:
    """Keep the small plan, signed by four people and published; its hash."""
    plan = keep(store, owner(), output).hash
    put_checks(store, owner(), plan, [*(Check("leave", agent=agent) for agent in AGENTS), Check("price")])
    for step, signer in zip(("setter", "second", "peer", "other"), SIGNERS, strict=True):
        sign_plan(store, signer, plan, step)
    publish_plan(store, owner(), plan)
    return plan


def stock(store: Store, output: Path) -> None:
    """Fill a store from the output folder of the small plan."""
    plan = publish(store, output)
    for person in PEOPLE.values():
        add_principal(store, owner(), person)
    desk, version = scheme_of_tiny(store, output / "desk")
    log = import_contacts(store, owner(), "June 17", many_contacts(), version).id
    settle(store, owner(), ground(store, owner(), version, log, None), "June 17", lambda progress: True, 1)
    ask(store, owner(), "forecast", {"desk": version})
    work_once(store)
    put_attendance(store, owner(), desk.settings.name, [Attended("A1", "Quiz 618", True, True)])
    agent, other = PEOPLE["agent"], Principal("a3@example.com", "agent", ("A",), "A3")
    day = dt.date(2026, 6, 18)
    ask_leave(store, agent, day, day, "annual", WRITTEN["A2"])
    ask_wish(store, other, day, "off", None, "normal", WRITTEN["A3"])
    run = list_score_runs(store, owner())[0].id
    make_request(
        store, other, "appeal", {"run": run, "measure": "speed", "record": None, "claim": WRITTEN["A3"]}, plan=plan
    )
