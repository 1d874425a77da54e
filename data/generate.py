"""Makes the sample desks: ``python -m data.generate [618|1111] [--out DIR] [--seed N]``."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from data import SAMPLES, sample_path
from data.sample import make_sample


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the sample named, or all, into ``DIR/<name>``; without ``--out`` into the committed folders."""
    parser = argparse.ArgumentParser(prog="python -m data.generate", description=__doc__)
    parser.add_argument("name", nargs="?", choices=SAMPLES, help="sample; all where left out")
    parser.add_argument("--out", type=Path, help="folder that gets a folder per sample")
    parser.add_argument("--seed", type=int, help="seed instead of the world's own")
    own = parser.parse_args(arguments)
    for name in [own.name] if own.name else SAMPLES:
        make_sample(name, own.out / name if own.out else sample_path(name), own.seed)


if __name__ == "__main__":
    main()
