"""``python -m bench.random_payouts``: 100,000 random payouts keep every rule of the money."""

import sys
from collections.abc import Sequence

import numpy as np

from desk.settings import IncentiveSettings
from incentive.pay import Amounts, cents_of, deal

MEASURES = ("speed", "overload", "overtime", "conversion", "rating")
Claims = dict[str, list[float]]


def random_scheme(rng: np.random.Generator) -> dict[str, object]:
    """Budget, weights, and now and then a price and a cap."""
    weights = np.round(rng.dirichlet(np.ones(len(MEASURES))) * rng.choice([1.0, 0.8]), 3)
    paid = {name: float(share) for name, share in zip(MEASURES, weights, strict=True) if share > 0}
    scheme: dict[str, object] = {"budget": round(float(rng.choice([0.07, 10, 5000]) * (1 + rng.random())), 2)}
    scheme["weights"] = paid if sum(paid.values()) <= 1 else {"speed": 1.0}
    named = list(scheme["weights"])  # type: ignore[call-overload]
    for key, scale in (("prices", 2.0), ("caps", 50.0)):
        if rng.random() < 0.3:
            scheme[key] = {str(rng.choice(named)): round(0.01 + scale * float(rng.random()), 2)}
    return scheme


def random_claims(rng: np.random.Generator, agents: int) -> list[float]:
    """Ties, zeros, tiny and huge claims."""
    return [float(claim) for claim in rng.choice([0.0, 1.0, 1.0, rng.random(), 1e6 * rng.random()], agents)]


def broken(settings: IncentiveSettings, claims: Claims, rng: np.random.Generator) -> list[str]:
    """The rules that this payout breaks."""
    cents, agents = cents_of(settings.budget), len(next(iter(claims.values())))
    dealt, order = deal(settings, claims, cents), rng.permutation(agents)
    mixed = deal(settings, {name: [own[place] for place in order] for name, own in claims.items()}, cents)
    found = ["budget"] if sum(int(paid.sum()) for _, paid in dealt.values()) > cents else []
    found += ["parts"] if sum(part for part, _ in dealt.values()) != _whole(settings, cents) else []
    for name, (part, paid) in dealt.items():
        free = name not in settings.prices and name not in settings.caps and sum(claims[name]) > 0
        found += ["negative"] if paid.min() < 0 else []
        found += ["exact"] if free and paid.sum() != part else []
        found += (
            ["order"]
            if _by_claim(claims[name], paid) != _by_claim([claims[name][p] for p in order], mixed[name][1])
            else []
        )
    return found + _monotone(settings, claims, rng, cents)


def _whole(settings: IncentiveSettings, cents: int) -> int:
    """Whole cents of the weights' share of the budget."""
    return cents * sum(round(1000 * share) for share in settings.weights.values()) // 1000


def _by_claim(claims: Sequence[float], paid: Amounts) -> list[tuple[float, int]]:
    return sorted(zip(claims, map(int, paid), strict=True))


def _monotone(settings: IncentiveSettings, claims: Claims, rng: np.random.Generator, cents: int) -> list[str]:
    """One more unit never lowers one's own pay."""
    name, agent = str(rng.choice(list(claims))), int(rng.integers(len(next(iter(claims.values())))))
    more = {key: list(own) for key, own in claims.items()}
    more[name][agent] += 1.0
    before, after = (sum(int(paid[agent]) for _, paid in deal(settings, own, cents).values()) for own in (claims, more))
    return ["monotone"] if after < before else []


def run(count: int, seed: int = 1) -> dict[str, int]:
    """How often each rule was broken in ``count`` random payouts."""
    rng = np.random.default_rng(seed)
    tally: dict[str, int] = {}
    for _ in range(count):
        settings, agents = IncentiveSettings.model_validate(random_scheme(rng)), int(rng.integers(1, 8))
        claims = {name: random_claims(rng, agents) for name in settings.weights}
        for rule in broken(settings, claims, rng):
            tally[rule] = tally.get(rule, 0) + 1
    return tally


def main() -> int:
    """Report; fails where a rule was broken."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    tally = run(count)
    sys.stdout.write(f"{count:,} random payouts; rules broken: {tally or 'none'}\n")
    return int(bool(tally))


if __name__ == "__main__":
    sys.exit(main())
