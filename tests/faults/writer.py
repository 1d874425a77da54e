"""Run as a process of its own: writes output after output to one folder until it is killed."""

import itertools
import sys
from dataclasses import replace
from pathlib import Path

from desk import load_desk
from planner.output import staging
from planner.output.write import write_output
from tests.unit.planner.made import made


def main(desk: str, out: str, exchange: str) -> None:
    """Write plans of growing seed to ``out``; without ``exchange`` in two renames, as where no system call helps."""
    if exchange == "no":
        staging.exchange = lambda first, second: False
    planned = made(load_desk(desk))
    for seed in itertools.count(1):
        outcome = replace(planned.plan.outcome, seed=seed)
        write_output(replace(planned, plan=replace(planned.plan, outcome=outcome)), Path(out), lang="en")
        sys.stdout.write(f"{seed}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
