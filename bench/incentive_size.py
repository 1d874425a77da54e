"""A million contacts of a thousand agents scored, and scored again with one corrected record.

``python -m bench.incentive_size``: the 618 sample's log, many times over, each copy with people of its own.
"""

import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from math import ceil
from typing import TypeVar

import pandas as pd

from data import sample_path
from desk import Desk, load_desk
from incentive import assess
from incentive.appeal import appeal

CONTACTS, CREWS = 1_000_000, 17
"""So many contacts, and so many crews of the sample's 60 people."""
Result = TypeVar("Result")


def enlarged(desk: Desk) -> tuple[Desk, pd.DataFrame]:
    """The desk with more people, and a log of theirs."""
    agents, log = desk.table("agents"), desk.table("contacts")
    crews = [agents.assign(agent=agents["agent"] + f"-{crew}") for crew in range(CREWS)]
    parts = [
        log.assign(contact=log["contact"] + f"-{copy}", agent=log["agent"] + f"-{copy % CREWS}")
        for copy in range(ceil(CONTACTS / len(log)))
    ]
    tables = {name: frame for name, frame in desk.tables.items() if name in ("history", "promotions", "shifts")}
    people = pd.concat(crews, ignore_index=True)
    return replace(desk, tables=tables | {"agents": people}), pd.concat(parts, ignore_index=True).head(CONTACTS)


def timed(work: Callable[[], Result]) -> tuple[Result, float, float]:
    """What the work gives, its seconds and its CPU seconds."""
    began, cpu = time.perf_counter(), time.process_time()
    return work(), time.perf_counter() - began, time.process_time() - cpu


def main() -> int:
    """Print both times and the memory."""
    desk, log = enlarged(load_desk(sample_path("618")))
    before, seconds, cpu_s = timed(lambda: assess(desk, log))
    answered = log["first_reply"].notna()
    corrected = log.loc[answered, ["contact", "first_reply"]].head(1)
    corrected = corrected.assign(first_reply=corrected["first_reply"] - pd.Timedelta(seconds=2))
    after, again_s, again_cpu_s = timed(lambda: appeal(desk, before, log, corrected))
    memory_gb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{len(log):,} contacts of {desk.table('agents')['agent'].nunique():,} agents: "
          f"{seconds:.1f} s, {cpu_s:.1f} s of CPU time")  # fmt: skip
    print(f"again with one corrected record: {again_s:.1f} s, {again_cpu_s:.1f} s of CPU time; "
          f"{len(after.difference)} scores change")  # fmt: skip
    print(f"at most {memory_gb:.2f} GB of memory")
    return 0


if __name__ == "__main__":
    sys.exit(main())
