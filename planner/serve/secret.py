"""Whether a cookie's secret could be guessed."""

import re
import zlib
from itertools import pairwise

SHORTEST_BYTES = 32
_HEX = re.compile(r"[0-9a-fA-F]+")
_WORDS = re.compile(r"[a-z]{4,}|[A-Z]{4,}")
_LEAST_LETTERS = 16
_LEAST_LETTERS_HEX = 9
_MOST_IN_WORDS = 0.6
_LEAST_LEFT = 0.9
_OVERHEAD_BYTES = 8


def is_weak(secret: str) -> bool:
    """Whether a secret holds fewer than 32 random bytes: too short, of few letters, repeating, or made of words."""
    letters = len(set(secret))
    if _HEX.fullmatch(secret):
        return len(secret) < 2 * SHORTEST_BYTES or letters < _LEAST_LETTERS_HEX or _repeats(secret)
    if len(secret) * 3 // 4 < SHORTEST_BYTES or letters < _LEAST_LETTERS:
        return True
    in_words = sum(map(len, _WORDS.findall(secret)))
    return in_words > _MOST_IN_WORDS * len(secret) or _repeats(secret) or _runs(secret)


def _repeats(secret: str) -> bool:
    """Whether half of it says again what the other half said."""
    raw = secret.encode()
    doubled = len(zlib.compress(raw + raw[: len(raw) // 2], 9)) - len(zlib.compress(raw, 9))
    compressed = len(zlib.compress(raw, 9)) - _OVERHEAD_BYTES
    share = 0.5 if _HEX.fullmatch(secret) else _LEAST_LEFT * 0.75
    return compressed < share * len(raw) or doubled < 0


def _runs(secret: str) -> bool:
    """Whether much of it counts up or down, like abcdef or 987654."""
    steps = [ord(after) - ord(before) for before, after in pairwise(secret)]
    return sum(abs(step) <= 1 for step in steps) > len(steps) / 2
