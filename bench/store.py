"""How long a million contacts take into the store, and out of it: ``python -m bench.store [ROWS]``."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pandas as pd
import psycopg

from data import sample_path
from desk import load_desk
from store import Store, import_contacts, open_store, owner, read_contacts, save_desk
from tests.unit.store.server import serving

ROWS = 1_000_000


@contextmanager
def stores() -> Iterator[dict[str, Store]]:
    """An empty store of either kind."""
    with tempfile.TemporaryDirectory(prefix="peakdesk-bench-") as folder, serving() as server:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE bench")
        addresses = {"SQLite": f"sqlite:///{Path(folder) / 'peakdesk.db'}", "PostgreSQL": f"{server}/bench"}
        yield {name: open_store(address) for name, address in addresses.items()}


def contacts(rows: int, agents: "pd.Series[str]", timezone: str) -> pd.DataFrame:
    """A log with the columns that chat platforms give."""
    rng = np.random.default_rng(1)
    arrived = pd.Timestamp("2026-06-01", tz=timezone).as_unit("us") + pd.to_timedelta(
        np.sort(rng.uniform(0, 30, rows)), "D"
    )
    arrived = pd.Series(arrived.round("s").as_unit("us"))
    wait = pd.Series(pd.to_timedelta(rng.exponential(40, rows).round(), "s").as_unit("us"))
    return pd.DataFrame(
        {
            "contact": pd.Series(np.char.add("C", np.arange(rows).astype("str")), dtype="str"),
            "queue": pd.Series(rng.choice(["presale", "aftersale"], rows), dtype="str"),
            "arrived": arrived,
            "assigned": arrived + wait / 2,
            "first_reply": (arrived + wait).mask(rng.random(rows) < 0.08),
            "closed": arrived + 8 * wait,
            "agent": pd.Series(rng.choice(agents.to_numpy(), rows), dtype="str").mask(rng.random(rows) < 0.05),
            "abandoned": pd.Series(rng.random(rows) < 0.08, dtype="boolean"),
            "converted": pd.Series(rng.random(rows) < 0.3, dtype="boolean"),
            "order_value": pd.Series(rng.lognormal(5, 1, rows).round(2)).mask(rng.random(rows) < 0.7),
            "rating": pd.Series(rng.integers(1, 6, rows).astype("float64")).mask(rng.random(rows) < 0.6),
            "customer": pd.Series(np.char.add("U", rng.integers(0, rows, rows).astype("str")), dtype="str"),
        }
    )


def main(rows: int = ROWS) -> None:
    """Print seconds by the clock and of the processor for each database."""
    desk = load_desk(sample_path("618"))
    log = contacts(rows, desk.table("agents")["agent"], desk.settings.timezone)
    with stores() as opened:
        for name, store in opened.items():
            key = save_desk(store, owner(), desk).hash
            began, cpu = time.perf_counter(), time.process_time()
            kept = import_contacts(store, owner(), "bench", log, key)
            into, into_cpu = time.perf_counter() - began, time.process_time() - cpu
            began = time.perf_counter()
            found = read_contacts(store, owner(), kept.id, desk.settings.timezone)
            print(f"{name}: {rows:,} contacts in {into:.1f} s ({into_cpu:.1f} s of the processor here), ", end="")
            print(f"out again in {time.perf_counter() - began:.1f} s")
            pd.testing.assert_frame_equal(found[list(log.columns)], log)


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        main(*map(int, sys.argv[1:]))
