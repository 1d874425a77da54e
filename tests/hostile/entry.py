"""One hostile thing: what it is called, how it is made, and what must be said of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Hostile:
    """A hostile file or field.

    Parameters
    ----------
    name : unique; also the test's id.
    make : writes a desk with the hostile thing into a folder, and says what is to be loaded.
    codes : one of these findings must refuse it; empty where it is to be taken as plain text and do no harm.
    """

    name: str
    make: Callable[[Path], Path]
    codes: tuple[str, ...] = ()
