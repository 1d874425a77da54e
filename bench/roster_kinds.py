"""Kinds of generated desks beside the plain one: who can do what, fewer shifts, tighter rules, more or less demand.

``python -m bench.roster_kinds [KIND …] [--people N] [--page]``: 100 people (or N) x 14 days of half-hours, 60
seconds each; the machine has to be quiet. ``--page`` only writes the page from what was measured before.
"""

import json
import sys
import time
from argparse import ArgumentParser
from dataclasses import replace

import pandas as pd

from bench.environment import ROOT
from bench.page import PAGE, put
from bench.roster_desk import PLAIN, SKILLS, Kind, made_desk
from bench.roster_engines import GAP, THREADS, ours

DAYS, INTERVAL_MIN, LIMIT_S = 14, 30, 60
FOLDER = ROOT / "out" / "bench"
_SINGLE = SKILLS[:2]
_WEEKEND = {"max_weekends": 1}
_BLOCKS = {"min_consecutive_days": 3, "min_consecutive_days_off": 2}
KINDS = {
    "plain": PLAIN,
    "everybody in both queues": Kind(skills=SKILLS[2:]),
    "everybody in one queue": Kind(skills=_SINGLE),
    "six shifts": Kind(shifts=("E1", "D1", "A2", "N1", "P1", "P2")),
    "half as much again to do": Kind(demand=1.5),
    "three fifths to do": Kind(demand=0.6),
    "40 to 48 h a week": Kind(full={"min_paid_h_week": 40, "max_paid_h_week": 48, "min_consecutive_days_off": 2}),
    "one weekend": Kind(full=_WEEKEND),
    "blocks of days": Kind(full=_BLOCKS),
    "blocks of days, one weekend": Kind(full=_BLOCKS | _WEEKEND),
}


def measure(name: str, people: int) -> None:
    """Plan one kind and keep what came out."""
    of, curves = made_desk(people, DAYS, INTERVAL_MIN, kind=KINDS[name])
    own = of.settings.scheduler.model_copy(update={"time_limit_s": float(LIMIT_S), "gap": GAP, "threads": THREADS})
    of = replace(of, settings=of.settings.model_copy(update={"scheduler": own}))
    began = time.process_time()
    told = ours(of, curves, LIMIT_S)
    told |= {"people": people, "cpu_s": time.process_time() - began}
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"kind-{list(KINDS).index(name)}.json").write_text(json.dumps(told), encoding="utf-8")
    sys.stdout.write(f"{name}: {told['cost']:,.0f}, bound {told['bound']:,.0f}, {told['cpu_s']:.0f} s\n")
    sys.stdout.flush()


def table() -> pd.DataFrame:
    """Everything measured so far, one row a kind."""
    files = {name: FOLDER / f"kind-{number}.json" for number, name in enumerate(KINDS)}
    known = {name: json.loads(own.read_text("utf-8")) for name, own in files.items() if own.exists()}
    rows = [
        {
            "kind": name,
            "people": told["people"],
            "cost": f"{told['cost']:,.0f}",
            "bound": f"{told['bound']:,.0f}",
            "gap": f"{(told['cost'] - told['bound']) / told['cost']:.2%}",
            "CPU s": f"{told['cpu_s']:.0f}",
            "hard rules broken": told["errors"],
        }
        for name, told in known.items()
    ]
    return pd.DataFrame(rows)


def main() -> int:
    """All kinds, or those named; the page at the end."""
    parser = ArgumentParser()
    parser.add_argument("kinds", nargs="*", metavar="KIND", default=list(KINDS), help=", ".join(KINDS))
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--page", action="store_true")
    asked = parser.parse_args()
    if unknown := set(asked.kinds) - set(KINDS):
        parser.error(f"no such kind: {', '.join(sorted(unknown))}")
    for name in () if asked.page else asked.kinds:
        measure(name, asked.people)
    put("kinds", {"Kinds of desks": table()}, PAGE.with_name("benchmarks.md"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
