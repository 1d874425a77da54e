"""Plans the tiny desks once, so that what is compiled at the first run stands before many workers ask for it.

``python -m tests.golden.compile_once``; each of them would else compile for itself, at the same time.
"""

import tempfile
from pathlib import Path

from planner import plan
from tests.golden.heads import write_heads
from tests.golden.tiny import write_tiny


def main() -> None:
    """Plan both desks, by curves and by headcounts, in a folder that goes again."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        plan(write_tiny(folder / "desk"), folder / "out", steps=500, time_limit_s=120.0, runs=2)
        plan(write_heads(folder / "heads"), folder / "out-heads", steps=500, time_limit_s=120.0)


if __name__ == "__main__":
    main()
