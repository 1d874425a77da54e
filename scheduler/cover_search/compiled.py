"""Compiles a function to machine code, keeping the result on disk where a folder can be written."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The function as machine code, made at its first call and kept for the next process.

    It lets other threads run meanwhile. Numba notices a change of the function's own file only, so compiled functions
    that call each other share a file.
    """
    try:
        return cast(Function, njit(cache=True, nogil=True)(function))
    except RuntimeError:
        return cast(Function, njit(nogil=True)(function))
