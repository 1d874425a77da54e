"""Days in a row that a roster is planned for at once; no weekend is cut in two."""

from collections.abc import Iterator

from scheduler.cover_search.problem import Problem


def piece(problem: Problem, begin: int, length: int) -> range:
    """``length`` days from ``begin``, or as many more as end a weekend, or as there are."""
    end = min(problem.n_days, begin + length)
    while end < problem.n_days and problem.weekend[end]:
        end += 1
    return range(begin, end)


def pieces(problem: Problem, length: int) -> Iterator[range]:
    """The horizon in pieces of about ``length`` days."""
    begin = 0
    while begin < problem.n_days:
        yield (days := piece(problem, begin, length))
        begin = days.stop
