"""Compiles a function to machine code, keeping the result on disk where a folder can be written."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The function as machine code, made at its first call and kept for the next process.

    Numba notices a change of the function's own file only, so compiled functions that call each other share a file.
    Division by zero gives inf or nan, as in numpy.
    """
    return _made(function)


def inlined(function: Function) -> Function:
    """The same for a function that makes no arrays, put into its callers without any counting of references.

    Where state is a tuple of many arrays, the counting took over nine tenths of the time.
    """
    return _made(function, forceinline=True, _nrt=False)


def _made(function: Function, **options: Any) -> Function:
    try:
        return cast(Function, njit(cache=True, nogil=True, error_model="numpy", **options)(function))
    except RuntimeError:
        return cast(Function, njit(nogil=True, error_model="numpy", **options)(function))
