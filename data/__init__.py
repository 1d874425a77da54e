"""Our own sample desks, all synthetic, and the seeded generator that makes them."""

from importlib.resources import files
from pathlib import Path

SAMPLES = ("618", "1111")


def sample_path(name: str) -> Path:
    """Folder of the sample desk ``name`` (``618`` or ``1111``) inside the installed package.

    Raises
    ------
    KeyError
        Where there is no such sample.
    """
    if name not in SAMPLES:
        raise KeyError(name)
    return Path(str(files("data"))) / name
