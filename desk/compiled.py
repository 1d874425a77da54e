"""Compiles functions to machine code, keeping the result on disk where a folder can be written."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The function as machine code, made at its first call and kept for the next process; other threads run on.

    Division by zero gives inf or nan, as in numpy.
    """
    return _made(function)


def inlined(function: Function) -> Function:
    """The same for a function that makes no arrays, put into its callers without any counting of references.

    Where state is a tuple of many arrays, the counting takes over nine tenths of the time. Only machine code may call
    it: Python would jump to no address.
    """
    return _made(function, forceinline=True, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def apart(function: Function) -> Function:
    """The same for a function that stays one of its own, so that its callers compile quickly.

    It makes no arrays, and only machine code may call it.
    """
    return _made(function, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def _made(function: Function, **options: Any) -> Function:
    function.__qualname__ += f"-{_written(Path(function.__code__.co_filename).parent)}"
    try:
        return cast(Function, njit(cache=True, nogil=True, error_model="numpy", **options)(function))
    except RuntimeError:
        return cast(Function, njit(nogil=True, error_model="numpy", **options)(function))


@cache
def _written(folder: Path) -> str:
    """A mark of the sources in ``folder`` and of this file.

    Numba itself notices a change of a function's own file only; one compiled into another, or in another way, would
    stay what it was.
    """
    sources = [*sorted(folder.glob("*.py")), Path(__file__)]
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]
