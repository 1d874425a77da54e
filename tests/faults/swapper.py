"""Run as a process of its own: exchanges small folders as fast as it can until it is killed."""

import itertools
import sys
from pathlib import Path

from planner.output import staging

FILES = ("a", "b", "c")


def main(out: str, exchange: str) -> None:
    """Put folders whose files all hold the same growing number in the place of ``out``."""
    if exchange == "no":
        staging.exchange = lambda first, second: False
    for number in itertools.count(1):
        with staging.replacing(Path(out)) as folder:
            for name in FILES:
                (folder / name).write_text(str(number))
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
