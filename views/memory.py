"""Memory that big work took and is done with."""

import ctypes
from contextlib import suppress

import pyarrow as pa


def give_back() -> None:
    """Give it back to the system, where the allocators can be asked to: they would keep it for another time."""
    pa.default_memory_pool().release_unused()
    with suppress(OSError, TypeError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
