"""A writer that is killed loses nothing that it had been told was saved."""

import random
import sys
import time
from pathlib import Path

import pytest

from desk import Desk
from store import Principal, Store, list_desks, list_plans, load_plan, open_store, owner, save_desk, save_plan, verify
from tests.faults.forked import forked


def save_for_ever(address: str, acknowledged: Path, round_: int) -> None:
    """Save one plan after another, and write down each that was saved."""
    store = open_store(address)
    desk = list_desks(store, owner())[0].hash
    with acknowledged.open("a") as told:
        for number in range(100_000):
            files = {"plan.json": b"{}", "big.bin": random.Random(number).randbytes(50_000), "n": f"{round_} {number}"}
            content = {path: body.encode() if isinstance(body, str) else body for path, body in files.items()}
            told.write(save_plan(store, owner("worker"), content, desk).hash + "\n")
            told.flush()


@pytest.mark.skipif(sys.platform == "win32", reason="kills with SIGKILL")
def test_a_killed_writer_leaves_whole_plans_only(
    store_address: str, store: Store, small: Desk, hand: Principal, tmp_path: Path
) -> None:
    """At whatever moment it dies: every acknowledged plan is there, and every plan that is there is whole."""
    save_desk(store, hand, small)
    acknowledged = tmp_path / "acknowledged"
    for round_ in range(5):
        known = acknowledged.stat().st_size if acknowledged.exists() else 0
        worker = forked(save_for_ever, store_address, acknowledged, round_)
        while not acknowledged.exists() or acknowledged.stat().st_size == known:
            time.sleep(0.005)
        time.sleep(random.Random(round_).random() / 10)
        worker.kill()
        worker.join(30)
    saved = {version.hash for version in list_plans(store, hand)}
    assert {line for line in acknowledged.read_text().split("\n") if len(line) == 64} <= saved
    assert all(load_plan(store, hand, key).files["plan.json"] == b"{}" for key in saved)
    assert verify(store, hand) == ()
