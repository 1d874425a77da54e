"""Random instances in the format of the published ones, of the sizes of the whole list.

``python -m bench.roster_random 24 out/Instance24.txt`` writes one of the size of instance 24; ``bench.roster_cases``
solves it (``PEAKDESK_CASES``). A third argument says how many heads are asked for, against what the contracts can
give: the published ones ask for 0.90 to 1.00; a fourth the minutes of each shift (``437,480,601``; empty: any whole
hours), a fifth the seed.
Nothing is taken from a published instance but its size.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

SIZES = {
    1: (8, 2, 1),
    2: (14, 2, 2),
    3: (20, 2, 3),
    4: (10, 4, 2),
    5: (16, 4, 2),
    6: (18, 4, 3),
    7: (20, 4, 3),
    8: (30, 4, 4),
    9: (36, 4, 4),
    10: (40, 4, 5),
    11: (50, 4, 6),
    12: (60, 4, 10),
    13: (120, 4, 18),
    14: (32, 6, 4),
    15: (45, 6, 6),
    16: (20, 8, 3),
    17: (30, 8, 4),
    18: (22, 12, 3),
    19: (40, 12, 5),
    20: (50, 26, 6),
    21: (100, 26, 8),
    22: (50, 52, 10),
    23: (100, 52, 16),
    24: (150, 52, 32),
}
"""People, weeks and shifts of each published instance. Source: schedulingbenchmarks.org."""
_WEEK = 7
_PART_TIME = 0.25
"""Part of the people with half of the hours."""
_ALLOWED = 0.7
"""How often a person may work a shift."""
_DEMAND = 1.02
"""Heads asked for, against what all contracts can give, where nothing is said."""


def instance(
    people: int, weeks: int, shifts: int, seed: int, demand: float = _DEMAND, lengths: Sequence[int] = ()
) -> str:
    """The text of a random instance that asks for ``demand`` times what all contracts can give, with shifts of these
    ``lengths`` in minutes where any are given."""
    rng = np.random.default_rng(seed)
    minutes = list(lengths) or _lengths(shifts, rng)
    days = _WEEK * weeks
    contracts = [_contract(weeks, minutes, days, rng) for _ in range(people)]
    supply = sum(int(row.split(",")[1]) for row in contracts) / float(np.mean(minutes))
    sections = {
        "HORIZON": [str(days)],
        "SHIFTS": _shifts(minutes),
        "STAFF": [f"P{number},{row}" for number, row in enumerate(contracts)],
        "DAYS_OFF": [",".join([f"P{number}", *_days_off(weeks, rng)]) for number in range(people)],
        "SHIFT_ON_REQUESTS": list(_wishes(people, weeks, shifts, 1.2, rng)),
        "SHIFT_OFF_REQUESTS": list(_wishes(people, weeks, shifts, 0.5, rng)),
        "COVER": list(_cover(days, shifts, demand * supply / (days * shifts), rng)),
    }
    return "\n".join(f"SECTION_{name}\n" + "\n".join(lines) + "\n" for name, lines in sections.items())


def _lengths(shifts: int, rng: np.random.Generator) -> list[int]:
    """Minutes of each shift: mostly eight hours, the latest sometimes longer."""
    late = 600 if shifts > 3 and rng.random() < 0.5 else 480
    return [480] * (shifts - 1) + [late]


def _shifts(minutes: list[int]) -> list[str]:
    """Four groups by time of day; a shift of an earlier group can't follow."""
    group = [4 * number // len(minutes) for number in range(len(minutes))]
    barred = [
        [f"s{other}" for other in range(number) if group[other] < group[number]] for number in range(len(minutes))
    ]
    return [f"s{number},{own},{'|'.join(barred[number])}" for number, own in enumerate(minutes)]


def _contract(weeks: int, minutes: list[int], days: int, rng: np.random.Generator) -> str:
    part = rng.random() < _PART_TIME
    most = (1290 if part else 2160) * weeks
    least = most - weeks * int(rng.choice([130, 270]))
    allowed = [days * int(rng.random() < _ALLOWED) for _ in minutes]
    allowed[int(rng.integers(max(1, len(minutes) - 1)))] = days
    if len(minutes) > 2:
        allowed[-1] = min(allowed[-1], weeks)
    caps = "|".join(f"s{number}={own}" for number, own in enumerate(allowed))
    steady = rng.random() < 0.2
    longest, rest = (6, 3) if steady and not part else (5, 2)
    return f"{caps},{most},{least},{longest},2,{rest},{weeks // 2 + int(steady)}"


def _days_off(weeks: int, rng: np.random.Generator) -> list[str]:
    pairs = range(max(1, weeks // 2))
    return [str(2 * _WEEK * number + int(rng.integers(2 * _WEEK))) for number in pairs]


def _wishes(people: int, weeks: int, shifts: int, per_week: float, rng: np.random.Generator) -> Iterator[str]:
    """Wishes for or against one shift on some days in a row."""
    for person in range(people):
        for _ in range(rng.poisson(per_week * weeks / 3)):
            begin, length = int(rng.integers(_WEEK * weeks - 4)), int(rng.integers(1, 5))
            shift, weight = int(rng.integers(shifts)), int(rng.integers(1, 4))
            yield from (f"P{person},{begin + day},s{shift},{weight}" for day in range(length))


def _cover(days: int, shifts: int, mean: float, rng: np.random.Generator) -> Iterator[str]:
    level = mean * rng.uniform(0.7, 1.3, shifts)
    level *= mean / level.mean()
    for day in range(days):
        for shift in range(shifts):
            heads = max(0, round(rng.normal(level[shift], 0.25 * level[shift])))
            yield f"{day},s{shift},{heads},100,1"


def main() -> None:
    """Write one instance."""
    number, path = int(sys.argv[1]), Path(sys.argv[2])
    people, weeks, shifts = SIZES[number]
    demand = float(sys.argv[3]) if len(sys.argv) > 3 else _DEMAND
    path.parent.mkdir(parents=True, exist_ok=True)
    lengths = [int(own) for own in sys.argv[4].split(",") if own] if len(sys.argv) > 4 else []
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else number
    path.write_text(instance(people, weeks, shifts, seed, demand, lengths), encoding="utf-8")


if __name__ == "__main__":
    main()
