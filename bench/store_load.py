"""Fifty sessions that read and ten that edit, at once: ``python -m bench.store_load [SECONDS] [READERS] [EDITORS]``.

Each session looks at a page (duty, roster, checks, journal of a plan; as manager, lead or agent), thinks, and looks
again; each editor puts other activities into cells, meets conflicts and looks again. At the end every edit that was
acknowledged must stand in the journal, once, on top of the one before.
"""

import random
import sys
import time
from collections import Counter
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from statistics import median, quantiles
from typing import Any

import pandas as pd

from bench.store import stores
from desk import Desk, InputError
from store import (
    CellEdit,
    Principal,
    Store,
    edit_duty,
    list_plans,
    open_store,
    owner,
    read_checks,
    read_duty,
    read_edits,
    read_roster,
    save_desk,
    save_plan,
)
from tests.unit.store.conftest import made_small
from tests.unit.store.world import START, new_desk

AGENTS, HOURS = 120, 48
"""As many rows of duty as sixty people have in two weeks."""
THINK_S = (2.0, 6.0)
"""A person looks at a page for so long before the next."""
DECIDE_S = (0.2, 1.0)
"""An editor takes so long from what they see to what they put."""
HOT = 30
"""Editors edit among so few cells that they meet."""
OWNER = owner()


@dataclass(frozen=True)
class Told:
    """What a session saw: seconds of each page, edits acknowledged, conflicts, errors."""

    pages_s: list[float]
    edits: list[int]
    conflicts: int
    errors: list[str]


def filled(store: Store) -> str:
    """A plan of many people; its hash."""
    desk = new_desk(made_small())
    names = [f"A{number:03}" for number in range(AGENTS)]
    teams = [f"T{number % 4}" for number in range(AGENTS)]
    people = pd.DataFrame({"agent": names, "name": names, "team": teams}, dtype="str")
    key = save_desk(store, OWNER, Desk(desk.settings, {"agents": people})).hash
    starts = [START + pd.Timedelta(hours=hour) for hour in range(HOURS)]
    rows = [(agent, start, "sale") for agent in names for start in starts]
    duty = pd.DataFrame(rows, columns=["agent", "start", "activity"])
    duty = duty.assign(date=duty["start"].dt.strftime("%Y-%m-%d"), shift="M", start=duty["start"].astype("str"))
    roster = duty[["agent", "date", "shift"]].drop_duplicates()
    content = {
        "plan.json": b"{}",
        "roster.csv": roster.to_csv(index=False).encode(),
        "duty.csv": duty.to_csv(index=False).encode(),
    }
    return save_plan(store, OWNER, content, key).hash


def look(store: Store, who: Principal, plan: str) -> pd.DataFrame:
    """What a page of the app asks for."""
    list_plans(store, who)
    read_roster(store, who, plan)
    if who.role == "manager":
        read_checks(store, who, plan)
    return read_duty(store, who, plan)


def session(address: str, plan: str, number: int, until: float, edits: bool, told: "SimpleQueue[Any]") -> None:
    """One person until the time is over."""
    store, rng = open_store(address), random.Random(number)
    roles = [Principal(f"m{number}", "manager"), Principal(f"l{number}", "lead", (f"T{number % 4}",))]
    who = roles[0] if edits else roles[number % 2]
    seen = Told([], [], 0, [])
    conflicts = 0
    time.sleep(rng.uniform(0, THINK_S[1]))
    while time.time() < until:
        began = time.perf_counter()
        try:
            duty = look(store, who, plan)
            seen.pages_s.append(time.perf_counter() - began)
            if edits:
                row = duty.iloc[rng.randrange(HOT)]
                time.sleep(rng.uniform(*DECIDE_S))
                wanted = rng.choice(["sale", "break"])
                cell = CellEdit(row["agent"], row["start"].to_pydatetime(), wanted, int(row["version"]))
                seen.edits.extend(edit.id for edit in edit_duty(store, who, plan, [cell]))
        except InputError as error:
            clash = {finding.code for finding in error.findings} == {"duty_conflict"}
            conflicts += clash
            seen.errors.extend([] if clash else [str(error)])
        time.sleep(rng.uniform(*THINK_S))
    told.put((seen.pages_s, seen.edits, conflicts, seen.errors))


def load(address: str, seconds: float, readers: int, editors: int) -> tuple[list[Told], str]:
    """Run all sessions; what each saw, and the plan."""
    plan, context = filled(open_store(address)), get_context("fork")
    told: SimpleQueue[Any] = context.SimpleQueue()
    until = time.time() + seconds
    own = [
        context.Process(target=session, args=(address, plan, number, until, number < editors, told))
        for number in range(readers + editors)
    ]
    for each in own:
        each.start()
    found = [Told(*told.get()) for _ in own]
    for each in own:
        each.join()
    return found, plan


def lost(store: Store, plan: str, told: list[Told]) -> int:
    """How many acknowledged edits are not in the journal, or do not follow from the one before."""
    kept = {edit.id: edit for edit in read_edits(store, OWNER, plan)}
    missing = [number for seen in told for number in seen.edits if number not in kept]
    cells: Counter[tuple[str, Any]] = Counter()
    for edit in kept.values():
        cells[edit.agent, edit.start] += 1
        missing += [] if edit.version == cells[edit.agent, edit.start] else [edit.id]
    return len(missing)


def main(seconds: int = 120, readers: int = 50, editors: int = 10) -> int:
    """Both databases; 1 where there was an error or a lost edit."""
    failed = 0
    with stores() as opened:
        for name, store in opened.items():
            address = store.engine.url.render_as_string(hide_password=False)
            told, plan = load(address, seconds, readers, editors)
            pages = [page for seen in told for page in seen.pages_s]
            errors, gone = [text for seen in told for text in seen.errors], lost(store, plan, told)
            edits, conflicts = sum(len(seen.edits) for seen in told), sum(seen.conflicts for seen in told)
            slow_ms = quantiles(pages, n=20)[-1] * 1000
            print(f"{name}: {readers} reading, {editors} editing, {seconds} s: {len(pages)} pages, "
                  f"median {median(pages) * 1000:.0f} ms, 95 % within {slow_ms:.0f} ms; {edits} edits, "
                  f"{conflicts} conflicts told, {gone} lost, {len(errors)} errors", *errors[:2])  # fmt: skip
            failed |= bool(errors or gone)
    return failed


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
