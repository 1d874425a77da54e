# mypy: allow-untyped-defs, allow-untyped-calls
"""What a queue costs in an interval, compiled."""

from desk.compiled import inlined

AGENTS, COST, SLOPE = range(3)
"""What a breakpoint of a curve tells: effective agents, cost there, and cost per effective agent beyond."""
REQUIRED, UNDER, OVER = range(3)
"""What is wanted of heads, and what one short and one over costs."""


@inlined
def piece(desk, queue, at, begin, effective):
    """The piece of a curve in which ``effective`` lies, looked for from piece ``begin`` on."""
    while begin > 0 and desk.curve[queue, at, begin, AGENTS] > effective:
        begin -= 1
    while begin < desk.curve.shape[2] - 1 and desk.curve[queue, at, begin + 1, AGENTS] <= effective:
        begin += 1
    return begin


@inlined
def cell(desk, queue, at, left, effective, heads):
    """Cost of a queue in an interval; ``left`` is the piece of its curve."""
    total = desk.curve[queue, at, left, COST]
    total += desk.curve[queue, at, left, SLOPE] * (effective - desk.curve[queue, at, left, AGENTS])
    if desk.has_heads[queue]:
        for kind in range(desk.wanted.shape[2]):
            short = desk.wanted[queue, at, kind, REQUIRED] - heads
            if short > 0:
                total += desk.wanted[queue, at, kind, UNDER] * short
            else:
                total -= desk.wanted[queue, at, kind, OVER] * short
    return total
