"""How near the birth-death chain of chat is to the exact one, by regime: the table of docs/explanation/staffing.md."""

import pytest

from staffing import chat
from tests.theory.exact import chat_by_states

GENTLE, STEEP = [180.0, 220.0, 270.0], [60.0, 100.0, 150.0, 207.0, 286.0]


def test_the_exact_chain_is_the_published_one() -> None:
    """Protects the yardstick: the case of the reference file, to its last printed digit."""
    found = chat_by_states(60.0, GENTLE, 2, 300.0)
    assert found["p_wait"] == pytest.approx(0.241998749159, rel=1e-11)
    assert found["p_abandon"] == pytest.approx(0.0550648170493, rel=1e-11)


@pytest.mark.parametrize(
    ("aht_s", "agents", "load", "points", "share"),
    [
        (GENTLE, 2, 0.7, 0.005, 0.03),
        (GENTLE, 8, 0.85, 0.008, 0.05),
        (GENTLE, 8, 1.0, 0.008, 0.02),
        (GENTLE, 8, 1.2, 0.002, 0.003),
        (GENTLE, 8, 1.6, 0.0001, 0.0001),
        (STEEP, 3, 0.85, 0.005, 0.16),
        (STEEP, 3, 1.0, 0.02, 0.11),
        (STEEP, 3, 1.2, 0.018, 0.03),
        (STEEP, 3, 1.6, 0.0005, 0.0006),
    ],
)
def test_the_chain_is_as_near_as_the_table_says(
    aht_s: list[float], agents: int, load: float, points: float, share: float
) -> None:
    """Protects the documented accuracy: optimistic, by so many points of waiting and so large a part of the lost."""
    per_h = load * agents * len(aht_s) / aht_s[-1] * 3600.0
    exact, found = chat_by_states(per_h, aht_s, agents, 300.0), chat(per_h, aht_s, agents, 300.0, 60.0)
    assert 0.0 <= exact["p_wait"] - found.p_wait <= points
    assert 0.0 <= 1.0 - found.p_abandon / exact["p_abandon"] <= share
